/// Finds the secrets of a message.
///
/// It goes from word to word once. A word is a secret by its look, or names what comes after it:
/// then what stands between them says how sure that is. After `=`, within quotes, after an option, a
/// header or a variable in capitals stands nothing but a value; after `token:` there may be a
/// sentence, and only what looks like a secret is taken for one.
struct SecretFinder {
  private let text: [UInt8]
  private let message: Range<Int>
  private let wordBytes = SecretFinder.wordBytes
  private let beginnings = SecretLook.firstBytes
  /// The one that was walked last: a message may be made of nothing but beginnings of URLs.
  private var authorityStretch = 0..<0
  private var keyRows: KeyRows
  private var values: SecretValues

  /// What words are made of: also the marks of base64, options, paths, names and URLs.
  static let wordBytes = ASCIISet(lettersDigitsAnd: "_-.+/%~")

  init(_ text: [UInt8], _ message: Range<Int>) {
    self.text = text
    self.message = message
    keyRows = KeyRows(text, message)
    values = SecretValues(text, message)
  }

  /// The secrets, ascending; they may touch, and do not overlap.
  ///
  /// - Parameter limit: Words from there on are not asked what they are.
  /// - Complexity: O(length of the message).
  mutating func secrets(fromWordsBefore limit: Int = .max) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var place = message.lowerBound
    let limit = min(limit, message.upperBound)
    while true {
      place = self.place(from: place, before: limit) { $0.contains($1) }
      guard place < limit else { return found }
      let end = self.place(from: place, before: message.upperBound) { !$0.contains($1) }
      let word = place..<end
      let mayName = !isPlain(word) && mayName(word)
      guard mayName || keyRows.mayBegin(with: word) || byte(end) == 0x3A else {
        place = end
        continue
      }
      var secret = mayName ? keyRows.privateKey(at: word) : nil
      secret = secret ?? credentials(after: word) ?? (mayName ? values.value(of: word) : nil)
      if secret.map({ $0.upperBound > found.last?.upperBound ?? 0 }) == true {
        place = end
        while let next = secret, next.upperBound > found.last?.upperBound ?? 0 {
          found.append(max(next.lowerBound, found.last?.upperBound ?? 0)..<next.upperBound)
          place = max(place, next.upperBound)
          // Where two lines were joined, a value may end in the key of the next one.
          secret = values.value(
            of: max(next.lowerBound, next.upperBound - SecretKey.maximumBytes)..<next.upperBound)
        }
      } else {
        place = keyRows.mayBegin(with: word) ? takeLook(of: word, &found) : end
      }
    }
  }

  /// The first place before another whose byte is one that words are made of, or is none.
  @inline(__always)
  private func place(
    from start: Int, before end: Int, where isSought: (ASCIISet, UInt8) -> Bool
  ) -> Int {
    let wordBytes = wordBytes
    return text.withUnsafeBufferPointer { bytes in
      var place = start
      while place < end, !isSought(wordBytes, bytes[place]) { place += 1 }
      return place
    }
  }

  /// Takes what a word is by its look, alone or with the rows that follow it.
  ///
  /// - Returns: Where what was looked at ends.
  private mutating func takeLook(of word: Range<Int>, _ found: inout [Range<Int>]) -> Int {
    if !isID(word), let rows = keyRows.rows(from: word) {
      found.append(max(rows.lowerBound, found.last?.upperBound ?? 0)..<rows.upperBound)
      return rows.upperBound
    }
    if SecretLook.isSecret(text[word]) || SecretLook.isLongBase64(text[word]) && !isID(word) {
      found.append(word)
    } else if word.count >= SecretLook.minimumBytes {
      found += secretParts(of: word)
    }
    return word.upperBound
  }

  /// Whether a short word stands in a sentence, between words: it is no secret, and names none.
  @inline(__always)
  private func isPlain(_ word: Range<Int>) -> Bool {
    let last = text[word.upperBound - 1] | 0x20
    return word.count < KeyRows.minimumBytes && byte(word.upperBound) == 0x20
      && isWordByte(byte(word.upperBound + 1)) && text[word.lowerBound] != 0x2D
      && last != 0x72 && last != 0x63
  }

  /// Whether a word may name what comes after it: by its last letters, or as an option does.
  ///
  /// Most words are turned away by that.
  @inline(__always)
  private func mayName(_ word: Range<Int>) -> Bool {
    text[word.lowerBound] == 0x2D || SecretKey.mayEnd(text[word])
  }

  private func isWordByte(_ byte: UInt8) -> Bool { wordBytes.contains(byte) }

  /// The parts of a path, or of an option, that are secrets by their look, or end in one: behind dots,
  /// say.
  private func secretParts(of word: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var place = word.lowerBound
    while place < word.upperBound {
      let end = text[place..<word.upperBound].firstIndex(of: 0x2F) ?? word.upperBound
      let lastStart = max(place, end - SecretLook.minimumBytes + 1)
      var start = firstBeginning(from: place, before: lastStart)
      while start < lastStart, !isSecretPart(start..<end, of: place) {
        start = firstBeginning(from: start + 1, before: lastStart)
      }
      if start < lastStart { parts.append(start..<end) }
      place = end + 1
    }
    return parts
  }

  /// The first place before another where a secret by its look may begin.
  @inline(__always)
  private func firstBeginning(from start: Int, before end: Int) -> Int {
    let beginnings = beginnings
    return text.withUnsafeBufferPointer { bytes in
      var place = start
      while place < end, !beginnings.contains(bytes[place]) { place += 1 }
      return place
    }
  }

  /// Whether what a part of a path ends in is a secret by its look.
  private func isSecretPart(_ range: Range<Int>, of part: Int) -> Bool {
    isPartBeginning(range.lowerBound, of: part)
      ? SecretLook.isSecret(text[range]) : SecretLook.isUnmistakable(text[range])
  }

  /// Whether a secret may begin at a place of a part of a path: behind `%2F` too.
  @inline(__always)
  private func isPartBeginning(_ place: Int, of part: Int) -> Bool {
    text.withUnsafeBufferPointer { bytes in
      place == part || !bytes[place - 1].isLetterOrDigit && bytes[place - 1] != 0x5F
        || place - part > 2 && bytes[place - 3] == 0x25
    }
  }

  private func byte(_ place: Int) -> UInt8 { place < message.upperBound ? text[place] : 0x20 }

  private func stands(_ literal: StaticString, at place: Int) -> Bool {
    text[..<message.upperBound].stands(literal, at: place)
  }

  /// Whether a word is said to be an id, as S3 says of its hosts.
  private func isID(_ word: Range<Int>) -> Bool {
    [0, 1].contains { distance in
      let start = word.lowerBound - distance - 4
      return start >= message.lowerBound && text[start..<start + 4].isEqual("id: ")
    }
  }

  // MARK: Credentials

  /// The password of `scheme://user:password@host`.
  private mutating func credentials(after word: Range<Int>) -> Range<Int>? {
    guard stands("://", at: word.upperBound) else { return nil }
    let start = word.upperBound + 3
    let end = authorityEnd(from: start)
    guard let mark = text[start..<end].firstIndex(where: { $0 == 0x3A || $0 == 0x2F }),
      text[mark] == 0x3A, mark + 1 < end
    else { return nil }
    // What stands before a path is a host, with a port perhaps.
    if let slash = text[mark..<end].firstIndex(of: 0x2F),
      text[mark + 1..<slash].allSatisfy({ $0 &- 0x30 < 10 })
    {
      return nil
    }
    guard byte(end) == 0x40, byte(end + 1).isLetterOrDigit, !values.isPlaceholder(mark + 1..<end)
    else {
      return nil
    }
    return mark + 1..<end
  }

  /// Where the next `@` stands, or what cannot be part of a URL.
  private mutating func authorityEnd(from start: Int) -> Int {
    if authorityStretch.contains(start) { return authorityStretch.upperBound }
    var end = start
    while end < message.upperBound, text[end] > 0x20, text[end] != 0x22, text[end] != 0x27,
      text[end] != 0x40
    {
      end += 1
    }
    authorityStretch = start..<end
    return end
  }
}
