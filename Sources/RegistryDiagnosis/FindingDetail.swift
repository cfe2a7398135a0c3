import FailureText
import FailurePatterns
import KnowledgeFormat

/// What a report says of a finding, taken from its window before that goes away.
struct FindingDetail: Sendable {
  /// What the slots stood for, without what was blotted out.
  private(set) var captures: [NamedValue]
  let facts: Facts
  /// The ids of the signals by which the message shows the entry, the best first.
  private(set) var signals: [String]
  /// The causes, by number, that a pattern of theirs decides.
  let decidedCauses: [Int]
  let engineStatuses: [Int]
  /// All statuses and codes of the message, for causes that facts decide.
  let statuses: [Int]
  let ociCodes: [String]

  /// Nothing yet.
  static let none = FindingDetail()

  private init() {
    (captures, facts, signals, decidedCauses) = ([], Facts(), [], [])
    (engineStatuses, statuses, ociCodes) = ([], [], [])
  }

  init(
    _ finding: Finding, _ window: inout WindowAnalysis, _ knowledge: CompiledKnowledge,
    _ resolver: RegistryResolver
  ) {
    let own = window.facts(of: finding.message)
    captures = FindingDetail.captures(of: finding, in: &window)
    signals = [finding.signal.id]
    facts = FactFinder(knowledge: knowledge, resolver: resolver).facts(
      message: finding.message, place: finding.range.upperBound, registry: finding.registry, &window
    )
    engineStatuses = own.engineStatuses
    statuses = own.statuses.map(\.value)
    ociCodes = own.ociCodes.map(\.value)
    var decided: [Int] = []
    let near = window.messagesNear(finding.message)
    for deciding in knowledge.entry(finding.entry).decidingPatterns {
      if near.contains(where: { window.holds(deciding.pattern, in: $0) }) {
        decided.append(deciding.cause)
      }
    }
    decidedCauses = decided
  }

  /// Adds another wording of the same entry in the same message, and what it captured.
  mutating func add(_ other: Finding, _ window: inout WindowAnalysis) {
    signals.append(other.signal.id)
    let others = FindingDetail.captures(of: other, in: &window)
    for capture in others where !captures.contains(where: { $0.name == capture.name }) {
      captures.append(capture)
    }
  }

  /// What the slots of a finding's pattern stood for.
  private static func captures(of finding: Finding, in window: inout WindowAnalysis) -> [NamedValue]
  {
    guard let pattern = finding.signal.pattern else { return [] }
    let match = PatternSet.Match(
      pattern: pattern, message: finding.message, range: finding.range)
    let mask = window.secretMask(of: finding.message)
    return window.captures(of: match).compactMap { capture in
      guard !capture.range.isEmpty else { return nil }
      return NamedValue(name: capture.name, value: mask.string(capture.range))
    }
  }
}
