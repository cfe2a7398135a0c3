extension UnsafeRawBufferPointer {
  /// How many bytes have a value.
  ///
  /// - Complexity: O(n), eight bytes at a time.
  func count(of byte: UInt8) -> Int {
    let wanted = 0x0101_0101_0101_0101 &* UInt64(byte)
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    var total = 0
    var place = 0
    while place + 8 <= count {
      let other = loadUnaligned(fromByteOffset: place, as: UInt64.self) ^ wanted
      // The high bit of each byte that is zero, and of no other.
      total += (~(((other & low) &+ low) | other | low)).nonzeroBitCount
      place += 8
    }
    while place < count {
      if self[place] == byte { total += 1 }
      place += 1
    }
    return total
  }

  /// Whether all bytes are below 0x80.
  ///
  /// - Complexity: O(n), eight bytes at a time.
  var isASCII: Bool {
    var seen: UInt64 = 0
    var place = 0
    while place + 8 <= count {
      seen |= loadUnaligned(fromByteOffset: place, as: UInt64.self)
      place += 8
    }
    while place < count {
      seen |= UInt64(self[place])
      place += 1
    }
    return seen & 0x8080_8080_8080_8080 == 0
  }
}
