/// The id of an entry, such as `ecr/rate-exceeded`: the path of its folder below `entries/`, for
/// ever.
package struct EntryID: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The id as it is written.
  package let text: String

  /// The longest id, in characters.
  package static let maximumLength = 80

  /// Accepts `scope/slug`, both of lower-case letters, digits and single inner dashes; `nil` for
  /// anything else.
  package init?(_ text: String) {
    guard text.unicodeScalars.count <= EntryID.maximumLength, TextFormat.entryID.accepts(text)
    else {
      return nil
    }
    self.text = text
  }

  /// What stands before the slash: the registry, program or protocol it is about.
  package var scope: String { String(text.prefix { $0 != "/" }) }

  /// What stands behind the slash.
  package var slug: String { String(text.drop { $0 != "/" }.dropFirst()) }

  package var description: String { text }

  package static func < (first: EntryID, second: EntryID) -> Bool { first.text < second.text }
}
