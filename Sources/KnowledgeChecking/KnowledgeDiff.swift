package import KnowledgeFormat
package import RegistryDiagnosis

/// What changed from one state of a knowledge base to another.
package struct KnowledgeDiff: Sendable {
  /// The entries that differ, by id.
  package let changes: [Change]

  /// An entry that differs.
  package struct Change: Sendable, Equatable {
    package let id: String
    package let kind: Kind
    /// The keys of its JSON that differ, and `files` where the text of its examples does; empty
    /// unless the kind is ``Kind/changed``.
    package let keys: [String]
  }

  /// How an entry differs.
  package enum Kind: String, Sendable {
    case added, changed, withdrawn
    /// It is gone, which an id must never be: it should have been withdrawn.
    case removed
  }

  /// Compares two states.
  ///
  /// The files of examples are compared where both states were loaded with them.
  ///
  /// - Complexity: O(size of both).
  package init(from old: LoadedKnowledge, to new: LoadedKnowledge) {
    var before: [String: LoadedEntry] = [:]
    for entry in old.entries { before[entry.entry.id.text] = entry }
    var changes: [Change] = []
    for entry in new.entries {
      let id = entry.entry.id.text
      guard let former = before.removeValue(forKey: id) else {
        changes.append(Change(id: id, kind: .added, keys: []))
        continue
      }
      let keys = KnowledgeDiff.differingKeys(former, entry)
      guard !keys.isEmpty else { continue }
      let isWithdrawn = entry.entry.status == .withdrawn && former.entry.status != .withdrawn
      changes.append(
        Change(id: id, kind: isWithdrawn ? .withdrawn : .changed, keys: isWithdrawn ? [] : keys))
    }
    changes += before.keys.map { Change(id: $0, kind: .removed, keys: []) }
    self.changes = changes.sorted { $0.id < $1.id }
  }

  private static func differingKeys(_ old: LoadedEntry, _ new: LoadedEntry) -> [String] {
    let keys = Set(old.document.root.members.map(\.key) + new.document.root.members.map(\.key))
    var differing = keys.filter {
      old.document.root[$0]?.minified() != new.document.root[$0]?.minified()
    }.sorted()
    let haveFiles = !old.textFiles.isEmpty && !new.textFiles.isEmpty
    let areFilesEqual = old.textFiles.elementsEqual(new.textFiles) {
      $0.name == $1.name && $0.bytes == $1.bytes
    }
    if haveFiles, !areFilesEqual { differing.append("files") }
    return differing
  }
}

/// The cases of a corpus that two bases answer differently.
package struct AnswerDiff: Sendable {
  package let changes: [Change]

  /// A case with another answer.
  package struct Change: Sendable, Equatable {
    package let caseID: String
    /// The ids on top, absent where there was no answer.
    package let before: String?
    package let after: String?
    package let wasRight: Bool
    package let isRight: Bool
  }

  /// Diagnoses every case with both bases.
  package init(of corpus: Corpus, from old: DiagnosisEngine, to new: DiagnosisEngine) {
    changes = corpus.cases.compactMap { item in
      let before = old.diagnose(bytes: item.input).diagnoses.first?.id
      let after = new.diagnose(bytes: item.input).diagnoses.first?.id
      guard before != after else { return nil }
      func isRight(_ id: String?) -> Bool {
        item.isPositive ? id.map(item.expected.contains) ?? false : id == nil
      }
      return Change(
        caseID: item.id, before: before, after: after, wasRight: isRight(before),
        isRight: isRight(after))
    }
  }
}
