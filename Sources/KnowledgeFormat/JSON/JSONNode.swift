/// A value of a JSON document, or the name of one.
package struct JSONNode: Sendable {
  package let document: JSONDocument
  /// Its place in the document's flat index.
  let index: Int

  private var record: JSONRecord { document.records[index] }

  package var kind: JSONKind { record.kind }

  /// The bytes it stands on, quotes and brackets included; zero-based, half-open.
  package var byteRange: Range<Int> { Int(record.start)..<Int(record.end) }

  /// Where it begins.
  ///
  /// - Complexity: O(bytes before it).
  package var position: SourcePosition {
    SourcePosition(ofByte: Int(record.start), in: document.bytes)
  }

  // MARK: - Scalars

  /// The value of a string or name, escapes resolved; `nil` for every other kind.
  package var string: String? {
    guard kind == .string || kind == .name else { return nil }
    guard record.hasEscapes else {
      return String(decoding: document.bytes[contents], as: UTF8.self)
    }
    return String(decoding: resolvingEscapes(), as: UTF8.self)
  }

  /// The value of a number that is whole and fits, `400`, `4e2` and `400.0` alike; otherwise `nil`.
  package var integer: Int? {
    guard kind == .number else { return nil }
    let text = String(decoding: document.bytes[byteRange], as: UTF8.self)
    return Int(text) ?? Double(text).flatMap(Int.init(exactly:))
  }

  package var boolean: Bool? {
    guard kind == .boolean else { return nil }
    return document.bytes[byteRange.lowerBound] == UInt8(ascii: "t")
  }

  /// Whether a string or name has this value; quicker than ``string``.
  package func isEqual(to text: String) -> Bool {
    guard kind == .string || kind == .name else { return false }
    guard !record.hasEscapes else { return string == text }
    return contents.count == text.utf8.count
      && document.bytes[contents].elementsEqual(text.utf8)
  }

  /// What stands between the quotes.
  private var contents: Range<Int> { byteRange.lowerBound + 1..<byteRange.upperBound - 1 }

  private func resolvingEscapes() -> [UInt8] {
    var resolved: [UInt8] = []
    resolved.reserveCapacity(contents.count)
    var position = contents.lowerBound
    while position < contents.upperBound {
      let byte = document.bytes[position]
      guard byte == UInt8(ascii: "\\") else {
        resolved.append(byte)
        position += 1
        continue
      }
      let escape = document.bytes[position + 1]
      position += 2
      switch escape {
      case UInt8(ascii: "b"): resolved.append(0x08)
      case UInt8(ascii: "f"): resolved.append(0x0C)
      case UInt8(ascii: "n"): resolved.append(0x0A)
      case UInt8(ascii: "r"): resolved.append(0x0D)
      case UInt8(ascii: "t"): resolved.append(0x09)
      case UInt8(ascii: "u"):
        resolved += String(scalar(at: &position)).utf8
      default: resolved.append(escape)
      }
    }
    return resolved
  }

  /// Reads the scalar of a `\u` escape, both halves of a pair, from the first digit on.
  private func scalar(at position: inout Int) -> Unicode.Scalar {
    func unit() -> UInt32 {
      let digits = document.bytes[position..<position + 4]
      position += 4
      return digits.reduce(0) { $0 << 4 | UInt32($1.hexadecimalDigit ?? 0) }
    }
    var value = unit()
    if value & 0xFC00 == 0xD800 {
      position += 2
      value = 0x10000 + (value & 0x3FF) << 10 + unit() & 0x3FF
    }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  // MARK: - Children

  /// The values of an array, in order; nothing for every other kind.
  package var elements: JSONElements {
    JSONElements(document: document, range: kind == .array ? children : 0..<0)
  }

  /// The members of an object, in order; nothing for every other kind.
  package var members: JSONMembers {
    JSONMembers(document: document, range: kind == .object ? children : 0..<0)
  }

  /// The value of an object's first member of this name.
  ///
  /// - Complexity: O(members).
  package subscript(key: String) -> JSONNode? {
    members.first { $0.name.isEqual(to: key) }?.value
  }

  private var children: Range<Int> { index + 1..<Int(record.next) }

  // MARK: - Pointers

  /// The JSON pointer (RFC 6901) that leads to it from the root; a name's is that of its value.
  ///
  /// - Complexity: O(siblings before it and before its ancestors).
  package var pointer: String {
    var tokens: [String] = []
    var node = self
    while node.record.parent != JSONRecord.noParent {
      let parent = JSONNode(document: document, index: Int(node.record.parent))
      if parent.kind == .array {
        tokens.append(String(parent.elements.prefix { $0.index < node.index }.count))
      } else {
        let name = node.kind == .name ? node : JSONNode(document: document, index: node.index - 1)
        tokens.append(JSONNode.pointerToken(name.string ?? ""))
      }
      node = parent
    }
    return tokens.reversed().reduce(into: "") { $0 += "/" + $1 }
  }

  /// The child that one token of a JSON pointer names.
  func child(ofPointerToken token: Substring) -> JSONNode? {
    switch kind {
    case .array:
      guard let ordinal = Int(token), ordinal >= 0 else { return nil }
      return elements.dropFirst(ordinal).first { _ in true }
    case .object:
      return members.first { JSONNode.pointerToken($0.key) == token }?.value
    default:
      return nil
    }
  }

  /// A name as a token of a JSON pointer: `~` and `/` are escaped.
  static func pointerToken(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
      return name
    }
    return name.unicodeScalars.reduce(into: "") { token, scalar in
      switch scalar {
      case "~": token += "~0"
      case "/": token += "~1"
      default: token.unicodeScalars.append(scalar)
      }
    }
  }

  // MARK: - Bytes

  /// Its text without the white space between tokens; strings and numbers stay as they are written.
  ///
  /// - Complexity: O(bytes of the node).
  package func minified() -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(byteRange.count)
    var isInString = false
    var isEscaped = false
    for byte in document.bytes[byteRange] {
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
        }
      } else if byte <= 0x20 {
        continue
      } else if byte == UInt8(ascii: "\"") {
        isInString = true
      }
      result.append(byte)
    }
    return result
  }
}

/// The values of a JSON array, in order.
package struct JSONElements: Sequence, IteratorProtocol, Sendable {
  let document: JSONDocument
  var range: Range<Int>

  package mutating func next() -> JSONNode? {
    guard let index = range.first else { return nil }
    range = Int(document.records[index].next)..<range.upperBound
    return JSONNode(document: document, index: index)
  }
}

/// The members of a JSON object, in order.
package struct JSONMembers: Sequence, IteratorProtocol, Sendable {
  let document: JSONDocument
  var range: Range<Int>

  package mutating func next() -> JSONMember? {
    guard let index = range.first else { return nil }
    range = Int(document.records[index + 1].next)..<range.upperBound
    return JSONMember(
      name: JSONNode(document: document, index: index),
      value: JSONNode(document: document, index: index + 1))
  }
}

/// A member of a JSON object.
package struct JSONMember: Sendable {
  package let name: JSONNode
  package let value: JSONNode

  /// The name, escapes resolved.
  package var key: String { name.string ?? "" }
}

extension UInt8 {
  /// The value of a hexadecimal digit.
  var hexadecimalDigit: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
