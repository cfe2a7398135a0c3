import KnowledgeChecking
import KnowledgeFormat
import RegistryDiagnosis
import RegistryKnowledge
import Testing

/// The knowledge base of this repository, loaded from its files.
let repositoryBase: LoadedKnowledge = {
  let tests = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  return LoadedKnowledge(KnowledgeSource(path: "/\(tests)/KnowledgeBase"), mode: .strict)
}()

@Suite("The examples of every entry")
struct EntryExampleTests {
  /// All disguises of all examples are what `kb test` is for, which is built to be fast.
  @Test(
    "Each is explained as its entry says, plain and in a disguise",
    arguments: repositoryBase.entries)
  func examples(_ loaded: LoadedEntry) {
    let disguises = Disguise.allCases.filter { $0 != .none }
    let number = loaded.entry.id.text.utf8.reduce(0) { $0 + Int($1) }
    let failures = ExampleCheck(knowledge: .builtIn)
      .failures(of: loaded, in: [.none, disguises[number % disguises.count]])
    for failure in failures {
      Issue.record(
        "\(failure.file) (\(failure.disguise)): expected \(failure.expected), found \(failure.found)"
      )
    }
  }

  @Test("The base is loaded, and is what was built in")
  func base() {
    #expect(repositoryBase.isFlawless)
    #expect(repositoryBase.entries.count == KnowledgeBase.builtIn.entryCount)
    #expect(repositoryBase.manifest?.model.version == KnowledgeBase.builtIn.version)
  }

  @Test("Cut short at any line feed, an example never stops the engine")
  func truncated() {
    let engine = DiagnosisEngine(knowledge: .builtIn)
    for loaded in repositoryBase.entries {
      for example in loaded.entry.examples.prefix(1) {
        guard let bytes = loaded.bytes(ofExample: example.file) else { continue }
        for index in bytes.indices where bytes[index] == 0x0A {
          let report = engine.diagnose(bytes: Array(bytes[..<index]))
          #expect(report.input.byteCount == index)
        }
      }
    }
  }
}

extension LoadedEntry: CustomTestStringConvertible {
  package var testDescription: String { entry.id.text }
}
