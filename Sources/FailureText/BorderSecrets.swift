/// Finds secrets that go across the borders of a message: where the rows of a key, or the halves of a
/// value, were not joined.
struct BorderSecrets {
  private let text: [UInt8]
  /// The border looked at last, which two messages have in common, with what goes across it.
  private var last: (border: Int, secret: Range<Int>?)?

  init(_ text: [UInt8]) { self.text = text }

  /// How much before and behind a border is looked at.
  private static let maximumBytesBeyond = 400

  /// The parts of such secrets that stand in a message, ascending.
  ///
  /// - Complexity: O(1).
  mutating func secrets(of message: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    // The message before ends where the line feed between the two stands.
    let hasLineFeed = message.lowerBound > 0 && text[message.lowerBound - 1] == 0x0A
    if let secret = secret(across: message.lowerBound - (hasLineFeed ? 1 : 0)) {
      parts.append(message.lowerBound..<restEnd(in: secret.clamped(to: message)))
    }
    if let secret = secret(across: message.upperBound), secret.lowerBound >= message.lowerBound {
      parts.append(secret.clamped(to: message))
    }
    return parts.filter { !$0.isEmpty }
  }

  /// What goes across a border, where a word behind it looks like the rest of a secret.
  mutating func secret(across border: Int) -> Range<Int>? {
    if let last, last.border == border { return last.secret }
    let secret = found(across: border)
    last = (border, secret)
    return secret
  }

  private func found(across border: Int) -> Range<Int>? {
    let start = max(0, border - BorderSecrets.maximumBytesBeyond)
    let end = min(text.count, border + BorderSecrets.maximumBytesBeyond)
    guard start < border, border < end else { return nil }
    // Most messages begin with a word of a sentence, and need no closer look.
    let rest = text[border..<end].firstIndex { $0 > 0x20 } ?? end
    let word = restWord(from: rest, to: end)
    guard word.end > rest else { return nil }
    // Words behind that one tell of nothing before it, but the end of a private key.
    let isKey = text[word.next..<end].indices.contains {
      text[$0] == UInt8(ascii: "-") && text[..<end].stands("-----END", at: $0)
    }
    guard isKey || mayBegin(in: start..<border) else { return nil }
    var finder = SecretFinder(text, start..<end)
    // What begins with the line feed itself stands behind it.
    let last = text[border] <= 0x20 ? border : border - 1
    return finder.secrets(fromWordsBefore: isKey ? end : word.next)
      .first { $0.lowerBound <= last && $0.upperBound > border }
  }

  /// Whether in a part of the text something may begin that goes on behind it.
  ///
  /// That is a private key, a row of one, or what is quoted and not closed; all else ends at white space.
  ///
  /// - Parameter part: It ends before the end of the text.
  private func mayBegin(in part: Range<Int>) -> Bool {
    let isSpace = text[part.upperBound - 1] <= 0x20 || text[part.upperBound] <= 0x20
    guard isSpace, !KeyRows(text, part).mayGoOn() else { return true }
    var closed: [UInt8] = []
    var place = part.upperBound
    while place > part.lowerBound {
      place -= 1
      if text[place] == 0x2D, text[part].stands("-----", at: place) { return true }
      guard text[place].isQuotation, !closed.contains(text[place]) else { continue }
      if followsName(place, in: part) { return true }
      closed.append(text[place])
    }
    return false
  }

  /// Whether what is quoted from a place on may be the value of what stands before it.
  private func followsName(_ quote: Int, in part: Range<Int>) -> Bool {
    let isBond = { (byte: UInt8) in
      byte <= 0x20 || byte == 0x3A || byte == 0x3D || byte == 0x5C || byte.isQuotation
    }
    var end = quote
    while end > part.lowerBound, isBond(text[end - 1]) { end -= 1 }
    var start = end
    while start > part.lowerBound, SecretFinder.wordBytes.contains(text[start - 1]) { start -= 1 }
    let word = text[start..<end]
    return !word.isEmpty && (word.contains(0x2D) || SecretKey.mayEnd(word))
  }

  /// Where the first word begins that does not look like a part of a secret: a quotation that nobody
  /// closed goes on for ever.
  private func restEnd(in part: Range<Int>) -> Int {
    var end = part.lowerBound
    var place = end
    while place < part.upperBound {
      let word = restWord(from: place, to: part.upperBound)
      guard word.end > place else { break }
      end = word.end
      place = word.next
      while place < part.upperBound, text[place] <= 0x20 { place += 1 }
    }
    return end
  }

  /// A word that looks like a part of a secret: where it ends, which is where it begins when it does not
  /// look so, and where what it is written with ends.
  private func restWord(from start: Int, to most: Int) -> (end: Int, next: Int) {
    let next = text[start..<most].firstIndex { $0 <= 0x20 } ?? most
    var end = next
    // The sentence around it goes on.
    while end > start, text[end - 1] == 0x3A || text[end - 1] == 0x2C { end -= 1 }
    return (SecretLook.isRest(text[start..<end]) ? end : start, next)
  }
}
