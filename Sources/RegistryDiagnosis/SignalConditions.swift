import FailurePatterns
import FailureText
import KnowledgeFormat

// What a signal asks for beside its wording.

extension SignalEvaluator {
  /// Whether the patterns that must hold beside a signal do, and those that must not do not.
  func conditionsHold(
    _ signal: CompiledKnowledge.CompiledSignal, _ message: Int, _ window: inout WindowAnalysis
  ) -> Bool {
    for condition in signal.conditions {
      let holds =
        condition.inWindow
        ? window.messagesNear(message).contains { window.holds(condition.pattern, in: $0) }
        : window.holds(condition.pattern, in: message)
      if holds == condition.isNegative { return false }
    }
    return true
  }

  /// Whether facts hold in a message; clients and operations may be told near it.
  func holds(
    _ facts: CompiledKnowledge.CompiledFacts, _ message: Int, _ range: Range<Int>,
    _ window: inout WindowAnalysis
  ) -> Bool {
    let own = window.facts(of: message)
    func isAsked<T>(_ values: [T], _ found: (T) -> Bool) -> Bool {
      values.isEmpty || values.contains(where: found)
    }
    guard isAsked(facts.httpStatus, { status in own.statuses.contains { $0.value == status } }),
      isAsked(facts.engineStatus, own.engineStatuses.contains),
      isAsked(facts.ociCodes, { code in own.ociCodes.contains { $0.value == code } })
    else { return false }
    if !facts.registries.isEmpty {
      let provider = resolver.resolve(range, message: message, in: &window).provider
      guard let provider, facts.registries.contains(provider) else { return false }
    }
    return termsHold(facts, message, &window)
  }

  /// Whether a client and an operation that are asked for show in the message or near it.
  private func termsHold(
    _ facts: CompiledKnowledge.CompiledFacts, _ message: Int, _ window: inout WindowAnalysis
  ) -> Bool {
    if !facts.clients.isEmpty {
      let isThere = window.isSaid(near: message) { near in
        near.clients.contains { facts.clients.contains($0.number) }
      }
      guard isThere else { return false }
    }
    guard !facts.operations.isEmpty else { return true }
    return window.isSaid(near: message) { near in
      near.operations.contains { facts.operations.contains($0.number) }
    }
  }

  /// How a signal stands to the registry its message is about.
  enum Acceptance {
    case success(Finding.Agreement, RegistryResolver.Resolution)
    /// Why it does not count here, in words.
    case failure(String)
  }

  /// Holds a signal's requirements and its context against what the paste says.
  func accept(
    _ signal: CompiledKnowledge.CompiledSignal, _ registry: RegistryResolver.Resolution,
    _ message: Int, _ window: inout WindowAnalysis
  ) -> Acceptance {
    if let requirement = signal.requirement {
      if !requirement.httpStatus.isEmpty {
        let isThere = window.isSaid(near: message) { near in
          near.statuses.contains { requirement.httpStatus.contains($0.value) }
        }
        guard isThere else { return .failure("it needs another HTTP status") }
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
    if signal.mustBeAboutRegistry {
      let isThere = registry.basis != .foreign && window.isSaid(near: message) { $0.hasEvidence }
      guard isThere else { return .failure("nothing shows that a registry is concerned") }
    }
    return context(signal, registry)
  }

  private func context(
    _ signal: CompiledKnowledge.CompiledSignal, _ registry: RegistryResolver.Resolution
  ) -> Acceptance {
    let wanted = signal.registries
    guard !wanted.isEmpty else { return .success(.noneNeeded, registry) }
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
      let mayBe = wanted.contains(where: knowledge.isSelfHosted)
      return mayBe ? .success(.unknown, registry) : .failure("the registry is another one")
    }
  }
}
