import FailurePatterns
import KnowledgeFormat

/// Which registry a match is about.
///
/// In this order: the last request URL in the message before the match ends, one for a token only
/// where there is no other; another host in the message; what its wording says; a reference without a
/// host in it that was given to a program to which such a reference is Docker Hub's; the nearest line
/// above, then below, that names a registry or an image. What stands above a line that tells that a
/// step has ended well is not asked.
struct RegistryResolver {
  /// How far above and below a subject is looked for, in messages.
  static let reachAbove = 40
  static let reachBelow = 6

  /// A registry with what tells it.
  struct Resolution: Sendable {
    var provider: Int?
    var host: String?
    var parts: [NamedValue] = []
    var basis: Basis
    var isMirror = false

    static let unknown = Resolution(basis: .none)
    static let foreign = Resolution(basis: .foreign)
  }

  /// Where a registry was told from, the surest first.
  enum Basis: String, Sendable {
    case requestURL = "request-url"
    case messageHost = "message-host"
    case wording
    case subjectAbove = "subject-above"
    case subjectBelow = "subject-below"
    case shortName = "short-name"
    case none
    /// The message is another program's.
    case foreign
  }

  /// Docker Hub's number in the vocabulary.
  let dockerHub: Int?

  init(_ knowledge: CompiledKnowledge) {
    dockerHub = knowledge.registryNumber(id: "dockerhub")
  }

  /// Resolves the registry of a match.
  func resolve(_ range: Range<Int>, message: Int, in window: inout WindowAnalysis) -> Resolution {
    let facts = window.shownFacts(of: message)
    if facts.isForeign { return .foreign }
    if let found = inMessage(facts, before: range.upperBound) { return found }
    if let known = window.surroundings, known.message == message { return known.registry }
    let found = shortReference(facts) ?? around(message, in: &window)
    window.surroundings = WindowAnalysis.Surroundings(message: message, registry: found)
    return found
  }

  /// What the messages around one say of its registry.
  func around(_ message: Int, in window: inout WindowAnalysis) -> Resolution {
    subject(around: message, in: &window) { _ in true } ?? .unknown
  }

  /// A registry that only wording or a short name tells, with the host that the nearest message names for it.
  func withHost(
    _ found: Resolution, around message: Int, in window: inout WindowAnalysis
  ) -> Resolution {
    guard found.host == nil, let provider = found.provider,
      var named = subject(
        around: message, in: &window,
        { $0.provider == provider && $0.host.map { !HostAddress.isCut($0) } ?? false })
    else { return found }
    named.basis = found.basis
    return named
  }

  /// The nearest subject that will do, above a message, else below it.
  private func subject(
    around message: Int, in window: inout WindowAnalysis, _ willDo: (Resolution) -> Bool
  ) -> Resolution? {
    var isCompleted = false
    for above in window.neighbours(of: message, within: RegistryResolver.reachAbove).reversed()
    where above < message {
      let facts = window.shownFacts(of: above)
      isCompleted = facts.isCompletion
      if isCompleted { break }
      let found = subject(facts, basis: .subjectAbove)
      if let found, willDo(found) { return found }
    }
    if !isCompleted { window.missed(above: message, within: RegistryResolver.reachAbove) }
    for below in window.neighbours(of: message, within: RegistryResolver.reachBelow)
    where below > message {
      let found = subject(window.shownFacts(of: below), basis: .subjectBelow)
      if let found, willDo(found) { return found }
    }
    window.missed(below: message, within: RegistryResolver.reachBelow)
    return nil
  }

