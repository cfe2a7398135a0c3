import CByteScan

/// Goes through the words of a raw text: stretches of three and more ASCII letters and digits.
///
/// Of those that begin with a digit only the ones of three are words, as a status is: the longer are
/// times, numbers and hashes, a third of what a log holds, and no pattern is known by one.
///
/// A word also begins after what an escape ends in: the `n` of `\n`, the digits of `\u003c`, the `m`
/// of a colour, of a sequence of 64 bytes at most. There may be more such beginnings than there are
/// escapes; who asks for words looks at them again.
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

  /// Whether a stretch of letters and digits is a word.
  static func isWord(_ stretch: some Collection<UInt8>) -> Bool {
    guard let first = stretch.first else { return false }
    return first.isLetter ? stretch.count >= 3 : stretch.count == 3
  }

  /// The hash of a word's key, whose highest bits are the best.
  @inline(__always)
  static func hash(_ key: UInt64) -> UInt64 { regdiag_word_hash(key) }

  /// The words that are meant; others may be taken for one.
  struct Filter {
    fileprivate let filter: regdiag_word_filter

    /// - Parameters:
    ///   - words: By their keys.
    ///   - beside: By ``WordScan/keyBeside(_:in:)``; `nil`: anything may stand beside them.
    init(_ words: regdiag_key_set, beside: regdiag_key_set? = nil) {
      filter = regdiag_word_filter(
        words: words, beside: beside ?? regdiag_key_set(bits: nil, shift: 0))
    }

    /// Makes a filter of a few words.
    ///
    /// - Parameter keys: Theirs; none to mean all words.
    static func withFilter(of keys: [UInt64], _ body: (Filter) -> Void) {
      let numberBits = 12
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << numberBits / 4) { bits in
        bits.initialize(repeating: keys.isEmpty ? 0xF : 0)
        let set = regdiag_key_set(bits: bits.baseAddress, shift: UInt64(64 - numberBits))
        for key in keys { set.add(key, to: bits) }
        body(Filter(set))
      }
    }
  }

  /// What a word is known by together with what stands beside it in a text.
  ///
  /// - Parameter word: Where it stands.
  static func keyBeside(_ word: Range<Int>, in text: [UInt8]) -> UInt64 {
    func three(_ bytes: ArraySlice<UInt8>) -> UInt32? {
      guard bytes.count == 3 else { return nil }
      return bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    let before = three(text[..<word.lowerBound].suffix(3)).map(regdiag_before_word)
    let behind = three(text[word.upperBound...].prefix(3)).map(regdiag_behind_word)
    let isAnything = before == nil && behind == nil
    return key(text[word]) ^ (isAnything ? regdiag_anything_beside : (before ?? 0) ^ (behind ?? 0))
  }

  /// Goes through the words of a filter that begin in a range, ascending, until `body` says stop.
  @inline(__always)
  func forEach(in range: Range<Int>, _ filter: Filter, _ body: (Word) -> Bool) {
    guard let base = text.baseAddress else { return }
    // A word for each byte at most.
    let room = min(Int(REGDIAG_WORD_ROOM), range.count)
    let instructions = regdiag_best_instructions()
    withUnsafeTemporaryAllocation(of: regdiag_word.self, capacity: room) { found in
      guard let words = found.baseAddress else { return }
      var place = range.lowerBound
      while place < range.upperBound {
        let count = regdiag_find_words(
          instructions, base, text.count, &place, range.upperBound, filter.filter, words)
        for number in 0..<count {
          let word = words[number]
          guard body(Word(place: word.place, count: word.count, key: word.key)) else { return }
        }
      }
    }
  }

  /// Goes through the words that begin in a range, ascending, until `body` says stop.
  func forEach(in range: Range<Int>, _ body: (Word) -> Bool) {
    Filter.withFilter(of: []) { forEach(in: range, $0, body) }
  }
}

extension regdiag_key_set {
  /// The bits of a set of some keys.
  ///
  /// - Parameter numberBits: How many bits the number of a hash has.
  static func bits(of keys: some Sequence<UInt64>, numberBits: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 1 << numberBits / 4)
    bytes.withUnsafeMutableBufferPointer { bytes in
      let set = regdiag_key_set(bits: bytes.baseAddress, shift: UInt64(64 - numberBits))
      for key in keys { set.add(key, to: bytes) }
    }
    return bytes
  }

  /// Adds a key to the bits of a set.
  fileprivate func add(_ key: UInt64, to bits: UnsafeMutableBufferPointer<UInt8>) {
    let number = Int(WordScan.hash(key) >> shift)
    bits[number >> 2] |= 1 << UInt8(number & 3)
  }
}
