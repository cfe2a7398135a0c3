import CFuzzer
import FailurePatterns
import FailureText
import KnowledgeFormat
import Oracles
import RegistryDiagnosis
import RegistryKnowledge

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is fuzzed; each traps where a promise is broken.
enum Target: String, CaseIterable {
  case text, words, pattern, diagnosis, base, `protocol`, interface

  func run(_ bytes: [UInt8]) {
    switch self {
    case .text: normalise(bytes)
    case .words: findWords(bytes)
    case .pattern: match(bytes)
    case .diagnosis: diagnose(bytes)
    case .base: load(bytes)
    case .protocol: serve(bytes)
    case .interface: call(bytes)
    }
  }

  /// Messages ascend and stand for places of the input; secrets lie in them, and are gone at once.
  private func normalise(_ bytes: [UInt8]) {
    let text = NormalizedText(bytes)
    var last = 0
    for message in text.messages {
      require(message.range.lowerBound >= last && message.range.upperBound <= text.text.count)
      last = message.range.upperBound
      let source = text.sourceRange(of: message.range)
      require(source.lowerBound >= 0 && source.upperBound <= bytes.count)
      let mask = SecretMask(text.text, message.range)
      var end = message.range.lowerBound
      for secret in mask.secrets {
        require(secret.lowerBound >= end && secret.upperBound <= message.range.upperBound)
        end = secret.upperBound
      }
      _ = mask.string(message.range)
    }
  }

  /// The longest pattern that an entry may have, and the longest text that is tried in all ways.
  private static let patternLimit = 400
  private static let textLimit = 400

  /// The first line is a pattern, the rest a message: the search finds in it what a matcher finds that
  /// tries all there is.
  private func match(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
    let source = String(decoding: parts[0].prefix(Target.patternLimit), as: UTF8.self)
    let text = parts.count > 1 ? Array(parts[1].prefix(Target.textLimit)) : []
    for isCaseExact in [false, true] {
      guard let pattern = try? Pattern(source, isCaseExact: isCaseExact) else { return }
      let outcome = MatcherComparison([(pattern, isCaseExact)]).outcome(for: text)
      require(outcome.differences.isEmpty, outcome.differences.first ?? "")
    }
  }

  private static let own = KnowledgeBase.builtIn.compiled.loaded()

  /// A file of a base is taken or complained of, as those who write it and those who use it read it.
  private func load(_ bytes: [UInt8]) {
    for name in ["entries/fuzz/entry/entry.json", "manifest.json", "vocabulary.json"] {
      let file = KnowledgeFile(path: name, bytes: bytes)
      for mode in [LoadingMode.strict, .lenient] {
        let loaded = LoadedKnowledge(KnowledgeSource(root: "base", files: [file]), mode: mode)
        let found = KnowledgeFormat.validate(loaded, against: Target.own)
        require(
          !loaded.entries.isEmpty || !loaded.complaints.isEmpty || loaded.frame != nil)
        _ = loaded.rejectingEntries(by: found)
      }
    }
  }

  /// Calls of the C interface, from C.
  private func call(_ bytes: [UInt8]) {
    regdiag_fuzz_interface(bytes, bytes.count) { json in
      guard let json else { fatalError("no JSON") }
      let text = Array(UnsafeRawBufferPointer(start: json, count: strlen(json)))
      // One line, and JSON by the strictest reading.
      require(text.last == 0x0A && !text.dropLast().contains { $0 < 0x20 })
      require((try? JSONDocument.parse(text)) != nil)
    }
  }
}

/// Stops where a promise is broken, in a release build too, and says which.
func require(_ promise: Bool, _ message: @autoclosure () -> String = "", line: Int = #line) {
  if !promise { fatalError("line \(line): \(message())") }
}
