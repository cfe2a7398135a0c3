import FailurePatterns
import FailureText
package import KnowledgeFormat

/// Which wordings of an entry stand in none of its examples.
package struct PatternCoverage: Sendable {
  /// A wording that no example holds.
  package struct Gap: Sendable {
    /// The number of the signal in the entry.
    package let signal: Int
    package let pattern: String
  }

  /// The wordings of an entry that none of its examples holds.
  ///
  /// An entry whose examples were not loaded has none to miss.
  ///
  /// - Complexity: O(size of the examples).
  package static func gaps(of loaded: LoadedEntry) -> [Gap] {
    let examples = loaded.entry.examples.compactMap { loaded.bytes(ofExample: $0.file) }
    guard !examples.isEmpty, loaded.entry.status != .withdrawn else { return [] }
    var writer = PatternSetWriter()
    var numbers: [(signal: Int, pattern: Int)] = []
    for (index, signal) in loaded.entry.signals.enumerated() {
      guard let text = signal.pattern,
        let pattern = try? Pattern(text, isCaseExact: signal.isCaseExact)
      else { continue }
      numbers.append((index, writer.add(pattern, isCaseExact: signal.isCaseExact)))
    }
    var bytes = PackedWriter()
    let offset = writer.write(into: &bytes)
    let set = PatternSet(bytes: PackedBytes(bytes.bytes), at: offset)
    var found: Set<Int> = []
    for example in examples {
      let text = NormalizedText(example)
      for match in set.matches(in: text.text, messages: text.messages.map(\.range)) {
        found.insert(match.pattern)
      }
    }
    return numbers.filter { !found.contains($0.pattern) }.map {
      Gap(signal: $0.signal, pattern: loaded.entry.signals[$0.signal].pattern ?? "")
    }
  }

  /// The gaps as complaints, each at its pattern.
  package static func complaints(of loaded: LoadedEntry) -> [Complaint] {
    let signals = loaded.document.root["match"]?["any"].map { Array($0.elements) } ?? []
    return gaps(of: loaded).compactMap { gap in
      guard gap.signal < signals.count else { return nil }
      let node = signals[gap.signal]["pattern"] ?? signals[gap.signal]
      return Complaint(
        .unmatchedPattern, severity: .error, file: loaded.path, position: node.position,
        pointer: node.pointer, message: "no example holds \"\(gap.pattern)\"",
        remedy: "add a match-*.txt in which it stands, or remove it")
    }
  }
}
