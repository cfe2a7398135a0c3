import Foundation
import KnowledgeFormat
import Testing

/// The knowledge base of this project.
enum RealBase {
  static let url = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "KnowledgeBase")
}

@Suite struct RealBaseTests {
  @Test func itHasNoErrors() throws {
    let knowledge = LoadedKnowledge(KnowledgeSource(path: RealBase.url.path), mode: .strict)
    let complaints = knowledge.complaints + validate(knowledge)
    let errors = complaints.filter { $0.severity == .error }.map(\.description)
    #expect(errors == [], "mend what is listed; kb validate lists it too")
    #expect(knowledge.manifest != nil)
    #expect(knowledge.vocabulary != nil)
    #expect(!knowledge.entries.isEmpty)
  }

  @Test func whatIsStoredOfAnEntryReadsAsTheEntry() throws {
    let knowledge = LoadedKnowledge(KnowledgeSource(path: RealBase.url.path), mode: .strict)
    for loaded in knowledge.entries {
      #expect(try Entry(json: loaded.document.root.minified()) == loaded.entry)
    }
  }
}
