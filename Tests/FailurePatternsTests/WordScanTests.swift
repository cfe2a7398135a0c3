import CByteScan
import Oracles
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
      "a", "Zz", "toomany", "401", "2026", "3rd", "m", "K", "mm", "\\n", "\\u003c", "\\\"", "\\",
      "\u{1B}[31m",
      "\u{1B}[K",
      "\u{1B}", " ", "\n", "-", ".", "é", "\u{80}", "\u{0}", "longerthaneightletters",
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

  @Test("Every word is found, with its letters and its length", arguments: 1...400)
  func everyWord(seed: UInt64) {
    let text = Self.text(seed)
    let found = Self.words(text, in: 0..<text.count)
    #expect(found.map(\.place) == found.map(\.place).sorted())
    for word in found {
      let count = WordWalk.count(text, from: word.place)
      #expect(WordWalk.isWord(text, from: word.place))
      #expect(word.count == min(WordScan.mostLetters, count))
      #expect(word.key == WordScan.key(text[word.place..<word.place + count]))
    }
    let missed = WordWalk.beginnings(text).subtracting(found.map(\.place))
    #expect(missed.isEmpty, "of \(String(decoding: text, as: UTF8.self))")
  }

  @Test("A word behind a sequence for terminals as long as can be is found", arguments: 0..<64)
  func longestSequence(before: Int) {
    let parameters = [UInt8](repeating: 0x31, count: WordWalk.longestSequence - 3)
    let sequence = [0x1B, 0x5B] + parameters + [0x6D]
    let text = [UInt8](repeating: 0x2E, count: before) + sequence + Array("denied".utf8)
    let start = before + WordWalk.longestSequence
    #expect(WordWalk.beginnings(text).contains(start))
    #expect(Self.words(text, in: 0..<text.count).contains { $0.place == start && $0.count == 6 })
  }

  @Test("Where the ranges end does not matter", arguments: 1...100)
  func ranges(seed: UInt64) {
    let text = Self.text(seed)
    let beginnings = WordWalk.beginnings(text)
    for middle in stride(from: 0, through: text.count, by: 7) {
      let parts =
        Self.words(text, in: 0..<middle) + Self.words(text, in: middle..<text.count)
      #expect(beginnings.isSubset(of: parts.map(\.place)))
    }
  }

  /// What is found with some instructions, as rows to compare.
  ///
  /// - Parameter meant: Of four words a byte, which are meant, alone and with what stands beside them;
  ///   none to mean all.
  private static func rows(
    _ text: [UInt8], _ instructions: regdiag_instructions = regdiag_best_instructions(),
    meant: [UInt8]? = nil
  ) -> [[UInt64]] {
    var rows: [[UInt64]] = []
    let found = UnsafeMutablePointer<regdiag_word>.allocate(capacity: Int(REGDIAG_WORD_ROOM))
    defer { found.deallocate() }
    let table = meant ?? [UInt8](repeating: 0xF, count: 8)
    let shift = UInt64(62 - table.count.trailingZeroBitCount)
    text.withUnsafeBufferPointer { text in
      table.withUnsafeBufferPointer { table in
        let filter = regdiag_word_filter(
          words: regdiag_key_set(bits: table.baseAddress, shift: shift),
          beside: regdiag_key_set(bits: meant == nil ? nil : table.baseAddress, shift: shift))
        var place = 0
        while place < text.count {
          let count = regdiag_find_words(
            instructions, text.baseAddress, text.count, &place, text.count, filter, found)
          rows += (0..<count).map {
            [found[$0].key, UInt64(found[$0].place), UInt64(found[$0].count)]
          }
        }
      }
    }
    return rows
  }

  @Test("Every processor finds the same words", arguments: 1...200)
  func processors(seed: UInt64) {
    let text = (0..<8).flatMap { Self.text(seed &* 8 &+ $0) }
    let common = Self.rows(text, REGDIAG_COMMON)
    for number in 0...regdiag_best_instructions().rawValue {
      #expect(Self.rows(text, regdiag_instructions(rawValue: number)) == common)
    }
  }

  @Test("Every processor leaves the same words out", arguments: 1...200)
  func filters(seed: UInt64) {
    let text = (0..<8).flatMap { Self.text(seed &* 8 &+ $0) }
    // About a quarter of all, so that of each eight some are left and some are not.
    let meant = (0..<64).map {
      UInt8(truncatingIfNeeded: 1 &<< ((seed &* 31 &+ $0 &* 7) % 5)) & 0xF
    }
    let common = Self.rows(text, REGDIAG_COMMON, meant: meant)
    #expect(Set(common).isSubset(of: Self.rows(text)))
    for number in 0...regdiag_best_instructions().rawValue {
      #expect(Self.rows(text, regdiag_instructions(rawValue: number), meant: meant) == common)
    }
  }

  @Test("More words than are found in one go are all found")
  func manyWords() {
    let text = Array(repeatElement("one ", count: 3 * Int(REGDIAG_WORD_ROOM)).joined().utf8)
    #expect(Self.rows(text).count == 3 * Int(REGDIAG_WORD_ROOM))
    #expect(Self.words(text, in: 0..<text.count).count == 3 * Int(REGDIAG_WORD_ROOM))
  }

  @Test("Of a word beside which nothing meant stands nothing is said")
  func neighbours() {
    let trigger = Array("failed to pull".utf8)
    func table(_ key: UInt64) -> [UInt8] { regdiag_key_set.bits(of: [key], numberBits: 12) }
    // White space is alike, and so are small letters and capitals.
    #expect(
      WordScan.keyBeside(10..<14, in: trigger)
        == WordScan.keyBeside(10..<14, in: Array("Failed\tto\nPULL".utf8)))
    func found(_ text: String, beside word: Range<Int>) -> [Int] {
      let words = table(WordScan.key(trigger[10..<14]))
      let beside = table(WordScan.keyBeside(word, in: trigger))
      return Array(text.utf8).withUnsafeBufferPointer { text in
        var places: [Int] = []
        words.withUnsafeBufferPointer { words in
          beside.withUnsafeBufferPointer { beside in
            let filter = WordScan.Filter(
              regdiag_key_set(bits: words.baseAddress, shift: 52),
              beside: regdiag_key_set(bits: beside.baseAddress, shift: 52))
            WordScan(text).forEach(in: 0..<text.count, filter) { word in
              places.append(word.place)
              return true
            }
          }
        }
        return places
      }
    }
    #expect(found("Failed  to\tPull it, and to\npull more", beside: 10..<14) == [11, 27])
    #expect(found("the pull of pull/push", beside: 10..<14).isEmpty)
    #expect(found("pull", beside: 10..<14).isEmpty)
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
