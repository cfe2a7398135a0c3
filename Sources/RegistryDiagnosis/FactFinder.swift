import FailureText
import FailurePatterns
import KnowledgeFormat

/// Collects what a paste says about itself around a place.
struct FactFinder {
  let knowledge: CompiledKnowledge
  let resolver: RegistryResolver

  /// How many messages above and below a fact is looked for where the message itself is silent.
  private static let reach = 12

  /// The facts around a place of a message.
  func facts(
    message: Int, place: Int, registry: RegistryResolver.Resolution,
    _ window: inout WindowAnalysis
  ) -> Facts {
    let own = window.facts(of: message)
    let registry = resolver.withHost(registry, around: message, in: &window)
    return Facts(
      client: client(message, &window), operation: operation(message, &window),
      registry: FactFinder.registry(registry, knowledge),
      reference: reference(message, registry, &window),
      httpStatus: (own.statuses.last { $0.place <= place } ?? own.statuses.first)?.value
        ?? nearby(message, &window) { $0.statuses.last?.value },
      ociCode: own.ociCodes.last?.value ?? nearby(message, &window) { $0.ociCodes.last?.value })
  }

  /// A resolution as the report shows it.
  static func registry(
    _ resolution: RegistryResolver.Resolution, _ knowledge: CompiledKnowledge
  ) -> Facts.Registry? {
    // The host of a service that is known says something even where a part was blotted out.
    let host = resolution.host.flatMap {
      resolution.provider == nil && Redaction.covers($0) ? nil : $0
    }
    guard resolution.provider != nil || host != nil else { return nil }
    return Facts.Registry(
      host: host, provider: resolution.provider.map { knowledge.registry($0).id },
      parts: resolution.parts.filter { !Redaction.covers($0.value) },
      basis: resolution.basis.rawValue)
  }

  /// The first of the two messages on each side that says something.
  private func nearby<T>(
    _ message: Int, _ window: inout WindowAnalysis, _ fact: (MessageFacts) -> T?
  ) -> T? {
    for near in window.neighbours(of: message, within: WindowAnalysis.nearness)
    where near != message {
      if let found = fact(window.facts(of: near)) { return found }
    }
    window.missed(above: message, within: WindowAnalysis.nearness)
    window.missed(below: message, within: WindowAnalysis.nearness)
    return nil
  }

  /// The outermost program: the one that speaks first in the message, else the nearest above, else
  /// below.
  private func client(_ message: Int, _ window: inout WindowAnalysis) -> String? {
    let speaker = first(message, &window) { $0.clients.min { $0.place < $1.place }?.number }
    if let speaker { return knowledge.client(speaker).id }
    return nil
  }

  private func operation(_ message: Int, _ window: inout WindowAnalysis) -> String? {
    let found = first(message, &window) { $0.operations.min { $0.place < $1.place }?.number }
    return found.map { knowledge.operation($0).id }
  }

  /// What the message, else the nearest above, else below says.
  ///
  /// - Parameter isName: Whether it is something that may be a secret.
  private func first<T>(
    _ message: Int, _ window: inout WindowAnalysis, isName: Bool = false,
    _ fact: (MessageFacts) -> T?
  ) -> T? {
    func said(_ message: Int) -> T? {
      fact(isName ? window.shownFacts(of: message) : window.facts(of: message))
    }
    if let own = said(message) { return own }
    let near = window.neighbours(of: message, within: FactFinder.reach)
    for index in near.reversed() where index < message {
      if let found = said(index) { return found }
    }
    window.missed(above: message, within: FactFinder.reach)
    for index in near where index > message {
      if let found = said(index) { return found }
    }
    window.missed(below: message, within: FactFinder.reach)
    return nil
  }

