/// A JSON text with a place for everything in it.
///
/// The text stays as it is; the document adds a flat index of its nodes. Strings are decoded when
/// they are asked for. It is a class so that nodes, which hold it, are cheap to copy; it never
/// changes.
///
/// ```swift
/// let document = try JSONDocument.parse(bytes)
/// let title = document.root["title"]?.string
/// ```
package final class JSONDocument: Sendable {
  /// The text it was read from.
  package let bytes: [UInt8]
  let records: [JSONRecord]

  private init(bytes: [UInt8], records: [JSONRecord]) {
    self.bytes = bytes
    self.records = records
  }

  /// Reads a text, strictly by RFC 8259.
  ///
  /// A UTF-8 byte-order mark is skipped. Names that are repeated in an object are accepted, as the
  /// RFC does: ``repeatedNames()`` finds them. Halves of surrogate pairs are refused, since no
  /// string holds them.
  ///
  /// - Throws: The first thing that is wrong, with its place.
  /// - Complexity: O(bytes); it does not recurse, and refuses a depth of more than 64.
  package static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONDocument {
    var scanner = JSONScanner(bytes)
    return JSONDocument(bytes: bytes, records: try scanner.scan())
  }

  /// The value that the text consists of.
  package var root: JSONNode { JSONNode(document: self, index: 0) }

  /// The names that stand in their object for the second time or more, in document order.
  ///
  /// - Complexity: O(nodes).
  package func repeatedNames() -> [JSONNode] {
    var repeated: [JSONNode] = []
    for index in records.indices where records[index].kind == .object {
      let object = JSONNode(document: self, index: index)
      var seen: Set<String> = []
      for member in object.members where !seen.insert(member.key).inserted {
        repeated.append(member.name)
      }
    }
    return repeated.sorted { $0.index < $1.index }
  }

  /// The node that a JSON pointer (RFC 6901) leads to; `nil` when there is none.
  ///
  /// - Parameter pointer: Such as `/match/any/0/pattern`; the empty string is the root.
  /// - Complexity: O(siblings on the way).
  package func node(at pointer: String) -> JSONNode? {
    let walk = walk(along: pointer)
    return walk.arrives ? walk.node : nil
  }

  /// The node that a JSON pointer leads to, or the last one on the way that exists.
  ///
  /// - Complexity: O(siblings on the way).
  package func deepestNode(on pointer: String) -> JSONNode {
    walk(along: pointer).node
  }

  private func walk(along pointer: String) -> (node: JSONNode, arrives: Bool) {
    var node = root
    for token in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      guard let child = node.child(ofPointerToken: token) else { return (node, false) }
      node = child
    }
    return (node, true)
  }
}
