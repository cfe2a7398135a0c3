/// How the bytes of an input are to be read.
package enum InputEncoding: String, Sendable {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  /// Bytes that are no UTF-8, read as Windows-1252, which agrees with Latin-1 where both print.
  case windows1252 = "windows-1252"

  /// Tells the encoding from the first bytes of an input.
  ///
  /// A byte order mark decides. Without one, text with a zero in every other byte is UTF-16, as
  /// PowerShell writes it. Everything else is UTF-8; a stretch that is not valid UTF-8 is read as
  /// Windows-1252 when it is met, so that a file of mixed encodings stays readable.
  ///
  /// - Parameter bytes: The input, or its first few hundred bytes.
  /// - Complexity: O(1); at most 512 bytes are looked at.
  package static func detect(_ bytes: [UInt8]) -> InputEncoding {
    let count = min(bytes.count, 512)
    guard count >= 2 else { return .utf8 }
    if bytes[0] == 0xFF, bytes[1] == 0xFE { return .utf16LittleEndian }
    if bytes[0] == 0xFE, bytes[1] == 0xFF { return .utf16BigEndian }
    guard count >= 8 else { return .utf8 }
    var zeros = (even: 0, odd: 0)
    for index in 0..<count where bytes[index] == 0 {
      if index.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
    }
    let most = count / 2 * 7 / 10
    if zeros.odd >= most, zeros.even * 8 < zeros.odd { return .utf16LittleEndian }
    if zeros.even >= most, zeros.odd * 8 < zeros.even { return .utf16BigEndian }
    return .utf8
  }

  /// How many bytes a code unit has.
  package var unitWidth: Int {
    switch self {
    case .utf8, .windows1252: 1
    case .utf16LittleEndian, .utf16BigEndian: 2
    }
  }

  /// Where the character begins that a place stands in; the place itself where none can be told,
  /// and at the end.
  package func characterStart(in bytes: UnsafeBufferPointer<UInt8>, before place: Int) -> Int {
    guard place < bytes.count else { return place }
    guard unitWidth == 1 else { return place & ~1 }
    var start = place
    while start > 0, place - start < 3, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }
}
