/// The names that entries may use: what a knowledge base and the base below it define together.
struct KnownNames {
  /// The ids of all entries, also of those that were left out for their errors.
  private(set) var entryIDs: Set<EntryID> = []
  /// The ids of the entries that are checked.
  let checkedIDs: Set<EntryID>
  /// The entries that hold each alias.
  private(set) var aliasOwners: [EntryID: [EntryID]] = [:]
  /// What each entry outranks, by the ids and aliases it writes.
  private(set) var refinements: [EntryID: [EntryID]] = [:]
  /// The captures of the host and path patterns of each registry; `nil` where there is no vocabulary.
  private(set) var addressCaptures: [String: Set<String>]?
  private(set) var clients: Set<String> = []
  private(set) var operations: Set<String> = []
  /// The revisions of each document; `nil` where there is no manifest.
  private(set) var revisions: [String: [String]]?

  /// - Parameter base: What `knowledge` is laid over; its entries with the same ids are replaced.
  init(_ knowledge: LoadedKnowledge, over base: LoadedKnowledge?) {
    checkedIDs = Set(knowledge.entries.map(\.entry.id))
    for layer in [knowledge, base].compactMap({ $0 }) {
      for loaded in layer.entries where entryIDs.insert(loaded.entry.id).inserted {
        refinements[loaded.entry.id] = loaded.entry.refines
        for alias in Set(loaded.entry.aliases) {
          aliasOwners[alias, default: []].append(loaded.entry.id)
        }
      }
      entryIDs.formUnion(layer.rejectedIDs)
      if let vocabulary = layer.vocabulary?.model { add(vocabulary) }
      for document in layer.manifest?.model.documents ?? [] {
        revisions = revisions ?? [:]
        revisions?[document.id, default: []] += document.revisions.map(\.id)
      }
    }
  }

  private mutating func add(_ vocabulary: Vocabulary) {
    var captures = addressCaptures ?? [:]
    for registry in vocabulary.registries {
      captures[registry.id, default: []].formUnion(
        registry.hosts.flatMap { $0.captureNames ?? [] }
          + registry.paths.flatMap { $0.captureNames ?? [] })
    }
    addressCaptures = captures
    clients.formUnion(vocabulary.clients.map(\.id))
    operations.formUnion(vocabulary.operations.map(\.id))
  }

  /// The entry that an id or alias stands for.
  func entry(for id: EntryID) -> EntryID? {
    entryIDs.contains(id) ? id : aliasOwners[id]?.first
  }

  /// What hosts and paths can tell about an entry: the captures of its registries, or of all when it has
  /// none.
  func addressCaptures(of entry: Entry) -> Set<String> {
    let captures = addressCaptures ?? [:]
    let registries = entry.registries.isEmpty ? Array(captures.keys) : entry.registries
    return registries.reduce(into: []) { $0.formUnion(captures[$1] ?? []) }
  }
}
