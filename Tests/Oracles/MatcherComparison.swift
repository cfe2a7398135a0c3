package import FailurePatterns

/// What the product's search finds of some patterns, beside what ``ReferenceMatcher`` does.
package struct MatcherComparison {
  private let patterns: [Pattern]
  private let set: PatternSet
  private let triggers: TriggerIndex?

  /// Compiles patterns that the index can find; others are left out, as the product finds none of
  /// theirs.
  package init(_ patterns: [(pattern: Pattern, isCaseExact: Bool)]) {
    var writer = PatternSetWriter()
    var added: [Pattern] = []
    for (pattern, isCaseExact) in patterns where pattern.isFindable {
      if writer.add(pattern, isCaseExact: isCaseExact) == added.count { added.append(pattern) }
    }
    var packed = PackedWriter()
    let offset = writer.write(into: &packed)
    let triggerOffset = writer.writeTriggers(
      for: added.indices.map { ($0, [:]) }, into: &packed)
    let bytes = PackedBytes(packed.bytes)
    self.patterns = added
    set = PatternSet(bytes: bytes, at: offset)
    triggers = TriggerIndex(packed: bytes, at: triggerOffset)
  }

  /// What two matchers made of one text.
  package struct Outcome {
    /// How many matches the reference found.
    package internal(set) var matchCount = 0
    /// In what they differ, a sentence each.
    package internal(set) var differences: [String] = []
  }

  /// Has both look at a text.
  ///
  /// They agree when each match that the search reports is the one that the reference finds at its
  /// place, captures included; when each that the reference finds is reported, or overlaps one of its
  /// pattern that is; when those of a pattern do not overlap; and when the words that large inputs
  /// are searched by stand in a text that has a match. A pattern that is found by a word of three
  /// letters may be missed.
  ///
  /// - Parameter message: Any bytes; white space is narrowed first, as normalised text has it.
  package func outcome(for message: [UInt8]) -> Outcome {
    let body = MatcherComparison.normalized(message)
    // A message is not all there is: what stands around it must not matter.
    let text = [0x78] + body + [0x78]
    let range = 1..<1 + body.count
    let reference = ReferenceMatcher(text, message: range)
    let found = set.matches(in: text, messages: [range])
    var outcome = Outcome()
    func differ(_ number: Int, _ difference: String) {
      outcome.differences.append(
        "`\(patterns[number].text)` in `\(String(decoding: body, as: UTF8.self))`: \(difference)")
    }
    var reader = CaptureReader(set)
    for match in found {
      let captures = reader.captures(of: match, in: text, message: range)
      let expected = reference.match(of: patterns[match.pattern], from: match.range.lowerBound)
      if expected?.range != match.range || expected?.captures != captures {
        differ(match.pattern, "\(match.range) \(captures), not \(expected as Any)")
      }
    }
    for number in patterns.indices {
      let own = found.filter { $0.pattern == number }.map(\.range)
      for (one, next) in zip(own, own.dropFirst()) where next.lowerBound < one.upperBound {
        differ(number, "\(one) and \(next) overlap")
      }
      for match in reference.matches(of: patterns[number]) where !match.range.isEmpty {
        outcome.matchCount += 1
        let isFound = own.contains { $0.overlaps(match.range) }
        if !isFound, !patterns[number].isFoundByShortWord {
          differ(number, "\(match.range) was not found")
        }
      }
    }
    if let triggers, body.count >= 4, let first = found.first,
      body.withUnsafeBufferPointer({ triggers.first(in: $0, 0..<$0.count) }) == nil
    {
      differ(first.pattern, "no trigger stands in it")
    }
    return outcome
  }

  /// How many quotes and backslashes in a row the index reckons with.
  private static let longestQuotes = 16

  /// Bytes with what normalised text has of white space and quotes: one at a time, and few in a row.
  private static func normalized(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var quotes = 0
    for byte in bytes {
      if byte.isSpace, result.last?.isSpace ?? false { continue }
      quotes = byte.isQuote ? quotes + 1 : 0
      if quotes > longestQuotes { continue }
      result.append(byte)
    }
    return result
  }
}
