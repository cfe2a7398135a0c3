/// Finds the secret that a word names: the value of a key, an option, a header or a variable.
struct SecretValues {
  private let text: [UInt8]
  private let message: Range<Int>
  // The stretches that were walked last. A message may be made of nothing but beginnings of values
  // that are none: each stretch is walked once, not from every one of them.
  private var valueStretch = 0..<0
  private var listStretch = 0..<0

  init(_ text: [UInt8], _ message: Range<Int>) {
    self.text = text
    self.message = message
  }

  /// How a value is bound to its key.
  private enum Bond {
    /// Nothing but a value can stand there.
    case certain
    /// A sentence may go on there.
    case loose
  }

  /// The secret that a word names, if it names one.
  mutating func value(of word: Range<Int>) -> Range<Int>? {
    // Most words are none of `--password`, `Bearer`, `Basic` and `key=`.
    let last = text[word.upperBound - 1] | 0x20
    guard text[word.lowerBound] == 0x2D || last == 0x72 || last == 0x63 || isBound(word.upperBound)
    else { return nil }
    // What stands before the last slash is a path: `//registry/:_authToken`, `/token?sig=`.
    let start = text[word].lastIndex(of: 0x2F).map { $0 + 1 } ?? word.lowerBound
    let name = text[start..<word.upperBound]
    let bare = name.drop { $0 == 0x2D }
    let isOption = bare.count < name.count && start == word.lowerBound
    if isOption, isLoginOption(name) { return optionValue(after: word.upperBound) }
    if isOption, bare.hasSuffix("creds") || bare.hasSuffix("cred") || name.elementsEqual("-u".utf8)
    {
      return pairValue(after: word.upperBound)
    }
    if bare.isEqual("bearer") || bare.isEqual("basic") { return schemeValue(after: word) }
    guard isOption || isBound(word.upperBound), SecretKey.names(bare) || isSecondHalf(word)
    else { return nil }
    return keyValue(after: word, name: bare, isOption: isOption)
  }

  /// Whether `=` or `:` comes next, behind quotes and spaces perhaps.
  private func isBound(_ place: Int) -> Bool {
    var end = place
    while end < message.upperBound, end < place + 5,
      text[end].isQuotation || text[end] == 0x5C || text[end] == 0x20 || text[end] == 0x0A
    {
      end += 1
    }
    return byte(end) == 0x3D || byte(end) == 0x3A
  }

  /// Whether the first half of a key stands at the end of the line before, where a terminal cut it.
  private func isSecondHalf(_ word: Range<Int>) -> Bool {
    let end = word.lowerBound - 1
    guard end > 0, text[end] == 0x0A else { return false }
    var start = end
    while start > 0, end - start < SecretKey.maximumBytes,
      SecretFinder.wordBytes.contains(text[start - 1])
    {
      start -= 1
    }
    return start < end && SecretKey.names(text[start..<end] + text[word])
  }

  /// Whether `-p` stands in a command that takes a password by it: after `login`, or a user name.
  private func isLoginOption(_ name: ArraySlice<UInt8>) -> Bool {
    guard name.elementsEqual("-p".utf8) else { return false }
    let before = text[max(message.lowerBound, name.startIndex - 200)..<name.startIndex]
    if before.contains("login ") || before.contains("--username") { return true }
    // `useradd -u 1000 x && mkdir -p /var/x`
    return before.contains("-u ") && byte(name.endIndex + 1) != 0x2F
  }

  /// What stands after an option: the next word, or what is quoted.
  private mutating func optionValue(after place: Int) -> Range<Int>? {
    var start = place
    if byte(start) == 0x3D { start += 1 }
    while start < message.upperBound, text[start] <= 0x20 { start += 1 }
    let value = extent(from: start, endsAtComma: false)
    return value.isEmpty || byte(value.lowerBound) == 0x2D || isPlaceholder(value) ? nil : value
  }

  /// The second half of `user:password` after an option.
  private mutating func pairValue(after place: Int) -> Range<Int>? {
    guard let pair = optionValue(after: place),
      let colon = text[pair].firstIndex(of: 0x3A), colon + 1 < pair.upperBound,
      text[colon + 1] != 0x2F,
      !isPlaceholder(colon + 1..<pair.upperBound)
    else { return nil }
    return colon + 1..<pair.upperBound
  }

