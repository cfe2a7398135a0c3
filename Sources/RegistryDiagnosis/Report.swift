/// What a paste was diagnosed as: the facts in it, and the failures it shows, likeliest first.
///
/// A report is a plain value. Every renderer and every interface of regdiag works from it alone,
/// and the JSON report (schema version 1.0) is this type written out.
///
/// The same bytes and the same knowledge base always give the same report.
public struct Report: Sendable, Equatable {
  /// The version of the knowledge base that answered, and how many entries it holds.
  public let knowledge: KnowledgeSummary
  /// What the paste says about itself, whatever failed.
  public let facts: Facts
  /// The failures found, the one to act on first.
  ///
  /// Empty when nothing was recognised.
  public let diagnoses: [Diagnosis]
  /// Entries that share words with the paste.
  ///
  /// Guesses, and only given when ``diagnoses`` is empty.
  public let suggestions: [Suggestion]
  /// The size and encoding of what was read.
  public let input: InputSummary
  /// What the reader should know of how the report came about, a sentence each.
  public let warnings: [String]

  package init(
    knowledge: KnowledgeSummary, facts: Facts, diagnoses: [Diagnosis], suggestions: [Suggestion],
    input: InputSummary, warnings: [String]
  ) {
    self.knowledge = knowledge
    self.facts = facts
    self.diagnoses = diagnoses
    self.suggestions = suggestions
    self.input = input
    self.warnings = warnings
  }
}

/// Which knowledge base answered.
public struct KnowledgeSummary: Sendable, Equatable {
  /// The content's calendar version, such as `2026.11.0`.
  public let version: String
  /// How many entries the base holds, withdrawn ones included.
  public let entryCount: Int

  package init(version: String, entryCount: Int) {
    self.version = version
    self.entryCount = entryCount
  }
}

/// What was read.
public struct InputSummary: Sendable, Equatable {
  /// The size in bytes.
  public let byteCount: Int
  /// The number of lines; a last line without a line feed counts.
  public let lineCount: Int
  /// `utf-8`, `utf-16le`, `utf-16be` or `windows-1252`.
  public let encoding: String
  /// Whether part of the input was not looked at; a warning then says which.
  public let isTruncated: Bool

  package init(byteCount: Int, lineCount: Int, encoding: String, isTruncated: Bool) {
    self.byteCount = byteCount
    self.lineCount = lineCount
    self.encoding = encoding
    self.isTruncated = isTruncated
  }
}

/// What a paste says about itself, whatever failed: the program, the registry, the image.
///
/// A fact is absent when the paste does not say it, or says several different things.
public struct Facts: Sendable, Equatable {
  /// The id of the program that printed the error, such as `docker` or `kubelet`.
  public let client: String?
  /// `pull`, `push`, `login`, `build` or another id of the vocabulary.
  public let operation: String?
  /// The registry the failure is about.
  public let registry: Registry?
  /// The image that was asked for.
  public let reference: ImageReference?
  /// The status the registry answered with.
  ///
  /// Never that of a container engine's own API.
  public let httpStatus: Int?
  /// The error code of the OCI distribution specification, such as `MANIFEST_UNKNOWN`.
  public let ociCode: String?

  package init(
    client: String? = nil, operation: String? = nil, registry: Registry? = nil,
    reference: ImageReference? = nil, httpStatus: Int? = nil, ociCode: String? = nil
  ) {
    self.client = client
    self.operation = operation
    self.registry = registry
    self.reference = reference
    self.httpStatus = httpStatus
    self.ociCode = ociCode
  }

  /// A registry, as far as the paste names it.
  public struct Registry: Sendable, Equatable {
    /// The host as it stands in the paste, port included; absent where only wording tells the
    /// registry and no message near names its host.
    public let host: String?
    /// The id of the provider in the vocabulary, such as `ecr`; absent for a host nobody knows.
    public let provider: String?
    /// What the host name carries, such as `account` and `region`, in the order of the host
    /// pattern.
    public let parts: [NamedValue]
    /// Why this registry: `request-url`, `message-host`, `subject-above`, `subject-below`,
    /// `short-name` or `wording`.
    public let basis: String

    package init(host: String?, provider: String?, parts: [NamedValue], basis: String) {
      self.host = host
      self.provider = provider
      self.parts = parts
      self.basis = basis
    }
  }

  /// An image reference, taken apart.
  public struct ImageReference: Sendable, Equatable {
    /// The repository path, without the registry host.
    public let repository: String
    /// The tag, where one was written.
    public let tag: String?
    /// The digest with its algorithm, where one was written.
    public let digest: String?

    package init(repository: String, tag: String?, digest: String?) {
      self.repository = repository
      self.tag = tag
      self.digest = digest
    }
  }
}

/// A name and its value, where order matters.
public struct NamedValue: Sendable, Equatable {
  /// The name of the slot or fact.
  public let name: String
  /// The value as it stands in the paste.
  public let value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// An entry that may be near, when none was recognised.
public struct Suggestion: Sendable, Equatable {
  /// The id of the entry.
  public let id: String
  /// Its title.
  public let title: String
  /// What it shares with the paste.
  public let reason: String

  package init(id: String, title: String, reason: String) {
    self.id = id
    self.title = title
    self.reason = reason
  }
}
