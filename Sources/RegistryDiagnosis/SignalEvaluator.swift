import FailureText
import FailurePatterns
import KnowledgeFormat

/// Decides which signals hold in a window, from the patterns that do.
struct SignalEvaluator {
  let knowledge: CompiledKnowledge
  let resolver: RegistryResolver

  /// How many messages to each side `"in": "window"` and the registry evidence look at.
  static let windowReach = 2
  /// How near a finding must stand for another's `refines` to outrank it, in messages.
  static let refinementReach = 6

  /// A signal whose wording is there but whose conditions are not.
  struct NearMiss: Sendable {
    let entry: Int
    let reason: String
  }

  /// What was found in a window.
  struct Outcome {
    var findings: [Finding] = []
    var nearMisses: [NearMiss] = []
  }

  /// Evaluates the messages of a window.
  ///
  /// - Complexity: O(signals whose patterns hold), each with at most 46 messages around it, whose
  ///   facts are worked out once.
  func evaluate(_ window: inout WindowAnalysis, messages: Range<Int>) -> Outcome {
    var outcome = Outcome()
    for message in messages {
      let matches = window.matches(in: message)
      guard !matches.isEmpty else { continue }
      var hasStatus = false
      let first = outcome.findings.count
      for match in matches {
        knowledge.forEachUse(of: match.pattern) { use, value in
          switch use {
          case .signal:
            evaluate(value, range: match.range, message: message, &window, &outcome)
          case .fact:
            hasStatus = hasStatus || FactKind.allCases[value].isStatus
          default:
            break
          }
        }
      }
      if hasStatus { evaluateFacts(message, &window, &outcome) }
      place(&outcome.findings[first...], retried: window.facts(of: message).isRetried)
    }
    outrank(&outcome.findings)
    return outcome
  }

  private func evaluate(
    _ number: Int, range: Range<Int>, message: Int, _ window: inout WindowAnalysis,
    _ outcome: inout Outcome
  ) {
    let signal = knowledge.signal(number)
    guard conditionsHold(signal, message, window) else { return }
    if let facts = signal.facts, !holds(facts, message, range, &window) { return }
    let registry = resolver.resolve(range, message: message, in: &window)
    switch accept(signal, registry, message, &window) {
    case .success(let agreement, let registry):
      let pattern = signal.pattern ?? 0
      outcome.findings.append(
        Finding(
          entry: signal.entry, signal: signal, message: message, range: range,
          registry: registry, agreement: agreement,
          literalCount: knowledge.patterns.literalCount(of: pattern)))
    case .failure(let reason):
      if registry.basis != .foreign {
        outcome.nearMisses.append(NearMiss(entry: signal.entry, reason: reason))
      }
    }
  }

  /// Evaluates the signals that rest on facts alone.
  private func evaluateFacts(
    _ message: Int, _ window: inout WindowAnalysis, _ outcome: inout Outcome
  ) {
    let own = window.facts(of: message)
    let isDebug = window.text.messages[message].isDebug
    guard !isDebug else { return }
    for number in knowledge.factSignals {
      let signal = knowledge.signal(number)
      guard let facts = signal.facts, let place = decidingPlace(facts, own) else { continue }
      guard conditionsHold(signal, message, window) else { continue }
      let range = place
      guard holds(facts, message, range, &window) else { continue }
      let registry = resolver.resolve(range, message: message, in: &window)
      guard case .success(let agreement, let resolved) = accept(signal, registry, message, &window)
      else { continue }
      outcome.findings.append(
        Finding(
          entry: signal.entry, signal: signal, message: message, range: range, registry: resolved,
          agreement: agreement, literalCount: 0))
    }
  }

  /// Where the status or code stands that a set of facts asks for, or `nil`.
  private func decidingPlace(
    _ facts: CompiledKnowledge.CompiledFacts, _ own: MessageFacts
  ) -> Range<Int>? {
    if !facts.ociCodes.isEmpty {
      guard let found = own.ociCodes.last(where: { facts.ociCodes.contains($0.value) }) else {
        return nil
      }
      return found.place..<found.place + found.value.utf8.count
    }
    if !facts.httpStatus.isEmpty {
      guard let found = own.statuses.last(where: { facts.httpStatus.contains($0.value) }) else {
        return nil
      }
      return found.place..<found.place + 3
    }
    return nil
  }

  // MARK: Conditions

  private func conditionsHold(
    _ signal: CompiledKnowledge.CompiledSignal, _ message: Int, _ window: WindowAnalysis
  ) -> Bool {
    signal.conditions.allSatisfy { condition in
      let reach = condition.inWindow ? SignalEvaluator.windowReach : 0
      let holds = window.neighbours(of: message, within: reach).contains { near in
        window.matches(in: near).contains { $0.pattern == condition.pattern }
      }
      return holds != condition.isNegative
    }
  }

  private func holds(
    _ facts: CompiledKnowledge.CompiledFacts, _ message: Int, _ range: Range<Int>,
    _ window: inout WindowAnalysis
  ) -> Bool {
    let own = window.facts(of: message)
    if !facts.httpStatus.isEmpty,
      !own.statuses.contains(where: { facts.httpStatus.contains($0.value) })
    {
      return false
    }
    if !facts.engineStatus.isEmpty, !own.engineStatuses.contains(where: facts.engineStatus.contains)
    {
      return false
    }
    if !facts.ociCodes.isEmpty,
      !own.ociCodes.contains(where: { facts.ociCodes.contains($0.value) })
    {
      return false
    }
    if !facts.registries.isEmpty {
      let provider = resolver.resolve(range, message: message, in: &window).provider
      guard let provider, facts.registries.contains(provider) else { return false }
    }
    return termsHold(facts, message, &window)
  }

