/// How many columns of a terminal a text takes.
///
/// East Asian wide and full-width characters and emoji take two columns, combining marks none, all
/// others one, as in `wcwidth`. Terminals differ on emoji that are joined from several; those are
/// counted by their first scalar.
enum DisplayWidth {
  /// The width of a text that holds no control characters.
  ///
  /// - Complexity: O(*n*) in the text's bytes.
  static func of(_ text: String) -> Int {
    if isASCII(text) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// Whether a text is ASCII, so that each byte of it is a column.
  static func isASCII(_ text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { $0.allSatisfy { $0 < 0x80 } } ?? false
  }

  /// The width of one character as a reader sees it.
  static func of(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if first.isASCII { return 1 }
    if isWide(first.value) { return 2 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return 1
    }
  }

  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3: true
    case 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6: true
    case 0x231A...0x231B, 0x23E9...0x23EC, 0x2614...0x2615, 0x26A1, 0x2705, 0x274C, 0x2728: true
    case 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF: true
    case 0x20000...0x3FFFD: true
    default: false
    }
  }
}
