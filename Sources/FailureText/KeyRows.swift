/// Finds private keys, and base64 that was cut into rows: as keys are written, and as narrow
/// terminals cut what is long.
struct KeyRows {
  private let text: [UInt8]
  private let message: Range<Int>
  private let base64 = KeyRows.base64
  /// The letters, digits and marks of base64, and what fills it up.
  private static let base64 = ASCIISet(lettersDigitsAnd: "+/=")

  /// How long a row is at least that is not the last.
  static let minimumBytes = 12

  // Up to where rows were compared with those behind them: from each row that is done once only.
  private var comparedEnd = 0

  init(_ text: [UInt8], _ message: Range<Int>) {
    self.text = text
    self.message = message
  }

  // MARK: Private keys

  /// `-----BEGIN … PRIVATE KEY-----` to its end, or to the message's; before an end that has no
  /// beginning, its rows.
  ///
  /// - Parameter word: What may end in `BEGIN` or `END`, behind the mark of a difference perhaps.
  func privateKey(at word: Range<Int>) -> Range<Int>? {
    if ends(word, with: "-----BEGIN") {
      guard var place = headerEnd(from: word.upperBound) else { return nil }
      while place < message.upperBound, !stands("-----END", at: place) { place += 1 }
      let end = place < message.upperBound ? headerEnd(from: place + 8) : nil
      return word.upperBound - 10..<(end ?? message.upperBound)
    }
    if ends(word, with: "-----END"), let end = headerEnd(from: word.upperBound) {
      return rowsStart(before: word.upperBound - 8)..<end
    }
    return nil
  }

  /// Where the dashes end that close a header, if it is that of a private key.
  ///
  /// A terminal may have cut it.
  private func headerEnd(from start: Int) -> Int? {
    var place = start
    while place < message.upperBound, !stands("-----", at: place) { place += 1 }
    guard place < message.upperBound else { return nil }
    let name = text[start..<place].filter { $0 > 0x20 }
    return name.indices.contains { name[$0...].starts(with: "PRIVATEKEY".utf8) } ? place + 5 : nil
  }

  /// Where the rows begin that end at a place, with white space or `\n` between them.
  private func rowsStart(before end: Int) -> Int {
    var start = end
    while true {
      var place = start
      while place > message.lowerBound, text[place - 1] <= 0x20 || text[place - 1] == 0x5C {
        place -= 1
      }
      let row = rowStart(before: place)..<place
      // The last one may be of a few characters.
      guard !row.isEmpty, start == end || SecretLook.isRest(text[row]) else { return start }
      start = row.lowerBound
    }
  }

  // MARK: Rows

  /// Whether a word may be a row that is not the last: it is long enough, or filled up perhaps.
  ///
  /// What is a secret by its look is longer still.
  func mayBegin(with word: Range<Int>) -> Bool {
    word.count >= KeyRows.minimumBytes
      || word.upperBound < message.upperBound && text[word.upperBound] == 0x3D
  }

  /// Whether the last word of the message may be a row, or what is left of one, that goes on behind it.
  func mayGoOn() -> Bool {
    var end = message.upperBound
    while end > message.lowerBound, text[end - 1] <= 0x20 { end -= 1 }
    let row = rowStart(before: end)..<end
    return row.count >= KeyRows.minimumBytes || SecretLook.isRest(text[row])
  }

  /// Rows of the same length that are long base64 when they are joined, with what is left of the
  /// text before and after them in others.
  ///
  /// - Parameter word: What may be the first of them.
  /// - Complexity: O(length of the rows); for all words of a message together O(its length).
  mutating func rows(from word: Range<Int>) -> Range<Int>? {
    guard word.lowerBound >= comparedEnd else { return nil }
    let length = rowEnd(from: word.lowerBound) - word.lowerBound
    guard length >= KeyRows.minimumBytes else { return nil }
    var count = 1
    var end = word.lowerBound + length
    var start = nextRow(after: end)
    while start < message.upperBound, rowEnd(from: start) - start == length {
      count += 1
      end = start + length
      start = nextRow(after: end)
    }
    comparedEnd = end
    guard count * length >= SecretLook.minimumBase64Bytes else { return nil }
    let joined = text[word.lowerBound..<end].filter { $0 > 0x20 }
    let padding = joined.reversed().prefix { $0 == 0x3D }.count
    guard SecretLook.isLongBase64(joined.dropLast(padding)) else { return nil }
    let tail = start..<rowEnd(from: start)
    let hasTail = start > end && SecretLook.isRest(text[tail])
    // What is long by itself was cut only if the rest stands in a line of its own.
    guard joined.count > length || hasTail && text[end] == 0x0A else { return nil }
    var headEnd = word.lowerBound
    while headEnd > message.lowerBound, text[headEnd - 1] <= 0x20 { headEnd -= 1 }
    let head = rowStart(before: headEnd)..<headEnd
    let hasHead = headEnd < word.lowerBound && SecretLook.isRest(text[head])
    return (hasHead ? head.lowerBound : word.lowerBound)..<(hasTail ? tail.upperBound : end)
  }

  /// The place behind white space; the end of the message where there is none.
  private func nextRow(after end: Int) -> Int {
    var place = end
    while place < message.upperBound, text[place] <= 0x20 { place += 1 }
    return place > end ? place : message.upperBound
  }

  private func rowEnd(from start: Int) -> Int {
    let base64 = base64
    return text.withUnsafeBufferPointer { bytes in
      var end = start
      while end < message.upperBound, base64.contains(bytes[end]) { end += 1 }
      return end
    }
  }

  private func rowStart(before end: Int) -> Int {
    var start = end
    while start > message.lowerBound, base64.contains(text[start - 1]) { start -= 1 }
    return start
  }

  private func ends(_ word: Range<Int>, with literal: StaticString) -> Bool {
    let count = literal.utf8CodeUnitCount
    return word.count >= count && stands(literal, at: word.upperBound - count)
  }

  private func stands(_ literal: StaticString, at place: Int) -> Bool {
    text[..<message.upperBound].stands(literal, at: place)
  }
}

extension ArraySlice<UInt8> {
  /// Whether a literal stands at a place, whole.
  func stands(_ literal: StaticString, at place: Int) -> Bool {
    let count = literal.utf8CodeUnitCount
    guard place + count <= endIndex else { return false }
    return (0..<count).allSatisfy { self[place + $0] == literal.utf8Start[$0] }
  }

  /// Whether a literal stands at the start.
  func begins(with literal: StaticString) -> Bool { stands(literal, at: startIndex) }
}
