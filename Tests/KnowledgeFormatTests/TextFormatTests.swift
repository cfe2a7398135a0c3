import Foundation
import Testing

@testable import KnowledgeFormat

/// The formats in Swift accept what the regular expressions of the schemas do.
@Suite struct TextFormatTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let format: TextFormat
    /// The schema and the JSON pointer of the regular expression in it.
    let schema: String
    let pointer: String
    let texts: [String]
    var testDescription: String { "\(format.name) in \(schema)" }
  }

  static let cases = [
    Case(
      format: .slug, schema: "entry", pointer: "/$defs/slug/pattern",
      texts: ["", "a", "1", "a-b", "a--b", "-a", "a-", "A", "a_b", "a/b", "é", "a b", "a\n", "-"]),
    Case(
      format: .slug, schema: "vocabulary", pointer: "/$defs/slug/pattern",
      texts: ["docker-hub", "", "a-", "-a", "Docker"]),
    Case(
      format: .entryID, schema: "entry", pointer: "/$defs/entryID/pattern",
      texts: ["a/b", "ecr/rate-exceeded", "a", "a/", "/a", "a/b/c", "A/b", "a/-b", "a//b", "", "/"]),
    Case(
      format: .contentVersion, schema: "entry", pointer: "/$defs/contentVersion/pattern",
      texts: [
        "2026.11.0", "2026.01.17", "2026.00.1", "2026.13.1", "2026.1.0", "26.11.0", "2026.11.",
        "2026.11", "2026.11.0.1", "2026.11.x", "v2026.11.0", "２026.11.0", "2026.11.123456789012",
      ]),
    Case(
      format: .contentVersion, schema: "manifest", pointer: "/properties/version/pattern",
      texts: ["2026.11.0", "2026.11"]),
    Case(
      format: .httpsURL, schema: "entry", pointer: "/$defs/httpsURL/pattern",
      texts: ["https://a", "https://", "http://a", "https://a b", " https://a", "HTTPS://a", "x"]),
    Case(
      format: .ociCode, schema: "entry",
      pointer: "/$defs/facts/properties/ociCode/items/pattern",
      texts: ["MANIFEST_UNKNOWN", "AB", "A_", "A", "_A", "Ab", "A1", "", "A B"]),
    Case(
      format: .schemaVersion, schema: "manifest", pointer: "/properties/schemaVersion/pattern",
      texts: ["1.0", "10.23", "1", "1.", ".1", "1.0.0", "a.b", "", "-1.0"]),
    Case(
      format: .date, schema: "manifest", pointer: "/properties/released/pattern",
      texts: ["2026-11-21", "2026-1-21", "26-11-21", "2026-11-2x", "2026-11-21-1", "2026/11/21"]),
    Case(
      format: .hostPattern, schema: "vocabulary", pointer: "/$defs/hosts/items/pattern",
      texts: ["{a}.b.c", "*.b", "a:80", "a_b", "", "a b", "a/b", "{*}.gcr.io", "é"]),
    Case(
      format: .imagePathPattern, schema: "vocabulary",
      pointer: "/properties/registries/items/properties/paths/items/pattern",
      texts: [
        "gcr.io/{project}/*", "/{organization}/{*}", "{*}.gcr.io/a.b_c-d", "/", "", "gcr.io", "//a",
        "/a/", "/{a}b", "/{}", "/{a1}", "/é", "a b/c", "/a/*/b", "/{a", "/**", "a/{b}/",
      ]),
    Case(
      format: .exampleFile(prefix: "match-"), schema: "entry",
      pointer: "/properties/examples/items/properties/file/pattern",
      texts: [
        "match-a.txt", "match-.txt", "match-a.b-1.txt", "match-A.txt", "nomatch-a.txt", "match-a",
        "match-a.txt.gz", "match.txt", "match-a_b.txt", "match-..txt", "a/match-a.txt",
      ]),
    Case(
      format: .exampleFile(prefix: "nomatch-"), schema: "entry",
      pointer: "/properties/nonExamples/items/properties/file/pattern",
      texts: ["nomatch-a.txt", "match-a.txt", "nomatch-.txt"]),
  ]

  @Test(arguments: cases)
  func acceptsWhatTheSchemaDoes(_ test: Case) throws {
    let url = RealBase.url.appending(path: "schema/\(test.schema).schema.json")
    let document = try JSONDocument.parse(Array(try Data(contentsOf: url)))
    let pattern = try #require(document.node(at: test.pointer)?.string)
    let expression = try Regex(pattern).matchingSemantics(.unicodeScalar)
    var accepted: Set<Bool> = []
    for text in test.texts {
      let isMatch = text.wholeMatch(of: expression) != nil
      accepted.insert(isMatch)
      #expect(test.format.accepts(text) == isMatch, "\(text)")
    }
    #expect(accepted == [true, false], "the texts try both answers")
  }
}
