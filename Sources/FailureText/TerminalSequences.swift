/// How long the sequences are by which programs move, colour and link what a terminal shows (ECMA-48).
extension InputReader {
  /// The number of units of an escape sequence, its escape included.
  func escapeSequenceLength(at position: Int) -> Int {
    switch ascii(1, after: position) {
    case UInt8(ascii: "["):
      return controlSequenceLength(at: position, from: 2)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      // An operating system command ends with BEL or ESC \; one that does not end within 4096
      // characters, or before the line or another sequence does, is cut short after its introducer.
      var count = 2
      while count < 4096, let byte = ascii(count, after: position) {
        if byte == 0x07 { return count + 1 }
        if byte == 0x1B {
          return ascii(count + 1, after: position) == UInt8(ascii: "\\") ? count + 2 : 2
        }
        if byte == 0x0A { return 2 }
        count += 1
      }
      return 2
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "#"), UInt8(ascii: "%"):
      return 3
    case let byte? where byte >= 0x30 && byte < 0x7F:
      return 2
    default:
      return 1
    }
  }

  /// The number of units of a control sequence whose parameters begin `from` units after the
  /// position.
  func controlSequenceLength(at position: Int, from first: Int) -> Int {
    var count = first
    while count < first + 64, let byte = ascii(count, after: position) {
      if byte >= 0x40 && byte < 0x7F { return count + 1 }
      guard byte >= 0x20 && byte < 0x40 else { return count }
      count += 1
    }
    return count
  }
}
