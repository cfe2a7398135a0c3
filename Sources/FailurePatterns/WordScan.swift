import CWordMasks

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
    /// How many letters it has, of 64 and more 64.
    let count: Int
    /// Its first eight letters, the first lowest, small; with them how many it has, which tells most
    /// longer words apart.
    let key: UInt64
  }

  /// The key of a word.
  ///
  /// - Parameter word: Three or more ASCII letters and digits.
  static func key(_ word: some Collection<UInt8>) -> UInt64 {
    word.prefix(8).enumerated().reduce(UInt64(min(word.count, width)) << 56) {
      $0 ^ UInt64($1.element | 0x20) << UInt64(8 * $1.offset)
    }
  }

  private static let width = 64

  /// Goes through the words that begin in a range, ascending, until `body` says stop.
  @inline(__always)
  func forEach(in range: Range<Int>, _ body: (Word) -> Bool) {
    guard !range.isEmpty, let base = text.baseAddress else { return }
    // What stands before the range tells what begins in it.
    var block = max(0, range.lowerBound - WordScan.width)
    var before = regdiag_word_masks()
    var here = masks(base, at: block)
    while block < range.upperBound {
      let after = masks(base, at: block &+ WordScan.width)
      let words = here.alphanumeric
      var starts = words & ~(words &<< 1 | before.alphanumeric &>> 63)
      if hasEscapes(before, here, after) { starts |= words & ends(base, block, before, here) }
      // Of three and more.
      starts &= words &>> 1 | after.alphanumeric &<< 63
      starts &= words &>> 2 | after.alphanumeric &<< 62
      if block < range.lowerBound {
        starts &= UInt64.max << UInt64(range.lowerBound - block)
      }
      while starts != 0 {
        let offset = UInt64(truncatingIfNeeded: starts.trailingZeroBitCount)
        let place = block &+ Int(truncatingIfNeeded: offset)
        guard place < range.upperBound else { return }
        let run = words &>> offset | (after.alphanumeric &<< 1) &<< (63 &- offset)
        let count = (~run).trailingZeroBitCount
        let word = Word(place: place, count: count, key: key(base, place, count))
        if !body(word) { return }
        starts &= starts &- 1
      }
      (before, here) = (here, after)
      block &+= WordScan.width
    }
  }

  /// Whether words may begin in a block because an escape ends before them.
  @inline(__always)
  private func hasEscapes(
    _ before: regdiag_word_masks, _ here: regdiag_word_masks, _ after: regdiag_word_masks
  ) -> Bool {
    // A backslash before a quote, as JSON in JSON is full of, is none of them.
    let atLetter =
      before.backslashes & (before.alphanumeric &>> 1 | here.alphanumeric &<< 63)
      | here.backslashes & (here.alphanumeric &>> 1 | after.alphanumeric &<< 63)
    return atLetter | before.escapes | here.escapes != 0
  }

  /// The places of a block after the end of what may be an escape.
  private func ends(
    _ base: UnsafePointer<UInt8>, _ block: Int, _ before: regdiag_word_masks,
    _ here: regdiag_word_masks
  ) -> UInt64 {
    /// The places a few bytes after those of a mask.
    func after(_ bytes: UInt64, _ mask: (before: UInt64, here: UInt64)) -> UInt64 {
      mask.here << bytes | mask.before >> (64 - bytes)
    }
    /// The ends of sequences behind digits or the bracket.
    func sequenceEnds(
      _ ends: UInt64, _ digits: (before: UInt64, here: UInt64), _ words: (UInt64, UInt64)
    ) -> UInt64 {
      ends & (after(1, digits) | ~after(1, words))
    }
    let slashes = (before: before.backslashes, here: here.backslashes)
    let previous = block >= WordScan.width ? sequences(base, at: block - WordScan.width) : .init()
    let own = sequences(base, at: block)
    let words = (before.alphanumeric, here.alphanumeric)
    let last = sequenceEnds(previous.ends, (0, previous.digits), (0, before.alphanumeric))
    let ends = sequenceEnds(own.ends, (previous.digits, own.digits), words)
    return after(2, slashes) | after(6, slashes) | after(1, (last, ends))
  }

  @inline(__always)
  private func masks(_ base: UnsafePointer<UInt8>, at place: Int) -> regdiag_word_masks {
    if place &+ WordScan.width <= text.count { return regdiag_word_masks_at(base + place) }
    return atEnd(base, place) { regdiag_word_masks_at($0) } ?? regdiag_word_masks()
  }

  private func sequences(_ base: UnsafePointer<UInt8>, at place: Int) -> regdiag_sequence_masks {
    if place + WordScan.width <= text.count { return regdiag_sequence_masks_at(base + place) }
    return atEnd(base, place) { regdiag_sequence_masks_at($0) } ?? regdiag_sequence_masks()
  }

  /// The masks of a block that ends after the text.
  @inline(never)
  private func atEnd<Masks>(
    _ base: UnsafePointer<UInt8>, _ place: Int, _ masks: (UnsafePointer<UInt8>) -> Masks
  ) -> Masks? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: WordScan.width) { block in
      block.initialize(repeating: 0)
      for offset in 0..<max(0, text.count - place) { block[offset] = base[place + offset] }
      return block.baseAddress.map { masks($0) }
    }
  }

  @inline(__always)
  private func key(_ base: UnsafePointer<UInt8>, _ place: Int, _ count: Int) -> UInt64 {
    guard place &+ 8 <= text.count else {
      return WordScan.key(UnsafeBufferPointer(rebasing: text[place..<place + count]))
    }
    let bytes = UnsafeRawPointer(base).loadUnaligned(fromByteOffset: place, as: UInt64.self)
    let mask = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* min(8, count))
    return (bytes | 0x2020_2020_2020_2020) & mask
      ^ UInt64(truncatingIfNeeded: count) &<< 56
  }
}
