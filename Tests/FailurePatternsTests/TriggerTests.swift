import Testing

@testable import FailurePatterns

/// What large inputs are searched by.
@Suite("Triggers")
struct TriggerTests {
  private func triggers(of pattern: String) throws -> [String] {
    let choice = try #require(TriggerChoice(try Pattern(pattern).elements))
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

  private func index(
    of patterns: [String], fixed: [String: [[UInt8]]] = [:]
  ) throws -> TriggerIndex {
    var writer = PackedWriter()
    let offset = TriggerIndex.write(
      try patterns.map { (try Pattern($0), fixed) }, into: &writer)
    return try #require(TriggerIndex(packed: PackedBytes(writer.bytes), at: offset))
  }

  private func first(_ index: TriggerIndex, in text: String) -> Int? {
    Array(text.utf8).withUnsafeBufferPointer { index.first(in: $0, 0..<$0.count) }
  }

  @Test("A trigger is found wherever it stands, beginning and end of the text included")
  func everyPlace() throws {
    let index = try index(of: ["pull access denied for {reference}"])
    for before in 0..<20 {
      for after in 0..<12 {
        let text =
          String(repeating: ".", count: before) + "Pull ACCESS denied for"
          + String(repeating: ".", count: after)
        let place = try #require(first(index, in: text), "\(before) before, \(after) after")
        #expect((before..<before + 22).contains(place))
      }
    }
  }

  @Test(
    "What is a part of a longer word is none, unless the letters before it are an escape",
    arguments: [
      ("error: toomanyrequests", true), ("{\"code\":\"TOOMANYREQUESTS\"}", true),
      ("\\ntoomanyrequests", true), ("\\u003ctoomanyrequests", true),
      ("\u{1B}[31mtoomanyrequests", true), ("xtoomanyrequests", false),
      ("toomanyrequestsx", false), ("too many requests", false), ("", false), ("too", false),
    ])
  func wholeWords(_ text: String, _ isFound: Bool) throws {
    let index = try index(of: ["toomanyrequests: {...}"])
    #expect((first(index, in: text) != nil) == isFound)
  }

  @Test(
    "A number behind something else than a point is no fraction",
    arguments: [
      ("code: {status:int}", "code: 404", true), ("code: {status:int}", "code: 1.404", false),
      ("code: {status:int}", "code:404", true), ("code\": \"{status:int}", "code\":\"404\"", true),
      ("code {...}.{status:int}", "code 1.404", true), ("{status:int} was", "1.404 was", true),
      ("{name} {status:int}", "took 1.404", false), ("code {...}{status:int}", "code 1.404", true),
      ("^{status:int}", "1.404", true),
    ])
  func fractions(_ pattern: String, _ text: String, _ isFound: Bool) throws {
    let index = try index(of: [pattern], fixed: ["status": [Array("404".utf8)]])
    #expect((first(index, in: text) != nil) == isFound)
  }

  @Test("The white space after a phrase may be any")
  func whiteSpace() throws {
    let index = try index(of: ["failed to pull image {reference}"])
    #expect(first(index, in: "E1120 failed to pull image\tx") != nil)
    #expect(first(index, in: "E1120 failed-to-pull image x") == nil)
  }

  @Test(
    "A word beside one that goes on in a slot, that begins with digits or ends with the text is found",
    arguments: [
      ("V2DiagnosticException: {name}", "x V2DiagnosticException: y"),
      ("{name}zebraquota{number:int} is wrong", "my-7zebraquota42 is wrong"),
      ("zebra toomanyrequests\"{name}", "zebra toomanyrequestsabc"),
      ("{name} {code=a|b|\"}zebraquota gnu", "x azebraquota gnu"),
      ("read: {=EOF}", "read: EOF"), ("read: {=EOF}", " read: EOF"), ("^{=EOF}$", "\nEOF"),
    ])
  func wordsThatGoOn(_ pattern: String, _ text: String) throws {
    #expect(first(try index(of: [pattern]), in: text) != nil)
  }

  @Test("Letters with a space between them are not looked for as one word")
  func shortWords() throws {
    #expect(TriggerChoice(try Pattern("a bc").elements) == nil)
  }

  @Test("A word as long as a pattern may be is found")
  func longWord() throws {
    let word = String(repeating: "zq", count: 200)
    let index = try index(of: [word])
    #expect(first(index, in: "so \(word) it is") != nil)
    #expect(first(index, in: "so \(word)q it is") == nil)
  }

  @Test(
    "An index that could miss a pattern is none",
    arguments: [
      "{a:int} {b:int}", "toomanyrequests\"{name}", "{name} {code=a|b|\"}zebraquota",
      "{name}zebraquota",
    ])
  func unsearchable(_ pattern: String) throws {
    var writer = PackedWriter()
    let offset = TriggerIndex.write([(try Pattern(pattern), [:])], into: &writer)
    #expect(TriggerIndex(packed: PackedBytes(writer.bytes), at: offset) == nil)
  }
}
