/// Many patterns, found in a text in one pass.
///
/// The set lies in the packed bytes it was compiled to and is used in place: opening one costs
/// nothing.
package struct PatternSet: Sendable {
  private let bytes: PackedBytes
  private let index: LiteralIndex
  private let tableOffset: Int
  /// How many patterns the set holds.
  ///
  /// They are numbered from zero.
  package let count: Int

  /// program (4), text offset (4), text length (4), slot names (4), literal characters (4).
  private static let recordSize = 20

  /// Opens a compiled set.
  ///
  /// - Parameters:
  ///   - bytes: What ``PatternSetWriter`` wrote, among other things.
  ///   - offset: The offset that ``PatternSetWriter/write(into:)`` returned.
  package init(bytes: PackedBytes, at offset: Int) {
    self.bytes = bytes
    count = bytes.integer(at: offset)
    tableOffset = bytes.integer(at: offset + 4)
    index = LiteralIndex(bytes: bytes, at: bytes.integer(at: offset + 8))
  }

  /// A pattern that holds somewhere in a text.
  package struct Match: Sendable, Equatable {
    /// The number of the pattern.
    package let pattern: Int
    /// The number of the message it was found in.
    package let message: Int
    /// Where in the text.
    package let range: Range<Int>

    package init(pattern: Int, message: Int, range: Range<Int>) {
      self.pattern = pattern
      self.message = message
      self.range = range
    }
  }

  /// Finds the patterns that hold in the messages of a text.
  ///
  /// Of one pattern, matches in one message do not overlap. Matches come in the order of the places
  /// at which they were found.
  ///
  /// - Parameters:
  ///   - text: Normalised text.
  ///   - messages: Ranges of `text`, ascending; a match never leaves one.
  /// - Complexity: One pass over the text, then for each place where the fragment of a pattern
  ///   stands a run of its program. A pattern is tried at a place of a message at most once and
  ///   never visits a pair of instruction and place twice, so *p* patterns whose fragments all
  ///   stand in a message of *n* bytes cost O(p × n) at worst; in text that was not made up for the
  ///   purpose, O(n).
  package func matches(in text: [UInt8], messages: [Range<Int>]) -> [Match] {
    matches(in: text, messageCount: messages.count) { messages[$0] }
  }

  /// Finds the patterns that hold in the messages of a text.
  ///
  /// As ``matches(in:messages:)``, for messages that are kept otherwise than as ranges.
  package func matches(
    in text: [UInt8], messageCount: Int, range: (Int) -> Range<Int>
  ) -> [Match] {
    bytes.withBytes { packed in
      var search = Search()
      text.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        var repeated = RepeatedMessages(base, messageCount: messageCount)
        for number in 0..<messageCount {
          let message = range(number)
          guard !message.isEmpty else { continue }
          let place = repeated.place(of: message)
          if let place, let (matches, distance) = repeated.matches(of: place) {
            search.repeatMatches(matches, for: number, distance: distance)
            continue
          }
          let count = search.found.count
          search.beginMessage(number, message)
          index.scan(base, message, seen: &search.seen, hits: &search.hits)
          for hit in search.hits {
            guard let owner = index.owner(of: hit, in: search.seen) else { continue }
            search.look(
              at: Int(hit.place), for: owner, PackedProgram(base: packed + owner.program), in: base)
          }
          if let place { repeated.remember(place, matches: count..<search.found.count) }
        }
      }
      return search.found
    }
  }

  /// What a slot stood for.
  package struct Capture: Sendable, Equatable {
    package let name: String
    package let type: SlotType
    package let range: Range<Int>

    package init(name: String, type: SlotType, range: Range<Int>) {
      self.name = name
      self.type = type
      self.range = range
    }
  }

  /// What the slots of a pattern stood for in a match.
  ///
  /// - Returns: The slots that took part, in the order of the pattern.
  package func captures(
    of match: Match, in text: [UInt8], message: Range<Int>
  ) -> [Capture] {
    let names = slots(of: match.pattern)
    guard !names.isEmpty else { return [] }
    var matcher = PatternMatcher(recordsCaptures: true)
    let program = field(0, of: match.pattern)
    let end = text.withUnsafeBufferPointer { buffer -> Int? in
      guard let base = buffer.baseAddress else { return nil }
      return bytes.withBytes {
        matcher.end(
          of: PackedProgram(base: $0 + program), in: base, from: match.range.lowerBound,
          lower: message.lowerBound, upper: message.upperBound)
      }
    }
    guard end != nil else { return [] }
    var result: [Capture] = []
    for (index, slot) in names.enumerated() {
      let start = matcher.captures[2 * index]
      let end = matcher.captures[2 * index + 1]
      guard start >= 0, end >= start else { continue }
      result.append(
        Capture(name: slot.name, type: slot.type, range: slot.type.value(in: text, start..<end)))
    }
    return result
  }

  /// The pattern as its author wrote it.
  package func text(of pattern: Int) -> String {
    bytes.string(at: field(1, of: pattern), length: field(2, of: pattern))
  }

  /// How many characters of a match the pattern itself pins down.
  package func literalCount(of pattern: Int) -> Int {
    field(4, of: pattern)
  }

  private func field(_ number: Int, of pattern: Int) -> Int {
    bytes.integer(at: tableOffset + pattern * PatternSet.recordSize + 4 * number)
  }

  private func slots(of pattern: Int) -> [PatternSlot] {
    var offset = field(3, of: pattern)
    let count = bytes.integer(at: offset)
    offset += 4
    var slots: [PatternSlot] = []
    for _ in 0..<count {
      let type = SlotType.byCode[bytes.integer(at: offset)]
      let length = bytes.integer(at: offset + 4)
      slots.append(PatternSlot(name: bytes.string(at: offset + 8, length: length), type: type))
      offset += 8 + length
    }
    return slots
  }

}

