/// Reads what the slots of patterns stood for in their matches.
///
/// A search asks only whether a pattern holds; of the few matches that are told of, the pattern is run
/// once more.
package struct CaptureReader: Sendable {
  private let patterns: PatternSet
  private var matcher = PatternMatcher(recordsCaptures: true)

  package init(_ patterns: PatternSet) { self.patterns = patterns }

  /// What the slots of a pattern stood for in a match.
  ///
  /// - Returns: The slots that took part, in the order of the pattern.
  package mutating func captures(
    of match: PatternSet.Match, in text: [UInt8], message: Range<Int>
  ) -> [PatternSet.Capture] {
    let names = patterns.slots(of: match.pattern)
    guard !names.isEmpty else { return [] }
    matcher.beginMessage()
    let end = text.withUnsafeBufferPointer { buffer -> Int? in
      guard let base = buffer.baseAddress else { return nil }
      return patterns.withProgram(of: match.pattern) {
        matcher.end(
          of: $0, in: base, from: match.range.lowerBound, lower: message.lowerBound,
          upper: message.upperBound)
      }
    }
    guard end != nil else { return [] }
    var result: [PatternSet.Capture] = []
    for (index, slot) in names.enumerated() {
      let start = matcher.captures[2 * index]
      let end = matcher.captures[2 * index + 1]
      guard start >= 0, end >= start else { continue }
      result.append(
        PatternSet.Capture(
          name: slot.name, type: slot.type, range: slot.type.value(in: text, start..<end)))
    }
    return result
  }
}
