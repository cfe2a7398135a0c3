/// The first stage: from the bytes of an input to plain characters.
///
/// What it does, and nothing else: decodes; drops escape sequences, zero-width characters,
/// bidirectional controls and control characters; turns every kind of space into a space, curly
/// quotes into straight ones, box-drawing characters into spaces; resolves HTML entities and
/// `\u0027` escapes; takes links away that a log viewer made of numbers; ends lines with a line feed, whether the input ends them with LF, CR LF or CR.
/// A `\n` that was escaped (as in JSON) becomes ``escapedLineFeed``.
///
/// - Complexity: O(n).
struct CharacterCleaner {
  /// Stands for an escaped line feed: a line break inside a record.
  static let escapedLineFeed: UInt8 = 0x0B

  private let source: UnsafeBufferPointer<UInt8>
  private let encoding: InputEncoding
  private let base: Int
  private var output = MappedBytes()
  /// Whether some bytes were no UTF-8.
  private(set) var foundInvalidBytes = false

  /// - Parameters:
  ///     - source: A part of the input that begins and ends at a line's border, where that is
  ///     possible. - base: The offset of the part in the input; added to every origin.
  private init(_ source: UnsafeBufferPointer<UInt8>, encoding: InputEncoding, base: Int) {
    self.source = source
    self.encoding = encoding
    self.base = base
  }

  /// Cleans a part of an input.
  static func clean(
    _ source: UnsafeBufferPointer<UInt8>, encoding: InputEncoding, base: Int
  ) -> (text: MappedBytes, foundInvalidBytes: Bool) {
    var cleaner = CharacterCleaner(source, encoding: encoding, base: base)
    cleaner.output.reserveCapacity(source.count / encoding.unitWidth + 16)
    cleaner.run()
    return (cleaner.output, cleaner.foundInvalidBytes)
  }

  private mutating func run() {
    var position = 0
    while position < source.count {
      if encoding.unitWidth == 1, isPlain(source[position]) {
        let start = position
        while position < source.count, isPlain(source[position]) { position += 1 }
        output.append(
          UnsafeBufferPointer(rebasing: source[start..<position]), origin: base + start)
        continue
      }
      let (scalar, length) = decode(at: position)
      position += take(scalar, length, at: position)
    }
  }

