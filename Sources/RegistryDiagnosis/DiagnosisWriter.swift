import KnowledgeFormat

/// Writes ranked findings out as diagnoses: decodes what entries say, fills commands, decides
/// causes.
struct DiagnosisWriter {
  let knowledge: CompiledKnowledge

  /// The diagnoses of ranked accounts, in their order.
  ///
  /// - Complexity: O(size of the entries shown).
  func diagnoses(_ accounts: [DiagnosisLedger.Account]) -> [Diagnosis] {
    var result: [Diagnosis] = []
    var ceiling = 1.0
    let rivals = accounts.count { Score.isRival($0) }
    for account in accounts {
      let reasons = Score.reasons(account, knowledge)
      let score = min(reasons.reduce(0) { $0 + $1.weight }, ceiling)
      ceiling = max(0, score - 0.001)
      let confidence = Score.confidence(
        account, hasRival: rivals > (Score.isRival(account) ? 1 : 0), knowledge)
      result.append(
        diagnosis(
          account, first: accounts[0], confidence: confidence, reasons: reasons, score: score))
    }
    return result
  }

  private func diagnosis(
    _ account: DiagnosisLedger.Account, first: DiagnosisLedger.Account,
    confidence: Diagnosis.Confidence, reasons: [Diagnosis.Reason], score: Double
  ) -> Diagnosis {
    let finding = account.best
    let header = knowledge.entry(finding.entry)
    let prose = knowledge.prose(of: header)
    let template = CommandTemplate(values: values(account))
    let decided = decidedCauses(prose, account)
    let decidedRetry = prose.causes.first { decided.contains($0.id) }?.retry
    return Diagnosis(
      id: header.id, title: header.title, summary: prose.summary,
      role: Diagnosis.Role(finding.signal.role), relation: relation(finding, to: first.best),
      confidence: confidence, score: score, why: reasons,
      evidence: account.places, occurrences: account.count, captures: account.detail.captures,
      registry: FactFinder.registry(finding.registry, knowledge),
      retry: Diagnosis.Retry(decidedRetry ?? header.retry),
      causes: prose.causes.map { cause in
        Diagnosis.Cause(
          id: cause.id, text: cause.text,
          check: cause.check.map {
            Diagnosis.Check(
              text: $0.text, command: $0.command.map(template.fill), expect: $0.expectation)
          },
          isDecided: decided.contains(cause.id))
      },
      solutions: prose.solutions.map { solution in
        Diagnosis.Solution(
          text: solution.text, commands: solution.commands.map(template.fill),
          causes: solution.causes,
          verify: solution.verification.map {
            Diagnosis.Verification(text: $0.text, command: template.fill($0.command))
          })
      },
      references: prose.references.map { Diagnosis.Reference(title: $0.title, url: $0.url) })
  }

  private func relation(_ finding: Finding, to first: Finding) -> Diagnosis.Relation? {
    guard finding.entry != first.entry else { return nil }
    return switch finding.signal.role {
    case .wrapper: .wraps
    case .consequence: .consequenceOf
    case .cause: .alternative
    }
  }

  /// What commands are filled from: captures first, then facts, then what the registry's host
  /// carries.
  private func values(_ account: DiagnosisLedger.Account) -> [NamedValue] {
    var values = account.detail.captures
    let facts = account.detail.facts
    func add(_ name: String, _ value: String?) {
      if let value { values.append(NamedValue(name: name, value: value)) }
    }
    add("registry", facts.registry?.host)
    add("repository", facts.reference?.repository)
    add("tag", facts.reference?.tag)
    add("digest", facts.reference?.digest)
    if let reference = facts.reference {
      let host = facts.registry?.host.map { $0 + "/" } ?? ""
      let digest = reference.digest.map { "@" + $0 }
      add(
        "reference", host + reference.repository + (digest ?? reference.tag.map { ":" + $0 } ?? ""))
    }
    return values + (facts.registry?.parts ?? [])
  }

  private func decidedCauses(_ prose: EntryProse, _ account: DiagnosisLedger.Account) -> [String] {
    var decided: [String] = []
    for (number, cause) in prose.causes.enumerated() {
      guard let rule = cause.decidedBy else { continue }
      let captures = account.detail.captures
      let capturesHold = rule.captures.allSatisfy { condition in
        captures.contains { $0.name == condition.name && condition.values.contains($0.value) }
      }
      guard capturesHold, rule.facts.map({ factsHold($0, account) }) ?? true,
        rule.patterns.isEmpty || account.detail.decidedCauses.contains(number),
        rule.signals.isEmpty || rule.signals.contains(account.best.signal.id)
      else { continue }
      decided.append(cause.id)
    }
    return decided
  }

  private func factsHold(_ rule: FactCondition, _ account: DiagnosisLedger.Account) -> Bool {
    let detail = account.detail
    func holds<T: Equatable>(_ wanted: [T], _ found: [T]) -> Bool {
      wanted.isEmpty || wanted.contains(where: found.contains)
    }
    return holds(rule.httpStatus, detail.statuses)
      && holds(rule.engineStatus, detail.engineStatuses)
      && holds(rule.ociCodes, detail.ociCodes)
      && holds(rule.clients, detail.facts.client.map { [$0] } ?? [])
      && holds(rule.operations, detail.facts.operation.map { [$0] } ?? [])
      && holds(rule.registries, detail.facts.registry?.provider.map { [$0] } ?? [])
  }
}

extension Diagnosis.Role {
  init(_ role: Role) {
    switch role {
    case .cause: self = .cause
    case .wrapper: self = .wrapper
    case .consequence: self = .consequence
    }
  }
}

extension Diagnosis.Retry {
  init(_ retry: Retry) {
    switch retry {
    case .never: self = .never
    case .afterFix: self = .afterFix
    case .later: self = .later
    }
  }
}
