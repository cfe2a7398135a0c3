/// Characters that act on a terminal, or on the reader, without being seen.
///
/// Text from a paste or from somebody's overlay can hold escape sequences that rewrite the screen,
/// and bidirectional controls that make a command read differently from what it does. Every format
/// asks here which characters those are, so that none can be forgotten in one of them.
package enum HiddenScalars {
  /// Whether a scalar is a control or an invisible formatting character.
  ///
  /// These are: C0 with tab and line feed, DEL, C1, the soft hyphen, zero-width and bidirectional
  /// controls, the line and paragraph separators, interlinear annotations, and the tag characters.
  package static func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E: false
    case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x61C, 0x180E: true
    case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
    case 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
    default: false
    }
  }

  /// A text on one line, in which every hidden scalar can be seen.
  ///
  /// Tab and line feed become a space. Other C0 controls and DEL become their control picture, or
  /// `^[` and the like where only ASCII can be shown; the rest become `<U+202E>` and the like. What
  /// is visible stays as it is. Applying it twice gives what applying it once does.
  package static func revealed(in text: String, isUnicode: Bool) -> String {
    if text.isVisibleASCII { return text }
    guard text.unicodeScalars.contains(where: contains) else { return text }
    var safe = ""
    for scalar in text.unicodeScalars {
      guard contains(scalar) else {
        safe.unicodeScalars.append(scalar)
        continue
      }
      switch scalar.value {
      case 0x09, 0x0A:
        safe += " "
      case 0x00...0x1F, 0x7F:
        safe += isUnicode ? picture(of: scalar) : caretNotation(of: scalar)
      default:
        safe += "<U+\(hexadecimal(scalar.value, digits: 4))>"
      }
    }
    return safe
  }

  /// A text on one line, as a style can show it.
  static func revealed(in text: String, _ style: Style) -> String {
    revealed(in: text, isUnicode: style.isUnicode)
  }

  /// A number in upper-case hexadecimal, padded with zeros to a least number of digits.
  static func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }

  /// The control picture of a C0 control or DEL: U+2400 and following, U+2421.
  private static func picture(of scalar: Unicode.Scalar) -> String {
    let value = scalar.value == 0x7F ? 0x2421 : 0x2400 + scalar.value
    return Unicode.Scalar(value).map { String($0) } ?? ""
  }

  private static func caretNotation(of scalar: Unicode.Scalar) -> String {
    "^" + String(Unicode.Scalar(UInt8(scalar.value) ^ 0x40))
  }
}

extension String {
  /// Whether it is made of letters, digits, signs and spaces of ASCII alone.
  fileprivate var isVisibleASCII: Bool {
    let isVisible = utf8.withContiguousStorageIfAvailable { bytes in
      UnsafeRawBufferPointer(bytes).isVisibleASCII
    }
    return isVisible ?? utf8.allSatisfy { 0x20...0x7E ~= $0 }
  }
}

extension UnsafeRawBufferPointer {
  /// - Complexity: O(n), eight bytes at a time.
  fileprivate var isVisibleASCII: Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let (spaces, highBits) = (0x20 &* ones, 0x80 &* ones)
    var place = 0
    while place + 8 <= count {
      let word = loadUnaligned(fromByteOffset: place, as: UInt64.self)
      // The high bit of a byte is set where it is below 0x20, or 0x7F, or more.
      let (control, delete) = (word &- spaces, word &+ ones)
      guard (control | delete | word) & highBits == 0 else { return false }
      place += 8
    }
    return self[place...].allSatisfy { 0x20...0x7E ~= $0 }
  }
}
