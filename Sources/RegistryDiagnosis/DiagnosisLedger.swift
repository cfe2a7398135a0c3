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
  private var lastFacts: Facts?

  /// How many places of one failure are quoted.
  static let quotedPlaces = 3
  private static let keptNearMisses = 8

  /// What was found of one entry.
  struct Account: Sendable {
    var best: Finding
    var detail: FindingDetail
    /// Where ``best`` stands, then other places; the last of all is among them.
    var places: [Diagnosis.Evidence]
    /// What was found last in the window at hand, while its place is not among the quoted ones.
    var latest: Finding?
    var count: Int
    /// The ranking key of the best finding and its message; less is better.
    var key: RankingKey
  }

  init(_ knowledge: CompiledKnowledge) {
    self.knowledge = knowledge
    evaluator = SignalEvaluator(knowledge: knowledge, resolver: RegistryResolver(knowledge))
  }

  /// Takes the messages of a window.
  ///
  /// - Parameters:
  ///   - messages: Those to look at, ascending.
  ///   - core: The offsets of the input that this window answers for; a match that begins elsewhere
  ///     is another window's.
  mutating func take(
    _ window: inout WindowAnalysis, messages: some BidirectionalCollection<Int>, core: Range<Int>,
    locator: SourceLocator
  ) {
    let outcome = evaluator.evaluate(&window, messages: messages)
    var source = Source(locator: locator, core: core)
    // First what nothing outranks: then it is known whether what is outranked is needless.
    enterAll(outcome.findings, areOutranked: false, &window, &source)
    enterAll(outcome.findings, areOutranked: true, &window, &source)
    for number in accounts.indices {
      guard let latest = accounts[number].latest else { continue }
      accounts[number].places[DiagnosisLedger.quotedPlaces - 1] = evidence(
        latest, &window, &source)
      accounts[number].latest = nil
    }
    for miss in outcome.nearMisses where nearMisses.count < DiagnosisLedger.keptNearMisses {
      if !nearMisses.contains(where: { $0.entry == miss.entry }) { nearMisses.append(miss) }
    }
    if accounts.isEmpty { lastFacts = generalFacts(&window, messages) ?? lastFacts }
  }

  /// Where findings stand in the input.
  private struct Source {
    let locator: SourceLocator
    /// Where those must begin that are entered.
    let core: Range<Int>
    var marks = LineMarks()
  }

  /// Enters those of the findings, which are in the order of their messages, that something outranks
  /// or that nothing does.
  private mutating func enterAll(
    _ findings: [Finding], areOutranked: Bool, _ window: inout WindowAnalysis,
    _ source: inout Source
  ) {
    var next = 0
    while next < findings.count {
      let message = findings[next].message
      let end = findings[next...].firstIndex { $0.message != message } ?? findings.count
      let entered = findings[next..<end].filter {
        ($0.standing.outrankedBy != nil) == areOutranked
          && source.core.contains(window.text.sourceRange(of: $0.range).lowerBound)
      }
      enterMessage(entered[...], &window, &source)
      next = end
    }
  }

  /// Enters the findings of one message.
  private mutating func enterMessage(
    _ findings: ArraySlice<Finding>, _ window: inout WindowAnalysis, _ source: inout Source
  ) {
    for (place, first) in findings.enumerated() {
      let others = findings.dropFirst(place + 1).filter { $0.entry == first.entry }
      // Several wordings of one entry are one failure; the first of them entered them all.
      guard !findings.prefix(place).contains(where: { $0.entry == first.entry }) else { continue }
      enterFailure(first, others, &window, &source)
    }
  }

  /// Enters what one message says of one entry.
  private mutating func enterFailure(
    _ first: Finding, _ others: [Finding], _ window: inout WindowAnalysis, _ source: inout Source
  ) {
    // What another finding of the same message says better is no finding of its own.
    let findings = ([first] + others).filter { finding in
      finding.standing.outrankedBy.map { !holds($0) && !finding.signal.isWeak } ?? true
    }
    guard let best = findings.min(by: { $0.key < $1.key }) else { return }
    let key = best.key
    let number = accounts.firstIndex { $0.best.entry == best.entry }
    guard let number else {
      accounts.append(
        Account(
          best: best, detail: detail(best, findings, &window),
          places: [evidence(best, &window, &source)], latest: nil, count: 1, key: key))
      return
    }
    accounts[number].count += 1
    if key < accounts[number].key {
      accounts[number].best = best
      accounts[number].detail = detail(best, findings, &window)
      accounts[number].key = key
      let earlier = accounts[number].places.prefix(DiagnosisLedger.quotedPlaces - 1)
      accounts[number].places = [evidence(best, &window, &source)] + earlier
      accounts[number].latest = nil
    } else if accounts[number].places.count < DiagnosisLedger.quotedPlaces {
      accounts[number].places.append(evidence(best, &window, &source))
    } else {
      accounts[number].latest = best
    }
  }

  private func detail(
    _ best: Finding, _ findings: [Finding], _ window: inout WindowAnalysis
  ) -> FindingDetail {
    var detail = FindingDetail(best, &window, knowledge)
    for other in findings where other.signal.number != best.signal.number {
      detail.add(other, &window)
    }
    return detail
  }

  private func holds(_ entry: Int) -> Bool { accounts.contains { $0.best.entry == entry } }

  private func evidence(
    _ finding: Finding, _ window: inout WindowAnalysis, _ source: inout Source
  ) -> Diagnosis.Evidence {
    let range = window.text.sourceRange(of: finding.range)
    let (start, end) = source.locator.positions(of: range, &source.marks)
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
  private func generalFacts(
    _ window: inout WindowAnalysis, _ messages: some BidirectionalCollection<Int>
  ) -> Facts? {
    for message in messages.reversed() {
      guard !window.matches(in: message).isEmpty else { continue }
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