  /// Whether a client and an operation that are asked for show in the window.
  private func termsHold(
    _ facts: CompiledKnowledge.CompiledFacts, _ message: Int, _ window: inout WindowAnalysis
  ) -> Bool {
    let near = window.neighbours(of: message, within: SignalEvaluator.windowReach)
    if !facts.clients.isEmpty {
      var found = false
      for index in near
      where window.facts(of: index).clients.contains(where: { facts.clients.contains($0.number) }) {
        found = true
      }
      guard found else { return false }
    }
    if !facts.operations.isEmpty {
      var found = false
      for index in near
      where window.facts(of: index).operations.contains(where: {
        facts.operations.contains($0.number)
      }) {
        found = true
      }
      guard found else { return false }
    }
    return true
  }

  // MARK: Context

  private enum Acceptance {
    case success(Finding.Agreement, RegistryResolver.Resolution)
    case failure(String)
  }

  private func accept(
    _ signal: CompiledKnowledge.CompiledSignal, _ registry: RegistryResolver.Resolution,
    _ message: Int, _ window: inout WindowAnalysis
  ) -> Acceptance {
    if let requirement = signal.requirement {
      let near = window.neighbours(of: message, within: SignalEvaluator.windowReach)
      if !requirement.httpStatus.isEmpty {
        var found = false
        for index in near
        where window.facts(of: index).statuses.contains(where: {
          requirement.httpStatus.contains($0.value)
        }) {
          found = true
        }
        guard found else { return .failure("it needs another HTTP status") }
      }
      if !requirement.registries.isEmpty,
        !requirement.registries.contains(where: { $0 == registry.provider })
      {
        return .failure("the registry is another one, or not named")
      }
      guard termsHold(requirement, message, &window) else {
        return .failure("it needs another client or operation")
      }
    }
    if signal.mustBeAboutRegistry, !isAboutRegistry(registry, message, &window) {
      return .failure("nothing shows that a registry is concerned")
    }
    return context(signal, registry)
  }

  private func context(
    _ signal: CompiledKnowledge.CompiledSignal, _ registry: RegistryResolver.Resolution
  ) -> Acceptance {
    let wanted = knowledge.entry(signal.entry).registries
    guard !wanted.isEmpty else {
      if registry.basis == .foreign, signal.context != .own {
        return .success(.noneNeeded, registry)
      }
      return .success(.noneNeeded, registry)
    }
    if let provider = registry.provider, wanted.contains(provider) {
      return .success(.agrees, registry)
    }
    switch signal.context {
    case .own:
      var own = registry
      if own.provider == nil { own.provider = wanted[0] }
      if own.basis == .none || own.basis == .foreign { own.basis = .wording }
      return .success(.agrees, own)
    case .required:
      return .failure("the registry is another one, or not named")
    case .compatible:
      if registry.basis == .foreign { return .failure("another program speaks") }
      if registry.provider != nil { return .failure("the registry is another one") }
      guard registry.host != nil, !registry.isMirror else { return .success(.unknown, registry) }
      // A host nobody knows is none of the big services, but may be a registry one hosts oneself.
      let mayBe = wanted.contains { knowledge.registry($0).isSelfHosted }
      return mayBe
        ? .success(.unknown, registry) : .failure("the registry is another one")
    }
  }

  /// Whether something in the message or near it shows that a registry is concerned.
  private func isAboutRegistry(
    _ registry: RegistryResolver.Resolution, _ message: Int, _ window: inout WindowAnalysis
  ) -> Bool {
    if registry.basis == .foreign { return false }
    if window.facts(of: message).hasEvidence { return true }
    let reach = window.neighbours(of: message, within: RegistryResolver.reachAbove)
    return showsRegistry(reach.reversed().drop { $0 >= message }, &window)
      || showsRegistry(reach.drop { $0 <= message }, &window)
  }

  /// Whether one of the next messages shows a registry; lines of progress are passed over.
  private func showsRegistry(
    _ messages: some Sequence<Int>, _ window: inout WindowAnalysis
  ) -> Bool {
    var left = SignalEvaluator.windowReach
    for near in messages where left > 0 {
      let facts = window.facts(of: near)
      if facts.hasEvidence { return true }
      if !facts.isProgress { left -= 1 }
    }
    return false
  }

  // MARK: Standing

  /// Tells for the findings of one message which lie inside others, and how deep.
  private func place(_ findings: inout ArraySlice<Finding>, retried: Bool) {
    for index in findings.indices {
      var depth = 0
      var isInside = false
      let range = findings[index].range
      for other in findings.indices where other != index {
        let outer = findings[other].range
        if outer.upperBound <= range.lowerBound { depth += 1 }
        if outer.lowerBound <= range.lowerBound, outer.upperBound >= range.upperBound,
          outer.count > range.count
        {
          isInside = true
        }
      }
      findings[index].standing.depth = depth
      findings[index].standing.isInside = isInside
      findings[index].standing.isRetried = retried
    }
  }

  private func outrank(_ findings: inout [Finding]) {
    let refined = findings.map { knowledge.entry($0.entry).refines }
    for index in findings.indices {
      let own = findings[index]
      for other in findings.indices
      where other != index
        && abs(findings[other].message - own.message) <= SignalEvaluator.refinementReach
        && refined[other].contains(own.entry)
        // What is hardly recognised itself makes nothing needless that is.
        && (own.signal.isWeak || !findings[other].signal.isWeak)
      {
        findings[index].standing.outrankedBy = findings[other].entry
      }
    }
  }
}

extension FactKind {
  /// Whether it is a status or a code, which a signal may rest on alone.
  var isStatus: Bool { self == .httpStatus || self == .ociCode || self == .engineStatus }
}
