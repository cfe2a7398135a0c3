import FailurePatterns
import FailureText

/// Takes out of a paste what must not be published.
///
/// That is: secrets, and whose machines and accounts they are. The layout stays as it is.
///
/// The same value always gets the same substitute, so that what belonged together still does. Hosts
/// of registry services, digests, image names and paths stay: they tell what failed.
struct PasteScrubber {
  /// Whether a host is that of a registry service, or a help page.
  private let isPublic: (String) -> Bool
  private var substitutes: [String: String] = [:]
  private var counts: [String: Int] = [:]

  init(isPublic: @escaping (String) -> Bool) { self.isPublic = isPublic }

  /// What was replaced, with what stands in its place.
  var replacements: [(original: String, substitute: String)] {
    substitutes.map { (original: $0.key, substitute: $0.value) }.sorted {
      $0.original < $1.original
    }
  }

  /// Scrubs a paste.
  ///
  /// - Complexity: O(length of the paste).
  mutating func scrub(_ paste: [UInt8]) -> [UInt8] {
    let text = withoutSecrets(paste)
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var place = 0
    while place < text.count {
      guard isTokenByte(text[place]) else {
        result.append(text[place])
        place += 1
        continue
      }
      var end = place
      while end < text.count, isTokenByte(text[end]) { end += 1 }
      result += scrubbed(Array(text[place..<end]))
      place = end
    }
    return result
  }

  private func withoutSecrets(_ paste: [UInt8]) -> [UInt8] {
    let mask = SecretMask(paste, 0..<paste.count)
    var result: [UInt8] = []
    var place = 0
    for secret in mask.secrets where secret.lowerBound >= place {
      result += paste[place..<secret.lowerBound]
      result += Array(SecretMask.replacement.utf8)
      place = secret.upperBound
    }
    return result + paste[place...]
  }

  private func isTokenByte(_ byte: UInt8) -> Bool {
    byte.isWordCharacter || byte.isOne(of: ".", "@", ":", "\\", "/", "+", "%")
  }

  // MARK: Tokens

  private mutating func scrubbed(_ token: [UInt8]) -> [UInt8] {
    if token.contains(UInt8(ascii: "/")) || token.contains(UInt8(ascii: "\\")) {
      return scrubbedPath(token)
    }
    return scrubbedWord(token)
  }

  /// A path, a URL or a reference: part by part; the folder of a person's home is replaced.
  private mutating func scrubbedPath(_ token: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var part: [UInt8] = []
    var last: [UInt8] = []
    func isHome(_ name: [UInt8]) -> Bool {
      name.elementsEqual("home".utf8) || name.elementsEqual("Users".utf8)
    }
    func flush(into result: inout [UInt8], _ scrubber: inout PasteScrubber) {
      if !part.isEmpty {
        result +=
          isHome(last)
          ? scrubber.substitute(for: part, kind: "user") { $0 == 1 ? "user" : "user\($0)" }
          : scrubber.scrubbedWord(part)
      }
      last = part
      part = []
    }
    for byte in token {
      if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") {
        flush(into: &result, &self)
        result.append(byte)
      } else {
        part.append(byte)
      }
    }
    flush(into: &result, &self)
    return result
  }

  private mutating func scrubbedWord(_ word: [UInt8]) -> [UInt8] {
    // A sentence's punctuation is not part of a name.
    var core = word[...]
    while let last = core.last, last.isOne(of: ".", ":", "-") { core = core.dropLast() }
    let tail = word[core.endIndex...]
    let name = Array(core)
    guard let at = name.firstIndex(of: UInt8(ascii: "@")) else { return scrubbedName(name) + tail }
    let isDigest = name[(at + 1)...].starts(with: "sha256:".utf8)
    if isDigest { return scrubbedName(Array(name[..<at])) + name[at...] + tail }
    if at > 0, name[(at + 1)...].contains(UInt8(ascii: ".")) {
      return substitute(for: name, kind: "mail") { "user\($0 == 1 ? "" : String($0))@example.com" }
        + tail
    }
    return name + tail
  }

  /// A host with or without a port, an address, an account, an identifier; anything else stays.
  private mutating func scrubbedName(_ name: [UInt8]) -> [UInt8] {
    let head = Array(name.prefix { $0 != UInt8(ascii: ":") })
    let rest = name[head.count...]
    if isAccount(head) {
      return substitute(for: head, kind: "account") {
        $0 == 1 ? "123456789012" : "21098765432\($0)"
      }
        + rest
    }
    if isUUID(head) {
      return substitute(for: head, kind: "uuid") {
        let digits = String($0)
        return "00000000-0000-0000-0000-"
          + String(repeating: "0", count: max(0, 12 - digits.utf8.count)) + digits
      } + rest
    }
    if let address = address(head) {
      let isTelling = address[0] == 127 || address[0] == 0 || address[0] == 169
      return isTelling ? name : substitute(for: head, kind: "ip") { "192.0.2.\($0 % 250)" } + rest
    }
    guard isHost(head) else { return name }
    let host = String(decoding: head, as: UTF8.self).lowercased()
    if let account = accountLabel(of: head) {
      let label = scrubbedName(account)
      return label + head[account.count...] + rest
    }
    if isPublic(host) { return name }
    return substitute(for: head, kind: "host") {
      $0 == 1 ? "registry.example.com" : "host\($0).example.com"
    } + rest
  }

  private mutating func substitute(
    for value: [UInt8], kind: String, _ make: (Int) -> String
  ) -> [UInt8] {
    let original = String(decoding: value, as: UTF8.self)
    if let known = substitutes[original] { return Array(known.utf8) }
    counts[kind, default: 0] += 1
    let made = make(counts[kind] ?? 1)
    substitutes[original] = made
    return Array(made.utf8)
  }

  // MARK: Looks

  private func isAccount(_ word: [UInt8]) -> Bool { word.count == 12 && word.allSatisfy(\.isDigit) }

  /// The account that begins the host of an Amazon registry.
  private func accountLabel(of host: [UInt8]) -> [UInt8]? {
    let label = Array(host.prefix { $0 != UInt8(ascii: ".") })
    return isAccount(label) ? label : nil
  }

  private func isUUID(_ word: [UInt8]) -> Bool {
    word.count == 36
      && word.enumerated().allSatisfy { index, byte in
        [8, 13, 18, 23].contains(index) ? byte == UInt8(ascii: "-") : byte.isHexDigit
      }
  }

  private func address(_ word: [UInt8]) -> [Int]? {
    let parts = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    let numbers = parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    return numbers.count == 4 && numbers.allSatisfy { 0...255 ~= $0 } ? numbers : nil
  }

  /// Endings that names of files have, and names of hosts have not.
  private static let fileEndings: Set<String> = [
    "go", "py", "js", "ts", "java", "rb", "rs", "c", "h", "cs", "json", "yaml", "yml", "toml",
    "xml",
    "txt", "log", "sh", "sock", "conf", "cfg", "tar", "gz", "tgz", "zip", "md", "exe", "service",
    "dockerfile", "lock", "pem", "crt", "key", "v1", "v2", "latest",
  ]

  private func isHost(_ word: [UInt8]) -> Bool {
    let labels = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count >= 2, let last = labels.last, last.count >= 2, last.allSatisfy(\.isLetter),
      labels.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isWordCharacter) })
    else { return false }
    return !PasteScrubber.fileEndings.contains(String(decoding: last, as: UTF8.self).lowercased())
  }
}
