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
  /// Signals that were read, each in the slot of its number: what shows once shows again. (A dictionary
  /// of integers has the runtime search the whole program for whether they can be hashed.)
  private var signals: [CompiledKnowledge.CompiledSignal?] = []
  private static let signalSlots = 256
  /// The messages near the one asked for last: each of its wordings asks for them.
  private var near: (message: Int, messages: [Int])?

  /// Where the matches of a message are. (Whether an integer can be compared, which a range must know,
  /// the runtime searches the whole program for.)
  private struct MessageMatches {
    let range: Range<Int>
  }

  /// What stands for the registry of the message asked for last, where it names none itself.
  var surroundings: Surroundings?

  /// The registry that a message is about by what stands around it.
  struct Surroundings {
    let message: Int
    let registry: RegistryResolver.Resolution
  }

  /// Whether the input goes on before or after the stretch.
  private let isCut: Bool
  /// Whether someone asked for messages of which some may lie beyond the stretch, in vain so far.
  private(set) var askedBeyond = false

  init(
    _ text: NormalizedText, knowledge: CompiledKnowledge, showsSecrets: Bool, isCut: Bool = false
  ) {
    self.isCut = isCut
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
    if signals.isEmpty { signals = Array(repeating: nil, count: WindowAnalysis.signalSlots) }
    let slot = number % WindowAnalysis.signalSlots
    if let known = signals[slot], known.number == number { return known }
    let made = knowledge.signal(number)
    signals[slot] = made
    return made
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
    let facts = facts(of: message)
    if facts.mayNameSecrets { facts.leaveOut(secretMask(of: message).secrets) }
    return facts
  }

  /// Notes that what is looked for within a distance of a message was not found there.
  mutating func missed(around message: Int, within distance: Int) {
    let isBeyond = message < distance || message + distance >= text.messages.count
    askedBeyond = askedBeyond || isCut && isBeyond
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

  /// A message and those near it, ascending.
  ///
  /// - Complexity: O(1); what at most 80 messages say is worked out, once.
  mutating func messagesNear(_ message: Int) -> [Int] {
    if let near, near.message == message { return near.messages }
    let reach = neighbours(of: message, within: RegistryResolver.reachAbove)
    let above = nearest(message, reach.reversed().drop { $0 >= message })
    let found = above.reversed() + [message] + nearest(message, reach.drop { $0 <= message })
    near = (message, found)
    return found
  }

  private mutating func nearest(_ message: Int, _ messages: some Sequence<Int>) -> [Int] {
    var left = WindowAnalysis.nearness
    var found: [Int] = []
    for near in messages where left > 0 {
      found.append(near)
      if !facts(of: near).isProgress { left -= 1 }
    }
    if left > 0 { missed(around: message, within: RegistryResolver.reachAbove) }
    return found
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

/// What one message says of itself, whatever failed.
///
/// Many signals ask for it, so it is shared instead of copied.
final class MessageFacts {
  private(set) var mentions: [HostMention] = []
  /// Numbers of clients with the places they show at.
  private(set) var clients: [Sighting] = []
  private(set) var operations: [Sighting] = []
  /// Numbers of registries that wording tells, with the places.
  private(set) var wordedRegistries: [Sighting] = []
  private(set) var statuses: [Status] = []
  private(set) var engineStatuses: [Int] = []
  private(set) var ociCodes: [Code] = []
  private(set) var references: [ReferenceMention] = []
  /// Hosts named as a registry in words, such as after `docker login`.
  private(set) var namedRegistries: [HostMention] = []
  private(set) var isForeign = false
  private(set) var hasEvidence = false
  private(set) var isRetried = false
  /// Whether it only tells how far a transfer has got.
  private(set) var isProgress = false

  /// A client, operation or registry, by its number, with the place it shows at.
  struct Sighting {
    let number: Int
    let place: Int
  }

  /// An HTTP status with its place.
  struct Status {
    let value: Int
    let place: Int
  }

  /// An error code of the OCI distribution specification, in capitals, with its place.
  struct Code {
    let value: String
    let place: Int
  }

  /// An image reference that a message names.
  struct ReferenceMention {
    let range: Range<Int>
    let text: String
    /// Whether the program that was given it takes a short one to be Docker Hub's.
    let mayBeShort: Bool
  }

  /// - Parameters:
  ///   - message: Where the message stands in the text.
  ///   - matches: What was found in it.
  init(
    message: Range<Int>, of text: NormalizedText, _ matches: ArraySlice<PatternSet.Match>,
    knowledge: CompiledKnowledge, scanner: HostScanner, _ reader: inout CaptureReader
  ) {
    mentions = scanner.mentions(in: text.text, message)
    for match in matches {
      knowledge.forEachUse(of: match.pattern) { use, value in
        let place = match.range.lowerBound
        switch use {
        case .client: clients.append(Sighting(number: value, place: place))
        case .operation: operations.append(Sighting(number: value, place: place))
        case .registry: wordedRegistries.append(Sighting(number: value, place: place))
        case .evidence: hasEvidence = true
        case .foreign: isForeign = true
        case .retried: isRetried = true
        case .progress: isProgress = true
        case .fact:
          let captures = reader.captures(of: match, in: text.text, message: message)
          take(FactKind.byNumber[value], captures, text, scanner)
        case .signal, .condition: break
        }
      }
    }
    let namesRegistry = mentions.contains(where: \.isDecisive) || !wordedRegistries.isEmpty
    isForeign = isForeign && !namesRegistry
    hasEvidence = !isForeign && (hasEvidence || namesRegistry || !references.isEmpty)
  }

  private var isCleared = false

  /// Whether something it names may be a secret: it was not looked at for that.
  var mayNameSecrets: Bool {
    !isCleared && !(mentions.isEmpty && references.isEmpty && namedRegistries.isEmpty)
  }

  /// Forgets the names that are, or hold, secrets: a password in a URL may look like a host, one
  /// after an option like an image.
  func leaveOut(_ secrets: [Range<Int>]) {
    isCleared = true
    guard !secrets.isEmpty else { return }
    mentions = mentions.compactMap { $0.leavingOut(secrets) }
    namedRegistries = namedRegistries.compactMap { $0.leavingOut(secrets) }
    references.removeAll { reference in secrets.contains { $0.overlaps(reference.range) } }
  }

  /// Whether what a wording has in a reference's place may be one.
  private static func mayBeReference(_ text: ArraySlice<UInt8>) -> Bool {
    // Repositories are written in small letters: `GET` is the method of a request. What begins with
    // a dash is an option; below `v1.41/` is the API of a container engine.
    guard text.contains(where: { $0.isDigit || 0x61...0x7A ~= $0 }),
      text.first != UInt8(ascii: "-")
    else { return false }
    let slash = text.firstIndex(of: UInt8(ascii: "/")) ?? text.endIndex
    return !HostScanner.isEnginePath(text[slash...].dropFirst())
  }

  private func take(
    _ kind: FactKind, _ captures: [PatternSet.Capture], _ text: NormalizedText,
    _ scanner: HostScanner
  ) {
    for capture in captures {
      let value = String(decoding: text.text[capture.range], as: UTF8.self)
      switch (kind, capture.name) {
      case (.httpStatus, "httpStatus"):
        if let status = Int(value), (100...599).contains(status) {
          statuses.append(Status(value: status, place: capture.range.lowerBound))
        }
      case (.engineStatus, "engineStatus"):
        if let status = Int(value) { engineStatuses.append(status) }
      case (.ociCode, "ociCode"):
        let code = String(
          decoding: value.uppercased().utf8.map { $0 == 0x20 ? 0x5F : $0 }, as: UTF8.self)
        ociCodes.append(Code(value: code, place: capture.range.lowerBound))
      case (.reference, "reference"), (.shortReference, "reference"):
        guard MessageFacts.mayBeReference(text.text[capture.range]) else { break }
        references.append(
          ReferenceMention(range: capture.range, text: value, mayBeShort: kind == .shortReference))
      case (_, "registry"):
        let found = scanner.mentions(in: text.text, capture.range)
        namedRegistries += found
        if found.isEmpty, let host = scanner.named(in: text.text, capture.range) {
          namedRegistries.append(host)
        }
      default:
        break
      }
    }
  }
}
