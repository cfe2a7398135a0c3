/// Reads the characters of an input, whatever its encoding.
struct InputReader {
  let source: UnsafeBufferPointer<UInt8>
  let encoding: InputEncoding
  /// Whether some bytes were no text of the encoding.
  private(set) var foundInvalidBytes = false

  init(_ source: UnsafeBufferPointer<UInt8>, encoding: InputEncoding) {
    self.source = source
    self.encoding = encoding
  }

  /// The scalar that begins at a position, and how many bytes it takes.
  ///
  /// A byte that belongs to no scalar is read as Windows-1252, half a unit of UTF-16 as U+FFFD.
  @inline(__always)
  mutating func scalar(at position: Int) -> (Unicode.Scalar, Int) {
    switch encoding {
    case .utf8, .windows1252: decodeUTF8(at: position)
    case .utf16LittleEndian: decodeUTF16(at: position, high: 1, low: 0)
    case .utf16BigEndian: decodeUTF16(at: position, high: 0, low: 1)
    }
  }

  private mutating func decodeUTF8(at position: Int) -> (Unicode.Scalar, Int) {
    let first = source[position]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let count = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0
    if count > 0, first < 0xF5, position + count <= source.count {
      var value = UInt32(first) & (count == 2 ? 0x1F : count == 3 ? 0x0F : 0x07)
      var isValid = true
      for index in 1..<count {
        let byte = source[position + index]
        if byte & 0xC0 != 0x80 { isValid = false }
        value = value << 6 | UInt32(byte & 0x3F)
      }
      let least: UInt32 = count == 2 ? 0x80 : count == 3 ? 0x800 : 0x10000
      if isValid, value >= least, let scalar = Unicode.Scalar(value) { return (scalar, count) }
    }
    foundInvalidBytes = true
    return (InputReader.windows1252(first), 1)
  }

  /// The scalars of the bytes 0x80 to 0x9F in Windows-1252 that matter in text; others are as in
  /// Latin-1.
  private static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
    switch byte {
    case 0x80: "\u{20AC}"
    case 0x82, 0x91, 0x92: "'"
    case 0x84, 0x93, 0x94: "\""
    case 0x85: "\u{2026}"
    case 0x95: "\u{2022}"
    case 0x96, 0x97: "-"
    default: Unicode.Scalar(byte)
    }
  }

  private func unit(at position: Int, high: Int, low: Int) -> UInt16? {
    guard position + 1 < source.count else { return nil }
    return UInt16(source[position + high]) << 8 | UInt16(source[position + low])
  }

  private mutating func decodeUTF16(
    at position: Int, high: Int, low: Int
  ) -> (Unicode.Scalar, Int) {
    guard let first = unit(at: position, high: high, low: low) else {
      foundInvalidBytes = true
      return ("\u{FFFD}", 1)
    }
    if first & 0xFC00 == 0xD800, let second = unit(at: position + 2, high: high, low: low),
      second & 0xFC00 == 0xDC00
    {
      let value = 0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(second & 0x3FF))
      if let scalar = Unicode.Scalar(value) { return (scalar, 4) }
    }
    guard let scalar = Unicode.Scalar(first) else {
      foundInvalidBytes = true
      return ("\u{FFFD}", 2)
    }
    return (scalar, 2)
  }

  /// The ASCII character some units after a position, or `nil`.
  @inline(__always)
  func ascii(_ units: Int, after position: Int) -> UInt8? {
    let place = position + units * encoding.unitWidth
    switch encoding {
    case .utf8, .windows1252:
      guard place < source.count else { return nil }
      return source[place]
    case .utf16LittleEndian:
      guard place + 1 < source.count, source[place + 1] == 0 else { return nil }
      return source[place]
    case .utf16BigEndian:
      guard place + 1 < source.count, source[place] == 0 else { return nil }
      return source[place + 1]
    }
  }
}
