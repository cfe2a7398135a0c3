import FailurePatterns
import Foundation
import KnowledgeFormat
import Testing

@Suite struct DigestTests {
  /// FIPS 180-2, appendix B, and NIST's examples of other lengths.
  @Test(arguments: [
    ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      1, "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
    ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
  ])
  func theVectorsOfNIST(_ text: String, count: Int, digest: String) {
    let bytes = [UInt8](String(repeating: text, count: count).utf8)
    #expect(SHA256.digest(of: bytes).description == digest)
  }

  @Test func thePiecesMakeNoDifference() {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let whole = SHA256.digest(of: bytes)
    for size in [1, 7, 55, 56, 63, 64, 65, 128, 299] {
      var digest = SHA256()
      for start in stride(from: 0, to: bytes.count, by: size) {
        digest.append(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(digest.finish() == whole, "\(size)")
    }
  }

  /// Python's hashlib, on every length around the borders of blocks, and on the base's sources in
  /// the form that `sourceDigest` documents.
  @Test func pythonSaysTheSame() throws {
    let python = "/usr/bin/python3"
    guard FileManager.default.isExecutableFile(atPath: python) else {
      print("skipped: there is no \(python) to compare with")
      return
    }
    let lengths = Array(0...200) + [1000, 4095, 4096, 65_537]
    let script = """
      import hashlib, json
      for n in [\(lengths.map(String.init).joined(separator: ","))]:
          print(hashlib.sha256(bytes(i * 31 % 256 for i in range(n))).hexdigest())
      """
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: python)
    process.arguments = ["-c", script]
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let expected = String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(
      expected
        == lengths.map { length in
          SHA256.digest(of: (0..<length).map { UInt8($0 * 31 % 256) }).description
        })
  }

  @Test func theBaseCarriesTheDigestOfItsSources() throws {
    let knowledge = LoadedKnowledge(SampleBase.source(), mode: .strict)
    let compiled = try #require(try knowledge.compiled().flatMap { CompiledKnowledge(.init($0)) })
    #expect(compiled.sourceDigest == knowledge.sourceDigest)
    #expect(compiled.isCompiledFromItsSources)
    var canonical: [UInt8] = []
    let entries = knowledge.entries.map { ("entries/\($0.entry.id)/entry.json", $0.document) }
    for (path, document) in [
      ("manifest.json", knowledge.manifest?.document),
      ("vocabulary.json", knowledge.vocabulary?.document),
    ] + entries {
      canonical += Array(path.utf8) + [0] + (document?.root.minified() ?? []) + [0]
    }
    #expect(SHA256.digest(of: canonical) == knowledge.sourceDigest)

    let other = LoadedKnowledge(
      SampleBase.source(replacing: [
        SampleBase.entryPath: SampleBase.entry.replacing("throttling", with: "slowing")
      ]), mode: .strict)
    #expect(other.sourceDigest != knowledge.sourceDigest)
    #expect(!other.entries.isEmpty)
  }

  @Test func aBlockThatWasTamperedWithIsSeen() throws {
    let bytes = try #require(try LoadedKnowledge(SampleBase.source(), mode: .strict).compiled())
    let title = Array("Amazon ECR is throttling".utf8)
    let place = try #require(
      bytes.indices.first { bytes[$0...].starts(with: title) }, "the title of the entry's record")
    var tampered = bytes
    tampered[place] = UInt8(ascii: "B")
    let compiled = try #require(CompiledKnowledge(.init(tampered)))
    #expect(!compiled.isCompiledFromItsSources)
  }
}
