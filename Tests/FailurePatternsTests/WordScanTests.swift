import Testing

@testable import FailurePatterns

/// The words that large inputs are searched by, held against a walk from byte to byte.
@Suite("Words of a raw text")
struct WordScanTests {
  /// A text of the bytes that tell words and escapes, and some others; the same for a seed.
  private static func text(_ seed: UInt64) -> [UInt8] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func next(_ count: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(truncatingIfNeeded: state >> 33) % count
    }
    let pieces = [
      "a", "Zz", "toomany", "401", "m", "K", "mm", "\\n", "\\u003c", "\\\"", "\\", "\u{1B}[31m",
      "\u{1B}[K",
      "\u{1B}", " ", "\n", "-", ".", "é", "\u{0}", "longerthaneightletters",
      "0123456789abcdef0123456789abcdef",
    ]
    return (0..<next(120)).flatMap { _ in Array(pieces[next(pieces.count)].utf8) }
  }

  private static func words(_ text: [UInt8], in range: Range<Int>) -> [WordScan.Word] {
    var words: [WordScan.Word] = []
    text.withUnsafeBufferPointer {
      WordScan($0).forEach(in: range) { word in
        words.append(word)
        return true
      }
    }
    return words
  }

  /// How many letters and digits stand from a place on.
  private static func count(_ text: [UInt8], from place: Int) -> Int {
    text[place...].prefix(while: \.isAlphanumeric).count
  }

  /// Whether a place is behind an escape: `\n`, `\u003c`, a sequence that ends in `m` or `K`.
  private static func isBehindEscape(_ text: [UInt8], _ place: Int) -> Bool {
    if place >= 2, text[place - 2] == 0x5C { return true }
    if place >= 6, text[place - 6] == 0x5C, text[place - 5] == 0x75 { return true }
    guard place >= 3, text[place - 1] == 0x6D || text[place - 1] == 0x4B else { return false }
    let parameters = text[..<(place - 1)].reversed().drop { $0.isDigit || $0 == 0x3B }
    return parameters.starts(with: [0x5B, 0x1B])
  }

  @Test("Every word is found, with its letters and its length", arguments: 1...400)
  func everyWord(seed: UInt64) {
    let text = Self.text(seed)
    let found = Self.words(text, in: 0..<text.count)
    #expect(found.map(\.place) == found.map(\.place).sorted())
    for word in found {
      let count = Self.count(text, from: word.place)
      #expect(count >= 3 && word.count == min(64, count))
      #expect(word.key == WordScan.key(text[word.place..<word.place + count]))
    }
    let missed = Self.beginnings(text).subtracting(found.map(\.place))
    #expect(missed.isEmpty, "of \(String(decoding: text, as: UTF8.self))")
  }

  /// Where words of three and more certainly begin.
  private static func beginnings(_ text: [UInt8]) -> Set<Int> {
    Set(
      text.indices.filter { place in
        count(text, from: place) >= 3
          && (place == 0 || !text[place - 1].isAlphanumeric || isBehindEscape(text, place))
      })
  }

  @Test("Where the ranges end does not matter", arguments: 1...100)
  func ranges(seed: UInt64) {
    let text = Self.text(seed)
    let beginnings = Self.beginnings(text)
    for middle in stride(from: 0, through: text.count, by: 7) {
      let parts =
        Self.words(text, in: 0..<middle) + Self.words(text, in: middle..<text.count)
      #expect(beginnings.isSubset(of: parts.map(\.place)))
    }
  }

  @Test("Words of different lengths have different keys")
  func keys() {
    let words = [
      "contain", "container", "containers", "containerd", "registry", "registryunavailable",
    ]
    #expect(Set(words.map { WordScan.key(Array($0.utf8)) }).count == 5)
    #expect(WordScan.key(Array("DENIED".utf8)) == WordScan.key(Array("denied".utf8)))
  }
}