  private func reference(
    _ message: Int, _ registry: RegistryResolver.Resolution, _ window: inout WindowAnalysis
  ) -> Facts.ImageReference? {
    let text = first(message, &window, isName: true) { facts in
      facts.references.last {
        !Redaction.covers($0.text) && !$0.isLink && !ShortReference.isProse($0.text)
      }?.text
    }
    if let text, let found = ReferenceParser.parse(text) {
      guard found.tag == nil, found.digest == nil else { return found }
      // Behind `docker push name:tag` the engine names the repository alone, and in full.
      let names = [text, found.repository, ReferenceParser.shortName(of: found.repository)]
        .map { "\($0):" }
      let tagged = first(message, &window, isName: true) { facts in
        facts.references.last { reference in
          names.contains { reference.text.utf8.starts(with: $0.utf8) }
        }?.text
      }
      return tagged.flatMap(ReferenceParser.parse) ?? found
    }
    // The path of a request or of a host's mention: v2/<repository>/manifests/<tag>.
    let facts = window.facts(of: message)
    let mask = window.secretMask(of: message)
    for mention in facts.mentions.reversed() where !mask.hides(mention.path) {
      let path = String(decoding: window.text.text[mention.path], as: UTF8.self)
      if let found = ReferenceParser.parse(path: path, isRequest: mention.kind == .url) {
        return found
      }
    }
    return path(message, registry, &window)
  }

  /// What the nearest message names an image of the registry by, in no wording that is known.
  private func path(
    _ message: Int, _ registry: RegistryResolver.Resolution, _ window: inout WindowAnalysis
  ) -> Facts.ImageReference? {
    guard let host = registry.host else { return nil }
    let text = window.text.text
    return first(message, &window, isName: true) { facts in
      facts.mentions.lazy.reversed().filter { $0.kind != .bare && $0.host == host }
        .compactMap {
          ReferenceParser.parse(
            path: String(decoding: text[$0.path], as: UTF8.self), isRequest: $0.kind == .url)
        }.first
    }
  }
}

/// Takes image references apart.
enum ReferenceParser {
  /// Parses `host/repository:tag@digest`, the host being optional.
  static func parse(_ text: String) -> Facts.ImageReference? {
    let utf8 = text.utf8
    guard let slash = utf8.firstIndex(of: UInt8(ascii: "/")) else { return split(text[...]) }
    let head = utf8[..<slash]
    let isHost =
      head.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
      || head.elementsEqual("localhost".utf8)
    return split(isHost ? text[utf8.index(after: slash)...] : text[...])
  }

  /// What an image of Docker's own is called in commands: `nginx`, not `library/nginx`.
  static func shortName(of repository: String) -> String {
    let prefix = "library/"
    return repository.hasPrefix(prefix) ? String(repository.dropFirst(prefix.count)) : repository
  }

  /// Parses the path of a registry's API or of a reference.
  static func parse(path: String, isRequest: Bool) -> Facts.ImageReference? {
    // What was cut off behind a slash, a secret perhaps, may have been more of the name.
    guard isRequest else { return path.utf8.last == UInt8(ascii: "/") ? nil : split(path[...]) }
    let plain = path.prefix { $0 != "?" }
    guard plain.hasPrefix("v2/") else { return nil }
    let parts = plain.dropFirst(3).split(separator: "/")
    guard let kind = parts.lastIndex(where: { $0 == "manifests" || $0 == "blobs" || $0 == "tags" }),
      kind > 0
    else { return nil }
    let repository = parts[..<kind].joined(separator: "/")
    guard parts[kind] == "manifests", kind + 1 < parts.count else {
      return Facts.ImageReference(repository: repository, tag: nil, digest: nil)
    }
    let name = String(parts[kind + 1])
    return name.contains(":")
      ? Facts.ImageReference(repository: repository, tag: nil, digest: name)
      : Facts.ImageReference(repository: repository, tag: name, digest: nil)
  }

  private static func split(_ text: Substring) -> Facts.ImageReference? {
    var rest = text
    var digest: String?
    var tag: String?
    if let at = rest.utf8.firstIndex(of: UInt8(ascii: "@")) {
      digest = String(rest[rest.utf8.index(after: at)...])
      rest = rest[..<at]
    }
    // Behind the tag a program may have written more: `name:tag/sha256:…`.
    if let colon = rest.utf8.firstIndex(of: UInt8(ascii: ":")) {
      tag = String(Substring(rest.utf8[colon...].dropFirst().prefix { $0 != UInt8(ascii: "/") }))
      rest = rest[..<colon]
    }
    let repository = Substring(rest.utf8.drop { $0 == UInt8(ascii: "/") })
    guard !repository.isEmpty, !Redaction.covers(String(repository)) else { return nil }
    return Facts.ImageReference(
      repository: String(repository), tag: tag.flatMap { $0.isEmpty ? nil : $0 }, digest: digest)
  }
}
