/// Whether a key is named after a secret.
enum SecretKey {
  /// How such names end, without their marks and in small letters.
  private static let endings = [
    "password", "passwd", "passphrase", "pwd", "secret", "secretkey", "clientsecret", "token",
    "apikey", "accesskey", "accountkey", "privatekey", "privatekeyid", "signature", "sig",
    "credential", "securitytoken", "authtoken", "authorization", "artapi", "pat",
  ].map(Ending.init)
  /// Names that are too short to be the end of others.
  private static let names = ["auth", "xregistryauth", "xauth", "registryauth"].map(Ending.init)

  /// Names of what is no secret though they end as if it were: numbers of requests, names of objects.
  private static let exceptions: [String.UTF8View] = [
    "requesttoken", "clienttoken", "nexttoken", "continuationtoken", "externalsecret",
    "imagepullsecret", "pullsecret",
  ].map(\.utf8)

  /// How long a key may be.
  static let maximumBytes = 48

  static func names(_ name: ArraySlice<UInt8>) -> Bool {
    guard name.count >= 3, name.count <= maximumBytes, let last = lastLetters(of: name),
      lastPairs[slot(of: last)]
    else { return false }
    let mayEnd = endings.lazy.filter { $0.last == last }.map(\.letters)
    let mayBe = names.lazy.filter { $0.last == last }.map(\.letters)
    if mayBe.contains(where: { holds(name, $0, isWhole: true) }) { return true }
    guard let ending = mayEnd.first(where: { holds(name, $0, isWhole: false) }) else {
      return false
    }
    // `sig` and `pat` are the ends of other words too.
    return
      (ending.count > 3 || holds(name, ending, isWhole: true) || isLastPart(ending.count, of: name))
      && !exceptions.contains { holds(name, $0, isWhole: true) }
  }

  /// The ends of names whose values people make up.
  private static let madeUpEndings = ["password", "passwd", "passphrase", "pwd", "secret"].map(
    \.utf8)

  /// Whether a name is that of a secret that a person may have made up.
  static func isMadeUp(_ name: ArraySlice<UInt8>) -> Bool {
    madeUpEndings.contains { holds(name, $0, isWhole: false) }
  }

  /// Which pairs of last letters, by their low bits, any of these names has: most words have another.
  private static let lastPairs = pairs(of: endings + names)

  /// The same with those of schemes and of what stands around private keys.
  private static let tellingPairs = pairs(
    of: endings + names + ["bearer", "basic", "begin", "end"].map(Ending.init))

  private static func pairs(of endings: [Ending]) -> [Bool] {
    var pairs = [Bool](repeating: false, count: 1 << 10)
    for ending in endings { pairs[slot(of: ending.last)] = true }
    return pairs
  }

  /// Whether a word may be such a name, its second half, a scheme or the edge of a private key.
  ///
  /// What ends in fewer than two letters may be the end of anything.
  static func mayEnd(_ word: ArraySlice<UInt8>) -> Bool {
    lastLetters(of: word).map { tellingPairs[slot(of: $0)] } ?? true
  }

  private static func slot(of pair: UInt16) -> Int { Int(pair >> 8 & 0x1F) << 5 | Int(pair & 0x1F) }

  /// The last two letters of a name, in small letters: most names are turned away by them.
  private static func lastLetters(of name: ArraySlice<UInt8>) -> UInt16? {
    var pair: UInt16 = 0
    var place = name.endIndex
    for shift in [UInt16(0), 8] {
      while place > name.startIndex, isMark(name[place - 1]) { place -= 1 }
      guard place > name.startIndex else { return nil }
      place -= 1
      pair |= UInt16(name[place] | 0x20) << shift
    }
    return pair
  }

  /// Letters that a name may end with or be, and the last two of them.
  private struct Ending {
    let letters: String.UTF8View
    let last: UInt16

    init(_ text: String) {
      letters = text.utf8
      last = letters.suffix(2).reduce(0) { $0 << 8 | UInt16($1) }
    }
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    byte == 0x5F || byte == 0x2D || byte == 0x2E
  }

  /// Whether a name ends with letters, whatever their case and the marks between them.
  private static func holds(
    _ name: ArraySlice<UInt8>, _ letters: String.UTF8View, isWhole: Bool
  ) -> Bool {
    var place = name.endIndex
    func skipMarks() {
      while place > name.startIndex, isMark(name[place - 1]) { place -= 1 }
    }
    for letter in letters.reversed() {
      skipMarks()
      guard place > name.startIndex, name[place - 1] | 0x20 == letter else { return false }
      place -= 1
    }
    skipMarks()
    return !isWhole || place == name.startIndex
  }

  /// Whether the last letters of a name are a part of their own: `CR_PAT`.
  private static func isLastPart(_ count: Int, of name: ArraySlice<UInt8>) -> Bool {
    let place = name.endIndex - count - 1
    return place >= name.startIndex && (name[place] == 0x5F || name[place] == 0x2D)
  }
}

/// What secrets look like, whatever stands around them.
enum SecretLook {
  /// Beginnings of tokens, and how long such a token is at least.
  private static let beginnings: [(start: StaticString, count: Int)] = [
    ("glpat-", 20), ("gldt-", 20), ("glcbt-", 20), ("glrt-", 20), ("dckr_pat_", 20),
    ("dckr_oat_", 20), ("ya29.", 20), ("xoxb-", 20), ("hvs.", 20), ("GOCSPX-", 20),
    ("ghp_", 30), ("gho_", 30), ("ghu_", 30), ("ghs_", 30), ("ghr_", 30), ("npm_", 30),
    ("github_pat_", 40), ("AQoDYXdz", 40), ("IQoJb3JpZ2lu", 40), ("eyJwYXlsb2FkIjoi", 40),
  ]

