import CByteScan

extension UnsafeRawBufferPointer {
  /// How many bytes have a value.
  ///
  /// - Complexity: O(n), 64 bytes at a time.
  func count(of byte: UInt8) -> Int {
    guard let base = baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
    return regdiag_count_byte(base, count, byte)
  }

  /// Whether all bytes are below 0x80.
  ///
  /// - Complexity: O(n), 64 bytes at a time.
  var isASCII: Bool {
    guard let base = baseAddress?.assumingMemoryBound(to: UInt8.self) else { return true }
    return regdiag_has_high_byte(base, count) == 0
  }

  /// Whether this is a part of a text in UTF-8, cut anywhere.
  ///
  /// - Complexity: O(n).
  var isPartOfUTF8: Bool {
    guard !isASCII else { return true }
    var part = self[...]
    // What a cut leaves of a character: up to three bytes that continue one, or its first three.
    for _ in 0..<3 where part.first.map({ $0 & 0xC0 == 0x80 }) == true { part.removeFirst() }
    if let start = part.suffix(3).lastIndex(where: { $0 & 0xC0 != 0x80 }),
      part.endIndex - start < UTF8.width(startingWith: part[start])
    {
      part = part[..<start]
    }
    return UnsafeRawBufferPointer(rebasing: part).withMemoryRebound(to: UInt8.self) { bytes in
      do {
        _ = try UTF8Span(validating: bytes.span)
        return true
      } catch {
        return false
      }
    }
  }
}

extension UTF8 {
  /// How many bytes a character has that begins with one.
  fileprivate static func width(startingWith byte: UInt8) -> Int {
    byte < 0xC0 || byte >= 0xF8 ? 1 : (~byte).leadingZeroBitCount
  }
}
