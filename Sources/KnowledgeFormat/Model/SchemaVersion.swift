/// The version of the format of a knowledge base.
package struct SchemaVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let major: Int
  package let minor: Int

  /// The version that this code reads and writes.
  package static let current = SchemaVersion(major: 1, minor: 0)

  package init(major: Int, minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Accepts `MAJOR.MINOR` in decimal digits; `nil` for anything else.
  package init?(_ text: String) {
    guard TextFormat.schemaVersion.accepts(text) else { return nil }
    let parts = text.split(separator: ".").compactMap { Int($0) }
    guard parts.count == 2 else { return nil }
    self.init(major: parts[0], minor: parts[1])
  }

  package var description: String { "\(major).\(minor)" }

  package static func < (first: SchemaVersion, second: SchemaVersion) -> Bool {
    (first.major, first.minor) < (second.major, second.minor)
  }
}
