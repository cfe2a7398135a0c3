/// The first stage: from the bytes of an input to plain characters.
///
/// What it does, and nothing else: decodes; drops escape sequences, zero-width characters,
/// bidirectional controls and control characters; turns every kind of space into a space, curly
/// quotes into straight ones, box-drawing characters into spaces; resolves HTML entities and
/// `\u0027` escapes; takes links away that a log viewer made of numbers; ends lines with a line feed,
/// whether the input ends them with LF, CR LF or CR. A `\n` that was escaped (as in JSON) becomes
/// ``escapedLineFeed``.
///
/// - Complexity: O(n).
struct CharacterCleaner {
  /// Stands for an escaped line feed: a line break inside a record.
  static let escapedLineFeed: UInt8 = 0x0B

  private var reader: InputReader
  /// How many bytes a character of ASCII takes.
  private let width: Int
  private let base: Int
  private var output = MappedBytes()

  private init(_ reader: InputReader, base: Int) {
    self.reader = reader
    width = reader.encoding.unitWidth
    self.base = base
  }

  /// Cleans a part of an input.
  ///
  /// - Parameters:
  ///   - source: The part; it begins and ends at a line's border where that is possible.
  ///   - encoding: How its bytes are to be read.
  ///   - base: Where the part begins in the input; added to every origin.
  /// - Returns: The text, and whether some bytes were no text of the encoding.
  static func clean(
    _ source: UnsafeBufferPointer<UInt8>, encoding: InputEncoding, base: Int
  ) -> (text: MappedBytes, foundInvalidBytes: Bool) {
    var cleaner = CharacterCleaner(InputReader(source, encoding: encoding), base: base)
    cleaner.output.reserveCapacity(source.count / cleaner.width + 16)
    cleaner.run()
    return (cleaner.output, cleaner.reader.foundInvalidBytes)
  }

  private mutating func run() {
    let source = reader.source
    var position = 0
    while position < source.count {
      if width == 1, isPlain(source[position]) {
        let start = position
        while position < source.count, isPlain(source[position]) { position += 1 }
        output.append(
          UnsafeBufferPointer(rebasing: source[start..<position]), origin: base + start)
        continue
      }
      let (scalar, length) = reader.scalar(at: position)
      position += take(scalar, length, at: position)
    }
  }

  /// Whether a byte of ASCII stands for itself.
  @inline(__always)
  private func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != 0x26 && byte != 0x5C && byte != 0x5B || byte == 0x0A
  }

  // MARK: Characters

  /// Writes what a scalar becomes.
  ///
  /// Returns how many source bytes were used.
  private mutating func take(_ scalar: Unicode.Scalar, _ length: Int, at position: Int) -> Int {
    let origin = base + position
    switch scalar.value {
    case 0x1B:
      return reader.escapeSequenceLength(at: position) * width
    case 0x9B:
      return reader.controlSequenceLength(at: position, from: 1) * width
    case 0x0D:
      // CR LF and CR CR LF end a line once, at the LF; a lone CR ends one too: what a progress bar
      // wrote last then stands on a line of its own.
      if let next = reader.ascii(1, after: position), next == 0x0A || next == 0x0D { return length }
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

  // MARK: Brackets

  /// A colour whose escape character got lost on the way, `[31m`, `[0;1m`, or a link of a number.
  private mutating func takeBracket(at position: Int) -> Int {
    var count = 1
    while count < 10, let byte = reader.ascii(count, after: position),
      byte &- 0x30 < 10 || byte == 0x3B
    {
      count += 1
    }
    if count > 1, reader.ascii(count, after: position) == UInt8(ascii: "m"),
      reader.ascii(count + 1, after: position) != UInt8(ascii: "]"), !followsText(at: position)
    {
      return (count + 1) * width
    }
    if count > 1, let end = stepLinkEnd(at: position, from: count) {
      for unit in 1..<count {
        output.append(
          reader.ascii(unit, after: position) ?? 0x20, origin: base + position + unit * width,
          length: width)
      }
      return end * width
    }
    output.append(0x5B, origin: base + position, length: width)
    return width
  }

  /// Where a link ends that GitHub makes of a number when a step's log is copied, in units:
  /// `v[2](https://github.com/acme/shop/actions/runs/1/job/2#step:9:2)/`.
  ///
  /// - Parameter first: Where the number ends, in units.
  private func stepLinkEnd(at position: Int, from first: Int) -> Int? {
    func stands(_ text: StaticString, at place: Int) -> Bool {
      (0..<text.utf8CodeUnitCount).allSatisfy {
        reader.ascii(place + $0, after: position) == text.utf8Start[$0]
      }
    }
    guard stands("](https://", at: first) else { return nil }
    var isStep = false
    var place = first + 10
    while place < first + CharacterCleaner.longestLink,
      let byte = reader.ascii(place, after: position)
    {
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
    guard let last = output.bytes.last, reader.ascii(2, after: position) == UInt8(ascii: "m") else {
      return false
    }
    return reader.ascii(1, after: position) != UInt8(ascii: "0") && last != 0x20 && last != 0x0A
  }

  // MARK: Escapes

  private mutating func takeEntity(at position: Int) -> Int {
    var name: [UInt8] = []
    while name.count < 8, let byte = reader.ascii(name.count + 1, after: position), byte != 0x3B {
      guard byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == 0x23 else { break }
      name.append(byte)
    }
    let units = name.count + 2
    if reader.ascii(units - 1, after: position) == 0x3B, let scalar = CharacterCleaner.entity(name)
    {
      let length = units * width
      if scalar.value == 0xA0 {
        output.append(0x20, origin: base + position, length: length)
      } else {
        output.append(scalar, origin: base + position, length: length)
      }
      return length
    }
    output.append(0x26, origin: base + position, length: width)
    return width
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
    var slashes = 1
    while slashes < 8, reader.ascii(slashes, after: position) == 0x5C { slashes += 1 }
    let letter = reader.ascii(slashes, after: position)
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
      guard let byte = reader.ascii(index, after: position),
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