  private func inMessage(_ facts: MessageFacts, before end: Int) -> Resolution? {
    let mentions = facts.mentions
    // A token service may have a host of its own; the registry is that of the request it was for.
    let requests = mentions.lazy.filter { $0.kind == .url && !$0.isTokenRequest }
    let urls = mentions.lazy.filter { $0.kind == .url }
    if let request = requests.last(where: { $0.range.lowerBound < end }) ?? requests.first
      ?? urls.last(where: { $0.range.lowerBound < end }) ?? urls.first
    {
      return Resolution(request, basis: .requestURL)
    }
    let named = facts.namedRegistries
    if let host = named.last(where: { $0.range.lowerBound < end })
      ?? mentions.last(where: { $0.range.lowerBound < end }) ?? mentions.first ?? named.first
    {
      return Resolution(host, basis: .messageHost)
    }
    if let worded = facts.wordedRegistries.last(where: { $0.place < end })
      ?? facts.wordedRegistries.first
    {
      return Resolution(provider: worded.number, basis: .wording)
    }
    return nil
  }

  private func shortReference(_ facts: MessageFacts) -> Resolution? {
    guard let reference = facts.references.last(where: { $0.mayBeShort }),
      ShortReference.isValid(reference.text)
    else { return nil }
    return Resolution(provider: dockerHub, host: nil, basis: .shortName)
  }

  private func subject(_ facts: MessageFacts, basis: Basis) -> Resolution? {
    guard !facts.isForeign, !facts.isProgress else { return nil }
    // A token service may have a host of its own.
    if let host = facts.mentions.last(where: { !$0.isTokenRequest }) ?? facts.namedRegistries.last
      ?? facts.mentions.last
    {
      return Resolution(host, basis: basis)
    }
    if let worded = facts.wordedRegistries.last {
      return Resolution(provider: worded.number, basis: basis)
    }
    if var short = shortReference(facts) {
      short.basis = .shortName
      return short
    }
    return nil
  }
}

extension RegistryResolver.Resolution {
  /// Whether it is certainly another registry: both name their hosts.
  func isApart(from other: RegistryResolver.Resolution) -> Bool {
    guard let host, let otherHost = other.host else { return false }
    return host != otherHost && (provider != other.provider || provider == nil)
  }

  init(_ mention: HostMention, basis: RegistryResolver.Basis) {
    provider = mention.provider
    host = mention.host
    parts = mention.parts
    self.basis = basis
    isMirror = mention.isMirror
  }
}

/// A reference without a host.
enum ShortReference {
  /// Words that follow `docker pull` where someone writes about it.
  private static let proseWords: [String] = [
    "failed", "fails", "failing", "is", "was", "of", "and", "or", "command", "commands", "for",
    "the", "from", "with",
    "error", "errors", "request", "requests", "to", "rate", "limit", "limits", "through", "in",
    "on", "access", "a",
    "an", "this", "that", "does", "did", "not", "works", "worked", "timed", "operation", "step",
    "secret", "policy", "configuration", "config", "manifest", "layer", "layers", "blob", "image",
    "images", "entity", "index", "it", "its", "your", "my", "requests", "being", "unable",
    "descriptor", "rpc", "get", "head", "post", "put", "patch",
  ]

  /// Whether a word is the sentence's rather than a name: `error pulling image configuration`.
  static func isProse(_ text: String) -> Bool {
    let word = text.utf8.prefix { $0 != UInt8(ascii: ":") }
    return proseWords.contains(String(Substring(word)).lowercased())
  }

  /// Whether a reference can be one of Docker Hub's: lower case, no host, nothing blotted out.
  static func isValid(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, first.isDigit || (first | 0x20) &- 0x61 < 26, bytes.count > 1,
      !Redaction.covers(text), !isProse(text)
    else { return false }
    let slash = bytes.firstIndex(of: UInt8(ascii: "/"))
    if let slash {
      let head = bytes[..<slash]
      if head.contains(UInt8(ascii: ".")) || head.contains(UInt8(ascii: ":")) { return false }
      if head.elementsEqual("localhost".utf8) { return false }
    }
    let repository = bytes.prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "@") }
    return repository.allSatisfy { byte in
      byte &- 0x61 < 26 || byte.isDigit || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }
  }
}
