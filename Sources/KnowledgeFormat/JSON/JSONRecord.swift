/// What a node of a JSON document is.
package enum JSONKind: UInt8, Sendable {
  case object, array, string, number, boolean, null
  /// The name of an object's member. It stands directly before the member's value.
  case name

  /// The kind with its article, for messages.
  package var phrase: String {
    switch self {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number: "a number"
    case .boolean: "true or false"
    case .null: "null"
    case .name: "a name"
    }
  }
}

/// One node of the flat form of a document: nodes lie in document order, children behind their
/// parent.
struct JSONRecord: Sendable {
  let kind: JSONKind
  /// Whether a string or name holds an escape, so that its bytes are not its value.
  let hasEscapes: Bool
  /// The first byte, quotes and brackets included.
  let start: UInt32
  /// The byte behind the last one.
  var end: UInt32
  /// The node behind this one and everything in it: its next sibling, where it has one.
  var next: UInt32
  /// The object or array it stands in; a value's and its name's parent is the object.
  let parent: UInt32

  /// The parent of the root.
  static let noParent = UInt32.max
}
