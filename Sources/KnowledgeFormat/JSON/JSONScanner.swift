/// Reads a JSON text, strictly by RFC 8259, into flat records.
///
/// It does not recurse: the records' parents are its stack.
struct JSONScanner {
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  /// How deep arrays and objects may stand in each other.
  static let maximumDepth = 64
  /// The largest text that is read, in bytes.
  static let maximumBytes = 1 << 30

  private let bytes: [UInt8]
  private var position = 0
  private var records: [JSONRecord] = []
  /// The record of the innermost open array or object.
  private var innermost = JSONRecord.noParent
  private var depth = 0

  private enum Expectation {
    case value, elementOrEnd, name, nameOrEnd, separatorOrEnd, nothing
  }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    records.reserveCapacity(bytes.count / 16)
  }

  /// Reads the whole text.
  ///
  /// - Returns: At least one record; the first is the root.
  /// - Throws: The first thing that is wrong. Invalid UTF-8 is found before anything else.
  /// - Complexity: O(bytes).
  mutating func scan() throws(JSONSyntaxError) -> [JSONRecord] {
    try checkEncoding()
    if bytes.starts(with: JSONScanner.byteOrderMark) { position = JSONScanner.byteOrderMark.count }
    var expectation = Expectation.value
    while let byte = nextToken() {
      switch expectation {
      case .value:
        expectation = try value(byte)
      case .elementOrEnd:
        expectation = byte == UInt8(ascii: "]") ? close() : try value(byte)
      case .nameOrEnd:
        expectation = byte == UInt8(ascii: "}") ? close() : try name(byte)
      case .name:
        expectation = try name(byte)
      case .separatorOrEnd:
        expectation = try separatorOrEnd(byte)
      case .nothing:
        throw error(
          "\(character(byte)) stands behind the end of the value",
          "a file holds one value: remove it")
      }
    }
    guard expectation == .nothing else { throw unfinished() }
    return records
  }

  // MARK: - Structure

  /// Skips white space; `nil` at the end of the text.
  @inline(__always)
  private mutating func nextToken() -> UInt8? {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      position += 1
    }
    return nil
  }

  private mutating func value(_ byte: UInt8) throws(JSONSyntaxError) -> Expectation {
    let start = position
    switch byte {
    case UInt8(ascii: "{"):
      try open(.object)
      return .nameOrEnd
    case UInt8(ascii: "["):
      try open(.array)
      return .elementOrEnd
    case UInt8(ascii: "\""):
      let hasEscapes = try string()
      append(.string, from: start, hasEscapes: hasEscapes)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      try number()
      append(.number, from: start)
    case UInt8(ascii: "t"):
      try word("true")
      append(.boolean, from: start)
    case UInt8(ascii: "f"):
      try word("false")
      append(.boolean, from: start)
    case UInt8(ascii: "n"):
      try word("null")
      append(.null, from: start)
    default:
      throw unexpectedValue(byte)
    }
    return innermost == JSONRecord.noParent ? .nothing : .separatorOrEnd
  }

  private mutating func name(_ byte: UInt8) throws(JSONSyntaxError) -> Expectation {
    guard byte == UInt8(ascii: "\"") else { throw unexpectedName(byte) }
    let start = position
    let hasEscapes = try string()
    append(.name, from: start, hasEscapes: hasEscapes)
    guard let colon = nextToken() else { throw unfinished() }
    guard colon == UInt8(ascii: ":") else {
      throw error("\(character(colon)) where a colon is due", "write \"name\": value")
    }
    position += 1
    return .value
  }

  private mutating func separatorOrEnd(_ byte: UInt8) throws(JSONSyntaxError) -> Expectation {
    let isObject = records[Int(innermost)].kind == .object
    let closing = UInt8(ascii: isObject ? "}" : "]")
    switch byte {
    case UInt8(ascii: ","):
      position += 1
      return isObject ? .name : .value
    case closing:
      return close()
    default:
      throw error(
        "\(character(byte)) where a comma or \(character(closing)) is due",
        byte == UInt8(ascii: "/")
          ? "JSON has no comments: remove it" : "is a comma missing before it?")
    }
  }

  private mutating func open(_ kind: JSONKind) throws(JSONSyntaxError) {
    guard depth < JSONScanner.maximumDepth else {
      throw error(
        "arrays and objects stand more than \(JSONScanner.maximumDepth) deep in each other",
        "keep the data flatter")
    }
    depth += 1
    let index = UInt32(records.count)
    append(kind, from: position, length: 1)
    innermost = index
  }

  private mutating func close() -> Expectation {
    position += 1
    let index = Int(innermost)
    records[index].end = UInt32(position)
    records[index].next = UInt32(records.count)
    innermost = records[index].parent
    depth -= 1
    return innermost == JSONRecord.noParent ? .nothing : .separatorOrEnd
  }

  private mutating func append(
    _ kind: JSONKind, from start: Int, length: Int = 0, hasEscapes: Bool = false
  ) {
    position += length
    records.append(
      JSONRecord(
        kind: kind, hasEscapes: hasEscapes, start: UInt32(start), end: UInt32(position),
        next: UInt32(records.count + 1), parent: innermost))
  }

  // MARK: - Strings

  /// Reads a string from its opening quote.
  ///
  /// - Returns: Whether it holds an escape.
  private mutating func string() throws(JSONSyntaxError) -> Bool {
    let opening = position
    var hasEscapes = false
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        position += 1
        return hasEscapes
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        try escape()
      } else if byte < 0x20 {
        throw error(
          "the control character \(character(byte)) in a string",
          byte == 0x0A ? "close the string on its line, or write \\n" : "write it as an escape")
      } else {
        position += 1
      }
    }
    throw error("the string is never closed", "close it with \"", at: opening)
  }

  private mutating func escape() throws(JSONSyntaxError) {
    let start = position
    guard start + 1 < bytes.count else { throw unfinished() }
    position += 2
    switch bytes[start + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return
    case UInt8(ascii: "u"):
      let unit = try hexadecimal(from: start)
      if UTF16.isTrailSurrogate(unit) { throw unpaired(start) }
      guard UTF16.isLeadSurrogate(unit) else { return }
      guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
        bytes[position + 1] == UInt8(ascii: "u")
      else { throw unpaired(start) }
      position += 2
      guard UTF16.isTrailSurrogate(try hexadecimal(from: position - 2)) else {
        throw unpaired(start)
      }
    default:
      throw error(
        "there is no escape \\ with \(character(bytes[start + 1]))",
        "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX; a backslash itself is \\\\", at: start)
    }
  }

  /// Reads the four digits of the `\u` escape that begins at `start`.
  private mutating func hexadecimal(from start: Int) throws(JSONSyntaxError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard position < bytes.count, let digit = bytes[position].hexadecimalDigit else {
        throw error("\\u without four hexadecimal digits", "write \\u000A", at: start)
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }

  private func unpaired(_ start: Int) -> JSONSyntaxError {
    error("half of a surrogate pair", "write the character itself, or both halves", at: start)
  }

  // MARK: - Numbers and words

  private mutating func number() throws(JSONSyntaxError) {
    let start = position
    skip(UInt8(ascii: "-"))
    let integer = position
    try digits(of: start)
    if bytes[integer] == UInt8(ascii: "0"), position > integer + 1 {
      throw error("a number begins with zero", "remove the zero, or write a string", at: start)
    }
    if skip(UInt8(ascii: ".")) { try digits(of: start) }
    if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
      if !skip(UInt8(ascii: "+")) { skip(UInt8(ascii: "-")) }
      try digits(of: start)
    }
  }

  private mutating func digits(of number: Int) throws(JSONSyntaxError) {
    let start = position
    while position < bytes.count, bytes[position].isDigit { position += 1 }
    guard position > start else {
      throw error("a digit is missing in a number", "write it as in -1.5e10", at: number)
    }
  }

  @discardableResult
  private mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func word(_ word: StaticString) throws(JSONSyntaxError) {
    let start = position
    for index in 0..<word.utf8CodeUnitCount where !skip(word.utf8Start[index]) {
      throw error("an unknown word", "write \(word), or a string in quotes", at: start)
    }
  }
}