  /// Whether a byte of ASCII stands for itself.
  @inline(__always)
  private func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != 0x26 && byte != 0x5C && byte != 0x5B || byte == 0x0A
  }

  // MARK: Decoding

  private mutating func decode(at position: Int) -> (Unicode.Scalar, Int) {
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
    return (CharacterCleaner.windows1252(first), 1)
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
  private func ascii(_ units: Int, after position: Int) -> UInt8? {
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

  // MARK: Characters

  /// Writes what a scalar becomes.
  ///
  /// Returns how many source bytes were used.
  private mutating func take(_ scalar: Unicode.Scalar, _ length: Int, at position: Int) -> Int {
    let origin = base + position
    switch scalar.value {
    case 0x1B:
      return escapeSequenceLength(at: position) * encoding.unitWidth
    case 0x9B:
      return controlSequenceLength(at: position, from: 1) * encoding.unitWidth
    case 0x0D:
      // CR LF and CR CR LF end a line once, at the LF; a lone CR ends one too: what a progress bar
      // wrote last then stands on a line of its own.
      if let next = ascii(1, after: position), next == 0x0A || next == 0x0D { return length }
      output.append(0x0A, origin: origin, length: length)
    case 0x0A:
      output.append(0x0A, origin: origin, length: length)
    case 0x09, 0x0C, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000:
      output.append(0x20, origin: origin, length: length)
    case 0x2028, 0x2029, 0x85:
      output.append(0x0A, origin: origin, length: length)
    case 0x00...0x1F, 0x7F...0x9F, 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFE00...0xFE0F, 0xE0000...0xE007F:
      break
    case 0x2018...0x201B, 0x2032, 0x2035, 0xB4, 0x2039, 0x203A:
      output.append(0x27, origin: origin, length: length)
    case 0x201C...0x201F, 0x2033, 0x2036, 0xAB, 0xBB:
      output.append(0x22, origin: origin, length: length)
    case 0x2010...0x2015, 0x2212:
      output.append(0x2D, origin: origin, length: length)
    case 0x2500...0x259F:
      output.append(0x20, origin: origin, length: length)
    case 0x26:
      return takeEntity(at: position)
    case 0x5C:
      return takeBackslash(at: position)
    case 0x5B:
      return takeBracket(at: position)
    default:
      output.append(scalar, origin: origin, length: length)
    }
    return length
  }

  // MARK: Terminal sequences

  /// The number of units of an escape sequence, its escape included.
  private func escapeSequenceLength(at position: Int) -> Int {
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
  private func controlSequenceLength(at position: Int, from first: Int) -> Int {
    var count = first
    while count < first + 64, let byte = ascii(count, after: position) {
      if byte >= 0x40 && byte < 0x7F { return count + 1 }
      guard byte >= 0x20 && byte < 0x40 else { return count }
      count += 1
    }
    return count
  }

  /// A colour whose escape character got lost on the way, `[31m`, `[0;1m`, or a link of a number.
  private mutating func takeBracket(at position: Int) -> Int {
    var count = 1
    while count < 10, let byte = ascii(count, after: position), byte &- 0x30 < 10 || byte == 0x3B {
      count += 1
    }
    if count > 1, ascii(count, after: position) == UInt8(ascii: "m"),
      ascii(count + 1, after: position) != UInt8(ascii: "]"), !followsText(at: position)
    {
      return (count + 1) * encoding.unitWidth
    }
    if count > 1, let end = stepLinkEnd(at: position, from: count) {
      for unit in 1..<count {
        output.append(
          ascii(unit, after: position) ?? 0x20, origin: base + position + unit * encoding.unitWidth,
          length: encoding.unitWidth)
      }
      return end * encoding.unitWidth
    }
    output.append(0x5B, origin: base + position, length: encoding.unitWidth)
    return encoding.unitWidth
  }

  /// Where a link ends that GitHub makes of a number when a step's log is copied, in units:
  /// `v[2](https://github.com/acme/shop/actions/runs/1/job/2#step:9:2)/`.
  ///
  /// - Parameter first: Where the number ends, in units.
  private func stepLinkEnd(at position: Int, from first: Int) -> Int? {
    func stands(_ text: StaticString, at place: Int) -> Bool {
      (0..<text.utf8CodeUnitCount).allSatisfy {
        ascii(place + $0, after: position) == text.utf8Start[$0]
      }
    }
    guard stands("](https://", at: first) else { return nil }
    var isStep = false
    var place = first + 10
    while place < first + CharacterCleaner.longestLink, let byte = ascii(place, after: position) {
      switch byte {
      case UInt8(ascii: ")"): return isStep ? place + 1 : nil
      case UInt8(ascii: "#"): isStep = stands("#step:", at: place)
      case 0x00...0x20, UInt8(ascii: "("), UInt8(ascii: "["): return nil
      default: break
      }
      place += 1
    }
    return nil
  }

  private static let longestLink = 256

  /// Whether the bracket at a position is an index or age, as in `rate(x[5m])`.
  private func followsText(at position: Int) -> Bool {
    guard let last = output.bytes.last, ascii(2, after: position) == UInt8(ascii: "m") else {
      return false
    }
    return ascii(1, after: position) != UInt8(ascii: "0") && last != 0x20 && last != 0x0A
  }

  // MARK: Escapes

  private mutating func takeEntity(at position: Int) -> Int {
    var name: [UInt8] = []
    while name.count < 8, let byte = ascii(name.count + 1, after: position), byte != 0x3B {
      guard byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == 0x23 else { break }
      name.append(byte)
    }
    let units = name.count + 2
    if ascii(units - 1, after: position) == 0x3B, let scalar = CharacterCleaner.entity(name) {
      let length = units * encoding.unitWidth
      if scalar.value == 0xA0 {
        output.append(0x20, origin: base + position, length: length)
      } else {
        output.append(scalar, origin: base + position, length: length)
      }
      return length
    }
    output.append(0x26, origin: base + position, length: encoding.unitWidth)
    return encoding.unitWidth
  }

  private static func entity(_ name: [UInt8]) -> Unicode.Scalar? {
    if name.first == 0x23 {
      let isHexadecimal = name.count > 1 && name[1] | 0x20 == 0x78
      let digits = name.dropFirst(isHexadecimal ? 2 : 1)
      guard
        let value = UInt32(String(decoding: digits, as: UTF8.self), radix: isHexadecimal ? 16 : 10),
        value >= 0x20
      else { return nil }
      return Unicode.Scalar(value)
    }
    switch String(decoding: name, as: UTF8.self) {
    case "quot", "ldquo", "rdquo": return "\""
    case "apos", "lsquo", "rsquo": return "'"
    case "lt": return "<"
    case "gt": return ">"
    case "amp": return "&"
    case "nbsp": return "\u{A0}"
    default: return nil
    }
  }

  /// `\u0027` becomes the character, `\n` a line break inside the record, `\t` and `\r` spaces.
  ///
  /// Backslashes that only escape a backslash are kept: a quote in a pattern matches any number of
  /// them.
  private mutating func takeBackslash(at position: Int) -> Int {
    let origin = base + position
    let width = encoding.unitWidth
    var slashes = 1
    while slashes < 8, ascii(slashes, after: position) == 0x5C { slashes += 1 }
    let letter = ascii(slashes, after: position)
    switch letter {
    case UInt8(ascii: "u"):
      guard let scalar = hexadecimalScalar(at: position, from: slashes + 1) else { break }
      let length = (slashes + 5) * width
      if let plain = CharacterCleaner.plainForm(of: scalar) {
        output.append(plain, origin: origin, length: length)
      }
      return length
    case UInt8(ascii: "n") where !isInPath, UInt8(ascii: "r") where !isInPath,
      UInt8(ascii: "t") where !isInPath:
      let length = (slashes + 1) * width
      output.append(
        letter == UInt8(ascii: "n") ? CharacterCleaner.escapedLineFeed : 0x20, origin: origin,
        length: length)
      return length
    default:
      break
    }
    output.append(0x5C, origin: origin, length: width)
    return width
  }

  /// What an escaped scalar becomes, as ``take(_:_:at:)`` would have it; `nil` for nothing.
  private static func plainForm(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x0A: Unicode.Scalar(escapedLineFeed)
    case 0x09, 0x0D, 0xA0: " "
    case 0x2018...0x201B: "'"
    case 0x201C...0x201F: "\""
    case 0x2010...0x2015: "-"
    case 0x2500...0x259F: " "
    case 0x00...0x1F, 0x7F...0x9F, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF: nil
    default: scalar
    }
  }

  private func hexadecimalScalar(at position: Int, from first: Int) -> Unicode.Scalar? {
    var value: UInt32 = 0
    for index in first..<first + 4 {
      guard let byte = ascii(index, after: position),
        let digit = CharacterCleaner.hexadecimalDigit(byte)
      else { return nil }
      value = value << 4 | digit
    }
    return Unicode.Scalar(value)
  }

  private static func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
    if byte &- 0x30 < 10 { return UInt32(byte &- 0x30) }
    let letter = byte | 0x20
    return letter &- 0x61 < 6 ? UInt32(letter &- 0x61) + 10 : nil
  }

  /// Whether what was written last is part of a Windows path, where `\n` is a separator and a
  /// letter.
  private var isInPath: Bool {
    var index = output.count - 1
    let first = max(0, output.count - 120)
    while index >= first, output.bytes[index] > 0x20 {
      if output.bytes[index] == 0x5C, index > 0, output.bytes[index - 1] == 0x3A { return true }
      index -= 1
    }
    // `C:\n…`: the drive alone was written so far.
    let count = output.count
    guard count >= 2, output.bytes[count - 1] == 0x3A else { return false }
    return (output.bytes[count - 2] | 0x20) &- 0x61 < 26
      && (count == 2 || output.bytes[count - 3] <= 0x20)
  }
}
