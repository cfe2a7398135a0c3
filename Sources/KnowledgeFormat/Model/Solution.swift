/// Something that mends a failure.
package struct Solution: Sendable, Equatable {
  package let text: String
  /// Ready to paste, with `<name>` where a capture or fact is filled in.
  package let commands: [String]
  /// The ids of the causes it mends; empty when it mends all of them.
  package let causes: [String]
  /// What it can be the solution of; `nil` for every failure of the entry.
  package let appliesTo: Applicability?
  package let verification: Verification?
}

/// How to see that a solution worked.
package struct Verification: Sendable, Equatable {
  package let text: String?
  package let command: String
}
