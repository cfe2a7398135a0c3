// What an instruction asks of a place, told without running it.

extension PatternMatcher {
  /// Whether a folded literal is what stands at a place.
  @inline(__always)
  func holds(
    _ literal: UnsafePointer<UInt8>, _ count: Int, _ text: UnsafePointer<UInt8>
  ) -> Bool {
    let text = UnsafeRawPointer(text)
    let literal = UnsafeRawPointer(literal)
    func eightHold(at index: Int) -> Bool {
      let expected = literal.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let found = text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      return found == expected || EightBytes.smallLetters(found) == expected
    }
    func fourHold(at index: Int) -> Bool {
      let expected = literal.loadUnaligned(fromByteOffset: index, as: UInt32.self)
      let found = text.loadUnaligned(fromByteOffset: index, as: UInt32.self)
      return found == expected || EightBytes.smallLetters(UInt64(found)) == UInt64(expected)
    }
    // What is left at the end is looked at with some of what was before it.
    if count >= 8 {
      for index in stride(from: 0, to: count - 8, by: 8) where !eightHold(at: index) {
        return false
      }
      return eightHold(at: count - 8)
    }
    if count >= 4 { return fourHold(at: 0) && fourHold(at: count - 4) }
    for index in 0..<count {
      let found = text.load(fromByteOffset: index, as: UInt8.self)
      guard literal.load(fromByteOffset: index, as: UInt8.self) == found.folded else {
        return false
      }
    }
    return true
  }

  /// The first place of some at which an instruction can begin.
  @inline(__always)
  func firstFollower(
    _ program: UnsafePointer<UInt8>, _ instruction: Int, _ text: UnsafePointer<UInt8>,
    from start: Int, through most: Int, _ upper: Int
  ) -> Int? {
    if let head = LiteralHead(instruction: program + instruction) {
      return head.first(in: text, from: start, through: most, upper: upper)
    }
    var place = start
    while place <= most, !canFollow(program, instruction, text, place, upper) { place += 1 }
    return place <= most ? place : nil
  }

  /// Whether an instruction can begin here: spares most of the places a slot or gap could end at.
  @inline(__always)
  func canFollow(
    _ program: UnsafePointer<UInt8>, _ instruction: Int, _ text: UnsafePointer<UInt8>,
    _ place: Int, _ upper: Int
  ) -> Bool {
    let byte = place < upper ? text[place] : 0
    var pc = instruction
    while true {
      switch program[pc] {
      case PatternProgram.Opcode.literal: return program[pc + 3] == byte.folded
      case PatternProgram.Opcode.exactLiteral: return program[pc + 3] == byte
      case PatternProgram.Opcode.space: return byte.isSpace
      case PatternProgram.Opcode.optionalSpace:
        if byte.isSpace { return true }
        pc += 1
      case PatternProgram.Opcode.quotes:
        if byte.isQuote { return true }
        pc += 1
      case PatternProgram.Opcode.boundary: pc += 1
      case PatternProgram.Opcode.captureStart, PatternProgram.Opcode.captureEnd: pc += 2
      case PatternProgram.Opcode.jump:
        pc = Int(program[pc + 1]) | Int(program[pc + 2]) << 7
      case PatternProgram.Opcode.choose:
        let branch = firstBranch(program, pc, from: 0, beginningWith: byte)
        return branch < Int(program[pc + 1])
      default: return true
      }
    }
  }

  /// The first branch of a choice, from one on, that can begin with a byte, or how many there are; one
  /// that does not begin with a literal always can.
  @inline(__always)
  func firstBranch(
    _ program: UnsafePointer<UInt8>, _ instruction: Int, from start: Int, beginningWith byte: UInt8
  ) -> Int {
    let count = Int(program[instruction + 1])
    let firsts = program + instruction + 2 + 2 * count
    let folded = byte.folded
    var branch = start
    while branch < count, firsts[branch] != folded, firsts[branch] != 0 { branch += 1 }
    return branch
  }

  /// The start of the message, or of a line that a wrap may have begun.
  @inline(__always)
  func isLineStart(_ place: Int, _ text: UnsafePointer<UInt8>, _ lower: Int) -> Bool {
    var before = place
    while before > lower, text[before - 1] == 0x20 || text[before - 1].isQuote { before -= 1 }
    return before == lower || text[before - 1] == 0x0A
  }

  @inline(__always)
  func isLineEnd(_ place: Int, _ text: UnsafePointer<UInt8>, _ upper: Int) -> Bool {
    var after = place
    while after < upper,
      text[after] == 0x20 || text[after].isQuote || text[after] == 0x2E || text[after] == 0x29
        || text[after] == 0x7D || text[after] == 0x5D
    {
      after += 1
    }
    return after >= upper || text[after] == 0x0A
  }
}
