import KnowledgeFormat

/// Writes out what an entry says about a finding: decodes it, decides causes, fills commands.
///
/// Of a report's diagnoses only some are shown in full, so each is written when somebody asks.
package struct AdviceWriter: Sendable {
  private let knowledge: CompiledKnowledge
  private let entry: Int
  private let detail: FindingDetail

  init(_ account: DiagnosisLedger.Account, _ knowledge: CompiledKnowledge) {
    self.knowledge = knowledge
    entry = account.best.entry
    detail = account.detail
  }

  /// - Complexity: O(size of the entry).
  func advice() -> Advice {
    let header = knowledge.entry(entry)
    let prose = knowledge.prose(of: header)
    let template = CommandTemplate(values: values)
    let decided = decidedCauses(prose)
    let decidedRetry = prose.causes.first { decided.contains($0.id) }?.retry
    let told = toldCauses(prose, decided: decided)
    return Advice(
      summary: prose.summary, retry: Diagnosis.Retry(decidedRetry ?? header.retry),
      causes: told.map { cause in
        Diagnosis.Cause(
          id: cause.id, text: cause.text,
          check: cause.check.map {
            Diagnosis.Check(
              text: $0.text, command: $0.command.map(template.fill), expect: $0.expectation)
          },
          isDecided: decided.contains(cause.id))
      },
      solutions: toldSolutions(prose, for: told).map { solution in
        Diagnosis.Solution(
          text: solution.text, commands: solution.commands.map(template.fill),
          causes: solution.causes.filter { id in told.contains { $0.id == id } },
          verify: solution.verification.map {
            Diagnosis.Verification(text: $0.text, command: template.fill($0.command))
          })
      },
      references: prose.references.map { Diagnosis.Reference(title: $0.title, url: $0.url) })
  }

  /// What commands are filled from: captures first, then facts, then what the registry's host
  /// carries, then what its image's path does.
  private var values: [NamedValue] {
    let registry = detail.facts.registry
    let image = detail.facts.reference
    var values = detail.captures
    func add(_ name: String, _ value: String?) {
      if let value { values.append(NamedValue(name: name, value: value)) }
    }
    add("registry", host)
    add("repository", image?.repository)
    add("tag", image?.tag)
    add("digest", image?.digest)
    add("reference", wholeReference)
    values += registry?.parts ?? []
    if let image, let number = registry?.provider.flatMap(knowledge.registryNumber) {
      values += ImagePath.parts(
        ofHost: host, image.repository, matching: knowledge.imagePaths(ofRegistry: number))
    }
    return values
  }

  /// The registry's address; not that of which the first label was taken out.
  private var host: String? {
    detail.facts.registry?.host.flatMap { HostAddress.isCut($0) ? nil : $0 }
  }

  /// The image with its registry, and with capitals where part of that is not known; absent where
  /// nothing is.
  private var wholeReference: String? {
    guard let image = detail.facts.reference else {
      let unknown = ["repository", "tag"].map(CommandTemplate.standIn).joined(separator: ":")
      return host.map { "\($0)/\(unknown)" }
    }
    let isCut = host == nil && detail.facts.registry?.host != nil
    let registry = (isCut ? CommandTemplate.standIn(for: "registry") : host).map { $0 + "/" }
    let version = image.digest.map { "@" + $0 } ?? image.tag.map { ":" + $0 }
    return (registry ?? "") + image.repository + (version ?? "")
  }

  private func decidedCauses(_ prose: EntryProse) -> [String] {
    var decided: [String] = []
    for (number, cause) in prose.causes.enumerated() {
      guard let rule = cause.decidedBy else { continue }
      let capturesHold = rule.captures.allSatisfy { condition in
        detail.captures.contains {
          $0.name == condition.name && condition.values.contains($0.value)
        }
      }
      guard capturesHold, rule.facts.map(factsHold) ?? true,
        rule.patterns.isEmpty || detail.decidedCauses.contains(number),
        rule.signals.isEmpty || rule.signals.contains(where: detail.signals.contains)
      else { continue }
      decided.append(cause.id)
    }
    return decided
  }

  /// The causes without those that cannot be one here; where none is left, all.
  ///
  /// Those are left out that are of another registry, client or operation than the paste tells of, and
  /// those that it would have shown.
  private func toldCauses(_ prose: EntryProse, decided: [String]) -> [Cause] {
    let told = prose.causes.filter { cause in
      decided.contains(cause.id)
        || cause.decidedBy?.isRequired != true && cause.appliesTo.map(mayApply) ?? true
    }
    return told.isEmpty ? prose.causes : told
  }

  /// The solutions of causes that are told, without those that cannot be one here; where none is left,
  /// all of those causes.
  private func toldSolutions(_ prose: EntryProse, for causes: [Cause]) -> [Solution] {
    let mending = prose.solutions.filter { solution in
      solution.causes.isEmpty || causes.contains { solution.causes.contains($0.id) }
    }
    let told = mending.filter { $0.appliesTo.map(mayApply) ?? true }
    return told.isEmpty ? mending : told
  }

  private func mayApply(_ rule: Applicability) -> Bool {
    func mayBe(_ wanted: [String], _ found: String?) -> Bool {
      wanted.isEmpty || found.map(wanted.contains) ?? true
    }
    let provider = detail.facts.registry?.provider
    return mayBe(rule.registries, provider) && mayBe(rule.clients, detail.facts.client)
      && mayBe(rule.operations, detail.facts.operation)
      && (rule.signals.isEmpty || rule.signals.contains(where: detail.signals.contains))
      && (!rule.isSelfHosted || mayBeOwn(provider))
  }

  /// Whether a registry, where it is known, may be one's own.
  private func mayBeOwn(_ provider: String?) -> Bool {
    provider.flatMap(knowledge.registryNumber).map(knowledge.isSelfHosted) ?? true
  }

  private func factsHold(_ rule: FactCondition) -> Bool {
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
