import FailurePatterns
import FailureText
import KnowledgeFormat

/// One stretch of an input, normalised; and, where someone asks, what matches in each message and
/// what the message says.
struct WindowAnalysis {
  let knowledge: CompiledKnowledge
  let text: NormalizedText
  private var search: PatternSearch
  /// For each message that was asked for, where its matches stand among those of the search.
  private var matches: [MessageMatches?]
  private let showsSecrets: Bool
  private let scanner: HostScanner
  private var facts: [MessageFacts?]
  private var secrets: SecretMasks
  private var captureReader: CaptureReader
  private var signals = NumberTable<CompiledKnowledge.CompiledSignal>()
  /// The messages near the one asked for last: each of its wordings asks for them.
  private var near: (message: Int, messages: [Int])?

  /// Where the matches of a message are. (Whether an integer can be compared, which a range must know,
  /// the runtime searches the whole program for.)
  private struct MessageMatches {
    let range: Range<Int>
  }

  /// What stands for the registry of the message asked for last, where it names none itself.
  var surroundings: Surroundings?

  /// Whether an input goes on above a stretch of it, and below.
  struct Cuts {
    let above: Bool
    let below: Bool
  }

  /// The registry that a message is about by what stands around it.
  struct Surroundings {
    let message: Int
    let registry: RegistryResolver.Resolution
  }

  /// Where the input goes on beyond the stretch.
  private let cuts: Cuts
  /// Whether someone asked for messages of which some may lie beyond the stretch, in vain so far.
  private(set) var askedBeyond = false

  init(
    _ text: NormalizedText, knowledge: CompiledKnowledge, showsSecrets: Bool,
    cuts: Cuts = Cuts(above: false, below: false)
  ) {
    self.cuts = cuts
    self.knowledge = knowledge
    self.showsSecrets = showsSecrets
    self.text = text
    scanner = HostScanner(directory: HostDirectory(knowledge: knowledge))
    search = PatternSearch(
      knowledge.patterns, in: text.text, messageCount: text.messages.count)
    captureReader = CaptureReader(knowledge.patterns)
    secrets = SecretMasks(text.text, messageCount: text.messages.count)
    matches = Array(repeating: nil, count: text.messages.count)
    facts = Array(repeating: nil, count: text.messages.count)
  }

  /// The matches in a message.
  ///
  /// - Complexity: That of ``PatternSearch/matches(in:_:)`` when it is asked for first.
  mutating func matches(in message: Int) -> ArraySlice<PatternSet.Match> {
    if let known = matches[message] { return search.found[known.range] }
    let made = search.matches(in: message, text.messages[message].range)
    matches[message] = MessageMatches(range: made)
    return search.found[made]
  }

  /// Whether a pattern holds in a message.
  mutating func holds(_ pattern: Int, in message: Int) -> Bool {
    matches(in: message).contains { $0.pattern == pattern }
  }

  /// A signal of the base.
  mutating func signal(_ number: Int) -> CompiledKnowledge.CompiledSignal {
    if let known = signals[number] { return known }
    let signal = knowledge.signal(number)
    signals.insert(signal, for: number)
    return signal
  }

  /// What a message says of clients, operations, registries, statuses.
  mutating func facts(of message: Int) -> MessageFacts {
    if let known = facts[message] { return known }
    let matches = matches(in: message)
    let made = MessageFacts(
      message: text.messages[message].range, of: text, matches, knowledge: knowledge,
      scanner: scanner, &captureReader)
    facts[message] = made
    return made
  }

  /// What a message says, when the hosts and images that it names are to be shown: those that are
  /// secrets are left out.
  mutating func shownFacts(of message: Int) -> MessageFacts {
    let known = facts(of: message)
    guard known.mayNameSecrets else { return known }
    let shown = known.leavingOut(secretMask(of: message).secrets)
    facts[message] = shown
    return shown
  }

  /// Notes that what is looked for within a distance above a message was not found there.
  mutating func missed(above message: Int, within distance: Int) {
    askedBeyond = askedBeyond || cuts.above && message < distance
  }

  /// Notes that what is looked for within a distance below a message was not found there.
  mutating func missed(below message: Int, within distance: Int) {
    askedBeyond = askedBeyond || cuts.below && message + distance >= text.messages.count
  }

  /// The messages within a distance of one, itself included.
  func neighbours(of message: Int, within distance: Int) -> Range<Int> {
    max(0, message - distance)..<min(text.messages.count, message + distance + 1)
  }

  /// What hides the secrets of a message.
  mutating func secretMask(of message: Int) -> SecretMask {
    showsSecrets
      ? SecretMask(hidingNothingOf: text.text)
      : secrets.mask(of: message, text.messages[message].range)
  }

  /// How many messages to each side are near; lines of progress are not counted.
  static let nearness = 2

  /// A message and those near it, ascending; none that stand above what tells that a step ended well.
  ///
  /// - Complexity: O(1); what at most 80 messages say is worked out, once.
  mutating func messagesNear(_ message: Int) -> [Int] {
    if let near, near.message == message { return near.messages }
    let reach = neighbours(of: message, within: RegistryResolver.reachAbove)
    let above = nearest(reach.reversed().drop { $0 >= message }) { $0.isCompletion }
    if !above.isComplete { missed(above: message, within: RegistryResolver.reachAbove) }
    let below = nearest(reach.drop { $0 <= message }) { _ in false }
    if !below.isComplete { missed(below: message, within: RegistryResolver.reachAbove) }
    let found = above.messages.reversed() + [message] + below.messages
    near = (message, found)
    return found
  }

  private mutating func nearest(
    _ messages: some Sequence<Int>, until isEnd: (MessageFacts) -> Bool
  ) -> (messages: [Int], isComplete: Bool) {
    var left = WindowAnalysis.nearness
    var found: [Int] = []
    for near in messages where left > 0 {
      let facts = facts(of: near)
      if isEnd(facts) { return (found, true) }
      found.append(near)
      if !facts.isProgress { left -= 1 }
    }
    return (found, left == 0)
  }

  /// Whether a message, or one near it, says something.
  mutating func isSaid(near message: Int, _ test: (MessageFacts) -> Bool) -> Bool {
    if test(facts(of: message)) { return true }
    for near in messagesNear(message) where near != message && test(facts(of: near)) { return true }
    return false
  }

  /// What the slots of a match stood for.
  mutating func captures(of match: PatternSet.Match) -> [PatternSet.Capture] {
    captureReader.captures(
      of: match, in: text.text, message: text.messages[match.message].range)
  }
}
