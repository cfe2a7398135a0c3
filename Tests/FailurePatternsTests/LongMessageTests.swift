import FailurePatterns
import Testing

/// What of a pattern stands near a fragment is asked a part of a long message at a time.
@Suite("Matches in long messages")
struct LongMessageTests {
  private static let words = Array(String(repeating: "level info pulled ", count: 800).utf8)

  @Test("A match is found wherever the parts of a message end", arguments: [40, 480])
  func acrossParts(gap: Int) throws {
    let set = try PatternSet(compiling: ["zyxwquota{...}closed by owner"])
    let words = LongMessageTests.words
    let failure: [UInt8] =
      Array("zyxwquota ".utf8) + Array(words[..<gap]) + Array(" closed by owner".utf8)
    for before in stride(from: 3500, to: 4200, by: 9) {
      let start: [UInt8] = Array(words[..<before]) + [0x20]
      let text: [UInt8] = start + failure + [0x20] + words
      let matches = set.matches(in: text, messages: [0..<text.count])
      #expect(matches.map(\.range) == [start.count..<start.count + failure.count])
    }
  }

  @Test("Any number of quotes may stand between what a pattern holds")
  func manyQuotes() throws {
    let set = try PatternSet(compiling: ["zyxwquota is \"closed by owner\""])
    let quotes = String(repeating: "\\", count: 9000)
    let failure = Array("zyxwquota is \(quotes)\"closed by owner".utf8)
    let words = LongMessageTests.words
    let text: [UInt8] = words + [0x20] + failure + [0x20] + words
    let matches = set.matches(in: text, messages: [0..<text.count])
    let start = words.count + 1
    #expect(matches.map(\.range.lowerBound) == [start])
  }
}
