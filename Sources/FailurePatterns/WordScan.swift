import CByteScan

/// Goes through the words of a raw text: stretches of three and more ASCII letters and digits.
///
/// A word also begins after what an escape ends in: the `n` of `\n`, the digits of `\u003c`, the `m`
/// of a colour. There may be more such beginnings than there are escapes; who asks for words looks
/// at them again.
///
/// - Complexity: O(n), 64 bytes at a time.
struct WordScan {
  private let text: UnsafeBufferPointer<UInt8>

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// A word, and where it stands.
  struct Word {
    let place: Int
    /// How many letters it has, of ``WordScan/mostLetters`` and more that many.
    let count: Int
    /// Its first eight letters, the first lowest, small; with them how many it has, which tells most
    /// longer words apart.
    let key: UInt64
  }

  static let mostLetters = Int(REGDIAG_MOST_LETTERS)

  /// The key of a word.
  ///
  /// - Parameter word: Three or more ASCII letters and digits.
  static func key(_ word: some Collection<UInt8>) -> UInt64 {
    word.prefix(8).enumerated().reduce(UInt64(min(word.count, mostLetters)) << 56) {
      $0 ^ UInt64($1.element | 0x20) << UInt64(8 * $1.offset)
    }
  }

  /// The hash of a word's key, whose highest bits are the best.
  @inline(__always)
  static func hash(_ key: UInt64) -> UInt64 { regdiag_word_hash(key) }

  /// Words, by a bit for each hash; others may have the bit of one.
  struct Filter {
    /// As many bits as a power of two, the lowest four of each byte, and how far a hash is shifted to
    /// its place among them.
    struct Bits {
      let start: UnsafePointer<UInt8>
      let shift: UInt64
    }

    fileprivate let filter: regdiag_word_filter

    /// - Parameters:
    ///   - words: By their keys.
    ///   - beside: By what they and what stands beside them is known by; `nil`: anything may.
    init(_ words: Bits, beside: Bits? = nil) {
      filter = regdiag_word_filter(
        words: words.start, shift: words.shift, beside: beside?.start,
        beside_shift: beside?.shift ?? 0)
    }
  }

  /// What a word is known by together with what stands beside it in a text.
  ///
  /// - Parameter word: Where it stands.
  static func keyBeside(_ word: Range<Int>, in text: [UInt8]) -> UInt64 {
    let key = key(text[word])
    return text.withUnsafeBufferPointer { text in
      guard let base = text.baseAddress else { return key }
      if word.upperBound + 3 <= text.count {
        return regdiag_behind_word(key, base + word.upperBound)
      }
      return word.lowerBound >= 3
        ? regdiag_before_word(key, base + word.lowerBound - 3) : regdiag_beside_any(key)
    }
  }

  /// How many words are taken in one go.
  private static let room = 4 * Int(REGDIAG_LEAST_ROOM)

  /// Goes through the words of a filter that begin in a range, ascending, until `body` says stop.
  @inline(__always)
  func forEach(in range: Range<Int>, _ filter: Filter, _ body: (Word) -> Bool) {
    guard let base = text.baseAddress else { return }
    withUnsafeTemporaryAllocation(of: regdiag_word.self, capacity: WordScan.room) { found in
      guard let words = found.baseAddress else { return }
      var place = range.lowerBound
      while place < range.upperBound {
        let count = regdiag_find_words(
          base, text.count, &place, range.upperBound, filter.filter, words, found.count)
        for number in 0..<count {
          let word = words[number]
          guard body(Word(place: word.place, count: word.count, key: word.key)) else { return }
        }
      }
    }
  }

  /// Goes through the words that begin in a range, ascending, until `body` says stop.
  func forEach(in range: Range<Int>, _ body: (Word) -> Bool) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1) { bits in
      bits.initialize(repeating: 0x0F)
      guard let all = bits.baseAddress else { return }
      forEach(in: range, Filter(Filter.Bits(start: all, shift: 62)), body)
    }
  }
}