  /// What follows `Bearer` or `Basic`; in a header it is a secret, else only if it looks like one.
  private mutating func schemeValue(after word: Range<Int>) -> Range<Int>? {
    var start = word.upperBound
    while start < message.upperBound, text[start] <= 0x20 || text[start] == 0x3A { start += 1 }
    guard start > word.upperBound else { return nil }
    let value = extent(from: start, endsAtComma: true)
    guard !value.isEmpty, !isChallenge(value), !isPlaceholder(value) else { return nil }
    let before = text[max(message.lowerBound, word.lowerBound - 24)..<word.lowerBound]
    let isHeader = before.lowercased().contains("authorization")
    return isHeader || SecretLook.isLikely(text[value]) ? value : nil
  }

  /// A challenge names its realm where a credential would stand.
  private func isChallenge(_ value: Range<Int>) -> Bool {
    text[value].begins(with: "realm=") || text[value].begins(with: "error=")
  }

  /// What is bound to a key by `=` or `:`, or follows an option.
  private mutating func keyValue(
    after word: Range<Int>, name: ArraySlice<UInt8>, isOption: Bool
  ) -> Range<Int>? {
    // A part of an ARN, or what a CI system writes in place of a secret.
    let before = word.lowerBound > message.lowerBound ? text[word.lowerBound - 1] : 0x20
    if before == 0x3A || before == 0x5B, byte(word.upperBound) == 0x3A { return nil }
    var start = word.upperBound
    var bond = Bond.loose
    let isKeyQuoted = skipQuote(&start) && before.isQuotation
    skipSpaces(&start)
    switch byte(start) {
    case 0x3D:
      bond = .certain
      start += 1
    case 0x3A:
      // `/etc/passwd: permission denied` is about a file.
      guard !text[word].contains(0x2F) else { return nil }
      start += 1
      if isKeyQuoted || name.isVariableOrHeader { bond = .certain }
    default:
      guard isOption, start > word.upperBound else { return nil }
      bond = .certain
    }
    skipSpaces(&start)
    let isQuoted = start < message.upperBound && (text[start].isQuotation || text[start] == 0x5C)
    if isQuoted { bond = .certain }
    // The scheme of a header is no secret; what follows it is.
    let open = isQuoted ? start + 1 : start
    for scheme in ["bearer ", "basic ", "token "] {
      let end = min(message.upperBound, open + scheme.utf8.count)
      if open < end, text[open..<end].lowercased().elementsEqual(scheme.utf8) {
        start = end
        bond = .certain
      }
    }
    let value = extent(from: start, endsAtComma: bond == .loose)
    guard !value.isEmpty, !isPlaceholder(value), !isChallenge(value),
      !SecretLook.isState(text[value])
    else { return nil }
    if isQuoted, isProse(value, of: name) { return nil }
    switch bond {
    case .certain: return value.count >= 4 ? value : nil
    case .loose: return SecretLook.isLikely(text[value]) ? value : nil
    }
  }

  /// Whether what is quoted is told of a thing instead of being its value: `auth: "not present"`, or
  /// of a rule of Kyverno `check-image-signature: 'failed to verify image …'`.
  ///
  /// What people make up may be a sentence of any words; what programs make begins with no two.
  private func isProse(_ value: Range<Int>, of name: ArraySlice<UInt8>) -> Bool {
    if name.isEqual("auth") { return text[value].contains(0x20) }
    guard SecretKey.names(name), !SecretKey.isMadeUp(name) else { return false }
    let words = text[value].split(separator: 0x20, maxSplits: 2)
    return words.count == 3 && words.prefix(2).allSatisfy(\.isPlainWord)
  }

  /// Skips a quotation mark with the backslashes before it.
  private func skipQuote(_ place: inout Int) -> Bool {
    var end = place
    while end < message.upperBound, text[end] == 0x5C { end += 1 }
    guard end < message.upperBound, text[end].isQuotation else { return false }
    place = end + 1
    return true
  }

  private func skipSpaces(_ place: inout Int) {
    while place < message.upperBound, text[place] == 0x20 || text[place] == 0x0A { place += 1 }
  }

