/// Which patterns hold in the messages of one text, worked out a message at a time, in any order.
package struct PatternSearch: Sendable {
  private let index: LiteralIndex
  private let text: [UInt8]
  /// What was found so far, the matches of a message together.
  package private(set) var found: [PatternSet.Match] = []
  private var matcher = PatternMatcher(recordsCaptures: false)
  /// What stands in the message at hand.
  private var seen = FragmentSet()
  private var hits: [LiteralIndex.Hit] = []
  private var message = 0
  private var lower = 0
  private var upper = 0
  private var histories = PatternHistories()
  private var repeated: RepeatedMessages

  /// - Parameters:
  ///   - patterns: What to look for.
  ///   - text: Normalised text.
  ///   - messageCount: How many messages it has.
  package init(_ patterns: PatternSet, in text: [UInt8], messageCount: Int) {
    index = patterns.index
    self.text = text
    repeated = RepeatedMessages(messageCount: messageCount)
    // What is not used is not touched; growing would copy.
    found.reserveCapacity(text.count / PatternSearch.usualBytesPerMatch)
  }

  /// Finds the patterns that hold in a message.
  ///
  /// Of one pattern, matches in one message do not overlap. Matches come in the order of the places
  /// at which they were found.
  ///
  /// - Parameters:
  ///   - number: The number of the message; ask once for each.
  ///   - range: Where it stands in the text; a match never leaves it.
  /// - Returns: Where the matches stand in ``found``.
  /// - Complexity: One pass over the message, then for each place where the fragment of a pattern
  ///   stands a run of its program. A pattern is tried at a place of a message at most once and
  ///   never visits a pair of instruction and place twice, so *p* patterns whose fragments all
  ///   stand in a message of *n* bytes cost O(p × n) at worst; in text that was not made up for the
  ///   purpose, O(n).
  package mutating func matches(in number: Int, _ range: Range<Int>) -> Range<Int> {
    let first = found.count
    guard !range.isEmpty else { return first..<first }
    // The text does not change while its bytes are looked at.
    let text = self.text
    text.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { look(for: number, range, in: base) }
    }
    return first..<found.count
  }

  private mutating func look(
    for number: Int, _ range: Range<Int>, in text: UnsafePointer<UInt8>
  ) {
    let place = repeated.place(of: range, in: text)
    if let place, let (matches, distance) = repeated.matches(of: place, in: text) {
      return repeatMatches(matches, for: number, distance: distance)
    }
    let first = found.count
    beginMessage(number, range)
    scan(range, in: text)
    index.forEachOwner(of: hits, text, range, in: seen) { hit, owner in
      if owner.leastBefore == owner.mostBefore {
        look(only: Int(hit.place) - owner.leastBefore, for: owner.program, in: text)
      } else {
        look(at: Int(hit.place), for: owner, in: text)
      }
    }
    if let place { repeated.remember(place, matches: first..<found.count) }
  }

  /// How many bytes there are for each match where nearly every line tells of a failure.
  private static let usualBytesPerMatch = 16

  /// How much of a message is scanned before hits that stand alone are dropped.
  private static let partBytes = 1 << 12

  /// Finds the fragments in a message.
  ///
  /// In a long message nearly every stretch stands somewhere: what counts is what stands near a hit.
  private mutating func scan(_ range: Range<Int>, in text: UnsafePointer<UInt8>) {
    var settled = 0
    var start = range.lowerBound
    while true {
      let end = min(start + PatternSearch.partBytes, range.upperBound)
      index.scan(
        text, start..<end, ofMessageFrom: range.lowerBound, seen: &seen, hits: &hits)
      guard end < range.upperBound else { return }
      index.dropLonely(&hits, settled: &settled, seen: seen)
      start = end
    }
  }

  private mutating func beginMessage(_ number: Int, _ range: Range<Int>) {
    message = number
    lower = range.lowerBound
    upper = range.upperBound
    matcher.beginMessage()
    seen.beginMessage()
    hits.removeAll(keepingCapacity: true)
  }

  /// Finds in a message what was found in one of the same text.
  private mutating func repeatMatches(_ matches: Range<Int>, for message: Int, distance: Int) {
    for index in matches {
      let match = found[index]
      found.append(
        PatternSet.Match(
          pattern: match.pattern, message: message,
          range: match.range.lowerBound + distance..<match.range.upperBound + distance))
    }
  }

  /// Looks for a pattern at the one place where it can begin: its fragment stands a fixed way behind.
  private mutating func look(
    only place: Int, for program: PackedProgram, in text: UnsafePointer<UInt8>
  ) {
    guard place >= lower, program.mayBegin(with: place < upper ? text[place] : 0) else { return }
    let known = histories.place(of: program.number, in: message)
    let history = histories[known]
    guard place >= history.matchedUntil, !history.tried.contains(place) else { return }
    if let end = matcher.end(of: program, in: text, from: place, lower: lower, upper: upper) {
      found.append(
        PatternSet.Match(pattern: program.number, message: message, range: place..<end))
      histories[known].matchedUntil = Int32(max(place + 1, end))
    } else {
      histories[known].tried = history.tried.adding(
        TriedPlaces(lower: Int32(place), upper: Int32(place + 1)))
    }
  }

  /// Looks for a pattern near a place where one of its fragments stands.
  private mutating func look(
    at place: Int, for owner: LiteralIndex.Owner, in text: UnsafePointer<UInt8>
  ) {
    let program = owner.program
    let history = histories.place(of: program.number, in: message)
    var first = max(lower, Int(histories[history].matchedUntil), place - owner.mostBefore)
    let last = place - owner.leastBefore
    guard last >= first else { return }
    // Several fragments of one pattern ask for places out of order; what was tried in vain is not
    // tried again.
    let known = histories[history].tried
    if known.contains(first), known.contains(last) { return }
    let slot = program.firstSlot
    if let slot {
      // A slot at the start spans nothing but its own characters, up to what stands after it.
      let quotes = slot.isQuoted ? AnchorChoice.longestQuotes : 0
      let slotEnd = place - (owner.mostBefore - SlotType.maximumLength - quotes)
      if slotEnd > first {
        first = slot.type.runStart(in: text, before: slotEnd, within: first..<upper)
      }
    }
    // The first instruction is the boundary; a literal after it turns most places away at once.
    let head = LiteralHead(instruction: program.code + 1)
    var next = last
    while true {
      if known.contains(next) { next = Int(known.lower) - 1 }
      guard next >= first else { break }
      // Down to what was tried.
      let least = next >= Int(known.upper) ? max(first, Int(known.upper)) : first
      let beginning =
        if let head {
          head.last(in: text, from: next, downTo: least, upper: upper)
        } else {
          program.lastBeginning(in: text, from: next, downTo: least, lower: lower, upper: upper)
        }
      guard let beginning else {
        next = least - 1
        continue
      }
      if let end = matcher.end(of: program, in: text, from: beginning, lower: lower, upper: upper) {
        let free = max(lower, Int(histories[history].matchedUntil))
        let range = whole(
          beginning..<end, of: program, beginningWith: slot?.type, after: free, in: text)
        found.append(
          PatternSet.Match(pattern: program.number, message: message, range: range))
        histories[history].matchedUntil = Int32(max(beginning + 1, end))
        return
      }
      next = beginning - 1
    }
    histories[history].tried = known.adding(
      TriedPlaces(lower: Int32(first), upper: Int32(last + 1)))
  }

  /// A match that begins where its first slot does.
  ///
  /// It is found from the latest place on, which for a slot is its last word: what that slot spans
  /// begins where the run of its characters does, or where something is quoted or bound to a key.
  private mutating func whole(
    _ range: Range<Int>, of program: PackedProgram, beginningWith type: SlotType?, after free: Int,
    in text: UnsafePointer<UInt8>
  ) -> Range<Int> {
    guard let type else { return range }
    var start = type.runStart(in: text, before: range.lowerBound, within: free..<upper)
    for place in (start..<range.lowerBound).reversed()
    where text[place].isQuote || text[place].isOne(of: "=", "(") {
      start = place + 1
      break
    }
    guard start < range.lowerBound,
      matcher.end(of: program, in: text, from: start, lower: lower, upper: upper)
        == range.upperBound
    else { return range }
    return start..<range.upperBound
  }
}
