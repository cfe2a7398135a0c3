package import RegistryDiagnosis

/// An entry of the knowledge base, as a reader sees it.
///
/// Rendering knows entries by this type alone, so that it depends on no format they are kept in.
package struct EntryView: Sendable, Equatable {
  package var item: EntryListItem
  package var advice: Advice
  package var aliases: [String]
  package var httpStatuses: [Int]
  package var severity: String
  package var signals: [Signal]
  package var refines: [String]
  package var documents: [Listing]
  package var added: String
  package var modified: String

  package init(
    item: EntryListItem, advice: Advice, aliases: [String], httpStatuses: [Int], severity: String,
    signals: [Signal], refines: [String], documents: [Listing], added: String, modified: String
  ) {
    self.item = item
    self.advice = advice
    self.aliases = aliases
    self.httpStatuses = httpStatuses
    self.severity = severity
    self.signals = signals
    self.refines = refines
    self.documents = documents
    self.added = added
    self.modified = modified
  }

  /// A wording, or facts, that the entry is recognised by.
  package struct Signal: Sendable, Equatable {
    /// The pattern as its author wrote it, or the facts in words.
    package var text: String
    /// The conditions on it in words, such as `only about a registry`; empty when none.
    package var conditions: [String]
    /// Whether it is boilerplate that only counts where nothing better holds.
    package var isWeak: Bool

    package init(text: String, conditions: [String] = [], isWeak: Bool = false) {
      self.text = text
      self.conditions = conditions
      self.isWeak = isWeak
    }
  }

  /// A document that lists the error, in some of its revisions.
  package struct Listing: Sendable, Equatable {
    package var title: String
    package var url: String
    /// All revisions known of the document, the oldest first.
    package var knownRevisions: [String]
    /// Those that list the error.
    package var revisions: [String]

    package init(title: String, url: String, knownRevisions: [String], revisions: [String]) {
      self.title = title
      self.url = url
      self.knownRevisions = knownRevisions
      self.revisions = revisions
    }

    /// Whether the newest revision no longer lists the error.
    var hasLeft: Bool {
      guard let newest = knownRevisions.last, !revisions.isEmpty else { return false }
      return !revisions.contains(newest)
    }

    /// Whether the newest revision of several is the first to list the error.
    var isNew: Bool { knownRevisions.count > 1 && revisions == knownRevisions.suffix(1) }

    /// In which revisions the error stands, in words.
    var described: String {
      let noun = revisions.count == 1 ? "revision" : "revisions"
      let listed = "\(noun) \(revisions.joined(separator: ", "))"
      if hasLeft {
        return "Only in \(listed): the newest no longer lists it. Older clients still print it."
      }
      if isNew { return "Only in the newest, \(listed)." }
      return knownRevisions.count == revisions.count ? "In every revision known." : "In \(listed)."
    }
  }
}

/// What a list says of an entry.
package struct EntryListItem: Sendable, Equatable {
  package var id: String
  package var title: String
  package var status: Status
  package var role: Diagnosis.Role
  /// The registries it is about; empty when any.
  package var registries: [String]
  package var codes: [String]

  package init(
    id: String, title: String, status: Status, role: Diagnosis.Role, registries: [String],
    codes: [String]
  ) {
    self.id = id
    self.title = title
    self.status = status
    self.role = role
    self.registries = registries
    self.codes = codes
  }

  /// Where an entry is in its life.
  package enum Status: Sendable, Equatable {
    case draft, stable
    case withdrawn(since: String, reason: String, replacedBy: String?)

    var name: String {
      switch self {
      case .draft: "draft"
      case .stable: "stable"
      case .withdrawn: "withdrawn"
      }
    }

    /// The name, and what took the place of a withdrawn entry.
    var inBrief: String {
      guard case .withdrawn(_, _, let successor?) = self else { return name }
      return "withdrawn, see \(successor)"
    }

    /// What a reader must know, in a sentence; absent for a stable entry.
    var remark: String? {
      switch self {
      case .stable: nil
      case .draft: "A draft: not reviewed yet."
      case .withdrawn(let since, let reason, let successor):
        "Withdrawn since \(since): \(reason)" + (successor.map { " See \($0) instead." } ?? "")
      }
    }
  }
}

/// What a look-up of a code, a status, an id or a message found.
package struct LookupAnswer: Sendable, Equatable {
  /// What was asked for.
  package var query: String
  /// The entries that have it, the best first; empty when nobody has.
  package var hits: [Hit]
  /// Known codes and ids that look alike; given when there are no hits.
  package var nearest: [String]

  package init(query: String, hits: [Hit], nearest: [String]) {
    self.query = query
    self.hits = hits
    self.nearest = nearest
  }

  /// An entry that was found.
  package struct Hit: Sendable, Equatable {
    package var item: EntryListItem
    /// By what: `id`, `alias`, `code`, `httpStatus` or `wording`.
    package var basis: String

    package init(item: EntryListItem, basis: String) {
      self.item = item
      self.basis = basis
    }
  }

  /// How this went, in a sentence.
  var described: String {
    let live = hits.filter { $0.item.status.name != "withdrawn" }
    if hits.isEmpty { return "\(query): no such code or id" }
    if live.isEmpty { return "\(query): known, but withdrawn" }
    return hits.count == 1 ? "\(query): 1 entry" : "\(query): \(hits.count) entries"
  }
}
