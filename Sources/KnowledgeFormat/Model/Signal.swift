/// One wording, or one set of facts, that shows an entry's failure.
///
/// It is complete in itself: where its JSON says nothing, it has the context, the requirement and
/// the role of its entry; an entry's requirement and its own hold both.
package struct Signal: Sendable, Equatable {
  /// Its name inside the entry; `signal-1`, `signal-2`, … by its place where the JSON names none.
  package let id: String
  /// The wording, in the language of patterns; a signal has a pattern, facts, or both.
  package let pattern: String?
  /// Whether the pattern's letters match only in the case they are written in.
  package let isCaseExact: Bool
  package let facts: FactCondition?
  package let context: ContextRule
  package let requirement: Requirement
  /// What must hold as well, all of it.
  package let with: [Condition]
  /// What must not hold, none of it.
  package let without: [Condition]
  package let role: Role
  package let strength: Strength

  package enum Strength: String, Sendable, CaseIterable {
    case strong
    /// Boilerplate or a bare status, outranked by anything strong.
    case weak
  }
}

/// How a match stands to the registries of its entry.
package enum ContextRule: String, Sendable, CaseIterable {
  /// A message about another registry rules it out.
  case compatible
  /// The message must be about one of them.
  case required
  /// Only they print this wording, so it says itself which registry it is.
  case own
}

/// A pattern that must, or must not, hold near a match.
package struct Condition: Sendable, Equatable {
  package let pattern: String
  package let isCaseExact: Bool
  package let scope: Scope

  /// Where it is looked for.
  package enum Scope: String, Sendable, CaseIterable {
    case message
    /// The message and two on each side.
    case window
  }
}

/// Facts that must hold: for each list that is not empty, one of its values.
package struct FactCondition: Sendable, Equatable {
  /// Statuses of the registry.
  package let httpStatus: [Int]
  /// Statuses of the container engine's own API.
  package let engineStatus: [Int]
  /// Error codes of the OCI distribution specification.
  package let ociCodes: [String]
  package let clients: [String]
  package let operations: [String]
  package let registries: [String]
}

/// What a wording needs around it: for each list that is not empty, one of its values.
package struct Requirement: Sendable, Equatable {
  /// Whether something nearby must show that a registry is concerned at all.
  package let isAboutRegistry: Bool
  package let registries: [String]
  package let clients: [String]
  package let operations: [String]
  package let httpStatus: [Int]

  /// Requires nothing.
  package static let none = Requirement(
    isAboutRegistry: false, registries: [], clients: [], operations: [], httpStatus: [])

  /// What holds when both do.
  ///
  /// - Returns: `nil` when they exclude each other: both name values for a fact, and none in
  ///   common.
  package func merging(_ other: Requirement) -> Requirement? {
    guard let registries = Requirement.common(registries, other.registries),
      let clients = Requirement.common(clients, other.clients),
      let operations = Requirement.common(operations, other.operations),
      let httpStatus = Requirement.common(httpStatus, other.httpStatus)
    else { return nil }
    return Requirement(
      isAboutRegistry: isAboutRegistry || other.isAboutRegistry, registries: registries,
      clients: clients, operations: operations, httpStatus: httpStatus)
  }

  /// The values in both lists, where an empty list stands for any value.
  private static func common<Value: Equatable>(_ first: [Value], _ second: [Value]) -> [Value]? {
    if first.isEmpty { return second }
    if second.isEmpty { return first }
    let both = first.filter(second.contains)
    return both.isEmpty ? nil : both
  }
}
