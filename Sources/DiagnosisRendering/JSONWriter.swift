/// Writes JSON (RFC 8259), members in the order they are written.
///
/// The output is UTF-8. Control characters, the line separators and whatever else
/// ``HiddenScalars`` names are written as `\uXXXX`, so that a JSON report shown in a terminal or a
/// log changes nothing there. A reader gets the same text back.
package struct JSONWriter {
  package private(set) var text = ""
  private let isIndented: Bool
  private var depth = 0
  private var isFirst = true

  /// - Parameter isIndented: Two spaces a level, or all on one line.
  package init(isIndented: Bool) {
    self.isIndented = isIndented
    text.reserveCapacity(8192)
  }

  // MARK: Structure

  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    nested("{", "}", members)
  }

  package mutating func array<Elements: Sequence>(
    _ elements: Elements, _ write: (inout JSONWriter, Elements.Element) -> Void
  ) {
    nested("[", "]") { writer in
      for element in elements {
        writer.separate()
        write(&writer, element)
      }
    }
  }

  package mutating func member(_ key: String, _ write: (inout JSONWriter) -> Void) {
    separate()
    string(key)
    text += isIndented ? ": " : ":"
    write(&self)
  }

  // MARK: Members with plain values

  package mutating func member(_ key: String, _ value: String?) {
    member(key) { $0.optional(value) { $0.string($1) } }
  }

  package mutating func member(_ key: String, _ value: Int?) {
    member(key) { $0.optional(value) { $0.number($1) } }
  }

  package mutating func member(_ key: String, _ value: Bool) {
    member(key) { $0.text += value ? "true" : "false" }
  }

  /// A number with three decimals.
  package mutating func member(_ key: String, _ value: Double) {
    member(key) { $0.text += FixedPoint.text(value) }
  }

  package mutating func member(_ key: String, _ values: [String]) {
    member(key) { $0.array(values) { $0.string($1) } }
  }

  package mutating func member<Elements: Sequence>(
    _ key: String, _ elements: Elements, _ write: (inout JSONWriter, Elements.Element) -> Void
  ) {
    member(key) { $0.array(elements, write) }
  }

  /// An object, or null where there is no value.
  package mutating func member<Value>(
    _ key: String, object value: Value?, _ members: (inout JSONWriter, Value) -> Void
  ) {
    member(key) { writer in
      writer.optional(value) { writer, value in writer.object { members(&$0, value) } }
    }
  }

  // MARK: Values

  package mutating func number(_ value: Int) {
    text += String(value)
  }

  package mutating func string(_ value: String) {
    text += "\""
    var rest = value[...]
    while let place = rest.utf8.firstIndex(where: JSONWriter.mayNeedEscape) {
      text += rest[..<place]
      let scalar = rest.unicodeScalars[place]
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where HiddenScalars.contains(scalar): escape(scalar)
      default: text.unicodeScalars.append(scalar)
      }
      rest = rest[rest.unicodeScalars.index(after: place)...]
    }
    text += rest
    text += "\""
  }

  /// Whether a scalar that begins with a byte of UTF-8 may have to be escaped.
  private static func mayNeedEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte >= 0x7F || byte == 0x22 || byte == 0x5C
  }

  /// Writes a value that is JSON already; line feeds in it, which are white space, are left out.
  package mutating func json(_ value: String) {
    for line in value.unicodeScalars.split(separator: "\n") { text.unicodeScalars += line }
  }

  /// Ends the document with a line feed.
  package mutating func finish() {
    text += "\n"
  }

  // MARK: Layout

  private mutating func escape(_ scalar: Unicode.Scalar) {
    for unit in String(scalar).utf16 {
      text += "\\u" + HiddenScalars.hexadecimal(UInt32(unit), digits: 4)
    }
  }

  private mutating func optional<Value>(
    _ value: Value?, _ write: (inout JSONWriter, Value) -> Void
  ) {
    if let value { write(&self, value) } else { text += "null" }
  }

  private mutating func nested(
    _ open: String, _ close: String, _ body: (inout JSONWriter) -> Void
  ) {
    text += open
    depth += 1
    isFirst = true
    body(&self)
    depth -= 1
    if !isFirst { breakLine() }
    isFirst = false
    text += close
  }

  private mutating func separate() {
    if !isFirst { text += "," }
    isFirst = false
    breakLine()
  }

  private mutating func breakLine() {
    guard isIndented else { return }
    text += "\n" + String(repeating: "  ", count: depth)
  }
}
