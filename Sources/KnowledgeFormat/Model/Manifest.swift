/// What a knowledge base says about itself.
package struct Manifest: Sendable, Equatable {
  package let schemaVersion: SchemaVersion
  /// The content's own version, such as `2026.11.0`.
  package let version: String
  /// The day, as in `2026-11-21`.
  package let released: String
  /// The documents that entries refer to.
  package let documents: [Document]

  /// A page that lists failures.
  package struct Document: Sendable, Equatable {
    package let id: String
    package let title: String
    package let url: String
    /// At least one, oldest first.
    package let revisions: [Revision]
  }

  /// A state of a document.
  package struct Revision: Sendable, Equatable {
    package let id: String
    /// The day, where it is known.
    package let date: String?
    package let note: String?
  }
}
