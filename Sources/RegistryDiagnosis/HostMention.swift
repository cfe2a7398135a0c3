import FailurePatterns

/// A host that a message names.
struct HostMention: Sendable {
  /// Where in the text, scheme and path included.
  let range: Range<Int>
  /// The host as written, port included, and where it stands.
  let host: String
  let hostRange: Range<Int>
  let kind: Kind
  /// The number of the registry it belongs to.
  let provider: Int?
  /// What the host name carries.
  let parts: [NamedValue]
  /// What stands after the host, without the slash.
  private(set) var path: Range<Int>
  /// Whether the URL says that it stands in for another registry (`?ns=…`).
  let isMirror: Bool
  /// Whether it is a request for a token.
  let isTokenRequest: Bool
  /// Whether it shows that a registry is concerned: the host of a registry service, a reference, or
  /// a path of the registry API.
  ///
  /// The host of a service that has other sides too, such as GitLab's, shows nothing by itself.
  let isDecisive: Bool

  /// The mention without what is secret of its path; `nil` where the host is part of a secret.
  func leavingOut(_ secrets: [Range<Int>]) -> HostMention? {
    guard !secrets.contains(where: { $0.overlaps(hostRange) }) else { return nil }
    var rest = self
    if let secret = secrets.first(where: { $0.overlaps(path) }) {
      rest.path = path.lowerBound..<max(path.lowerBound, secret.lowerBound)
    }
    return rest
  }

  enum Kind: Sendable {
    /// The URL of a request.
    case url
    /// The head of an image reference.
    case reference
    /// A name by itself; only those of known registries are mentioned.
    case bare
  }
}

/// Finds the hosts that a message names.
struct HostScanner {
  let directory: HostDirectory

  /// The hosts in a range of normalised text, in order.
  ///
  /// Help pages, blotted-out hosts and file names are left out.
  ///
  /// - Complexity: O(n), and O(host patterns) for each host.
  func mentions(in text: [UInt8], _ range: Range<Int>) -> [HostMention] {
    var mentions: [HostMention] = []
    text.withUnsafeBufferPointer { bytes in
      var start = range.lowerBound
      while start < range.upperBound {
        var end = start
        var mayBeHost = false
        while end < range.upperBound, !HostScanner.isDelimiter(bytes[end]) {
          mayBeHost = mayBeHost || HostScanner.isHostMark(bytes[end])
          end += 1
        }
        if mayBeHost, let mention = mention(in: text, start..<end) { mentions.append(mention) }
        start = end + 1
      }
    }
    return mentions
  }

