/// Output that must be diagnosed as its entry, on top of everything else.
package struct Example: Sendable, Equatable {
  /// A file beside the entry's.
  package let file: String
  package let source: String?
  /// What must be captured, in the order of the JSON.
  package let captures: [ExpectedCapture]

  /// A value that the example must give.
  package struct ExpectedCapture: Sendable, Equatable {
    package let name: String
    package let value: String
  }
}

/// Output that must not be diagnosed as its entry, though it looks like it.
package struct NonExample: Sendable, Equatable {
  /// A file beside the entry's.
  package let file: String
  package let source: String?
  /// The entry that it must be diagnosed as.
  package let isInstead: EntryID?
}
