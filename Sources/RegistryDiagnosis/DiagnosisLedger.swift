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
  /// Which of them is an entry's, by the entry's number.
  private var accountNumbers = NumberTable<Int>()
  private var nearMisses: [SignalEvaluator.NearMiss] = []
  private var lastFacts: Facts?

  /// How many places of one failure are quoted.
  static let quotedPlaces = 3
  private static let keptNearMisses = 8

  /// What was found of one entry.
  struct Account: Sendable {
    var best: Finding
    /// What is told of ``best``, and of the other wordings of its message.
    var detail = FindingDetail.none
    /// Those wordings, while their window is at hand and they have not been read.
    var unread: [Finding]
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
    let findings = outcome.findings
    let own = findings.indices.filter {
      core.contains(window.text.sourceRange(of: findings[$0].range).lowerBound)
    }
    var source = Source(locator: locator)
    // First what nothing outranks: then it is known whether what is outranked is needless.
    let outranked = own.filter { findings[$0].standing.outrankedBy != nil }
    enterAll(
      own.filter { findings[$0].standing.outrankedBy == nil }, of: findings, &window, &source)
    enterAll(outranked, of: findings, &window, &source)
    for number in accounts.indices {
      if !accounts[number].unread.isEmpty {
        accounts[number].detail = detail(accounts[number].best, accounts[number].unread, &window)
        accounts[number].unread = []
      }
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
    var marks = LineMarks()
  }

  /// Enters some of the findings.
  ///
  /// - Parameter numbers: Which of them, ascending, as their messages are.
  private mutating func enterAll(
    _ numbers: [Int], of findings: [Finding], _ window: inout WindowAnalysis,
    _ source: inout Source
  ) {
    var next = 0
    while next < numbers.count {
      let message = findings[numbers[next]].message
      let end = numbers[next...].firstIndex { findings[$0].message != message } ?? numbers.count
      var entered = numbers[next..<end]
      next = end
      // Several wordings of one entry are one failure.
      while let first = entered.first {
        let entry = findings[first].entry
        enterFailure(
          entered.filter { findings[$0].entry == entry }, of: findings, &window, &source)
        entered.removeAll { findings[$0].entry == entry }
      }
    }
  }

  /// Enters what one message says of one entry.
  ///
  /// - Parameter wordings: Which of the findings are about it.
  private mutating func enterFailure(
    _ wordings: [Int], of findings: [Finding], _ window: inout WindowAnalysis,
    _ source: inout Source
  ) {
    // What another finding of the same message says better is no finding of its own.
    let wordings = wordings.filter { wording in
      guard let other = findings[wording].standing.outrankedBy else { return true }
      return !holds(other) && !findings[wording].signal.isWeak
    }
    guard let key = wordings.map({ findings[$0].key }).min(),
      let best = wordings.first(where: { findings[$0].key == key }).map({ findings[$0] })
    else { return }
    guard let number = accountNumbers[best.entry] else {
      accountNumbers.insert(accounts.count, for: best.entry)
      accounts.append(
        Account(
          best: best, unread: wordings.map { findings[$0] },
          places: [evidence(best, &window, &source)], latest: nil, count: 1, key: key))
      return
    }
    accounts[number].count += 1
    if key < accounts[number].key {
      accounts[number].best = best
      accounts[number].unread = wordings.map { findings[$0] }
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
    var detail = FindingDetail(best, &window, knowledge, evaluator.resolver)
    for other in findings where other.signal.number != best.signal.number {
      detail.add(other, &window)
    }
    return detail
  }

  private func holds(_ entry: Int) -> Bool { accountNumbers[entry] != nil }

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
      return FactFinder(knowledge: knowledge, resolver: evaluator.resolver).facts(
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
    accounts.indices
      .filter { accounts[$0].best.standing.outrankedBy.map { !holds($0) } ?? true }
      .sorted { isBefore(accounts[$0], accounts[$1]) }
      .map { accounts[$0] }
  }

  private func isBefore(_ first: Account, _ second: Account) -> Bool {
    if first.key != second.key { return first.key < second.key }
    if first.places[0].line != second.places[0].line {
      return first.places[0].line < second.places[0].line
    }
    return first.best.signal.number < second.best.signal.number
  }

  private func suggestions() -> [Suggestion] {
    nearMisses.prefix(3).map { miss in
      let entry = knowledge.entry(miss.entry)
      return Suggestion(id: entry.id, title: entry.title, reason: miss.reason)
    }
  }
}