  private static func isDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x20, 0x22, 0x27, 0x60, 0x5C, UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: ","),
      UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "["), UInt8(ascii: "]"):
      true
    default: false
    }
  }

  /// What stands in a host, before its port or behind it.
  private static func isHostMark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":")
  }

  private func mention(in text: [UInt8], _ token: Range<Int>) -> HostMention? {
    var end = token.upperBound
    while end > token.lowerBound,
      text[end - 1] == UInt8(ascii: ".") || text[end - 1] == UInt8(ascii: ":")
    {
      end -= 1
    }
    // `error:` is a word of the sentence.
    if end < token.upperBound, !text[token.lowerBound..<end].contains(where: HostScanner.isHostMark)
    {
      return nil
    }
    if let scheme = schemeEnd(text, token.lowerBound..<end) {
      return url(text, scheme..<end)
    }
    // `image=host/path`: what stands before the equals sign is a key.
    var start = token.lowerBound
    for index in token.lowerBound..<end where text[index] == UInt8(ascii: "=") {
      start = index + 1
      break
    }
    guard let slash = (start..<end).first(where: { text[$0] == UInt8(ascii: "/") }) else {
      return bare(text, start..<end)
    }
    return reference(text, start..<end, slash: slash)
  }

  /// Where the authority of a URL begins.
  private func schemeEnd(_ text: [UInt8], _ range: Range<Int>) -> Int? {
    var index = range.lowerBound
    while index + 2 < range.upperBound {
      if text[index] == UInt8(ascii: ":") {
        guard text[index + 1] == UInt8(ascii: "/"), text[index + 2] == UInt8(ascii: "/") else {
          index += 1
          continue
        }
        return index + 3
      }
      if text[index] == UInt8(ascii: "/") || text[index] == UInt8(ascii: "?") { return nil }
      index += 1
    }
    return nil
  }

  private func url(_ text: [UInt8], _ range: Range<Int>) -> HostMention? {
    var scheme = range.lowerBound - 3
    // `http+docker://localhost` is the engine's own API.
    while scheme > 0, text[scheme - 1].isAlphanumeric || text[scheme - 1] == UInt8(ascii: "+") {
      scheme -= 1
    }
    let name = text[scheme..<range.lowerBound - 3].map(\.folded)
    let isRequest = name == Array("https".utf8) || name == Array("http".utf8)
    guard isRequest || HostScanner.referenceSchemes.contains(where: { name.elementsEqual($0) })
    else {
      return nil
    }
    var start = userInfoEnd(text, range)
    var end = start
    while end < range.upperBound, text[end] != UInt8(ascii: "/"), text[end] != UInt8(ascii: "?") {
      if text[end] == UInt8(ascii: "@") { start = end + 1 }
      end += 1
    }
    // `docker://busybox:latest` names an image, and no host.
    if !isRequest, end == range.upperBound, !text[start..<end].contains(UInt8(ascii: ".")) {
      return nil
    }
    var path = min(end + 1, range.upperBound)..<range.upperBound
    // `https://host//v2/`
    while let first = path.first, text[first] == UInt8(ascii: "/") { path = path.dropFirst() }
    return make(
      text, host: start..<end, whole: scheme..<range.upperBound, path: path,
      kind: isRequest ? .url : .reference, isMirror: holdsNamespace(text, path))
  }

  /// Where the host begins behind `user:password@`, the password holding slashes perhaps.
  ///
  /// What stands between a colon and a slash is a port only if it is a number.
  private func userInfoEnd(_ text: [UInt8], _ range: Range<Int>) -> Int {
    let token = text[range]
    guard
      let mark = token.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }),
      token[mark] == UInt8(ascii: ":"),
      let slash = token[mark...].firstIndex(of: UInt8(ascii: "/")),
      !token[(mark + 1)..<slash].allSatisfy(\.isDigit),
      let at = token[mark...].firstIndex(of: UInt8(ascii: "@"))
    else { return range.lowerBound }
    return at + 1
  }

  /// Schemes that stand before an image reference; others lead to sockets, files and the engine's
  /// own API.
  private static let referenceSchemes: [String.UTF8View] = [
    "oci", "docker", "registry", "containers-storage",
  ].map(\.utf8)

  private func holdsNamespace(_ text: [UInt8], _ path: Range<Int>) -> Bool {
    guard path.count > 4 else { return false }
    for index in path.lowerBound..<path.upperBound - 3
    where (text[index] == UInt8(ascii: "?") || text[index] == UInt8(ascii: "&"))
      && text[index + 1] == UInt8(ascii: "n") && text[index + 2] == UInt8(ascii: "s")
      && text[index + 3] == UInt8(ascii: "=")
    {
      return true
    }
    return false
  }

  private func reference(_ text: [UInt8], _ range: Range<Int>, slash: Int) -> HostMention? {
    let host = range.lowerBound..<slash
    // A bracket ends a token; the path may begin with one that was blotted out: `host/[secure]/app`.
    let hasPath =
      slash + 1 < range.upperBound
      || slash + 1 < text.count && text[slash + 1] == UInt8(ascii: "[")
    guard !host.isEmpty, hasPath else { return nil }
    // `host/v2/name/manifests/tag`, a request without its scheme.
    let path = slash + 1..<range.upperBound
    if HostScanner.isRegistryPath(text[path]), text[path].count > 3,
      let request = make(
        text, host: host, whole: range, path: path, kind: .url, isMirror: false),
      request.provider != nil || text[host].contains(where: { $0.isOne(of: ".", ":") })
    {
      return request
    }
    let mention = make(
      text, host: host, whole: range, path: slash + 1..<range.upperBound, kind: .reference,
      isMirror: false)
    guard let mention, mention.provider == nil else { return mention }
    return looksLikeReference(text, range, slash: slash) ? mention : nil
  }

  /// Whether a token whose host nobody knows is an image reference, and no file, module or date.
  private func looksLikeReference(_ text: [UInt8], _ range: Range<Int>, slash: Int) -> Bool {
    let first = text[range.lowerBound]
    guard first.isAlphanumeric,
      !first.isDigit || text[range.lowerBound..<slash].contains(UInt8(ascii: "."))
    else { return false }
    let tail = text[slash + 1..<range.upperBound]
    let hasTag = tail.contains(UInt8(ascii: ":")) || tail.contains(UInt8(ascii: "@"))
    guard !hasTag else {
      // `mount.go:12` is a place in a file.
      return !tail.contains(UInt8(ascii: ".")) || !endsInFilePlace(tail)
    }
    var end = range.lowerBound
    while end > 0,
      text[end - 1] == 0x20 || text[end - 1].isQuote || text[end - 1] == UInt8(ascii: "[")
    {
      end -= 1
    }
    var start = end
    while start > 0, text[start - 1].isLetter { start -= 1 }
    return HostScanner.introductions.contains {
      $0.elementsEqual(text[start..<end].lazy.map(\.folded))
    }
  }

  private func endsInFilePlace(_ tail: ArraySlice<UInt8>) -> Bool {
    tail.indices.contains { place in
      tail[place] == UInt8(ascii: ".")
        && HostScanner.sourceEndings.contains { tail[(place + 1)...].starts(with: $0) }
    }
  }

  /// How the names of source files end, with the colon before a line's number.
  private static let sourceEndings: [String.UTF8View] = [
    "go:", "py:", "js:", "rb:", "java:", "rs:", "ts:", "c:",
  ].map(\.utf8)

  /// Words after which a reference follows.
  private static let introductions: [String.UTF8View] = [
    "pull", "pulling", "push", "pushing", "image", "for", "from", "run", "reference", "repository",
    "to", "tag",
    "login", "manifest", "inspect", "copy",
  ].map(\.utf8)

  private func bare(_ text: [UInt8], _ range: Range<Int>) -> HostMention? {
    make(
      text, host: range, whole: range, path: range.upperBound..<range.upperBound, kind: .bare,
      isMirror: false, mustBeKnown: true)
  }

  /// The host in a range of which the wording says that it is a registry's, known or not.
  func named(in text: [UInt8], _ range: Range<Int>) -> HostMention? {
    make(
      text, host: range, whole: range, path: range.upperBound..<range.upperBound, kind: .bare,
      isMirror: false)
  }

  /// Whether a name that is no registry's known to us is that of a host: it ends as they do, in a
  /// label that begins with a letter, or is an address; and it has a dot, unless a port behind it or
  /// a scheme before it says that it is one.
  private static func mayBeUnknownHost(_ name: ArraySlice<UInt8>, isAuthority: Bool) -> Bool {
    let isLocal = name.count == 9 && name.lazy.map(\.folded).elementsEqual("localhost".utf8)
    guard isLocal || isAuthority || name.contains(UInt8(ascii: ".")),
      name.allSatisfy({ $0.isWordCharacter || $0 == UInt8(ascii: ".") })
    else { return false }
    if isLocal || isAuthority && name[name.startIndex].isLetter { return true }
    var end = name.endIndex
    while end > name.startIndex, name[end - 1] == UInt8(ascii: ".") { end -= 1 }
    let label =
      name[..<end].lastIndex(of: UInt8(ascii: ".")).map { $0 + 1 } ?? name.startIndex
    if label < end, name[label].isLetter { return true }
    return name.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ".") }
      && name.count { $0 == UInt8(ascii: ".") } == 3
  }

  private func make(
    _ text: [UInt8], host: Range<Int>, whole: Range<Int>, path: Range<Int>, kind: HostMention.Kind,
    isMirror: Bool, mustBeKnown: Bool = false
  ) -> HostMention? {
    guard !host.isEmpty, host.count < HostScanner.maximumHostBytes else { return nil }
    var nameEnd = host.upperBound
    if let colon = host.first(where: { text[$0] == UInt8(ascii: ":") }) { nameEnd = colon }
    let name = host.lowerBound..<nameEnd
    guard !name.isEmpty else { return nil }
    func mention(_ provider: Int?, _ parts: [NamedValue], isDecisive: Bool) -> HostMention {
      HostMention(
        range: whole, host: String(decoding: text[host], as: UTF8.self), hostRange: host,
        kind: kind, provider: provider, parts: parts, path: path, isMirror: isMirror,
        isTokenRequest: kind == .url && HostScanner.isTokenQuery(text[path]),
        isDecisive: isDecisive)
    }
    let isRegistryPath = HostScanner.isRegistryPath(text[path])
    let isRequest = kind == .url && isRegistryPath
    switch standing(of: name, in: text) {
    case .registry(let number, let parts):
      let isDecisive = kind == .reference || !directory.isSelfHosted(number) || isRegistryPath
      return mention(number, parts, isDecisive: isDecisive)
    case .excluded:
      return nil
    case .unknown where mustBeKnown || HostScanner.isEnginePath(text[path]):
      return nil
    case .unknown where Redaction.covers(String(decoding: text[host], as: UTF8.self)):
      // The path still shows that it is a registry.
      guard isRequest else { return nil }
      return mention(nil, [], isDecisive: true)
    case .unknown:
      let port = text[nameEnd..<host.upperBound].dropFirst()
      guard port.allSatisfy(\.isDigit),
        HostScanner.mayBeUnknownHost(text[name], isAuthority: !port.isEmpty || isRequest)
      else { return nil }
      return mention(nil, [], isDecisive: isRegistryPath)
    }
  }

  /// How long a host is at most; a name of the DNS has 253 bytes.
  private static let maximumHostBytes = 256

  private func standing(of name: Range<Int>, in text: [UInt8]) -> HostDirectory.Standing {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: HostScanner.maximumHostBytes + 4) {
      folded in
      // The first label was taken out, as of `.dkr.ecr.us-west-2.amazonaws.com`.
      let isCut =
        text[name.lowerBound] == UInt8(ascii: ".")
        && (name.lowerBound == 0 || text[name.lowerBound - 1] != UInt8(ascii: "]"))
      var end = isCut ? folded.update(fromContentsOf: "xxxx".utf8) : 0
      for place in name {
        folded[end] = text[place].folded
        end += 1
      }
      return directory.standing(of: UnsafeBufferPointer(rebasing: folded[..<end]))
    }
  }

  /// The API of a container engine: `v1.41/images/…`.
  static func isEnginePath(_ path: ArraySlice<UInt8>) -> Bool {
    path.starts(with: "v1.".utf8) && path.dropFirst(3).first?.isDigit == true
  }

  /// Whether a path asks for a token: with the service or the scope that it is for.
  private static func isTokenQuery(_ path: ArraySlice<UInt8>) -> Bool {
    guard let query = path.firstIndex(of: UInt8(ascii: "?")) else { return false }
    return path[query...].split { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "&") }
      .contains { $0.starts(with: "service=".utf8) || $0.starts(with: "scope=".utf8) }
  }

  /// What a registry's API has below `/v2/`; other services have a `/v2/` of their own.
  private static let endpoints: [String.UTF8View] = [
    "manifests/", "blobs/", "tags/", "referrers/", "_catalog", "token", "auth",
  ].map(\.utf8)

  /// Whether a path is one of a registry's API: `v2/` itself, or one of its endpoints.
  private static func isRegistryPath(_ path: ArraySlice<UInt8>) -> Bool {
    guard path.first == UInt8(ascii: "v") else { return false }
    if path.starts(with: "v1/_ping".utf8) || path.elementsEqual("v2".utf8) { return true }
    guard path.starts(with: "v2/".utf8) else { return false }
    let rest = path.dropFirst(3).prefix { $0 != UInt8(ascii: "?") }
    guard !rest.isEmpty else { return true }
    let parts = rest.split(separator: UInt8(ascii: "/"))
    return endpoints.contains { endpoint in
      if endpoint.last != UInt8(ascii: "/") { return rest.elementsEqual(endpoint) }
      return parts.dropFirst().contains { $0.elementsEqual(endpoint.dropLast()) }
    }
  }
}
