import FailureText
import KnowledgeFormat
import RegistryDiagnosis
import RegistryKnowledge
import Testing

private let engine = DiagnosisEngine(knowledge: .builtIn)

/// Random numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64 (Steele, Lea and Flood 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// What holds for every paste, tried with real ones that a generator picks and puts together.
@Suite("Properties of a diagnosis")
struct PropertyTests {
  /// Pastes of the base's examples, some of them one after the other.
  private func pastes(_ count: Int, seed: UInt64) -> [[UInt8]] {
    var generator = SeededGenerator(seed: seed)
    let examples = repositoryBase.entries.flatMap { loaded in
      loaded.entry.examples.compactMap { loaded.bytes(ofExample: $0.file) }
    }
    return (0..<count).map { _ in
      let parts = (0..<Int.random(in: 1...2, using: &generator)).compactMap { _ in
        examples.randomElement(using: &generator)
      }
      return Array(parts.joined(separator: Array("\n\n".utf8)))
    }
  }

  @Test("Evidence is what stands at its place in the input")
  func evidence() {
    var compared = 0
    for paste in pastes(60, seed: 1) {
      guard let text = String(validating: paste, as: UTF8.self) else { continue }
      let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
      for evidence in engine.diagnose(bytes: paste).diagnoses.flatMap(\.evidence)
      where evidence.line == evidence.endLine && !evidence.text.contains("[redacted]") {
        guard evidence.line <= lines.count else {
          Issue.record("line \(evidence.line) of \(lines.count)")
          continue
        }
        let scalars = Array(lines[evidence.line - 1].unicodeScalars)
        guard evidence.endColumn - 1 <= scalars.count, evidence.column < evidence.endColumn else {
          Issue.record("\(evidence.column)..<\(evidence.endColumn) of \(scalars.count)")
          continue
        }
        let source = String(
          String.UnicodeScalarView(scalars[evidence.column - 1..<evidence.endColumn - 1]))
        // What is escaped in the paste is resolved in the evidence.
        guard !source.contains(where: { "\\&\u{1B}\t".contains($0) }), !source.contains("  ") else {
          continue
        }
        #expect(evidence.text == source)
        compared += 1
      }
    }
    #expect(compared > 50)
  }

  @Test("A report does not depend on the pieces the input comes in")
  func pieces() {
    var generator = SeededGenerator(seed: 2)
    for paste in pastes(40, seed: 3) {
      var session = engine.makeSession()
      var rest = paste[...]
      while !rest.isEmpty {
        let count = Int.random(in: 1...max(1, min(rest.count, 90)), using: &generator)
        let piece = Array(rest.prefix(count))
        if Bool.random(using: &generator) {
          session.append(piece)
        } else {
          session.append(addingCapacity: 90) { room in piece.forEach { room.append($0) } }
        }
        rest = rest.dropFirst(count)
      }
      #expect(session.finish() == engine.diagnose(bytes: paste))
    }
  }

  @Test("What was written into a session before writing failed is part of the input")
  func brokenPiece() {
    struct Broken: Error {}
    var session = engine.makeSession()
    #expect(throws: Broken.self) {
      try session.append(addingCapacity: 100) { room throws(Broken) in
        for byte in "toomanyrequests: Rate exceeded\n".utf8 { room.append(byte) }
        throw Broken()
      }
    }
    #expect(session.finish() == engine.diagnose("toomanyrequests: Rate exceeded\n"))
  }

  @Test("Healthy lines around a failure change nothing but where it stands")
  func healthyLines() {
    var generator = SeededGenerator(seed: 4)
    let healthy = [
      "2026-11-20T12:00:00Z INFO worker 7 took the job in 12ms",
      "[2026-11-20 12:00:01] tests passed: 214, skipped: 3",
      "level=info msg=\"cache warmed\" entries=1024", "Compiling module Rendering (12/40)",
    ]
    func lines() -> [UInt8] {
      let count = Int.random(in: 1...60, using: &generator)
      return (0..<count).flatMap { _ in
        Array(((healthy.randomElement(using: &generator) ?? "") + "\n").utf8)
      }
    }
    for paste in pastes(40, seed: 5) where String(validating: paste, as: UTF8.self) != nil {
      let alone = engine.diagnose(bytes: paste).diagnoses.map(\.id)
      let surrounded = lines() + [0x0A] + paste + [0x0A, 0x0A] + lines()
      let found = engine.diagnose(bytes: surrounded).diagnoses.map(\.id)
      #expect(found == alone, "\(String(decoding: paste.prefix(300), as: UTF8.self))")
    }
  }

  @Test("What was redacted once is not changed by redacting it again, and holds no secret")
  func redaction() {
    var generator = SeededGenerator(seed: 6)
    let secrets = [
      "ghp_0123456789abcdefghijABCDEFGHIJ012345", "AKIAIOSFODNN7EXAMPLE",
      "glpat-0123456789abcdefghij", "dckr_pat_0123456789abcdefghijABCDEFG",
    ]
    let words = [
      "docker login -u me -p ", "password=", "Authorization: Bearer ", "https://me:", "/srv/",
      "@r.example.com/v2/ ", "denied ", " ", "\n", "\"auth\": \"", "\"", "--token=", ", ",
    ]
    for _ in 0..<400 {
      var text = ""
      for _ in 0..<Int.random(in: 1...12, using: &generator) {
        text += words.randomElement(using: &generator) ?? ""
        if Int.random(in: 0..<3, using: &generator) == 0 {
          text += (secrets.randomElement(using: &generator) ?? "") + " "
        }
      }
      let masked = SecretMask.masking(text)
      #expect(SecretMask.masking(masked) == masked, "\(text)")
      #expect(!secrets.contains(where: masked.contains), "\(text) became \(masked)")
    }
  }
}
