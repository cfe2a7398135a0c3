import KnowledgeChecking
import KnowledgeFormat
import RegistryDiagnosis
import RegistryKnowledge
import Testing

/// Two states of a base, compared.
@Suite struct KnowledgeDiffTests {
  private let base = KnowledgeBase.builtIn.compiled.loaded()

  private func changed(_ change: (inout [KnowledgeFile]) -> Void) -> LoadedKnowledge {
    var files = base.entries.prefix(4).map {
      KnowledgeFile(path: "entries/\($0.entry.id)/entry.json", bytes: $0.document.root.minified())
    }
    change(&files)
    return LoadedKnowledge(KnowledgeSource(root: "x", files: files), mode: .lenient)
  }

  @Test func aStateDiffersNotFromItself() {
    #expect(KnowledgeDiff(from: base, to: base).changes.isEmpty)
  }

  @Test func whatWasChangedIsNamed() throws {
    let old = changed { _ in }
    let new = changed { files in
      files.removeFirst()
      let text = String(decoding: files[0].bytes, as: UTF8.self)
      let edited = text.replacing("\"retry\":\"after-fix\"", with: "\"retry\":\"never\"")
      files[0] = KnowledgeFile(path: files[0].path, bytes: Array(edited.utf8))
    }
    let changes = KnowledgeDiff(from: old, to: new).changes
    #expect(changes.map(\.kind) == [.removed, .changed])
    #expect(changes.last?.keys == ["retry"])
    let back = KnowledgeDiff(from: new, to: old).changes
    #expect(back.map(\.kind) == [.added, .changed])
  }
}
