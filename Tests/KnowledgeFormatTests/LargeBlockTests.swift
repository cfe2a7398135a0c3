import FailurePatterns
import KnowledgeFormat
import Testing

/// Blocks that are larger than any base of today, of which only what is read is ever touched.
@Suite("Large compiled bases") struct LargeBlockTests {
  private let knowledge = LoadedKnowledge(SampleBase.source(), mode: .strict)

  /// A base of which everything but the header lies behind so many bytes.
  private func base(behind skipped: Int) throws -> CompiledKnowledge? {
    let frame = try #require(knowledge.frame)
    let written = try KnowledgeCompiler.compile(
      knowledge.sources, in: frame, with: PackedWriter(startingAt: skipped))
    let headerSize = 72
    let block = [UInt8](unsafeUninitializedCapacity: skipped + written.count) { buffer, count in
      for (place, byte) in written.enumerated() {
        buffer.initializeElement(at: skipped + place, to: byte)
        if place < headerSize { buffer.initializeElement(at: place, to: byte) }
      }
      count = skipped + written.count
    }
    return CompiledKnowledge(PackedBytes(block))
  }

  @Test("What lies beyond what an integer of 28 bits can count is read", arguments: [0, 1 << 28])
  func places(_ skipped: Int) throws {
    let base = try #require(try base(behind: skipped))
    #expect(base.version == "2026.11.0")
    let number = try #require(base.entryNumber(id: "ecr/throttled"))
    let entry = base.entry(number)
    #expect(entry.id == "ecr/rate-exceeded")
    #expect(base.refinements(of: number).map { base.entryID($0) } == ["oci/too-many-requests"])
    #expect(base.prose(of: entry).references.map(\.url) == ["https://example.com/quotas"])
    #expect(base.entryJSON(number) == knowledge.sources[number].json)
    #expect(base.registry(0).name == "Amazon ECR")
    #expect(base.client(0).shortNamesAreDockerHub)

    let text = Array("toomanyrequests: Rate exceeded".utf8)
    let message = 0..<text.count
    let matches = base.patterns.matches(in: text, messages: [message])
    #expect(
      Set(matches.map { base.patterns.text(of: $0.pattern) })
        == ["toomanyrequests: Rate exceeded", "Rate exceeded"])
    #expect(base.triggerIndex() != nil)
    let signal = try #require(base.factSignals(ociCode: "TOOMANYREQUESTS").first)
    #expect(base.signal(signal).facts?.ociCodes == ["TOOMANYREQUESTS"])
    #expect(base.signal(signal).facts?.operations == [0])
  }

  @Test("A base that is too large is refused, and not cut")
  func tooLarge() throws {
    let start = PackedWriter.maximumBytes - 8192
    let frame = try #require(knowledge.frame)
    let error = #expect(throws: OversizedKnowledge.self) {
      try KnowledgeCompiler.compile(
        knowledge.sources, in: frame, with: PackedWriter(startingAt: start))
    }
    #expect(try #require(error).byteCount > PackedWriter.maximumBytes)
    #expect(
      error?.description
        == "compiled, the base takes 1025 MiB, and at most 1024 MiB can be used: leave out entries")
  }

  @Test("Signals that rest on a status or a code are found by it alone")
  func factSignals() throws {
    let statuses = [500, 429, 404, 429, 403, 401, 502, 503]
    let signals = statuses.map { "{ \"facts\": { \"httpStatus\": [\($0)] } }" }
    let codes = ["UNAUTHORIZED", "DENIED", "NAME_UNKNOWN"].map {
      "{ \"facts\": { \"ociCode\": [\"\($0)\"] } }"
    }
    let list = (signals + codes).joined(separator: ",\n")
    let source = SampleBase.source(replacing: [
      SampleBase.entryPath: SampleBase.entry.replacing(
        "\"toomanyrequests: Rate exceeded\"", with: list)
    ])
    let loaded = LoadedKnowledge(source, mode: .strict)
    let base = try #require(try loaded.compiled().flatMap { CompiledKnowledge(PackedBytes($0)) })
    for status in [0, 401, 402, 404, 429, 500, 503, 599] {
      let wanted = statuses.indices.filter { statuses[$0] == status }
      #expect(base.factSignals(status: status) == wanted, "\(status)")
    }
    #expect(base.factSignals(ociCode: "DENIED") == [9])
    #expect(base.factSignals(ociCode: "NAME_UNKNOWN") == [10])
    #expect(base.factSignals(ociCode: "UNAUTHORIZED") == [8])
    #expect(base.factSignals(ociCode: "NAME_INVALID") == [])
    #expect(base.factSignals(ociCode: "") == [])
  }
}
