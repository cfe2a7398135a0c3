/// The names of the field: registries, clients, operations, and how texts speak of them.
package struct Vocabulary: Sendable, Equatable {
  package let schemaVersion: SchemaVersion
  /// At least one.
  package let registries: [Registry]
  package let clients: [Client]
  package let operations: [Operation]
  /// Patterns of what is said only where a registry is concerned.
  package let evidence: [String]
  /// Patterns of what other programs and services say.
  package let foreign: [String]
  /// Help pages and the like: never the registry that a message is about.
  package let notRegistryHosts: [HostPattern]
  /// Says that the failed try is repeated: what stands in the same message is not the last word.
  package let retried: [String]
  /// Lines of progress: they stand between a command and its failure and do not count as distance.
  package let progress: [String]
  /// Says that what was done with a registry has ended well: what stands below is no more about it.
  package let completed: [String]
  /// Wordings that carry a fact, in a slot named for it.
  package let facts: [FactWording]

  /// A container registry, or a product that is one.
  package struct Registry: Sendable, Equatable {
    package let id: String
    package let name: String
    package let hosts: [HostPattern]
    /// Patterns that say which registry a message is about where no host does.
    package let phrases: [String]
    /// Whether it may run under any host name: an unknown host does not contradict it.
    package let isSelfHosted: Bool
    /// What the paths of its images carry, the most telling first.
    package let paths: [ImagePathPattern]
  }

  /// A program that talks to registries.
  package struct Client: Sendable, Equatable {
    package let id: String
    package let name: String
    /// Patterns of what only this program says.
    package let phrases: [String]
    package let shortNames: ShortNames
  }

  /// What an image reference without a host means to a client.
  package enum ShortNames: String, Sendable, CaseIterable {
    case dockerHub = "docker-hub"
    case unknown
  }

  /// Something that clients do with a registry.
  package struct Operation: Sendable, Equatable {
    package let id: String
    package let name: String
    package let phrases: [String]
  }
}

/// A host name with parts that vary, such as `{account}.dkr.ecr.{region}.amazonaws.com`.
///
/// `{name}` is one part of a label, captured; `*` and `{*}` likewise, not captured; a leading `*.`
/// is one or more labels.
package struct HostPattern: Sendable, Hashable {
  /// The pattern as it is written.
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  /// The names of its captures, in order; `nil` when a brace is never closed or a name is missing.
  package var captureNames: [String]? {
    var names: [String] = []
    var rest = text[...]
    while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      guard rest[brace] == "{", let closing = rest[brace...].firstIndex(of: "}") else { return nil }
      let name = rest[rest.index(after: brace)..<closing]
      rest = rest[closing...].dropFirst()
      if name == "*" { continue }
      guard !name.isEmpty, name.utf8.allSatisfy({ $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }) else {
        return nil
      }
      names.append(String(name))
    }
    return names
  }
}

/// An image's name with parts that vary, such as `{location}-docker.pkg.dev/{project}/{repo}/*`.
///
/// Before the first slash stands a ``HostPattern``, or nothing where any host will do. Behind it
/// `{name}` is a whole part of the path, captured; `{*}` likewise, not captured; `*` at the end is
/// one or more parts.
package struct ImagePathPattern: Sendable, Hashable {
  /// The pattern as it is written.
  package let text: String

  package init(_ text: String) {
    self.text = text
  }

  /// The names of its captures, in order; `nil` as for a ``HostPattern``.
  package var captureNames: [String]? { HostPattern(text).captureNames }
}

/// Wordings that carry one kind of fact.
package struct FactWording: Sendable, Equatable {
  /// The fact that the slot of the same name carries.
  package let fact: FactKind
  /// Patterns, any one of which carries it.
  package let patterns: [String]
}

/// The facts that wordings of the vocabulary carry.
package enum FactKind: String, Sendable, CaseIterable {
  /// The kinds by their numbers in a compiled base.
  package static let byNumber = allCases

  /// Whether it is a status or a code, which a signal may rest on alone.
  package var isStatus: Bool { self == .httpStatus || self == .ociCode || self == .engineStatus }

  /// The status a registry answered with.
  case httpStatus
  /// The status of a container engine's own API.
  case engineStatus
  /// An error code of the OCI distribution specification.
  case ociCode
  /// An image reference, in a slot named `reference`.
  case reference
  /// A reference that is Docker Hub's where it names no host; the slot is named `reference`.
  case shortReference
  /// The host of a registry.
  case registry
}
