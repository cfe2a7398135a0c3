import FailurePatterns
import FailureText
import KnowledgeFormat

/// What was found in an input so far: for each entry the best finding, the first few places and the
/// count.
///
/// It grows with the number of entries found, not with the input.
struct DiagnosisLedger: Sendable {
  private let knowledge: CompiledKnowledge
  private let evaluator: SignalEvaluator
  /// One for each entry found, in the order in which they were.
  private var accounts: [Account] = []
  private var nearMisses: [SignalEvaluator.NearMiss] = []
  private var messageCount = 0
  private var lastFacts: Facts?

  /// How many places of one failure are quoted.
  static let quotedPlaces = 3
  private static let keptNearMisses = 8

  /// What was found of one entry.
  struct Account: Sendable {
    var best: Finding
    var detail: FindingDetail
    var places: [Diagnosis.Evidence]
    var count: Int
    /// The ranking key of the best finding and its message; less is better.
    var key: RankingKey
    /// The last message it was found in; -1 when that was in an earlier window.
    var lastMessage: Int
  }

  init(_ knowledge: CompiledKnowledge) {
    self.knowledge = knowledge
    evaluator = SignalEvaluator(knowledge: knowledge, resolver: RegistryResolver(knowledge))
  }

  /// Takes the messages of a window.
  ///
  /// - Parameter core: The offsets of the input that this window answers for; a match that begins
  ///   elsewhere is another window's.
  mutating func take(
    _ window: inout WindowAnalysis, messages: Range<Int>, core: Range<Int>, locator: SourceLocator
  ) {
    let outcome = evaluator.evaluate(&window, messages: messages)
    for finding in outcome.findings
    where core.contains(window.text.sourceRange(of: finding.range).lowerBound) {
      enter(finding, &window, locator)
    }
    // Messages are numbered within their window.
    for index in accounts.indices {
      accounts[index].best.message = -1
      accounts[index].lastMessage = -1
    }
    for miss in outcome.nearMisses where nearMisses.count < DiagnosisLedger.keptNearMisses {
      if !nearMisses.contains(where: { $0.entry == miss.entry }) { nearMisses.append(miss) }
    }
    if accounts.isEmpty { lastFacts = generalFacts(&window, messages) ?? lastFacts }
    messageCount += messages.count
  }

  private mutating func enter(
    _ finding: Finding, _ window: inout WindowAnalysis, _ locator: SourceLocator
  ) {
    // What another finding of the same message says better is no finding of its own.
    if let other = finding.standing.outrankedBy, holds(other) || finding.signal.isWeak {
      return
    }
    let key = finding.key
    guard let index = accounts.firstIndex(where: { $0.best.entry == finding.entry }) else {
      accounts.append(
        Account(
          best: finding, detail: FindingDetail(finding, &window, knowledge),
          places: [evidence(finding, &window, locator)], count: 1, key: key,
          lastMessage: finding.message))
      return
    }
    let account = accounts[index]
    var updated = account
    let isNewPlace = finding.message != account.lastMessage
    let isSameFailure = finding.message == account.best.message
    if isNewPlace { updated.count += 1 }
    updated.lastMessage = finding.message
    if key < account.key {
      updated.best = finding
      updated.detail = FindingDetail(finding, &window, knowledge)
      if isSameFailure { updated.detail.add(account.detail.captures) }
      updated.key = key
      updated.places.insert(evidence(finding, &window, locator), at: 0)
    } else {
      if isSameFailure {
        updated.detail.add(FindingDetail.captures(of: finding, in: &window))
      }
      if isNewPlace, account.places.count < DiagnosisLedger.quotedPlaces {
        updated.places.append(evidence(finding, &window, locator))
      }
    }
    if updated.places.count > DiagnosisLedger.quotedPlaces { updated.places.removeLast() }
    accounts[index] = updated
  }

  private func holds(_ entry: Int) -> Bool { accounts.contains { $0.best.entry == entry } }

  private func evidence(
    _ finding: Finding, _ window: inout WindowAnalysis, _ locator: SourceLocator
  ) -> Diagnosis.Evidence {
    let source = window.text.sourceRange(of: finding.range)
    let start = locator.position(of: source.lowerBound)
    let end = locator.position(of: source.upperBound)
    let message = window.text.messages[finding.message].range
    let quote = window.secretMask(of: finding.message)
    let reach = DiagnosisLedger.quotedReach
    return Diagnosis.Evidence(
      line: start.line, column: start.column, endLine: end.line, endColumn: end.column,
      text: quote.string(finding.range),
      before: quote.string(
        max(message.lowerBound, finding.range.lowerBound - reach)..<finding.range.lowerBound),
      after: quote.string(
        finding.range.upperBound..<min(message.upperBound, finding.range.upperBound + reach)))
  }

  /// How many bytes of a message are quoted to each side of what was recognised.
  private static let quotedReach = 400

  /// The facts of an input in which nothing was recognised.
  private func generalFacts(_ window: inout WindowAnalysis, _ messages: Range<Int>) -> Facts? {
    for message in messages.reversed() where !window.matches(in: message).isEmpty {
      let facts = window.facts(of: message)
      guard facts.hasEvidence, !facts.isForeign else { continue }
      let range = window.text.messages[message].range
      let resolution = evaluator.resolver.resolve(range, message: message, in: &window)
      return FactFinder(knowledge: knowledge).facts(
        message: message, place: range.upperBound, registry: resolution, &window)
    }
    return nil
  }

  // MARK: Report

  /// Reports what was found.
  func report(input: InputSummary, warnings: [String]) -> Report {
    let ranked = ranking()
    let diagnoses = DiagnosisWriter(knowledge: knowledge).diagnoses(ranked)
    return Report(
      knowledge: KnowledgeSummary(version: knowledge.version, entryCount: knowledge.entryCount),
      facts: ranked.first?.detail.facts ?? lastFacts ?? Facts(),
      diagnoses: diagnoses, suggestions: diagnoses.isEmpty ? suggestions() : [], input: input,
      warnings: warnings)
  }

  /// The accounts, the one to act on first; without those that another's `refines` makes needless.
  private func ranking() -> [Account] {
    accounts
      .filter { account in account.best.standing.outrankedBy.map { !holds($0) } ?? true }
      .sorted { first, second in
        if first.key != second.key { return first.key < second.key }
        if first.places[0].line != second.places[0].line {
          return first.places[0].line < second.places[0].line
        }
        return first.best.signal.number < second.best.signal.number
      }
  }

  private func suggestions() -> [Suggestion] {
    nearMisses.prefix(3).map { miss in
      let entry = knowledge.entry(miss.entry)
      return Suggestion(id: entry.id, title: entry.title, reason: miss.reason)
    }
  }
}
