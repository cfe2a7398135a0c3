/// A pattern as instructions for ``PatternMatcher``.
///
/// The bytes of a program are below 0x80, save for literals, which are UTF-8: so a program can lie
/// in a string literal. Jump targets are relative to the program's start, in two bytes of seven
/// bits.
package enum PatternProgram {
  enum Opcode {
    /// Two bytes of length, then the folded literal.
    static let literal: UInt8 = 1
    /// Two bytes of length, then the literal; the case counts.
    static let exactLiteral: UInt8 = 2
    static let space: UInt8 = 3
    static let optionalSpace: UInt8 = 4
    static let quotes: UInt8 = 5
    /// The slot's type, the capture.
    static let slot: UInt8 = 6
    /// The capture plus one, or 0.
    static let gap: UInt8 = 7
    /// The number of branches, then two bytes of target for each, then for each the folded byte that it
    /// begins with; 0 where it may be another.
    static let choose: UInt8 = 8
    /// Two bytes of target.
    static let jump: UInt8 = 9
    /// The capture.
    static let captureStart: UInt8 = 10
    static let captureEnd: UInt8 = 11
    static let messageStart: UInt8 = 12
    static let messageEnd: UInt8 = 13
    /// Not inside a word.
    static let boundary: UInt8 = 14
    static let match: UInt8 = 15
  }

  /// Compiles a parsed pattern.
  ///
  /// - Returns: The program; at most a few bytes more than the pattern's text.
  /// - Complexity: O(length of the pattern).
  package static func compile(_ pattern: Pattern) -> [UInt8] {
    var code: [UInt8] = []
    code.append(Opcode.boundary)
    emit(pattern.elements, into: &code)
    code.append(Opcode.boundary)
    code.append(Opcode.match)
    return code
  }

  private static func emit(_ elements: [Pattern.Element], into code: inout [UInt8]) {
    for element in elements {
      switch element {
      case .literal(let bytes, let isCaseExact):
        code.append(isCaseExact ? Opcode.exactLiteral : Opcode.literal)
        append(bytes.count, to: &code)
        code.append(contentsOf: bytes)
      case .space(let isOptional):
        code.append(isOptional ? Opcode.optionalSpace : Opcode.space)
      case .quotes:
        code.append(Opcode.quotes)
      case .slot(let capture, let type):
        code.append(Opcode.slot)
        code.append(type.code)
        code.append(UInt8(capture))
      case .gap(let capture):
        // A word that a gap stands beside is a whole word.
        code.append(Opcode.boundary)
        code.append(Opcode.gap)
        code.append(capture.map { UInt8($0 + 1) } ?? 0)
        code.append(Opcode.boundary)
      case .alternatives(let branches, let capture):
        if let capture { code += [Opcode.captureStart, UInt8(capture)] }
        emitBranches(branches, into: &code)
        if let capture { code += [Opcode.captureEnd, UInt8(capture)] }
      case .messageStart:
        code.append(Opcode.messageStart)
      case .messageEnd:
        code.append(Opcode.messageEnd)
      }
    }
  }

  private static func emitBranches(_ branches: [[Pattern.Element]], into code: inout [UInt8]) {
    code.append(Opcode.choose)
    code.append(UInt8(branches.count))
    let table = code.count
    code.append(contentsOf: [UInt8](repeating: 0, count: 2 * branches.count))
    code.append(contentsOf: branches.map(firstByte))
    var jumps: [Int] = []
    for (index, branch) in branches.enumerated() {
      set(code.count, at: table + 2 * index, in: &code)
      emit(branch, into: &code)
      if index < branches.count - 1 {
        code.append(Opcode.jump)
        jumps.append(code.count)
        append(0, to: &code)
      }
    }
    for jump in jumps { set(code.count, at: jump, in: &code) }
  }

  /// The folded byte with which a branch begins, or 0 where it is not the only one or none of ASCII.
  private static func firstByte(of branch: [Pattern.Element]) -> UInt8 {
    guard case .literal(let bytes, _)? = branch.first, bytes[0] < 0x80 else { return 0 }
    return bytes[0].folded
  }

  private static func append(_ value: Int, to code: inout [UInt8]) {
    code.append(UInt8(value & 0x7F))
    code.append(UInt8(value >> 7 & 0x7F))
  }

  private static func set(_ value: Int, at offset: Int, in code: inout [UInt8]) {
    code[offset] = UInt8(value & 0x7F)
    code[offset + 1] = UInt8(value >> 7 & 0x7F)
  }
}

/// A pattern as a search meets it, read in place: its number (4), the bytes that a match can begin
/// with (5 × 4), its program.
struct PackedProgram {
  let base: UnsafePointer<UInt8>

  private static let firstBytesOffset = 4
  private static let codeOffset = firstBytesOffset + 4 * FirstBytes.integerCount

  /// The number of the pattern in its set.
  var number: Int { base.packedInteger(at: 0) }

  var code: UnsafePointer<UInt8> { base + PackedProgram.codeOffset }

  /// Whether the literal with which the pattern begins, if it does, can begin with a byte.
  @inline(__always)
  func mayBegin(with byte: UInt8) -> Bool {
    // The first instruction is the boundary.
    let isLiteral =
      code[1] == PatternProgram.Opcode.literal || code[1] == PatternProgram.Opcode.exactLiteral
    return !isLiteral || code[4].folded == byte.folded
  }

  /// The last place of some at which a match can begin, by its first byte and that before it.
  @inline(__always)
  func lastBeginning(
    in text: UnsafePointer<UInt8>, from start: Int, downTo least: Int, lower: Int, upper: Int
  ) -> Int? {
    guard start < upper else { return start }
    let firstBytes = FirstBytes(packedAt: base + PackedProgram.firstBytesOffset)
    var place = start
    while place >= least {
      let byte = text[place]
      if firstBytes.contains(byte),
        place == lower || !(byte.isAlphanumeric && text[place - 1].isAlphanumeric)
      {
        return place
      }
      place -= 1
    }
    return nil
  }

  /// The type of the slot with which the pattern begins, if it does, and whether quotes may stand
  /// before that.
  var firstSlot: (type: SlotType, isQuoted: Bool)? {
    // The first instruction is the boundary.
    let isQuoted = code[1] == PatternProgram.Opcode.quotes
    let slot = isQuoted ? 2 : 1
    guard code[slot] == PatternProgram.Opcode.slot else { return nil }
    return (SlotType.byCode[Int(code[slot + 1])], isQuoted)
  }

  /// Writes a pattern.
  ///
  /// - Returns: Its offset.
  static func write(_ pattern: Pattern, number: Int, into writer: inout PackedWriter) -> Int {
    let offset = writer.begin()
    writer.integer(number)
    for integer in FirstBytes(of: pattern.elements).integers { writer.integer(integer) }
    writer.raw(PatternProgram.compile(pattern))
    return offset
  }
}
