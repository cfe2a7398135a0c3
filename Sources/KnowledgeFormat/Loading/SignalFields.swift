// The fields of `match` in entry.json, each declared once.

/// The `match` of an entry, read: its signals have what they inherit.
struct MatchSection {
  let registries: [String]
  let signals: [Signal]

  /// - Parameter role: The role of the entry, for signals that name none.
  init?(_ object: ObjectReader, role: Role) {
    let registries = object.optional("registry", .words) ?? []
    let context: ContextRule? = object.optional("context", .word)
    let requirement = object.optional("requires", Requirement.shape) ?? .none
    let own = object.required("any", .list(of: OwnSignal.shape.located, atLeast: 1))
    guard let own else { return nil }
    self.registries = registries
    self.signals = own.enumerated().map { ordinal, item in
      let merged = requirement.merging(item.value.requirement)
      if merged == nil {
        object.complaints.report(
          .contradictoryRequires, at: item.node["requires"] ?? item.node,
          "it can never hold together with the requires of match",
          "name at least one value that both name")
      }
      return Signal(
        id: item.value.id ?? "signal-\(ordinal + 1)", pattern: item.value.pattern,
        isCaseExact: item.value.isCaseExact, facts: item.value.facts,
        context: item.value.context ?? context ?? .compatible,
        requirement: merged ?? requirement, with: item.value.with, without: item.value.without,
        role: item.value.role ?? role, strength: item.value.strength)
    }
  }
}

/// A signal as it is written, without what it inherits.
private struct OwnSignal: Sendable {
  var id: String?
  var pattern: String?
  var isCaseExact = false
  var facts: FactCondition?
  var context: ContextRule?
  var requirement = Requirement.none
  var with: [Condition] = []
  var without: [Condition] = []
  var role: Role?
  var strength = Signal.Strength.strong

  static var shape: Shape<OwnSignal> {
    .text(.pattern, { OwnSignal(pattern: $0) }, or: .object(OwnSignal.init))
  }

  init(pattern: String) {
    self.pattern = pattern
  }

  init(_ object: ObjectReader) {
    id = object.optional("id", .slug)
    pattern = object.optional("pattern", .pattern)
    isCaseExact = object.optional("case", .caseRule) != nil
    facts = object.optional("facts", FactCondition.shape)
    context = object.optional("context", .word)
    requirement = object.optional("requires", Requirement.shape) ?? .none
    with = object.optional("with", .list(of: Condition.shape, atLeast: 1)) ?? []
    without = object.optional("without", .list(of: Condition.shape, atLeast: 1)) ?? []
    role = object.optional("role", .word)
    strength = object.optional("strength", .word) ?? .strong
    if object.node["pattern"] == nil, object.node["facts"] == nil {
      object.reportMissing("pattern", because: "there are no facts either")
    }
  }
}

extension Condition {
  fileprivate static var shape: Shape<Condition> {
    .text(
      .pattern, { Condition(pattern: $0, isCaseExact: false, scope: .message) },
      or: .object(Condition.init))
  }

  private init?(_ object: ObjectReader) {
    let pattern = object.required("pattern", .pattern)
    let isCaseExact = object.optional("case", .caseRule) != nil
    let scope: Scope? = object.optional("in", .word)
    guard let pattern else { return nil }
    self.init(pattern: pattern, isCaseExact: isCaseExact, scope: scope ?? .message)
  }
}

extension FactCondition {
  static var shape: Shape<FactCondition> { .object(atLeast: 1, FactCondition.init) }

  private init(_ object: ObjectReader) {
    self.init(
      httpStatus: object.optional("httpStatus", .list(of: .status, atLeast: 1)) ?? [],
      engineStatus: object.optional("engineStatus", .list(of: .status, atLeast: 1)) ?? [],
      ociCodes: object.optional("ociCode", .list(of: .text(as: .ociCode), atLeast: 1)) ?? [],
      clients: object.optional("client", .words) ?? [],
      operations: object.optional("operation", .words) ?? [],
      registries: object.optional("registry", .words) ?? [])
  }
}

extension Requirement {
  fileprivate static var shape: Shape<Requirement> { .object(atLeast: 1, Requirement.init) }

  private enum Subject: String, CaseIterable, Sendable { case registry }

  private init(_ object: ObjectReader) {
    let subject: Subject? = object.optional("about", .word)
    self.init(
      isAboutRegistry: subject == .registry,
      registries: object.optional("registry", .words) ?? [],
      clients: object.optional("client", .words) ?? [],
      operations: object.optional("operation", .words) ?? [],
      httpStatus: object.optional("httpStatus", .list(of: .status, atLeast: 1)) ?? [])
  }
}

/// How a pattern treats upper and lower case, where it says so.
private enum CaseRule: String, CaseIterable, Sendable {
  case exact
}

extension Shape where Value == CaseRule {
  fileprivate static var caseRule: Shape<CaseRule> { .word }
}

extension Shape where Value == [String] {
  /// Ids of the vocabulary.
  static var words: Shape<[String]> { .distinctList(of: .slug, atLeast: 1) }
}
