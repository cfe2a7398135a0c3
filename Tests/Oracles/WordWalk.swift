import FailurePatterns

/// The words of a text by a walk from byte to byte, to hold the search of large inputs against.
package enum WordWalk {
  /// How many letters and digits stand from a place on.
  package static func count(_ text: [UInt8], from place: Int) -> Int {
    text[place...].prefix(while: \.isAlphanumeric).count
  }

  /// Where words certainly begin: behind what is no letter and no digit, and behind an escape.
  package static func beginnings(_ text: [UInt8]) -> Set<Int> {
    Set(
      text.indices.filter { place in
        isWord(text, from: place)
          && (place == 0 || !text[place - 1].isAlphanumeric || isBehindEscape(text, place))
      })
  }

  /// Whether a word may begin at a place: three letters and digits and more, or three if it begins
  /// with a digit.
  package static func isWord(_ text: [UInt8], from place: Int) -> Bool {
    let count = count(text, from: place)
    return count == 3 || count > 3 && !text[place].isDigit
  }

  /// How long a sequence for terminals is at most that words are told from; those in use have some
  /// twenty bytes.
  package static let longestSequence = 64

  /// Whether a place is behind an escape: `\n`, `\u003c`, a sequence that ends in `m` or `K`.
  private static func isBehindEscape(_ text: [UInt8], _ place: Int) -> Bool {
    if place >= 2, text[place - 2] == 0x5C { return true }
    if place >= 6, text[place - 6] == 0x5C, text[place - 5] == 0x75 { return true }
    guard place >= 3, text[place - 1] == 0x6D || text[place - 1] == 0x4B else { return false }
    let sequence = text[..<(place - 1)].suffix(longestSequence - 1).reversed()
    return sequence.drop { $0.isDigit || $0 == 0x3B }.starts(with: [0x5B, 0x1B])
  }
}
