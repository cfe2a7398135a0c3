package import FailurePatterns

/// Says what a pattern matches by trying all there is, element by element.
///
/// It has no index, no program and no state to go back to, so that one can see that it is right; the
/// product's matcher is held against it. Only the parser and the characters of the slot types are the
/// product's own.
///
/// - Complexity: O(elements × places × reach of an element) for a place where a match may begin.
package struct ReferenceMatcher {
  private let text: [UInt8]
  private let message: Range<Int>

  /// - Parameters:
  ///   - text: Normalised text.
  ///   - message: The part of it that a match may not leave.
  package init(_ text: [UInt8], message: Range<Int>) {
    self.text = text
    self.message = message
  }

  /// A match, and what its slots stood for, in the order of the pattern.
  package struct Match: Equatable {
    package let range: Range<Int>
    package let captures: [PatternSet.Capture]
  }

  /// All matches, one for each place where one begins.
  package func matches(of pattern: Pattern) -> [Match] {
    (message.lowerBound...message.upperBound).compactMap { match(of: pattern, from: $0) }
  }

  /// The match that begins at a place: of all there are, the one that the first branches, the longest
  /// slots and the shortest gaps lead to.
  package func match(of pattern: Pattern, from start: Int) -> Match? {
    guard isBoundary(start) else { return nil }
    let ends = ways(through: pattern.elements, from: Way(place: start))
    guard let end = ends.first(where: { isBoundary($0.place) }) else { return nil }
    let captures = pattern.slots.enumerated().compactMap { number, slot in
      end.captures[number].map { range in
        PatternSet.Capture(
          name: slot.name, type: slot.type, range: slot.type.value(in: text, range))
      }
    }
    return Match(range: start..<end.place, captures: captures)
  }

  /// Where a part of the pattern has led to, and what was captured on the way.
  private struct Way {
    var place: Int
    var captures: [Int: Range<Int>] = [:]

    func capturing(_ slot: Int?, upTo end: Int) -> Way {
      var way = Way(place: end, captures: captures)
      if let slot { way.captures[slot] = place..<end }
      return way
    }
  }

  /// All places that a sequence can lead to, the best way to each, best first.
  private func ways(through elements: [Pattern.Element], from start: Way) -> [Way] {
    elements.reduce([start]) { ways, element in
      var places: Set<Int> = []
      return ways.flatMap { self.ways(through: element, from: $0) }
        .filter { places.insert($0.place).inserted }
    }
  }

  private func ways(through element: Pattern.Element, from way: Way) -> [Way] {
    let place = way.place
    switch element {
    case .literal(let literal, let isCaseExact):
      let end = place + literal.count
      guard end <= message.upperBound else { return [] }
      let isEqual = zip(literal, text[place..<end]).allSatisfy {
        $0 == (isCaseExact ? $1 : $1.folded)
      }
      return isEqual ? [way.capturing(nil, upTo: end)] : []
    case .space(let isOptional):
      let end = run(from: place, of: \.isSpace)
      return isOptional || end > place ? [way.capturing(nil, upTo: end)] : []
    case .quotes:
      return [way.capturing(nil, upTo: run(from: place, of: \.isQuote))]
    case .slot(let slot, let type):
      let end = text.withUnsafeBufferPointer { bytes in
        bytes.baseAddress.map { type.runEnd(in: $0, from: place, limit: message.upperBound) }
      }
      return (place...(end ?? place)).dropFirst().reversed().map { way.capturing(slot, upTo: $0) }
    case .gap(let slot):
      guard isBoundary(place) else { return [] }
      let last = min(message.upperBound, place + PatternMatcher.maximumGap)
      return (place...last).filter(isBoundary).map { way.capturing(slot, upTo: $0) }
    case .alternatives(let branches, let slot):
      return branches.flatMap { ways(through: $0, from: way) }.map { end in
        var end = end
        if let slot { end.captures[slot] = place..<end.place }
        return end
      }
    case .messageStart:
      let before = text[message.lowerBound..<place].reversed().first {
        $0 != 0x20 && !$0.isQuote
      }
      return before == nil || before == 0x0A ? [way] : []
    case .messageEnd:
      let after = text[place..<message.upperBound].first {
        $0 != 0x20 && !$0.isQuote && !$0.isOne(of: ".", ")", "}", "]")
      }
      return after == nil || after == 0x0A ? [way] : []
    }
  }

  private func run(from start: Int, of class: (UInt8) -> Bool) -> Int {
    text[start..<message.upperBound].firstIndex { !`class`($0) } ?? message.upperBound
  }

  /// Whether no word goes on over a place.
  private func isBoundary(_ place: Int) -> Bool {
    place == message.lowerBound || place == message.upperBound
      || !(text[place - 1].isAlphanumeric && text[place].isAlphanumeric)
  }
}