  /// What they begin with, those of AWS's keys and of JSON web tokens too.
  static let firstBytes = ASCIISet(beginnings.map { $0.start.utf8Start[0] } + Array("Ae".utf8))

  /// How long a secret is at least that is one by its look.
  static let minimumBytes = 20

  /// Whether a word is a secret by itself.
  static func isSecret(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count >= minimumBytes, let first = word.first else { return false }
    for beginning in beginnings where beginning.start.utf8Start[0] == first {
      if word.count >= beginning.count, word.begins(with: beginning.start) { return true }
    }
    if isAccessKey(word.prefix(minimumBytes)) { return true }
    // A JSON web token: three parts, the first two of which are JSON.
    if word.count >= 40, word.begins(with: "eyJ") {
      return word.count { $0 == 0x2E } >= 2 || word.count >= 80
    }
    return false
  }

  /// Beginnings that are part of no other word, and how many letters and digits follow at least.
  private static let unmistakable: [(start: StaticString, rest: Int)] = [
    ("ghp_", 30), ("gho_", 30), ("ghu_", 30), ("ghs_", 30), ("ghr_", 30), ("github_pat_", 20),
    ("glpat-", 10), ("dckr_pat_", 16), ("dckr_oat_", 16), ("eyJhbGciOi", 8), ("eyJ0eXAiOi", 8),
    ("eyJraWQiOi", 8),
  ]

  /// Whether a secret begins here even right behind a letter or digit: where a line was wrapped, what
  /// begins the next one may stand glued to what ended the last.
  static func isUnmistakable(_ word: ArraySlice<UInt8>) -> Bool {
    guard let first = word.first, first == 0x67 || first == 0x64 || first == 0x65 else {
      return false
    }
    return unmistakable.contains { beginning in
      word.begins(with: beginning.start)
        && word.dropFirst(beginning.start.utf8CodeUnitCount).prefix(beginning.rest)
          .count { $0.isLetterOrDigit } == beginning.rest
    }
  }

  /// Whether twenty bytes are the id of a key of AWS: `ASIA-PACIFIC-…` is none.
  private static func isAccessKey(_ word: ArraySlice<UInt8>) -> Bool {
    (word.begins(with: "AKIA") || word.begins(with: "ASIA"))
      && word.allSatisfy { $0 &- 0x41 < 26 || $0 &- 0x30 < 10 }
  }

  /// How long base64 is at least that is taken for a key.
  static let minimumBase64Bytes = 48

  /// Long base64, as the rows of keys are: no path, no digest.
  static func isLongBase64(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count >= minimumBase64Bytes, !word.begins(with: "sha") else { return false }
    var classes = (upper: 0, lower: 0, digits: 0, marks: 0)
    for byte in word {
      switch byte {
      case 0x41...0x5A: classes.upper += 1
      case 0x61...0x7A: classes.lower += 1
      case 0x30...0x39: classes.digits += 1
      case 0x2B, 0x2F, 0x2D, 0x5F: classes.marks += 1
      default: return false
      }
    }
    return classes.upper * 8 > word.count && classes.lower * 8 > word.count && classes.digits > 1
      && classes.marks * 8 < word.count
  }

  /// How much of a value tells what it looks like: a longer one is no other.
  private static let tellingBytes = 256

  /// Whether a word is more likely a secret than a part of a sentence, an option or a host name.
  ///
  /// - Complexity: O(1).
  static func isLikely(_ word: ArraySlice<UInt8>) -> Bool {
    let value = word.prefix(tellingBytes)
    guard let first = value.first, first != 0x2D, value.count >= 6, !value.contains(0x5B) else {
      return false
    }
    if value.begins(with: "http") || value.begins(with: "sha256") { return false }
    let hasDigit = value.contains { $0 &- 0x30 < 10 }
    let hasUpper = value.contains { $0 &- 0x41 < 26 }
    let hasLower = value.contains { $0 &- 0x61 < 26 }
    let hasMark = value.contains {
      !($0 &- 0x30 < 10) && !(($0 | 0x20) &- 0x61 < 26) && $0 != 0x2D && $0 != 0x2E && $0 != 0x2F
    }
    let isPort = value.count < 8 && value.allSatisfy { $0 &- 0x30 < 10 }
    return !isPort && (hasDigit || hasMark || value.count >= 24 && hasUpper && hasLower)
  }

  /// Whether a word that stands next to a part of a secret is more likely another part of it than a
  /// word of a sentence: also with a capital in its middle, or where base64 is filled up.
  static func isRest(_ word: ArraySlice<UInt8>) -> Bool {
    if isLikely(word) || word.last == 0x3D { return true }
    return word.count >= 6 && word.contains { $0 &- 0x61 < 26 }
      && word.dropFirst().contains { $0 &- 0x41 < 26 }
  }

  /// What programs say of a secret where they do not print it.
  private static let states = Set(
    """
    none null nil true false basic bearer oauth oauth2 default desktop required missing invalid expired empty unset unknown
    """.split(whereSeparator: \.isWhitespace).map { Array($0.utf8) })

  static func isState(_ value: ArraySlice<UInt8>) -> Bool {
    value.count < 10 && states.contains(value.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 })
  }
}
