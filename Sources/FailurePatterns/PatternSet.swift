/// Many patterns, found in a text in one pass.
///
/// The set lies in the packed bytes it was compiled to and is used in place: opening one costs
/// nothing.
package struct PatternSet: Sendable {
  let bytes: PackedBytes
  let index: LiteralIndex
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
    tableOffset = bytes.place(at: offset + 4)
    index = LiteralIndex(bytes: bytes, at: bytes.place(at: offset + 8))
  }

  /// A pattern that holds somewhere in a text.
  package struct Match: Sendable, Equatable {
    @usableFromInline
    let patternNumber: Int32
    @usableFromInline
    let messageNumber: Int32
    @usableFromInline
    let start: Int32
    @usableFromInline
    let end: Int32

    /// - Parameters:
    ///   - pattern: The number of the pattern.
    ///   - message: The number of the message it was found in.
    ///   - range: Where in the text, which is shorter than 2 GiB.
    package init(pattern: Int, message: Int, range: Range<Int>) {
      patternNumber = Int32(pattern)
      messageNumber = Int32(message)
      start = Int32(range.lowerBound)
      end = Int32(range.upperBound)
    }

    /// The number of the pattern.
    @inlinable package var pattern: Int { Int(patternNumber) }

    /// The number of the message it was found in.
    @inlinable package var message: Int { Int(messageNumber) }

    /// Where in the text.
    @inlinable package var range: Range<Int> { Int(start)..<Int(end) }
  }

  /// Finds the patterns that hold in the messages of a text.
  ///
  /// Of one pattern, matches in one message do not overlap. Matches come in the order of the places
  /// at which they were found.
  ///
  /// - Parameters:
  ///   - text: Normalised text.
  ///   - messages: Ranges of `text`, ascending; a match never leaves one.
  /// - Complexity: That of ``PatternSearch/matches(in:_:)`` for each message.
  package func matches(in text: [UInt8], messages: [Range<Int>]) -> [Match] {
    var search = PatternSearch(self, in: text, messageCount: messages.count)
    for (number, message) in messages.enumerated() { _ = search.matches(in: number, message) }
    return search.found
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

  /// The pattern as its author wrote it.
  package func text(of pattern: Int) -> String {
    bytes.string(at: place(1, of: pattern), length: field(2, of: pattern))
  }

  /// How many characters of a match the pattern itself pins down.
  package func literalCount(of pattern: Int) -> Int {
    field(4, of: pattern)
  }

  private func field(_ number: Int, of pattern: Int) -> Int {
    bytes.integer(at: offset(ofField: number, of: pattern))
  }

  private func place(_ number: Int, of pattern: Int) -> Int {
    bytes.place(at: offset(ofField: number, of: pattern))
  }

  private func offset(ofField number: Int, of pattern: Int) -> Int {
    tableOffset + pattern * PatternSet.recordSize + 4 * number
  }

  /// Calls `body` with the program of a pattern, valid during the call only.
  func withProgram<R>(of pattern: Int, _ body: (PackedProgram) -> R) -> R {
    bytes.withBytes { body(PackedProgram(base: $0 + place(0, of: pattern))) }
  }

  /// The slots of a pattern, in its order.
  func slots(of pattern: Int) -> [PatternSlot] {
    var offset = place(3, of: pattern)
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
    var burden = FragmentBurden(patternCount: patterns.count)
    let choices = AnchorChoice.best(forAll: patterns.map(\.elements), &burden)
    for (number, pattern) in patterns.enumerated() {
      let found = choices[number]?.fragments ?? []
      let companions = AnchorChoice.companions(of: pattern.elements, besides: found, burden)
      let reach = AnchorChoice.reach(of: pattern.elements)
      for fragment in found {
        fragments.append(
          LiteralIndex.Entry(
            fragment: fragment, program: programs[number], reach: reach, companions: companions))
      }
    }
    let slots = patterns.map { write($0.slots, into: &writer) }
    let texts = patterns.map { pattern -> Int in
      let offset = writer.begin()
      writer.raw(pattern.text.utf8)
      return offset
    }
    let tableOffset = writer.begin()
    for (number, pattern) in patterns.enumerated() {
      writer.place(programs[number])
      writer.place(texts[number])
      writer.integer(pattern.text.utf8.count)
      writer.place(slots[number])
      writer.integer(pattern.literalCount)
    }
    let indexOffset = LiteralIndex.write(fragments, into: &writer)
    let offset = writer.begin()
    writer.integer(patterns.count)
    writer.place(tableOffset)
    writer.place(indexOffset)
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
    let offset = writer.begin()
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
