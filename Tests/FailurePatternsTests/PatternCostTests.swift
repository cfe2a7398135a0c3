import FailurePatterns
import Testing

@Suite("The matcher against hostile text")
struct PatternCostTests {
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
