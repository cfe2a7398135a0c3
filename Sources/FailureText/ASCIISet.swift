/// Some bytes below 0x80: a set that one shift looks a byte up in.
struct ASCIISet {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// - Parameter marks: What belongs to the set besides letters and digits.
  init(lettersDigitsAnd marks: StaticString) {
    for byte in UInt8(0)..<0x80 where (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 {
      insert(byte)
    }
    for index in 0..<marks.utf8CodeUnitCount { insert(marks.utf8Start[index]) }
  }

  init(_ members: [UInt8]) {
    for byte in members { insert(byte) }
  }

  private mutating func insert(_ byte: UInt8) {
    if byte < 0x40 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 0x40) }
  }

  /// Whether a byte belongs to it; none above 0x7F does.
  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    byte < 0x80 && (byte < 0x40 ? low : high) &>> UInt64(byte & 0x3F) & 1 != 0
  }
}
