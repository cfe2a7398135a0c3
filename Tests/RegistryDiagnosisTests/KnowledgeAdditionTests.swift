import RegistryDiagnosis
import RegistryKnowledge
import Testing

@Suite struct KnowledgeAdditionTests {
  private static let failure = "Error: blorp: the vault of images is closed\n"

  private static func entry(id: String) -> [UInt8] {
    Array(
      """
      { "id": "\(id)", "title": "The vault is closed", "summary": "Nobody may pull now.",
        "status": "stable", "codes": [], "role": "cause", "retry": "later", "severity": "error",
        "match": { "any": ["the vault of images is closed"] },
        "causes": [{ "id": "night", "text": "It is night." }],
        "solutions": [{ "text": "Wait for the morning." }],
        "examples": [{ "file": "match-night.txt" }], "nonExamples": [{ "file": "nomatch-day.txt" }],
        "references": [{ "title": "Vault", "url": "https://example.com/vault" }],
        "history": { "added": "2026.11.0", "modified": "2026.11.0" } }
      """.utf8)
  }

  @Test("entries in memory are as good as files; what is wrong with one is told in each report")
  func inMemory() throws {
    let added = try KnowledgeBase.builtIn.adding(entries: [
      (name: "row 7", json: Array("{ \"id\": 1".utf8)),
      (name: "ours", json: Self.entry(id: "ours/vault-closed")),
      (name: "theirs", json: Self.entry(id: "ecr/rate-exceeded")),
    ])
    #expect(added.base.entryCount == KnowledgeBase.builtIn.entryCount + 1)
    #expect(added.warnings.contains { $0.hasPrefix("row 7:1:") })
    let engine = DiagnosisEngine(knowledge: added)
    let report = engine.diagnose(Self.failure)
    #expect(Set(report.diagnoses.map(\.id)) == ["ours/vault-closed", "ecr/rate-exceeded"])
    #expect(report.warnings == added.warnings)
    var watch = engine.makeWatch(quietTime: .seconds(60))
    #expect(watch.finish().warnings == added.warnings)
    #expect(DiagnosisEngine(knowledge: added.base).diagnose(Self.failure).warnings.isEmpty)
  }

  @Test("an entry of more than 4 MiB is refused")
  func tooLarge() {
    #expect {
      try KnowledgeBase.builtIn.adding(entries: [
        (name: "big", json: [UInt8](repeating: 0x20, count: 4 << 20 | 1))
      ])
    } throws: {
      "\($0)".hasPrefix("cannot read 'big': the entry is larger than 4 MiB")
    }
  }

  @Test("a piece of a stream may be a span")
  func spans() {
    let engine = DiagnosisEngine(knowledge: .builtIn)
    let bytes = Array("Error response from daemon: toomanyrequests: Rate exceeded\n".utf8)
    var session = engine.makeSession()
    session.append(bytes.span.bytes)
    #expect(session.finish() == engine.diagnose(bytes: bytes))
    var watch = engine.makeWatch(quietTime: .seconds(60))
    let news = [watch.append(bytes.span.bytes, at: .zero), watch.pause(at: .seconds(1))]
    #expect(news.compactMap { $0 }.flatMap(\.diagnoses).isEmpty == false)
  }
}
