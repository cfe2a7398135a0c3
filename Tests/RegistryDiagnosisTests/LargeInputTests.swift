import FailurePatterns
import KnowledgeFormat
import RegistryDiagnosis
import RegistryKnowledge
import Synchronization
import Testing

private let engine = DiagnosisEngine(knowledge: .builtIn)

@Suite("Inputs of megabytes")
struct LargeInputTests {
  @Test(
    "In a large log every failure is found once, wherever it stands, and healthy lines are none")
  func largeLog() throws {
    let registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com"
    let failures = [
      ("ecr/rate-exceeded", "Error response from daemon: toomanyrequests: Rate exceeded"),
      (
        "docker/no-matching-manifest",
        "no matching manifest for linux/arm64/v8 in the manifest list entries"
      ),
      ("network/eof", "Get \"https://\(registry)/v2/\": EOF"),
      ("ecr/image-not-found", "failed to resolve reference \"\(registry)/a:2\": not found"),
    ]
    var lines: [String] = []
    for number in 0..<60_000 {
      let id = number &* 2_654_435_761 % 100_000
      lines.append(
        "time=\"2026-11-20T12:00:\(number % 60).\(id)Z\" level=info msg=\"Pulled image \(registry)/team/app:\(id), status 200 in \(id % 977)ms\""
      )
      if number % 7_919 == 7_918 {
        lines += [
          "docker pull \(registry)/a:\(id)", failures[number / 7_919 % failures.count].1, "", "",
        ]
      }
    }
    let text = lines.joined(separator: "\n")
    #expect(text.utf8.count > 5 << 20)
    let report = engine.diagnose(text)
    let found = Dictionary(
      uniqueKeysWithValues: report.diagnoses.map { ($0.id, $0.occurrences) })
    #expect(
      found == [
        "ecr/rate-exceeded": 2, "docker/no-matching-manifest": 2, "network/eof": 2,
        "ecr/image-not-found": 1,
      ])
    let line = try #require(report.diagnoses.first { $0.id == "network/eof" }?.evidence.first?.line)
    #expect(lines[line - 1] == failures[2].1)
  }

  @Test("A large log in UTF-8 is not taken for another encoding, wherever its windows end")
  func encoding() {
    let line = "2026-11-20 \u{2714} pulled \u{3042}\u{1F600} in 3\u{00B5}s\n"
    let text = Array(String(repeating: line, count: 60_000).utf8)
    #expect(engine.diagnose(bytes: text).input.encoding == "utf-8")
    #expect(
      engine.diagnose(bytes: Array(text.prefix(1 << 20)) + [0xE9, 0x0A] + text).input.encoding
        == "windows-1252")
  }

  @Test("A second thread changes nothing, nor does a copy of a session that goes on by itself")
  func secondThread() {
    let registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com"
    let healthy = (0..<7_000).map {
      "level=info msg=\"Pulled image \(registry)/a:\($0)\"\n"
    }
    let failure = "Error response from daemon: toomanyrequests: Rate exceeded\n\n"
    let piece = Array((healthy.joined() + failure).utf8)
    func found(_ report: Report) -> [String] {
      report.diagnoses.map { diagnosis in
        let places = diagnosis.evidence.map { "\($0.line):\($0.column)" }
        return "\(diagnosis.id) \(diagnosis.occurrences) \(places)"
      } + ["\(report.input.lineCount) \(report.input.byteCount)"]
    }
    var sessions = [false, true].map { engine.makeSession(usesSecondThread: $0) }
    for round in 0..<5 {
      for index in sessions.indices { sessions[index].append(piece) }
      if round == 2 { sessions.append(sessions[1]) }
    }
    let reports = sessions.indices.map { found(sessions[$0].finish()) }
    #expect(reports[0].first?.hasPrefix("ecr/rate-exceeded 5 ") == true)
    #expect(reports.allSatisfy { $0 == reports[0] })
  }

  /// What is to be read yet.
  private final class Rest: Sendable {
    private let bytes: Mutex<ArraySlice<UInt8>>

    init(_ bytes: [UInt8]) { self.bytes = Mutex(bytes[...]) }

    func next(_ count: Int) -> ArraySlice<UInt8> {
      bytes.withLock { rest in
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
      }
    }
  }

  @Test(
    "An input that is read, by one thread or by two, is the one that is given",
    arguments: [0, 90, 1 << 20, 4_000_000], [false, true])
  func reading(_ size: Int, usesSecondThread: Bool) throws {
    struct Broken: Error {}
    let failure = Array("\nError response from daemon: toomanyrequests: Rate exceeded\n".utf8)
    let healthy = Array("level=info msg=\"Pulled image ghcr.io/acme/app:1\"\n".utf8)
    var input: [UInt8] = []
    while input.count < size { input += input.count % 700_000 < healthy.count ? failure : healthy }
    let expected = engine.diagnose(bytes: input)
    for breaks in [false, true] {
      let rest = Rest(input)
      var session = engine.makeSession(usesSecondThread: usesSecondThread)
      var noted = [0]
      func read() throws(Broken) {
        try session.read {
          noted.append($0)
        } from: { room throws(Broken) in
          let piece = rest.next(room.capacity)
          for byte in piece { room.append(byte) }
          if piece.isEmpty, breaks { throw Broken() }
        }
      }
      if breaks { #expect(throws: Broken.self) { try read() } } else { try read() }
      #expect(session.finish() == expected)
      #expect(noted == noted.sorted() && noted.last! <= size + healthy.count)
    }
  }

  @Test(
    "What a failure is about is found as far above it as in a small input, before what stands below",
    arguments: [1, 6, 9, 11, 14, 25, 38, 45])
  func above(_ distance: Int) throws {
    let step = "level=info msg=\"the step was begun and goes\n    on in another line\"\n"
    let pull = "docker pull 123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:7\n"
    let failure = "unauthorized: authentication required\n"
    let text =
      pull + String(repeating: step, count: distance - 1) + failure
      + "level=info msg=\"helm pull oci://quay.io/acme/chart --version 2\"\n"
    let healthy = String(repeating: step, count: 10_000)
    let small = engine.diagnose(text)
    let large = engine.diagnose(healthy + text + healthy)
    #expect(small.diagnoses.first?.registry != nil)
    #expect(large.diagnoses.map(\.id) == small.diagnoses.map(\.id))
    #expect(large.diagnoses.map(\.registry) == small.diagnoses.map(\.registry))
    #expect(large.facts == small.facts)
  }

  @Test(
    "What is found in an example is found where it stands in a large log",
    arguments: repositoryBase.entries)
  func everyExample(_ loaded: LoadedEntry) throws {
    let triggers = try #require(KnowledgeBase.builtIn.compiled.triggerIndex())
    for example in loaded.entry.examples {
      guard let bytes = loaded.bytes(ofExample: example.file) else { continue }
      let place = bytes.withUnsafeBufferPointer { triggers.first(in: $0, 0..<$0.count) }
      #expect(place != nil, "\(example.file)")
    }
  }
}
