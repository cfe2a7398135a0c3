package import FailurePatterns

/// A knowledge base in the form that the engine uses: one block of bytes, read in place.
///
/// Opening one reads a few integers. What an entry says to people is decoded when it is shown, and
/// only then. The layout is private to this type and ``KnowledgeCompiler``, which both stand in
/// this module; the block begins with the layout's number, and a block of another number is
/// refused.
///
/// - Complexity: every accessor is O(size of what it returns).
package struct CompiledKnowledge: Sendable {
  package let bytes: PackedBytes
  /// All patterns, of entries and of the vocabulary.
  package let patterns: PatternSet

  /// The number of the layout, raised with each change of it.
  package static let layout = 16

  /// Opens a compiled base.
  ///
  /// - Returns: `nil` when the bytes were written for another layout.
  package init?(_ bytes: PackedBytes) {
    guard bytes.count > 4 * Header.count, bytes.integer(at: 0) == CompiledKnowledge.layout else {
      return nil
    }
    self.bytes = bytes
    patterns = PatternSet(bytes: bytes, at: bytes.place(at: 4 * Header.patterns.rawValue))
  }

  enum Header: Int {
    case layout, patterns, version, schemaVersion, entries, signals, uses, statusSignals,
      codeSignals, registries, clients, operations, hosts, codes, aliases, manifest,
      vocabulary, triggers
    static let count = 18
  }

  private func section(_ header: Header) -> Int { bytes.place(at: 4 * header.rawValue) }

  // MARK: Base

  /// The content's version.
  package var version: String { bytes.text(at: section(.version)) }
  /// The version of the format the base was written in.
  package var schemaVersion: String { bytes.text(at: section(.schemaVersion)) }

  /// The source documents, as the JSON of the manifest.
  package var manifestJSON: [UInt8] { bytes.data(at: section(.manifest)) }

  /// The registries, clients and wordings, as the JSON of the vocabulary.
  package var vocabularyJSON: [UInt8] { bytes.data(at: section(.vocabulary)) }

  /// The index by which a large input is searched for what may be a failure.
  ///
  /// - Returns: `nil` when the base has a pattern that it could not find.
  /// - Complexity: O(1).
  package func triggerIndex() -> TriggerIndex? {
    TriggerIndex(packed: bytes, at: section(.triggers))
  }

  // MARK: Entries

  package var entryCount: Int { bytes.integer(at: section(.entries)) }

  /// What the engine needs of an entry.
  package struct EntryHeader: Sendable {
    package let id: String
    package let title: String
    package let role: Role
    package let retry: Retry
    package let isWithdrawn: Bool
    /// Patterns that decide a cause: the number of the cause and the pattern.
    package let decidingPatterns: [DecidingPattern]
    /// Where what it says to people lies.
    let prose: Int
  }

  /// A pattern that shows which cause it is.
  package struct DecidingPattern: Sendable {
    /// The number of the cause in its entry.
    package let cause: Int
    package let pattern: Int
  }

  package func entry(_ number: Int) -> EntryHeader {
    let offset = record(of: number)
    let flags = bytes.integer(at: offset)
    let deciding = bytes.list(at: bytes.place(at: offset + 20))
    return EntryHeader(
      id: bytes.text(at: bytes.place(at: offset + 4)),
      title: bytes.text(at: bytes.place(at: offset + 8)),
      role: Role.allCases[flags & 3], retry: Retry.allCases[flags >> 2 & 3],
      isWithdrawn: flags >> 4 & 1 == 1,
      decidingPatterns: stride(from: 0, to: deciding.count, by: 2).map {
        DecidingPattern(cause: deciding[$0], pattern: deciding[$0 + 1])
      },
      prose: bytes.place(at: offset + 24))
  }

  /// The JSON of an entry, as its author wrote it save for white space.
  package func entryJSON(_ number: Int) -> [UInt8] {
    bytes.data(at: bytes.place(at: record(of: number) + 28))
  }

  private func registries(of entry: Int) -> [Int] {
    bytes.list(at: bytes.place(at: record(of: entry) + 12))
  }

  package func refinements(of entry: Int) -> [Int] {
    bytes.list(at: bytes.place(at: record(of: entry) + 16))
  }

  /// The registries that have entries of their own for what an entry says of any.
  package func registriesRefining(_ entry: Int) -> [Int] {
    bytes.list(at: bytes.place(at: record(of: entry) + 32))
  }

  private func record(of entry: Int) -> Int {
    bytes.place(at: section(.entries) + 4 + 4 * entry)
  }

  /// What an entry says to people.
  package func prose(of entry: EntryHeader) -> EntryProse {
    var reader = PackedReader(bytes, at: entry.prose)
    return EntryProse(packed: &reader)
  }

  /// The number of the entry of an id.
  ///
  /// - Returns: `nil` when there is none; an alias finds the entry that bears it.
  /// - Complexity: O(entries).
  package func entryNumber(id: String) -> Int? {
    for number in 0..<entryCount where entryID(number) == id { return number }
    return bytes.pairs(at: section(.aliases)).first { $0.text == id }?.number
  }

  /// The id of an entry.
  package func entryID(_ number: Int) -> String {
    bytes.text(at: bytes.place(at: record(of: number) + 4))
  }

  /// All codes with the entries that bear them, in the order of the entries.
  package var codes: [(text: String, number: Int)] { bytes.pairs(at: section(.codes)) }

  /// All aliases with the entries that bear them.
  package var aliases: [(text: String, number: Int)] { bytes.pairs(at: section(.aliases)) }

  // MARK: Signals

  /// One wording, or one set of facts, by which an entry is recognised.
  ///
  /// All findings of a signal share it.
  package final class CompiledSignal: Sendable {
    package let number: Int
    package let entry: Int
    /// The registries that its entry is about, by number; none for any.
    package let registries: [Int]
    /// The entries that its entry outranks, directly or through others.
    package let refinements: [Int]
    package let id: String
    package let pattern: Int?
    package let context: ContextRule
    package let role: Role
    package let isWeak: Bool
    package let facts: CompiledFacts?
    package let requirement: CompiledFacts?
    /// Whether its entry is a warning: something to know, which stops nothing.
    package let isWarning: Bool
    /// Whether something must show that a registry is concerned at all.
    package let mustBeAboutRegistry: Bool
    package let conditions: [CompiledCondition]

    fileprivate init(_ number: Int, at offset: Int, of knowledge: CompiledKnowledge) {
      let bytes = knowledge.bytes
      let flags = bytes.integer(at: offset + 4)
      let pattern = bytes.integer(at: offset + 12)
      let conditions = bytes.list(at: bytes.place(at: offset + 24))
      self.number = number
      entry = bytes.integer(at: offset)
      registries = knowledge.registries(of: entry)
      refinements = knowledge.refinements(of: entry)
      id = bytes.text(at: bytes.place(at: offset + 8))
      self.pattern = pattern == 0 ? nil : pattern - 1
      context = ContextRule.allCases[flags & 3]
      role = Role.allCases[flags >> 2 & 3]
      isWeak = flags >> 4 & 1 == 1
      facts = knowledge.facts(at: bytes.place(at: offset + 16))
      requirement = knowledge.facts(at: bytes.place(at: offset + 20))
      isWarning = flags >> 6 & 1 == 1
      mustBeAboutRegistry = flags >> 5 & 1 == 1
      self.conditions = stride(from: 0, to: conditions.count, by: 2).map {
        CompiledCondition(
          pattern: conditions[$0], isNegative: conditions[$0 + 1] & 1 == 1,
          inWindow: conditions[$0 + 1] & 2 == 2)
      }
    }
  }

  /// A pattern that must, or must not, hold beside a signal.
  package struct CompiledCondition: Sendable {
    package let pattern: Int
    package let isNegative: Bool
    /// In the message and two on each side, instead of in the message alone.
    package let inWindow: Bool
  }

  /// Facts that must hold: for each kind any one of its values.
  ///
  /// An empty list asks nothing.
  package struct CompiledFacts: Sendable {
    package let httpStatus: [Int]
    package let engineStatus: [Int]
    package let ociCodes: [String]
    package let clients: [Int]
    package let operations: [Int]
    package let registries: [Int]
  }

  package func signal(_ number: Int) -> CompiledSignal {
    CompiledSignal(number, at: bytes.place(at: section(.signals) + 4 + 4 * number), of: self)
  }

  /// The signals that rest on an HTTP status alone.
  ///
  /// - Complexity: O(log of all such signals + result).
  package func factSignals(status: Int) -> [Int] {
    bytes.numbers(ofPairsAt: section(.statusSignals)) { pair in
      let other = bytes.integer(at: pair)
      return other < status ? .before : other == status ? .sought : .after
    }
  }

  /// The signals that rest on an error code alone, perhaps with a status.
  ///
  /// - Complexity: O(log of all such signals + result).
  package func factSignals(ociCode: String) -> [Int] {
    bytes.numbers(ofPairsAt: section(.codeSignals)) { pair in
      let other = bytes.text(at: bytes.place(at: pair))
      if other == ociCode { return .sought }
      return other.utf8.lexicographicallyPrecedes(ociCode.utf8) ? .before : .after
    }
  }

  private func facts(at offset: Int) -> CompiledFacts? {
    guard offset != 0 else { return nil }
    func values(_ field: Int) -> [Int] { bytes.list(at: bytes.place(at: offset + 4 * field)) }
    return CompiledFacts(
      httpStatus: values(0), engineStatus: values(1),
      ociCodes: bytes.places(at: bytes.place(at: offset + 8)).map { bytes.text(at: $0) },
      clients: values(3), operations: values(4), registries: values(5))
  }

  // MARK: Vocabulary

  /// What a pattern means where it holds.
  package enum PatternUse: Int, Sendable, CaseIterable {
    /// The signal of that number.
    case signal
    /// A condition of some signal, or what decides a cause.
    case condition
    /// The client, operation or registry of that number.
    case client, operation, registry
    /// A registry is concerned.
    case evidence
    /// Another program or service speaks.
    case foreign
    /// The failed try is repeated.
    case retried
    /// The line tells of progress.
    case progress
    /// What was done with a registry has ended well.
    case completed
    /// A fact of that number in ``FactKind``.
    case fact
  }

  /// Calls `body` with each meaning of a pattern.
  @inline(__always)
  package func forEachUse(of pattern: Int, _ body: (PatternUse, Int) -> Void) {
    let heads = section(.uses)
    let count = patterns.count
    bytes.withBytes { bytes in
      let first = bytes.packedInteger(at: heads + 4 * pattern)
      let last = bytes.packedInteger(at: heads + 4 * pattern + 4)
      var offset = heads + 4 * (count + 1) + 8 * first
      for _ in first..<last {
        if let use = PatternUse(rawValue: bytes.packedInteger(at: offset)) {
          body(use, bytes.packedInteger(at: offset + 4))
        }
        offset += 8
      }
    }
  }

  /// Whether a pattern may be all that shows a failure: a signal's, or that of a status or code.
  package func isSought(_ pattern: Int) -> Bool {
    var isSought = false
    forEachUse(of: pattern) { use, value in
      isSought =
        isSought || use == .signal
        || use == .fact && [.httpStatus, .ociCode].contains(FactKind.byNumber[value])
    }
    return isSought
  }

  /// A registry of the vocabulary.
  package struct CompiledRegistry: Sendable {
    package let id: String
    package let name: String
  }

  /// Whose a host pattern is.
  package enum HostOwner: Sendable {
    /// A registry's, by its number.
    case registry(Int)
    /// A help page's or the like.
    case excluded
  }

  /// The first host pattern that a host matches, those of registries before others.
  ///
  /// - Parameters:
  ///   - host: In lower case, without port.
  ///   - matches: Whether the host matches a pattern, whose bytes, UTF-8, are valid during the call
  ///     only. Of the patterns of which it says so the last one is the first of all.
  /// - Complexity: O(length of the host), and the patterns that share a label with it.
  package func firstHostPattern(
    for host: UnsafeBufferPointer<UInt8>, _ matches: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> HostOwner? {
    HostTable(bytes, at: section(.hosts)).first(for: host, matches)
  }

  package var registryCount: Int { bytes.integer(at: section(.registries)) }

  /// The number of the registry of an id.
  package func registryNumber(id: String) -> Int? {
    (0..<registryCount).first { bytes.text(at: bytes.place(at: registryRecord($0))) == id }
  }

  /// Whether a registry may run under any host name.
  package func isSelfHosted(_ registry: Int) -> Bool {
    bytes.integer(at: registryRecord(registry) + 8) == 1
  }

  /// What the paths of a registry's images carry: the patterns as ``ImagePathPattern`` has them.
  package func imagePaths(ofRegistry number: Int) -> [String] {
    let list = bytes.place(at: registryRecord(number) + 12)
    return (0..<bytes.integer(at: list)).map { bytes.text(at: bytes.place(at: list + 4 + 4 * $0)) }
  }

  package func registry(_ number: Int) -> CompiledRegistry {
    let offset = registryRecord(number)
    return CompiledRegistry(
      id: bytes.text(at: bytes.place(at: offset)), name: bytes.text(at: bytes.place(at: offset + 4))
    )
  }

  private func registryRecord(_ number: Int) -> Int {
    bytes.place(at: section(.registries) + 4 + 4 * number)
  }

  /// A client or operation: its id, its name, and whether a reference without a host is Docker
  /// Hub's to it.
  package struct CompiledTerm: Sendable {
    package let id: String
    package let name: String
    package let shortNamesAreDockerHub: Bool
  }

  package var clientCount: Int { bytes.integer(at: section(.clients)) }
  package func client(_ number: Int) -> CompiledTerm { term(number, in: .clients) }
  package var operationCount: Int { bytes.integer(at: section(.operations)) }
  package func operation(_ number: Int) -> CompiledTerm { term(number, in: .operations) }

  private func term(_ number: Int, in header: Header) -> CompiledTerm {
    let offset = bytes.place(at: section(header) + 4 + 4 * number)
    return CompiledTerm(
      id: bytes.text(at: bytes.place(at: offset)),
      name: bytes.text(at: bytes.place(at: offset + 4)),
      shortNamesAreDockerHub: bytes.integer(at: offset + 8) == 1)
  }
}
