import FailurePatterns
import FailureText
import KnowledgeFormat

/// What one message says of itself, whatever failed.
///
/// Many signals ask for it, so it is shared instead of copied; what is shared does not change.
final class MessageFacts {
  let mentions: [HostMention]
  /// Numbers of clients with the places they show at.
  let clients: [Sighting]
  let operations: [Sighting]
  /// Numbers of registries that wording tells, with the places.
  let wordedRegistries: [Sighting]
  let statuses: [Status]
  let engineStatuses: [Int]
  let ociCodes: [Code]
  let references: [ReferenceMention]
  /// Hosts named as a registry in words, such as after `docker login`.
  let namedRegistries: [HostMention]
  let isForeign: Bool
  let hasEvidence: Bool
  let isRetried: Bool
  /// Whether it only tells how far a transfer has got.
  let isProgress: Bool
  /// It tells that what was done with a registry has ended well.
  let isCompletion: Bool
  /// Whether something it names may be a secret: it was not looked at for that.
  let mayNameSecrets: Bool

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
    /// Whether it may be what a sentence goes on with: it shows that an image is spoken of, and names
    /// none.
    let isLink: Bool
  }

  /// - Parameters:
  ///   - message: Where the message stands in the text.
  ///   - matches: What was found in it.
  init(
    message: Range<Int>, of text: NormalizedText, _ matches: ArraySlice<PatternSet.Match>,
    knowledge: CompiledKnowledge, scanner: HostScanner, _ reader: inout CaptureReader
  ) {
    var clients: [Sighting] = []
    var operations: [Sighting] = []
    var wordedRegistries: [Sighting] = []
    var named = SlotFacts()
    var hasEvidence = false
    var isForeign = false
    var isRetried = false
    var isProgress = false
    var isCompletion = false
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
        case .completed: isCompletion = true
        case .fact:
          let captures = reader.captures(of: match, in: text.text, message: message)
          named.take(FactKind.byNumber[value], captures, text, scanner)
        case .signal, .condition: break
        }
      }
    }
    mentions = scanner.mentions(in: text.text, message)
    self.clients = clients
    self.operations = operations
    self.wordedRegistries = wordedRegistries
    (statuses, engineStatuses, ociCodes) = (named.statuses, named.engineStatuses, named.ociCodes)
    (references, namedRegistries) = (named.references, named.registries)
    let namesRegistry = mentions.contains(where: \.isDecisive) || !wordedRegistries.isEmpty
    self.isForeign = isForeign && !namesRegistry
    self.hasEvidence =
      !self.isForeign && (hasEvidence || namesRegistry || !named.references.isEmpty)
    self.isRetried = isRetried
    self.isProgress = isProgress
    self.isCompletion = isCompletion
    mayNameSecrets = !(mentions.isEmpty && references.isEmpty && namedRegistries.isEmpty)
  }

  /// The same without the names that are, or hold, secrets: a password in a URL may look like a host,
  /// one after an option like an image.
  func leavingOut(_ secrets: [Range<Int>]) -> MessageFacts {
    MessageFacts(self, leavingOut: secrets)
  }

  private init(_ facts: MessageFacts, leavingOut secrets: [Range<Int>]) {
    let isClear = secrets.isEmpty
    mentions = isClear ? facts.mentions : facts.mentions.compactMap { $0.leavingOut(secrets) }
    namedRegistries =
      isClear ? facts.namedRegistries : facts.namedRegistries.compactMap { $0.leavingOut(secrets) }
    references =
      isClear
      ? facts.references
      : facts.references.filter { reference in
        !secrets.contains { $0.overlaps(reference.range) }
      }
    clients = facts.clients
    operations = facts.operations
    wordedRegistries = facts.wordedRegistries
    statuses = facts.statuses
    engineStatuses = facts.engineStatuses
    ociCodes = facts.ociCodes
    isForeign = facts.isForeign
    hasEvidence = facts.hasEvidence
    isRetried = facts.isRetried
    isProgress = facts.isProgress
    isCompletion = facts.isCompletion
    mayNameSecrets = false
  }
}

/// What the slots of a message's wordings stood for.
private struct SlotFacts {
  var statuses: [MessageFacts.Status] = []
  var engineStatuses: [Int] = []
  var ociCodes: [MessageFacts.Code] = []
  var references: [MessageFacts.ReferenceMention] = []
  var registries: [HostMention] = []

  mutating func take(
    _ kind: FactKind, _ captures: [PatternSet.Capture], _ text: NormalizedText,
    _ scanner: HostScanner
  ) {
    for capture in captures {
      let value = String(decoding: text.text[capture.range], as: UTF8.self)
      switch (kind, capture.name) {
      case (.httpStatus, "httpStatus"):
        if let status = Int(value), (100...599).contains(status) {
          statuses.append(MessageFacts.Status(value: status, place: capture.range.lowerBound))
        }
      case (.engineStatus, "engineStatus"):
        if let status = Int(value) { engineStatuses.append(status) }
      case (.ociCode, "ociCode"):
        let code = String(
          decoding: value.uppercased().utf8.map { $0 == 0x20 ? 0x5F : $0 }, as: UTF8.self)
        ociCodes.append(MessageFacts.Code(value: code, place: capture.range.lowerBound))
      case (.reference, "reference"), (.shortReference, "reference"):
        guard SlotFacts.mayBeReference(text.text[capture.range]) else { break }
        references.append(
          MessageFacts.ReferenceMention(
            range: capture.range, text: value, mayBeShort: kind == .shortReference,
            isLink: SlotFacts.isLink(capture.range, in: text.text)))
      case (_, "registry"):
        let found = scanner.mentions(in: text.text, capture.range)
        registries += found
        if found.isEmpty, let host = scanner.named(in: text.text, capture.range) {
          registries.append(host)
        }
      default:
        break
      }
    }
  }

  /// Whether a bare word behind a colon begins what the sentence goes on with, rather than being an
  /// image: `Failed to push image: unauthorized: authentication required`.
  private static func isLink(_ range: Range<Int>, in text: [UInt8]) -> Bool {
    guard
      !text[range].contains(where: { $0.isOne(of: "/", ":", "@") }),
      text[..<range.lowerBound].last(where: { $0 != 0x20 }) == UInt8(ascii: ":"),
      range.upperBound < text.count
    else { return false }
    return text[range.upperBound].isOne(of: ":", " ")
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
}
