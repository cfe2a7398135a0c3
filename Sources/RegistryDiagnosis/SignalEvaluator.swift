import FailureText
import FailurePatterns
import KnowledgeFormat

/// Decides which signals hold in a window, from the patterns that do.
struct SignalEvaluator {
  let knowledge: CompiledKnowledge
  let resolver: RegistryResolver

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
  func evaluate(
    _ window: inout WindowAnalysis, messages: some Collection<Int>
  ) -> Outcome {
    var outcome = Outcome()
    // One kind of work after the other, for all messages: what it needs stays in the processor's caches.
    let told = messages.filter { !window.matches(in: $0).isEmpty }
    for message in told { _ = window.facts(of: message) }
    outcome.findings.reserveCapacity(told.count)
    for message in told {
      let matches = SignalEvaluator.telling(window.matches(in: message))
      var hasStatus = false
      let first = outcome.findings.count
      for match in matches {
        knowledge.forEachUse(of: match.pattern) { use, value in
          switch use {
          case .signal:
            evaluate(value, range: match.range, message: message, &window, &outcome)
          case .fact:
            hasStatus = hasStatus || FactKind.byNumber[value].isStatus
          default:
            break
          }
        }
      }
      if hasStatus { evaluateFacts(message, &window, &outcome) }
      place(&outcome.findings, from: first, areRetried: window.facts(of: message).isRetried)
    }
    outrank(&outcome.findings)
    return outcome
  }

  /// How often one wording is weighed in one message.
  private static let weighedMatches = 4

  /// The matches of a message without those that only repeat others, where there are many: of each
  /// pattern the first few and the last.
  ///
  /// - Complexity: O(n log n), so that a message made of one wording costs no more than others.
  private static func telling(_ matches: ArraySlice<PatternSet.Match>) -> [PatternSet.Match] {
    guard matches.count > 64 else { return Array(matches) }
    let order = matches.indices.sorted {
      (matches[$0].pattern, $0) < (matches[$1].pattern, $1)
    }
    var kept: [Int] = []
    var rank = 0
    for (place, index) in order.enumerated() {
      let pattern = matches[index].pattern
      rank = place > 0 && matches[order[place - 1]].pattern == pattern ? rank + 1 : 0
      let isLast = place + 1 == order.count || matches[order[place + 1]].pattern != pattern
      if rank < weighedMatches || isLast { kept.append(index) }
    }
    return kept.sorted().map { matches[$0] }
  }

  private func evaluate(
    _ number: Int, range: Range<Int>, message: Int, _ window: inout WindowAnalysis,
    _ outcome: inout Outcome
  ) {
    let signal = window.signal(number)
    guard conditionsHold(signal, message, &window) else { return }
    if let facts = signal.facts, !holds(facts, message, range, &window) { return }
    let registry = resolver.resolve(range, message: message, in: &window)
    switch accept(signal, registry, message, &window) {
    case .success(let agreement, var registry):
      // Of curl, say, that asked a registry: the command names it, or what is told around.
      if registry.basis == .foreign {
        registry = resolver.around(message, in: &window)
      }
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
    let candidates =
      own.statuses.flatMap { knowledge.factSignals(status: $0.value) }
      + own.ociCodes.flatMap { knowledge.factSignals(ociCode: $0.value) }
    var last: Int?
    for number in candidates.sorted() where number != last {
      last = number
      let signal = window.signal(number)
      guard let facts = signal.facts, let place = decidingPlace(facts, own) else { continue }
      guard conditionsHold(signal, message, &window) else { continue }
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

  // MARK: Standing

  /// Tells for the findings of one message, the last ones, which lie inside others, and how deep.
  ///
  /// - Complexity: O(n log n).
  private func place(_ findings: inout [Finding], from first: Int, areRetried: Bool) {
    guard first < findings.count else { return }
    let ends = findings[first...].map(\.range.upperBound).sorted()
    // Those that begin first, the longest of them first: what holds one of them came before it.
    let order = (first..<findings.count).sorted {
      let (one, other) = (findings[$0].range, findings[$1].range)
      return (one.lowerBound, -one.upperBound, $0) < (other.lowerBound, -other.upperBound, $1)
    }
    var depth = 0
    var last = 0..<0
    var reach = Int.min
    var reachBefore = Int.min
    for index in order {
      let range = findings[index].range
      if range != last { (last, reachBefore) = (range, reach) }
      while depth < ends.count, ends[depth] <= range.lowerBound { depth += 1 }
      findings[index].standing.depth = depth
      findings[index].standing.isInside = reachBefore >= range.upperBound
      findings[index].standing.isRetried = areRetried
      reach = max(reach, range.upperBound)
    }
  }

  private func outrank(_ findings: inout [Finding]) {
    var near = 0..<0
    for index in findings.indices {
      let finding = findings[index]
      let reach = SignalEvaluator.refinementReach
      var end = near.upperBound
      while end < findings.count, findings[end].message <= finding.message + reach { end += 1 }
      var start = near.lowerBound
      while findings[start].message < finding.message - reach { start += 1 }
      near = start..<end
      let refined = finding.signal.refinements
      guard !refined.isEmpty else { continue }
      for other in near
      where other != index && refined.contains(findings[other].entry)
        && !findings[other].registry.isApart(from: finding.registry)
        // What is hardly recognised itself makes nothing needless that is.
        && (findings[other].signal.isWeak || !finding.signal.isWeak)
      {
        findings[other].standing.outrankedBy = finding.entry
      }
    }
  }
}
