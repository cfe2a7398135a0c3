internal import FailurePatterns

extension EntryChecker {
  /// Checks that every pattern parses and can be found.
  ///
  /// - Returns: The slots of the signals' patterns, which captures come from.
  func checkPatterns() -> [PatternSlot] {
    var slots: [PatternSlot] = []
    for (number, signal) in entry.signals.enumerated() {
      let pointer = "/match/any/\(number)"
      if let text = signal.pattern {
        let pattern = complaints.parse(text, signal.isCaseExact, at: "\(pointer)/pattern")
        if let pattern {
          complaints.checkRarity(of: pattern, text, at: "\(pointer)/pattern")
          slots += pattern.slots
        }
      }
      for (key, conditions) in [("with", signal.with), ("without", signal.without)] {
        for (index, condition) in conditions.enumerated() {
          complaints.checkCondition(
            condition.pattern, condition.isCaseExact, at: "\(pointer)/\(key)/\(index)/pattern")
        }
      }
      checkContext(of: signal, at: pointer)
    }
    for (number, cause) in entry.causes.enumerated() {
      for (index, text) in (cause.decidedBy?.patterns ?? []).enumerated() {
        complaints.checkCondition(text, false, at: "/causes/\(number)/decidedBy/text/\(index)")
      }
    }
    return slots
  }

  private func checkContext(of signal: Signal, at pointer: String) {
    if signal.context != .compatible, entry.registries.isEmpty {
      let isOwn = loaded.document.node(at: "\(pointer)/context") != nil
      complaints.report(
        .contextWithoutRegistry, at: isOwn ? "\(pointer)/context" : "/match/context",
        "the context is \(signal.context.rawValue), but the entry is about any registry",
        "name the registries in match.registry")
    }
    if signal.pattern == nil, signal.strength == .strong {
      complaints.report(
        .strongFacts, at: pointer, "facts alone are weak evidence", "add \"strength\": \"weak\"")
    }
  }
}

/// Checks the patterns of a vocabulary, and that its ids stand once.
///
/// Its patterns need not be rare: `docker pull` says who speaks, in healthy logs too.
struct VocabularyChecker {
  private let vocabulary: Vocabulary
  private let complaints: PointedComplaints

  init(_ loaded: LoadedFile<Vocabulary>, mode: LoadingMode) {
    self.vocabulary = loaded.model
    self.complaints = PointedComplaints(loaded.path, loaded.document, mode)
  }

  func check() -> [Complaint] {
    complaints.reportRepeated(vocabulary.registries.map(\.id)) { "/registries/\($0)/id" }
    complaints.reportRepeated(vocabulary.clients.map(\.id)) { "/clients/\($0)/id" }
    complaints.reportRepeated(vocabulary.operations.map(\.id)) { "/operations/\($0)/id" }
    for (number, registry) in vocabulary.registries.enumerated() {
      checkBraces(
        registry.hosts.map { ($0.text, $0.captureNames) }, at: "/registries/\(number)/hosts")
      check(registry.phrases, at: "/registries/\(number)/phrases")
      checkBraces(
        registry.paths.map { ($0.text, $0.captureNames) }, at: "/registries/\(number)/paths")
    }
    for (number, client) in vocabulary.clients.enumerated() {
      check(client.phrases, at: "/clients/\(number)/phrases")
    }
    for (number, operation) in vocabulary.operations.enumerated() {
      check(operation.phrases, at: "/operations/\(number)/phrases")
    }
    check(vocabulary.evidence, at: "/evidence")
    check(vocabulary.foreign, at: "/foreign")
    check(vocabulary.retried, at: "/retried")
    checkBraces(
      vocabulary.notRegistryHosts.map { ($0.text, $0.captureNames) }, at: "/notRegistryHosts")
    for (number, wording) in vocabulary.facts.enumerated() {
      check(wording.patterns, at: "/facts/\(number)/patterns")
    }
    return complaints.complaints
  }

  private func check(_ phrases: [String], at pointer: String) {
    for (number, phrase) in phrases.enumerated() {
      complaints.checkCondition(phrase, false, at: "\(pointer)/\(number)")
    }
  }

  private func checkBraces(_ patterns: [(text: String, names: [String]?)], at pointer: String) {
    for (number, pattern) in patterns.enumerated() where pattern.names == nil {
      complaints.report(
        .badHostPattern, at: "\(pointer)/\(number)",
        "the braces of \(quoted(pattern.text)) hold no name, or are never closed",
        "write {name} for a part that is captured, {*} for one that is not")
    }
  }
}

extension PointedComplaints {
  /// Parses a pattern, and reports what is wrong with it.
  fileprivate func parse(_ text: String, _ isCaseExact: Bool, at pointer: String) -> Pattern? {
    do {
      return try Pattern(text, isCaseExact: isCaseExact)
    } catch {
      let place = SourcePosition(ofByte: error.offset, in: Array(text.utf8)).column
      report(
        .badPattern, at: pointer, "\(error.message), at character \(place) of \(quoted(text))",
        error.remedy)
      return nil
    }
  }

  /// Checks a pattern that need not be rare, only findable.
  fileprivate func checkCondition(_ text: String, _ isCaseExact: Bool, at pointer: String) {
    guard let pattern = parse(text, isCaseExact, at: pointer), !pattern.isFindable else { return }
    report(
      .patternNotFindable, at: pointer,
      "\(quoted(text)) has a branch without four letters in a row, so it is never found",
      "take in more of the message in every branch")
  }

  /// Reports a pattern that nothing rare can be found by.
  fileprivate func checkRarity(of pattern: Pattern, _ text: String, at pointer: String) {
    guard pattern.rareLiteral == nil else { return }
    report(
      .patternNotRare, at: pointer,
      "\(quoted(text)) holds no four characters in a row that are rare in healthy logs",
      "take in more of the message, or write an exact word {=…} that begins or ends it")
  }
}