  /// A value: what is quoted, or all up to a space or to what goes on with another parameter.
  private mutating func extent(from place: Int, endsAtComma: Bool) -> Range<Int> {
    var start = place
    let isQuoted = skipQuote(&start)
    if isQuoted {
      let quote = text[start - 1]
      var end = start
      while end < message.upperBound, text[end] != quote { end += 1 }
      while end > start, text[end - 1] == 0x5C { end -= 1 }
      return start..<end
    }
    var end = stretchEnd(from: start, endsAtComma: endsAtComma)
    // The sentence around it goes on.
    while end > start, end == message.upperBound || text[end] <= 0x20,
      text[end - 1] == 0x2C || text[end - 1] == 0x3A || text[end - 1] == 0x29
    {
      end -= 1
    }
    return start..<end
  }

  /// Where what is not quoted ends, be it a value or a list of them.
  private mutating func stretchEnd(from start: Int, endsAtComma: Bool) -> Int {
    let known = endsAtComma ? valueStretch : listStretch
    if known.contains(start) { return known.upperBound }
    var end = start
    while end < message.upperBound, text[end] > 0x20, !text[end].isQuotation, text[end] != 0x26,
      text[end] != 0x3B, text[end] != 0x5C, text[end] != 0x7D, !endsAtComma || text[end] != 0x2C
    {
      end += 1
    }
    if endsAtComma { valueStretch = start..<end } else { listStretch = start..<end }
    return end
  }

  /// What stands for a secret rather than being one: `$VAR`, `***`, `<token>`, `{{ … }}`.
  func isPlaceholder(_ range: Range<Int>) -> Bool {
    guard let first = text[range].first else { return true }
    switch first {
    case 0x24, 0x2A, 0x3C, 0x7B, 0x28, 0x5B: return true
    // A variable of Windows, or an escaped byte of a value.
    case 0x25 where range.count < 12: return true
    default: return text[range].allSatisfy { $0 | 0x20 == 0x78 || $0 == 0x2E || $0 == 0x2A }
    }
  }

  private func byte(_ place: Int) -> UInt8 { place < message.upperBound ? text[place] : 0x20 }
}

extension ArraySlice<UInt8> {
  fileprivate func hasSuffix(_ suffix: StaticString) -> Bool {
    count >= suffix.utf8CodeUnitCount && self.suffix(suffix.utf8CodeUnitCount).isEqual(suffix)
  }

  /// Whether these are a word in small letters, whatever their own case.
  func isEqual(_ word: StaticString) -> Bool {
    guard count == word.utf8CodeUnitCount else { return false }
    return enumerated().allSatisfy { $1.lowercased == word.utf8Start[$0] }
  }

  fileprivate func contains(_ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    guard count >= length else { return false }
    return (startIndex...endIndex - length).contains { self[$0..<$0 + length].isEqual(word) }
  }

  fileprivate func lowercased() -> ArraySlice<UInt8> { map(\.lowercased)[...] }

  /// Whether these are letters, small but for the first, and perhaps a comma or colon behind them.
  fileprivate var isPlainWord: Bool {
    let letters = last == 0x2C || last == 0x3A ? dropLast() : self
    return letters.first.map { ($0 | 0x20) &- 0x61 < 26 } ?? false
      && letters.dropFirst().allSatisfy { $0 &- 0x61 < 26 }
  }

  /// Whether a key is one of an environment or of a request: `CI_JOB_TOKEN`, `PRIVATE-TOKEN`,
  /// `X-Registry-Auth`.
  fileprivate var isVariableOrHeader: Bool {
    let isCapital = !contains { $0 &- 0x61 < 26 } && contains { $0 == 0x5F || $0 == 0x2D }
    return isCapital
      || count > 2 && self[startIndex].lowercased == 0x78 && self[startIndex + 1] == 0x2D
      || isEqual("passwd")
  }
}

extension UInt8 {
  fileprivate var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
  var isQuotation: Bool { self == 0x22 || self == 0x27 || self == 0x60 }
  var isLetterOrDigit: Bool { (self | 0x20) &- 0x61 < 26 || self &- 0x30 < 10 }
}
