import Foundation
import Testing

@Suite("regdiag with a base of one's own")
struct OverlayProcessTests {
  /// A folder with the entries given, by id.
  private func overlay(_ entries: [String: String]) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    for (id, json) in entries {
      let place = folder.appending(path: "entries/\(id)")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try Data(json.utf8).write(to: place.appending(path: "entry.json"))
      try Data("blorp: the vault of images is closed\n".utf8)
        .write(to: place.appending(path: "match-a.txt"))
      try Data("all is well\n".utf8).write(to: place.appending(path: "nomatch-a.txt"))
    }
    return folder.path(percentEncoded: false)
  }

  private func entry(_ id: String, more: String = "") -> String {
    """
    {
      "id": "\(id)", "title": "The vault is closed today", "summary": "Nobody may take an image out of it today.",
      "status": "stable", "codes": ["BLORP"], "role": "cause", "retry": "later", "severity": "error",\(more)
      "match": { "any": ["blorp: the vault of images is closed"] },
      "causes": [{ "id": "closed", "text": "It is closed on this day." }],
      "solutions": [{ "text": "Come back tomorrow." }],
      "examples": [{ "file": "match-a.txt" }], "nonExamples": [{ "file": "nomatch-a.txt" }],
      "references": [{ "title": "Opening hours", "url": "https://example.com/hours" }],
      "history": { "added": "2026.11.0", "modified": "2026.11.0" }
    }
    """
  }

  private let paste =
    "$ docker pull r.example.com/a/b\nError: blorp: the vault of images is closed\n"

  @Test("an entry is added, and found by its code")
  func added() throws {
    let folder = try overlay(["house/closed": entry("house/closed")])
    let run = try RegdiagProcess("explain", "--kb", folder, input: paste)
    #expect(run.status == 0)
    #expect(run.output.contains("house/closed"))
    #expect(run.errors.isEmpty)
    let lookup = try RegdiagProcess("lookup", "--kb", folder, "BLORP")
    #expect(lookup.output.contains("The vault is closed today"))
    #expect(try RegdiagProcess("lookup", "BLORP").status == 1)
  }

  @Test("a broken entry is named and skipped; the others are used; --strict stops")
  func broken() throws {
    let folder = try overlay([
      "house/closed": entry("house/closed"),
      "house/odd": entry("house/odd").replacing(
        "\"role\": \"cause\"", with: "\"role\": \"reason\""),
    ])
    let run = try RegdiagProcess("explain", "--kb", folder, "-fjson", input: paste)
    #expect(run.status == 0)
    #expect(run.errors.contains("house/odd/entry.json:3:"))
    #expect(run.errors.contains("/role"))
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect((report["warnings"] as? [String])?.count == 1)
    #expect(run.output.contains("house/closed"))
    let strict = try RegdiagProcess("explain", "--kb", folder, "--strict", input: paste)
    #expect(strict.status == 2)
    #expect(strict.output.isEmpty)
  }

  @Test("an unknown key is a warning, and the entry is used")
  func unknownKey() throws {
    let folder = try overlay(["house/closed": entry("house/closed", more: " \"colour\": \"red\",")])
    let run = try RegdiagProcess("explain", "--kb", folder, input: paste)
    #expect(run.status == 0)
    #expect(run.output.contains("house/closed"))
    #expect(run.errors.contains("colour"))
  }

  @Test("a base of a later major version is refused, as is a path that is not there")
  func refused() throws {
    let folder = try overlay([:])
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let manifest =
      "{\"schemaVersion\": \"2.0\", \"version\": \"2030.01.0\", \"released\": \"2030-01-01\", \"documents\": []}"
    try Data(manifest.utf8).write(to: URL(filePath: folder).appending(path: "manifest.json"))
    let run = try RegdiagProcess("explain", "--kb", folder, input: paste)
    #expect(run.status == 2)
    #expect(run.errors.contains("2.0"))
    let missing = try RegdiagProcess("explain", "--kb", "/no/such/base", input: paste)
    #expect(missing.status == 2)
    #expect(missing.errors.contains("cannot read '/no/such/base'"))
  }
}
