import FailurePatterns
import Testing

/// A matcher that tries everything, to hold the real one against.
private struct NaiveMatcher {
  let patterns: [(text: String, words: [String])]

  /// The patterns, all of them words with gaps between, that hold in a text of lower-case words.
  func holding(in text: String) -> Set<Int> {
    var result: Set<Int> = []
    let bytes = Array(text.utf8)
    for (number, pattern) in patterns.enumerated() {
      var place = 0
      var holds = true
      var start: Int?
      for word in pattern.words {
        guard let found = find(Array(word.utf8), in: bytes, from: place) else {
          holds = false
          break
        }
        start = start ?? found
        place = found + word.utf8.count
      }
      if holds { result.insert(number) }
    }
    return result
  }

  private func find(_ word: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= word.count else { return nil }
    for place in start...max(start, bytes.count - word.count)
    where place + word.count <= bytes.count {
      guard Array(bytes[place..<place + word.count]) == word else { continue }
      let before = place > 0 ? bytes[place - 1] : 0x20
      let after = place + word.count < bytes.count ? bytes[place + word.count] : 0x20
      if before == 0x20 && after == 0x20 { return place }
    }
    return nil
  }
}

@Suite("The matcher against a naive one, and against hostile text")
struct PatternCostTests {
  /// The same sequence in every run.
  private struct Sequence: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 11 ^ state
    }
  }

  @Test("Words with gaps, 400 texts of 40 words", arguments: [1, 2, 3])
  func differential(_ seed: UInt64) throws {
    let words = ["quota", "limit", "token", "zebra", "proxy", "blob", "wrong", "vault"]
    var random = Sequence(state: seed)
    let patterns = (0..<60).map { _ in
      (0..<Int.random(in: 1...3, using: &random)).map { _ in
        words.randomElement(using: &random) ?? "quota"
      }
    }
    let texts = patterns.map { $0.joined(separator: " {...} ") }
    // The naive matcher wants a space between words at least; a gap between spaces wants two.
    let set = try PatternSet(compiling: texts.map { $0.replacing(" {...} ", with: "{...}") })
    let naive = NaiveMatcher(patterns: zip(texts, patterns).map { ($0, $1) })
    var numbers: [String: Int] = [:]
    for (index, text) in texts.enumerated() where numbers[text] == nil { numbers[text] = index }
    for _ in 0..<400 {
      let text = (0..<40).map { _ in words.randomElement(using: &random) ?? "quota" }.joined(
        separator: " ")
      let bytes = Array(text.utf8)
      let found = Set(
        set.matches(in: bytes, messages: [0..<bytes.count]).map { set.text(of: $0.pattern) })
      let expected = Set(
        naive.holding(in: text).map { texts[$0].replacing(" {...} ", with: "{...}") })
      #expect(found == expected, "\(text)")
    }
  }

  @Test("Text made of almost-matches costs steps, not hours")
  func hostile() throws {
    let set = try PatternSet(compiling: [
      "quota{...}zebra{...}quota{...}vault", "{name}/{name}/{name}@{name}:{name} quota wrong",
      "{quota {...}|quota {name}} zebra",
    ])
    let text = Array(String(repeating: "quota zebra a/a/a/a@a:a quota ", count: 500).utf8)
    let matches = set.matches(in: text, messages: [0..<text.count])
    #expect(matches.allSatisfy { !$0.range.isEmpty })
    #expect(!matches.contains { set.text(of: $0.pattern).hasSuffix("wrong") })
  }

  @Test("Choices that may be nothing, in a row, are compiled as fast as they are read")
  func choicesOfNothing() throws {
    let row = String(repeating: "{alpha||beta|}", count: 40)
    let set = try PatternSet(compiling: [row + "vault is closed"])
    let text = Array("the alphabetavault is closed".utf8)
    #expect(set.matches(in: text, messages: [0..<text.count]).count == 1)
  }
}
