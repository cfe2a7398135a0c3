import Testing

@testable import FailurePatterns

/// What large inputs are searched by.
@Suite("Triggers")
struct TriggerTests {
  private func triggers(of pattern: String) throws -> [String] {
    let choice = try #require(TriggerChoice.best(for: try Pattern(pattern).elements))
    return Set(choice.triggers.map { String(decoding: $0.bytes, as: UTF8.self) }).sorted()
  }

  @Test(
    "A rare word by itself, else common words together, a choice by all its branches",
    arguments: [
      ("Error response from daemon: unauthorized: authentication required", ["authentication"]),
      ("failed to pull image {reference}", ["failed to pull image "]),
      ("{toomanyrequests|rate exceeded}: {...}", ["exceeded", "toomanyrequests"]),
    ])
  func choice(_ pattern: String, _ expected: [String]) throws {
    let found = try triggers(of: pattern)
    #expect(found == expected, "\(found)")
  }
}
