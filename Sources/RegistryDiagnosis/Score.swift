import FailurePatterns
import KnowledgeFormat

/// What a diagnosis is sure of, in numbers that can be explained.
///
/// The order of a report is lexicographic (``RankingKey``); the score repeats it as a number, so
/// that it can be read.
enum Score {
  /// The contributions to a score, strongest first.
  ///
  /// They add up to one at most.
  static func reasons(
    _ account: DiagnosisLedger.Account, _ knowledge: CompiledKnowledge
  ) -> [Diagnosis.Reason] {
    let finding = account.best
    var reasons: [Diagnosis.Reason] = []
    func add(_ signal: String, _ detail: String, _ weight: Double) {
      reasons.append(Diagnosis.Reason(signal: signal, detail: detail, weight: weight))
      var place = reasons.count - 1
      while place > 0, reasons[place - 1].weight < weight {
        reasons.swapAt(place - 1, place)
        place -= 1
      }
    }
    if let pattern = finding.signal.pattern {
      add("pattern", knowledge.patterns.text(of: pattern), finding.signal.isWeak ? 0.15 : 0.35)
      let information = min(Double(finding.literalCount), 60) / 60
      add(
        "information", "\(finding.literalCount) characters of the message are the pattern's",
        0.15 * information)
    } else {
      add("facts", "a status or code, and no wording", 0.1)
    }
    switch finding.signal.role {
    case .cause: add("role", "it says why", 0.25)
    case .consequence: add("role", "it follows from another failure", 0.08)
    case .wrapper: add("role", "it only says that something inside it failed", 0.03)
    }
    switch finding.agreement {
    case .agrees:
      add("registry", "the registry is this entry's (\(finding.registry.basis.rawValue))", 0.15)
    case .noneNeeded:
      add("registry", "it is for any registry", 0.1)
    case .unknown:
      add("registry", "no registry is named", 0.02)
    }
    if let other = finding.standing.outrankedBy {
      add("refines", "\(knowledge.entryID(other)) is more specific", -0.1)
    }
    if finding.standing.isRetried { add("position", "the try was repeated", -0.05) }
    if finding.standing.depth > 0 {
      add("position", "it is the inner error of the message", 0.05)
    }
    return reasons
  }

  /// How often such an answer is right.
  ///
  /// `Tests/Corpus/FIGURES.md` has the shares. What lowers it was found on pastes that the entries
  /// were not written from: a second cause in the paste, and a general answer where the registry
  /// has answers of its own whose words were not found.
  ///
  /// - Parameter hasRival: Whether the paste shows another cause.
  static func confidence(
    _ account: DiagnosisLedger.Account, hasRival: Bool, _ knowledge: CompiledKnowledge
  ) -> Diagnosis.Confidence {
    let finding = account.best
    if finding.isFromFacts || finding.signal.isWeak { return .low }
    if finding.signal.role == .wrapper || finding.standing.outrankedBy != nil { return .medium }
    if finding.agreement == .unknown || finding.literalCount < 10 || hasRival { return .medium }
    if finding.agreement == .noneNeeded, let provider = finding.registry.provider,
      knowledge.registriesRefining(finding.entry).contains(provider)
    {
      return .medium
    }
    return .high
  }

  /// Whether an account is a cause that is not merely guessed.
  static func isRival(_ account: DiagnosisLedger.Account) -> Bool {
    let finding = account.best
    return finding.signal.role == .cause && !finding.signal.isWeak && !finding.signal.isWarning
      && !finding.isFromFacts && finding.standing.outrankedBy == nil
  }
}
