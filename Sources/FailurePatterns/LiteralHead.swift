/// The first bytes of a literal of a program, by which most places are turned away before the program
/// is run there.
struct LiteralHead {
  private let bytes: UnsafePointer<UInt8>
  private let count: Int
  private let isCaseExact: Bool
  /// Up to four of the bytes, with the bit set that tells small letters from capitals, and which they
  /// are.
  private let word: UInt32
  private let mask: UInt32

  private static let longest = 16
  private static let smallLetters: UInt32 = 0x2020_2020

  /// - Parameter instruction: An instruction of a program; `nil` when it is no literal.
  @inline(__always)
  init?(instruction: UnsafePointer<UInt8>) {
    switch instruction[0] {
    case PatternProgram.Opcode.literal: isCaseExact = false
    case PatternProgram.Opcode.exactLiteral: isCaseExact = true
    default: return nil
    }
    bytes = instruction + 3
    count = min(LiteralHead.longest, Int(instruction[1]) | Int(instruction[2]) << 7)
    var word: UInt32 = 0
    for index in (0..<min(4, count)).reversed() { word = word << 8 | UInt32(bytes[index]) }
    mask = count >= 4 ? .max : 1 << UInt32(8 * count) - 1
    self.word = (word | LiteralHead.smallLetters) & mask
  }

  /// Whether the literal can begin at a place.
  @inline(__always)
  private func stands(in text: UnsafePointer<UInt8>, at place: Int, upper: Int) -> Bool {
    if place + 4 <= upper {
      let four = UnsafeRawPointer(text).loadUnaligned(fromByteOffset: place, as: UInt32.self)
      guard (UInt32(littleEndian: four) | LiteralHead.smallLetters) & mask == word else {
        return false
      }
    }
    guard place + count <= upper else { return false }
    for index in 0..<count {
      let byte = text[place + index]
      guard (isCaseExact ? byte : byte.folded) == bytes[index] else { return false }
    }
    return true
  }

  /// The first place of some at which the literal can begin.
  @inline(__always)
  func first(
    in text: UnsafePointer<UInt8>, from start: Int, through most: Int, upper: Int
  ) -> Int? {
    var place = start
    while place <= most {
      if stands(in: text, at: place, upper: upper) { return place }
      place += 1
    }
    return nil
  }

  /// The last place of some at which the literal can begin.
  @inline(__always)
  func last(
    in text: UnsafePointer<UInt8>, from start: Int, downTo least: Int, upper: Int
  ) -> Int? {
    var place = start
    while place >= least {
      if stands(in: text, at: place, upper: upper) { return place }
      place -= 1
    }
    return nil
  }
}
