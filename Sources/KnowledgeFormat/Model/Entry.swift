/// One documented failure: how to recognise it, why it happens, what mends it.
///
/// Everything that a signal inherits from its entry is resolved: see ``Signal``.
package struct Entry: Sendable, Equatable {
  package let id: EntryID
  /// What happened, as a person would say it.
  package let title: String
  package let summary: String
  package let status: Status
  /// Given exactly when ``status`` is ``Status/withdrawn``.
  package let withdrawal: Withdrawal?
  /// Earlier ids; look-ups by them still work.
  package let aliases: [EntryID]
  /// What a look-up finds, exactly as programs print it.
  package let codes: [String]
  package let httpStatus: [Int]
  package let role: Role
  package let retry: Retry
  package let severity: Severity
  /// The registries it is about, by their ids in the vocabulary; empty when it is about any.
  package let registries: [String]
  /// What shows it, at least one; any one of them will do.
  package let signals: [Signal]
  /// The more general entries that this one outranks when both hold.
  package let refines: [EntryID]
  /// At least one.
  package let causes: [Cause]
  /// At least one, in the order one would try them.
  package let solutions: [Solution]
  /// Output that must be diagnosed as this entry, at least one.
  package let examples: [Example]
  /// Output that must not, at least one.
  package let nonExamples: [NonExample]
  /// At least one, official documentation first.
  package let references: [Reference]
  package let documents: [DocumentMention]
  package let history: History
}

/// How far an entry can be relied on.
package enum Status: String, Sendable, CaseIterable {
  case draft, stable
  /// It no longer applies. It is kept, for its id is for ever.
  case withdrawn
}

/// Why an entry no longer applies.
package struct Withdrawal: Sendable, Equatable {
  /// The version of the content that withdrew it.
  package let since: String
  package let reason: String
  package let replacement: EntryID?
}

/// What a failure is to the others in the same text.
package enum Role: String, Sendable, CaseIterable {
  /// It says why.
  case cause
  /// It says only that something inside it failed.
  case wrapper
  /// It follows from the failure.
  case consequence
}

/// Whether it helps to try again.
package enum Retry: String, Sendable, CaseIterable {
  case never
  case afterFix = "after-fix"
  case later
}

/// How bad something is: a failure, or a complaint about a file.
package enum Severity: String, Sendable, CaseIterable {
  case error, warning
}

/// The versions of the content in which an entry came and last changed.
package struct History: Sendable, Equatable {
  package let added: String
  package let modified: String
}

/// Documentation of a failure.
package struct Reference: Sendable, Equatable {
  package let title: String
  /// Begins with `https://`.
  package let url: String
}

/// The revisions of a document in which a failure stands.
package struct DocumentMention: Sendable, Equatable {
  /// An id of the manifest's documents.
  package let document: String
  /// At least one.
  package let revisions: [String]
}
