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

  /// The first byte eight times, and the second, with that bit set.
  private let firstByte: UInt64
  private let secondByte: UInt64

  private static let longest = 16
  private static let smallLetters: UInt32 = 0x2020_2020
  private static var allSmallLetters: UInt64 { EightBytes.all(0x20) }

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
    firstByte = EightBytes.all(bytes[0] | 0x20)
    secondByte = EightBytes.all((count > 1 ? bytes[1] : 0) | 0x20)
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
    let most = min(most, upper - count)
    var place = start
    while place + 7 <= most {
      var candidates = candidates(in: text, at: place)
      while candidates != 0 {
        let offset = candidates.trailingZeroBitCount / 8
        if stands(in: text, at: place + offset, upper: upper) { return place + offset }
        candidates &= candidates - 1
      }
      place += 8
    }
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
    var place = min(start, upper - count)
    while place - 7 >= least {
      var candidates = candidates(in: text, at: place - 7)
      while candidates != 0 {
        let bit = UInt64.bitWidth - 1 - candidates.leadingZeroBitCount
        let found = place - 7 + bit / 8
        if stands(in: text, at: found, upper: upper) { return found }
        candidates ^= 1 << UInt64(bit)
      }
      place -= 8
    }
    while place >= least {
      if stands(in: text, at: place, upper: upper) { return place }
      place -= 1
    }
    return nil
  }

  /// Which of eight places hold the first two bytes of the literal, in either case.
  ///
  /// The literal must end before the text does at each of them.
  ///
  /// - Returns: The high bit of a byte for each place that does.
  @inline(__always)
  private func candidates(in text: UnsafePointer<UInt8>, at place: Int) -> UInt64 {
    let bytes = UnsafeRawPointer(text)
    let firsts = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    var differing = (firsts | LiteralHead.allSmallLetters) ^ firstByte
    if count > 1 {
      let seconds = UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: place + 1, as: UInt64.self))
      differing |= (seconds | LiteralHead.allSmallLetters) ^ secondByte
    }
    return EightBytes.zeros(in: differing)
  }
}
