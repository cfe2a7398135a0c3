/// A knowledge base, or a part of one, as it was loaded: what could be used, and what is wrong with
/// the rest.
///
/// Entries with errors are left out, so that one broken entry never takes the others down.
package struct LoadedKnowledge: Sendable {
  /// How strictly it was read.
  package let mode: LoadingMode
  /// The path it was loaded from.
  package let root: String
  package let manifest: LoadedFile<Manifest>?
  package let vocabulary: LoadedFile<Vocabulary>?
  /// The entries without errors, by id; no id stands twice.
  package let entries: [LoadedEntry]
  /// The ids, as far as they could be read, of the entries that were left out.
  package let rejectedIDs: Set<EntryID>
  /// All complaints, by file and place.
  package let complaints: [Complaint]

  /// Whether nothing was left out.
  package var isFlawless: Bool { !complaints.contains { $0.severity == .error } }

  /// The same knowledge with more complaints, and without the entries that have errors by them.
  ///
  /// - Parameter found: What ``validate(_:against:)`` says of this knowledge.
  package func rejectingEntries(by found: [Complaint]) -> LoadedKnowledge {
    let rejectedFiles = Set(found.lazy.filter { $0.severity == .error }.map(\.file))
    let rejected = entries.filter { rejectedFiles.contains($0.path) }
    return LoadedKnowledge(
      mode: mode, root: root, manifest: manifest, vocabulary: vocabulary,
      entries: entries.filter { !rejectedFiles.contains($0.path) },
      rejectedIDs: rejectedIDs.union(rejected.map(\.entry.id)),
      complaints: (complaints + found).sorted())
  }
}

/// A model with the file that it was read from.
package struct LoadedFile<Model: Sendable>: Sendable {
  package let model: Model
  package let path: String
  package let document: JSONDocument
}

/// An entry with everything in its folder.
package struct LoadedEntry: Sendable {
  package let entry: Entry
  /// The path of its JSON file.
  package let path: String
  /// The path of its folder below `entries/`, such as `ecr/rate-exceeded`; `nil` for an entry that
  /// does not lie there.
  package let folder: String?
  package let document: JSONDocument
  /// The text files beside it, by name, examples or not; empty when the file was loaded alone.
  package let textFiles: [TextFile]

  /// A file in an entry's folder.
  package struct TextFile: Sendable {
    /// Its name without the folder.
    package let name: String
    package let bytes: [UInt8]
  }

  /// What stands in one of its examples.
  package func bytes(ofExample name: String) -> [UInt8]? {
    textFiles.first { $0.name == name }?.bytes
  }
}
