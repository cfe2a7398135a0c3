import FailurePatterns
import FailureText
import KnowledgeFormat
import Oracles
import Testing

/// The patterns of the base on its own examples, against a matcher that tries all there is.
@Suite struct RealPatternTests {
  @Test(
    "Each pattern finds the same, in its examples and in what becomes of them",
    arguments: repositoryBase.entries)
  func bothFindTheSame(_ loaded: LoadedEntry) throws {
    var random = SeededGenerator(seed: 7)
    let patterns = try loaded.entry.signals.compactMap { signal in
      try signal.pattern.map {
        (try Pattern($0, isCaseExact: signal.isCaseExact), signal.isCaseExact)
      }
    }
    let comparison = MatcherComparison(patterns)
    for example in loaded.entry.examples.prefix(2) {
      let text = NormalizedText(loaded.bytes(ofExample: example.file) ?? [])
      for message in text.messages.map({ Array(text.text[$0.range]) }) where message.count < 300 {
        for variant in [message, mutated(message, &random)] {
          #expect(comparison.outcome(for: variant).differences == [])
        }
      }
    }
  }

  /// A message with a stretch left out, written twice or in capitals.
  private func mutated(_ message: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    guard let start = message.indices.randomElement(using: &random) else { return message }
    let end = min(message.count, start + Int.random(in: 1...12, using: &random))
    let head = Array(message[..<start])
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return head + message[end...]
    case 1: return head + message[start..<end] + message[start...]
    default:
      return head + message[start..<end].map { $0.isLetter ? $0 ^ 0x20 : $0 } + message[end...]
    }
  }
}