/// One pass over a text: which patterns were tried where.
private struct Search {
  var matcher = PatternMatcher(recordsCaptures: false)
  var found: [PatternSet.Match] = []
  /// What stands in the message at hand.
  var seen = FragmentSet()
  var hits: [LiteralIndex.Hit] = []
  private var message = 0
  private var lower = 0
  private var upper = 0
  private var histories = PatternHistories()

  mutating func beginMessage(_ number: Int, _ range: Range<Int>) {
    message = number
    lower = range.lowerBound
    upper = range.upperBound
    matcher.beginMessage()
    seen.removeAll()
    hits.removeAll(keepingCapacity: true)
  }

  /// Finds in a message what was found in one of the same text.
  mutating func repeatMatches(_ matches: Range<Int>, for message: Int, distance: Int) {
    for index in matches {
      let match = found[index]
      found.append(
        PatternSet.Match(
          pattern: match.pattern, message: message,
          range: match.range.lowerBound + distance..<match.range.upperBound + distance))
    }
  }

  /// Whether the first bytes of a literal stand at a place.
  @inline(__always)
  private func begins(
    _ text: UnsafePointer<UInt8>, _ place: Int, _ literal: UnsafePointer<UInt8>, _ count: Int
  ) -> Bool {
    guard place + count <= upper else { return false }
    for index in 0..<count where text[place + index].folded != literal[index] { return false }
    return true
  }

  /// Looks for a pattern near a place where one of its fragments stands.
  mutating func look(
    at place: Int, for owner: LiteralIndex.Owner, _ program: PackedProgram,
    in text: UnsafePointer<UInt8>
  ) {
    let history = histories.number(of: owner.program)
    var first = max(lower, Int(histories[history].matchedUntil), place - owner.mostBefore)
    let last = place - owner.leastBefore
    guard last >= first else { return }
    // Several fragments of one pattern ask for places out of order; what was tried in vain is not
    // tried again.
    let known = histories[history].tried
    if known.contains(first), known.contains(last) { return }
    let code = program.code
    if code[1] == PatternProgram.Opcode.slot {
      // A slot at the start spans nothing but its own characters, up to what stands after it.
      let slotEnd = place - (owner.mostBefore - SlotType.maximumLength)
      if slotEnd > first {
        first = SlotType.byCode[Int(code[2])].runStart(
          in: text, before: slotEnd, within: first..<upper)
      }
    }
    // The first instruction is the boundary; a literal after it turns most places away at once.
    let isLiteral = code[1] == PatternProgram.Opcode.literal
    let headCount = min(16, Int(code[2]) | Int(code[3]) << 7)
    for place in stride(from: last, through: first, by: -1) where !known.contains(place) {
      if isLiteral {
        guard begins(text, place, code + 4, headCount) else { continue }
      } else if place < upper, !program.canBegin(with: text[place]) {
        continue
      }
      guard let end = matcher.end(of: program, in: text, from: place, lower: lower, upper: upper)
      else { continue }
      found.append(PatternSet.Match(pattern: program.number, message: message, range: place..<end))
      histories[history].matchedUntil = Int32(max(place + 1, end))
      return
    }
    histories[history].tried = known.adding(
      TriedPlaces(lower: Int32(first), upper: Int32(last + 1)))
  }
}

