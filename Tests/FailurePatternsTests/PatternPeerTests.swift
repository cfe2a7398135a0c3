import FailurePatterns
import Oracles
import Testing

/// Slots, choices and gaps in any order, against a matcher that tries all there is.
@Suite struct PatternPeerTests {
  private struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 11 ^ state
    }

    mutating func one(of texts: [String]) -> String { texts.randomElement(using: &self) ?? "" }
  }

  private static let words = ["quota", "limit", "zebra", "vault", "wrong"]
  private static let scraps = [
    "a", "7", "42", "x-1", "b/c", "r.io:5/p", "quo", "zebras", "3vault", "https://<my host>/v2/",
    "$HOST:5", "'wrong'", "\"", "***", "limit:", "10.0.0.1", "1m3s", "\n", "(<a b>)", "[x y]", ".",
  ]

  /// A piece of a pattern.
  private static func piece(_ random: inout Random, depth: Int = 0) -> String {
    switch Int.random(in: 0..<(depth < 2 ? 9 : 7), using: &random) {
    case 0: return "{\(SlotType.allCases.randomElement(using: &random)?.rawValue ?? "any")}"
    case 1: return random.one(of: [" ", "\"", ": ", "/"])
    case 2: return random.one(of: ["{...}", "{=EOF}", "{why:text}", "{other}"])
    case 3...6: return random.one(of: words)
    default:
      let branches = (0..<Int.random(in: 2...3, using: &random)).map { _ in
        (0..<Int.random(in: 0...2, using: &random)).map { _ in
          piece(&random, depth: depth + 1)
        }.joined()
      }
      return random.one(of: ["{", "{choice="]) + branches.joined(separator: "|") + "}"
    }
  }

  private static func pattern(_ random: inout Random) -> Pattern? {
    let pieces = (0..<Int.random(in: 1...4, using: &random)).map { _ in piece(&random) }
    let joint = random.one(of: ["", " ", " "])
    let text =
      random.one(of: ["", "", "^"]) + pieces.joined(separator: joint)
      + random.one(of: ["", "", "$"])
    return try? Pattern(text)
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func bothFindTheSame(seed: UInt64) {
    var random = Random(state: seed)
    let patterns = (0..<60).compactMap { _ in Self.pattern(&random) }
    let comparison = MatcherComparison(patterns.map { ($0, false) })
    var matchCount = 0
    for _ in 0..<60 {
      let text = (0..<14).map { _ in
        (Self.words + Self.scraps).randomElement(using: &random) ?? "quota"
      }.joined(separator: random.one(of: [" ", " ", ""]))
      let outcome = comparison.outcome(for: Array(text.utf8))
      #expect(outcome.differences == [])
      matchCount += outcome.matchCount
    }
    #expect(matchCount > 40, "the texts hold next to nothing")
  }
}
