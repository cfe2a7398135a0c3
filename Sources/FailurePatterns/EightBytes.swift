/// What is asked of eight bytes at once, each in its own part of an integer.
///
/// The first byte is the lowest. See H. Warren, Hacker's Delight, section 6-1, for the tests of zeros.
enum EightBytes {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let lowBits: UInt64 = 0x7F7F_7F7F_7F7F_7F7F

  /// The same byte eight times.
  @inline(__always)
  static func all(_ byte: UInt8) -> UInt64 { UInt64(byte) &* ones }

  /// The high bit of each byte that is not 0.
  @inline(__always)
  private static func nonzeros(in bytes: UInt64) -> UInt64 {
    ((bytes & lowBits) &+ lowBits | bytes) & ~lowBits
  }

  /// The high bit of each byte that is 0.
  @inline(__always)
  static func zeros(in bytes: UInt64) -> UInt64 { nonzeros(in: bytes) ^ ~lowBits }

  /// All bits of each byte that is not 0.
  @inline(__always)
  static func filled(_ bytes: UInt64) -> UInt64 { (nonzeros(in: bytes) >> 7) &* 0xFF }

  /// The bytes with small letters in place of capitals.
  @inline(__always)
  static func smallLetters(_ bytes: UInt64) -> UInt64 {
    let low = bytes & lowBits
    let fromA = low &+ all(0x80 - 0x41)
    let beyondZ = low &+ all(0x80 - 0x5B)
    return bytes | (fromA & ~beyondZ & ~bytes & ~lowBits) >> 2
  }

  /// The bytes as ``LiteralIndex/fold(_:)`` makes them: small letters of capitals, and a space of what
  /// ends or divides a line.
  @inline(__always)
  static func folded(_ bytes: UInt64) -> UInt64 {
    let newlines = (zeros(in: bytes ^ all(0x0A)) >> 7) &* (0x0A ^ 0x20)
    let tabs = (zeros(in: bytes ^ all(0x09)) >> 7) &* (0x09 ^ 0x20)
    return smallLetters(bytes) ^ newlines ^ tabs
  }
}
