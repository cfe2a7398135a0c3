import CByteScan
import FailurePatterns
import Oracles

extension Target {
  /// Words are found in C: every one, each as it is, with all instructions that this processor has alike.
  ///
  /// The first byte says which words a filter means.
  func findWords(_ bytes: [UInt8]) {
    guard let seed = bytes.first else { return }
    let text = Array(bytes.dropFirst())
    let all = words(of: text, meaning: nil)
    require(WordWalk.beginnings(text).isSubset(of: all.map { Int($0[1]) }))
    for word in all {
      let count = WordWalk.count(text, from: Int(word[1]))
      require(WordWalk.isWord(text, from: Int(word[1])))
      require(word[2] == min(count, Int(REGDIAG_MOST_LETTERS)))
    }
    let meant = words(of: text, meaning: seed)
    require(Set(meant).isSubset(of: all))
    text.withUnsafeBufferPointer { bytes in
      require(regdiag_count_byte(bytes.baseAddress, bytes.count, seed) == text.count { $0 == seed })
      require(
        (regdiag_has_high_byte(bytes.baseAddress, bytes.count) != 0) == text.contains { $0 > 0x7F })
    }
  }

  /// The words that are found, by whatever instructions; `seed`: those of a filter.
  private func words(of text: [UInt8], meaning seed: UInt8?) -> [[UInt64]] {
    let common = words(of: text, meaning: seed, REGDIAG_COMMON)
    for number in 0...regdiag_best_instructions().rawValue {
      require(words(of: text, meaning: seed, regdiag_instructions(rawValue: number)) == common)
    }
    return common
  }

  /// The words that are found with some instructions, as rows to compare.
  private func words(
    of text: [UInt8], meaning seed: UInt8?, _ instructions: regdiag_instructions
  ) -> [[UInt64]] {
    // A table of which a part is set, so that words and what stands beside them are left out.
    let table = (0..<1 << 8).map { place -> UInt8 in
      seed.map { UInt8((place &* 167 &+ Int($0)) % 16) } ?? 0xF
    }
    let room = Int(REGDIAG_WORD_ROOM)
    let found = UnsafeMutablePointer<regdiag_word>.allocate(capacity: room)
    defer { found.deallocate() }
    return text.withUnsafeBufferPointer { text in
      table.withUnsafeBufferPointer { table in
        let filter = regdiag_word_filter(
          words: regdiag_key_set(bits: table.baseAddress, shift: 54),
          beside: regdiag_key_set(bits: seed == nil ? nil : table.baseAddress, shift: 54))
        var rows: [[UInt64]] = []
        var place = 0
        while place < text.count {
          let count = regdiag_find_words(
            instructions, text.baseAddress, text.count, &place, text.count, filter, found)
          rows += (0..<count).map {
            [found[$0].key, UInt64(found[$0].place), UInt64(found[$0].count)]
          }
        }
        return rows
      }
    }
  }
}
