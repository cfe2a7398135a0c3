/// How large knowledge is, in what it costs to compile.
package struct KnowledgeSize: Sendable {
  /// The most entries that can be added to a base.
  package static let maximumEntries = 2_000
  /// The most patterns that can be.
  package static let maximumPatterns = 20_000

  package private(set) var entryCount = 0
  /// Patterns of signals, of their conditions, of causes and of the vocabulary.
  package private(set) var patternCount = 0

  package init() {}

  /// Adds what was loaded.
  package mutating func add(_ knowledge: LoadedKnowledge) {
    entryCount += knowledge.entries.count
    for loaded in knowledge.entries { patternCount += KnowledgeSize.patternCount(of: loaded.entry) }
    if let vocabulary = knowledge.vocabulary?.model {
      patternCount += KnowledgeSize.patternCount(of: vocabulary)
    }
  }

  /// What is too much, and what to do, in a sentence without a full stop; `nil` where all fits.
  package var excess: String? {
    if entryCount > KnowledgeSize.maximumEntries {
      return "it holds \(entryCount) entries, and at most \(KnowledgeSize.maximumEntries) can be "
        + "added: leave out those you do not need"
    }
    if patternCount > KnowledgeSize.maximumPatterns {
      return "it holds \(patternCount) patterns, and at most \(KnowledgeSize.maximumPatterns) can "
        + "be added: write what varies as a slot"
    }
    return nil
  }

  private static func patternCount(of entry: Entry) -> Int {
    entry.signals.reduce(0) { $0 + 1 + $1.with.count + $1.without.count }
      + entry.causes.reduce(0) { $0 + ($1.decidedBy?.patterns.count ?? 0) }
  }

  private static func patternCount(of vocabulary: Vocabulary) -> Int {
    let lists = [
      vocabulary.evidence, vocabulary.foreign, vocabulary.retried, vocabulary.progress,
      vocabulary.completed,
    ]
    let phrases =
      lists + vocabulary.registries.map(\.phrases) + vocabulary.clients.map(\.phrases)
      + vocabulary.operations.map(\.phrases) + vocabulary.facts.map(\.patterns)
    return phrases.reduce(0) { $0 + $1.count }
      + vocabulary.registries.reduce(0) { $0 + $1.hosts.count + $1.paths.count }
  }
}