/// Compiles patterns to a set.
package struct PatternSetWriter: Sendable {
  private var patterns: [Pattern] = []
  private var numbers: [String: Int] = [:]

  package init() {}

  /// Adds a pattern, or finds the same one that was added before.
  ///
  /// - Returns: The pattern's number in the set.
  package mutating func add(_ pattern: Pattern, isCaseExact: Bool) -> Int {
    let key = (isCaseExact ? "=" : "~") + pattern.text
    if let number = numbers[key] { return number }
    numbers[key] = patterns.count
    patterns.append(pattern)
    return patterns.count - 1
  }

  /// Writes the set.
  ///
  /// A pattern without a literal of four characters is never found; `kb validate` does not let one
  /// pass.
  ///
  /// - Returns: The offset to open the set with.
  package func write(into writer: inout PackedWriter) -> Int {
    // The programs, which every text needs, lie together; slots and texts are for answers.
    let programs = patterns.enumerated().map { PackedProgram.write($1, number: $0, into: &writer) }
    var fragments: [LiteralIndex.Entry] = []
    for (pattern, program) in zip(patterns, programs) {
      let companions = AnchorChoice.companions(of: pattern.elements)
      for fragment in AnchorChoice.best(for: pattern.elements)?.fragments ?? [] {
        fragments.append(
          LiteralIndex.Entry(fragment: fragment, program: program, companions: companions))
      }
    }
    let slots = patterns.map { write($0.slots, into: &writer) }
    let texts = patterns.map { pattern -> Int in
      defer { writer.raw(pattern.text.utf8) }
      return writer.offset
    }
    var table: [Int] = []
    for (number, pattern) in patterns.enumerated() {
      table += [
        programs[number], texts[number], pattern.text.utf8.count, slots[number],
        pattern.literalCount,
      ]
    }
    let tableOffset = writer.offset
    for value in table { writer.integer(value) }
    let indexOffset = LiteralIndex.write(fragments, into: &writer)
    let offset = writer.offset
    for value in [patterns.count, tableOffset, indexOffset] { writer.integer(value) }
    return offset
  }

  /// Writes the index by which large inputs are searched.
  ///
  /// - Parameter wanted: The patterns that it must find, with what slots stand for that can hold but
  ///   few values, by name.
  /// - Returns: The offset to open a ``TriggerIndex`` with.
  package func writeTriggers(
    for wanted: [(pattern: Int, fixed: [String: [[UInt8]]])], into writer: inout PackedWriter
  ) -> Int {
    TriggerIndex.write(wanted.map { (patterns[$0.pattern], $0.fixed) }, into: &writer)
  }

  private func write(_ slots: [PatternSlot], into writer: inout PackedWriter) -> Int {
    let offset = writer.offset
    writer.integer(slots.count)
    for slot in slots {
      writer.integer(Int(slot.type.code))
      writer.integer(slot.name.utf8.count)
      writer.raw(slot.name.utf8)
    }
    return offset
  }
}

extension Pattern {
  /// How many literal characters every match holds; of a choice, the branch with the fewest.
  package var literalCount: Int { Pattern.literalCount(of: elements) }

  private static func literalCount(of elements: [Element]) -> Int {
    elements.reduce(0) { sum, element in
      switch element {
      case .literal(let bytes, _): sum + bytes.count
      case .alternatives(let branches, _): sum + (branches.map(literalCount(of:)).min() ?? 0)
      default: sum
      }
    }
  }
}