// MARK: - What is wrong

extension JSONScanner {
  private func checkEncoding() throws(JSONSyntaxError) {
    guard bytes.count <= JSONScanner.maximumBytes else {
      throw error("the text is larger than 1 GiB", "split it", at: 0)
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw error("the text is UTF-16", "save it as UTF-8", at: 0)
    }
    do {
      _ = try UTF8Span(validating: bytes.span)
    } catch {
      throw self.error(
        "the text is not valid UTF-8", "save it as UTF-8", at: error.byteOffsets.lowerBound)
    }
  }

  private func error(
    _ message: String, _ remedy: String, at offset: Int? = nil
  ) -> JSONSyntaxError {
    let offset = offset ?? position
    return JSONSyntaxError(
      offset: offset, position: SourcePosition(ofByte: offset, in: bytes), message: message,
      remedy: remedy)
  }

  private func unfinished() -> JSONSyntaxError {
    guard innermost != JSONRecord.noParent else {
      return error("the text holds no value", "write an object: { … }", at: bytes.count)
    }
    let container = records[Int(innermost)]
    let opening = SourcePosition(ofByte: Int(container.start), in: bytes)
    return error(
      "the text ends inside the \(container.kind == .object ? "object" : "array") of line "
        + "\(opening.line)",
      "close it with \(container.kind == .object ? "}" : "]")", at: bytes.count)
  }

  private func unexpectedValue(_ byte: UInt8) -> JSONSyntaxError {
    let remedy =
      switch byte {
      case UInt8(ascii: "]"), UInt8(ascii: "}"): "write the value, or remove the comma before it"
      case UInt8(ascii: ","): "write the value, or remove the comma"
      case UInt8(ascii: "'"): "write strings in double quotes"
      case UInt8(ascii: "/"): "JSON has no comments: remove it"
      case UInt8(ascii: "+"), UInt8(ascii: "."): "write numbers as in 0.5"
      default: "a string is written in double quotes"
      }
    return error("\(character(byte)) where a value is due", remedy)
  }

  private func unexpectedName(_ byte: UInt8) -> JSONSyntaxError {
    let remedy =
      switch byte {
      case UInt8(ascii: "}"): "remove the comma before it"
      case UInt8(ascii: ","): "remove one comma"
      case UInt8(ascii: "/"): "JSON has no comments: remove it"
      default: "write names in double quotes"
      }
    return error("\(character(byte)) where a name is due", remedy)
  }

  /// The character that begins with a byte, fit to be printed.
  private func character(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "'"): "a single quote"
    case UInt8(ascii: "\""): "a double quote"
    case 0x21...0x7E: "'\(Unicode.Scalar(byte))'"
    case 0x80...: "a character outside ASCII"
    default: "U+00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}
