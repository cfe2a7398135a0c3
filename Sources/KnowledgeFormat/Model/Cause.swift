/// One reason why a failure happens.
package struct Cause: Sendable, Equatable {
  /// Its name inside the entry.
  package let id: String
  package let text: String
  /// How a reader tells it from the other causes.
  package let check: Check?
  /// When the text itself tells it.
  package let decidedBy: DecidedBy?
  /// What it can be the cause of; `nil` for every failure of the entry.
  package let appliesTo: Applicability?
  /// Whether it helps to try again, where that differs from the entry.
  package let retry: Retry?
}

/// What to look at to know whether a cause is the one.
package struct Check: Sendable, Equatable {
  package let text: String
  package let command: String?
  /// What the command shows when it is.
  package let expectation: String?
}

/// What a cause can be the cause of, a solution the solution: it is left out where the text tells of
/// something else, and told where the text does not say.
package struct Applicability: Sendable, Equatable {
  /// Any one of these; empty when not asked, as the next two.
  package let registries: [String]
  package let clients: [String]
  package let operations: [String]
  /// Any one of these signals of the entry is one that matched; empty when not asked.
  package let signals: [String]
  /// Whether only who runs the registry can mend it: left out where its provider alone does.
  package let isSelfHosted: Bool
}

/// When the text itself decides that a cause is the one: everything given here holds.
package struct DecidedBy: Sendable, Equatable {
  /// In the order of the JSON.
  package let captures: [CaptureCondition]
  package let facts: FactCondition?
  /// Any one of these patterns holds in the message or two on each side; empty when not asked.
  package let patterns: [String]
  /// Any one of these signals of the entry is the one that matched; empty when not asked.
  package let signals: [String]
  /// Whether the cause is told only where this holds.
  package let isRequired: Bool

  /// A capture that has one of some values.
  package struct CaptureCondition: Sendable, Equatable {
    package let name: String
    /// At least one.
    package let values: [String]
  }
}
