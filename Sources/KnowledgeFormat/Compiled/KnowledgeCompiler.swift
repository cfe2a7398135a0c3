package import FailurePatterns

/// Compiles a loaded knowledge base to the block that ``CompiledKnowledge`` reads.
///
/// The same entries in the same order give the same bytes.
package struct KnowledgeCompiler {
  private var records: RecordWriter
  private var patterns = PatternSetWriter()
  private var uses: [[(CompiledKnowledge.PatternUse, Int)]] = []
  private let vocabulary: Vocabulary
  /// The entries that each one names as those it refines.
  private let links: [[Int]]
  /// The entries that name an id as one they refine.
  private let refining: [EntryID: [Int]]
  private let sources: [Source]
  /// The offset of the header.
  private let header: Int

  /// An entry with its JSON.
  package struct Source: Sendable {
    package let entry: Entry
    /// The entry's JSON without white space.
    package let json: [UInt8]

    package init(entry: Entry, json: [UInt8]) {
      self.entry = entry
      self.json = json
    }
  }

  /// The parts of a base beside its entries, each with its JSON without white space.
  package struct Frame: Sendable {
    package let manifest: Manifest
    package let manifestJSON: [UInt8]
    package let vocabulary: Vocabulary
    package let vocabularyJSON: [UInt8]

    package init(
      manifest: Manifest, manifestJSON: [UInt8], vocabulary: Vocabulary, vocabularyJSON: [UInt8]
    ) {
      self.manifest = manifest
      self.manifestJSON = manifestJSON
      self.vocabulary = vocabulary
      self.vocabularyJSON = vocabularyJSON
    }
  }

  /// Compiles a base.
  ///
  /// - Parameters:
  ///   - entries: Entries that passed validation, in the order to keep. Patterns that do not parse
  ///     are left out.
  ///   - writer: An empty one.
  /// - Returns: The block. All bytes are valid UTF-8.
  /// - Throws: When the block would be larger than ``PackedWriter/maximumBytes``.
  /// - Complexity: O(size of the base + entries that are outranked, also through others).
  package static func compile(
    _ entries: [Source], in frame: Frame, with writer: PackedWriter = PackedWriter()
  ) throws(OversizedKnowledge) -> [UInt8] {
    var compiler = KnowledgeCompiler(entries, frame.vocabulary, writer)
    compiler.run(frame)
    let block = compiler.records.packed
    guard !block.isOverfull else { throw OversizedKnowledge(byteCount: block.offset) }
    return block.bytes
  }

  private init(_ sources: [Source], _ vocabulary: Vocabulary, _ writer: PackedWriter) {
    records = RecordWriter(writer)
    header = writer.offset
    self.sources = sources
    self.vocabulary = vocabulary
    var numbers: [String: Int] = [:]
    for (number, source) in sources.enumerated() {
      for alias in source.entry.aliases { numbers[alias.text] = number }
    }
    for (number, source) in sources.enumerated() { numbers[source.entry.id.text] = number }
    links = sources.map { source in source.entry.refines.compactMap { numbers[$0.text] } }
    var refining: [EntryID: [Int]] = [:]
    for (number, source) in sources.enumerated() {
      for id in Set(source.entry.refines) { refining[id, default: []].append(number) }
    }
    self.refining = refining
  }

  private mutating func run(_ frame: Frame) {
    records.packed.integer(CompiledKnowledge.layout)
    for _ in 1..<CompiledKnowledge.Header.count { records.packed.integer(0) }
    set(.version, records.string(frame.manifest.version))
    set(.schemaVersion, records.string(frame.manifest.schemaVersion.description))
    writeVocabulary()
    let entries = writeEntries()
    let patternSet = patterns.write(into: &records.packed)
    set(.patterns, patternSet)
    writeUses()
    // What few answers need comes last, so that what all need lies on few pages.
    for (source, record) in zip(sources, entries) {
      records.setPlace(prose(of: source.entry), at: record + 24)
    }
    for (source, record) in zip(sources, entries) {
      records.setPlace(records.data(source.json), at: record + 28)
    }
    set(.triggers, writeTriggers())
    set(.manifest, records.data(frame.manifestJSON))
    set(.vocabulary, records.data(frame.vocabularyJSON))
  }

  private mutating func set(_ section: CompiledKnowledge.Header, _ offset: Int) {
    records.setPlace(offset, at: header + 4 * section.rawValue)
  }

  /// Adds a pattern to the set and notes what it means.
  ///
  /// Returns `nil` for one that does not parse.
  private mutating func pattern(
    _ text: String, isCaseExact: Bool = false, _ use: CompiledKnowledge.PatternUse, _ value: Int
  ) -> Int? {
    guard let pattern = try? Pattern(text, isCaseExact: isCaseExact) else { return nil }
    let number = patterns.add(pattern, isCaseExact: isCaseExact)
    while uses.count <= number { uses.append([]) }
    if !uses[number].contains(where: { $0 == (use, value) }) { uses[number].append((use, value)) }
    return number
  }

  // MARK: Vocabulary

  private mutating func writeVocabulary() {
    var registries: [Int] = []
    for (number, registry) in vocabulary.registries.enumerated() {
      let paths = registry.paths.map { records.string($0.text) }
      let fields: [RecordWriter.Field] = [
        .place(records.string(registry.id)), .place(records.string(registry.name)),
        .number(registry.isSelfHosted ? 1 : 0),
        .place(records.list(ofPlaces: paths)),
      ]
      registries.append(records.record(fields))
      for phrase in registry.phrases { _ = pattern(phrase, .registry, number) }
    }
    set(.registries, records.list(ofPlaces: registries))
    var clients: [Int] = []
    for (number, client) in vocabulary.clients.enumerated() {
      clients.append(
        term(client.id, client.name, shortNamesAreDockerHub: client.shortNames == .dockerHub))
      for phrase in client.phrases { _ = pattern(phrase, .client, number) }
    }
    set(.clients, records.list(ofPlaces: clients))
    var operations: [Int] = []
    for (number, operation) in vocabulary.operations.enumerated() {
      operations.append(term(operation.id, operation.name, shortNamesAreDockerHub: false))
      for phrase in operation.phrases { _ = pattern(phrase, .operation, number) }
    }
    set(.operations, records.list(ofPlaces: operations))
    for phrase in vocabulary.evidence { _ = pattern(phrase, .evidence, 0) }
    for phrase in vocabulary.foreign { _ = pattern(phrase, .foreign, 0) }
    for phrase in vocabulary.retried { _ = pattern(phrase, .retried, 0) }
    for phrase in vocabulary.progress { _ = pattern(phrase, .progress, 0) }
    for phrase in vocabulary.completed { _ = pattern(phrase, .completed, 0) }
    for wording in vocabulary.facts {
      let kind = FactKind.allCases.firstIndex(of: wording.fact) ?? 0
      for phrase in wording.patterns { _ = pattern(phrase, .fact, kind) }
    }
    set(.hosts, HostTable.write(vocabulary, into: &records))
  }

  private mutating func term(
    _ id: String, _ name: String, shortNamesAreDockerHub: Bool
  ) -> Int {
    let fields: [RecordWriter.Field] = [
      .place(records.string(id)), .place(records.string(name)),
      .number(shortNamesAreDockerHub ? 1 : 0),
    ]
    return records.record(fields)
  }

  // MARK: Entries

  /// Writes what the engine needs of the entries.
  ///
  /// - Returns: The offsets of their records, in which the offsets of their prose and their JSON
  ///   are still to be set.
  private mutating func writeEntries() -> [Int] {
    var entries: [Int] = []
    var signals: [Int] = []
    var statusSignals: [(status: Int, number: Int)] = []
    var codeSignals: [(code: String, number: Int)] = []
    var codes: [(RecordWriter.Field, number: Int)] = []
    var aliases: [(RecordWriter.Field, number: Int)] = []
    for (number, source) in sources.enumerated() {
      let entry = source.entry
      entries.append(writeEntry(entry, number))
      codes += entry.codes.map { (.place(records.string($0)), number) }
      aliases += entry.aliases.map { (.place(records.string($0.text)), number) }
      guard entry.status != .withdrawn else { continue }
      for signal in entry.signals {
        if signal.pattern == nil, let facts = signal.facts {
          let number = signals.count
          codeSignals += facts.ociCodes.map { ($0, number) }
          if facts.ociCodes.isEmpty { statusSignals += facts.httpStatus.map { ($0, number) } }
        }
        signals.append(
          writeSignal(
            signal, isWarning: entry.severity == .warning, number: signals.count, entry: number))
      }
    }
    set(.entries, records.list(ofPlaces: entries))
    set(.signals, records.list(ofPlaces: signals))
    // These are looked up by halves.
    statusSignals.sort { $0 < $1 }
    codeSignals.sort { Array($0.code.utf8).lexicographicallyPrecedes($1.code.utf8) }
    let codeFields = codeSignals.map {
      (RecordWriter.Field.place(records.string($0.code)), number: $0.number)
    }
    set(
      .statusSignals, records.list(ofPairs: statusSignals.map { (.number($0.status), $0.number) }))
    set(.codeSignals, records.list(ofPairs: codeFields))
    set(.codes, records.list(ofPairs: codes))
    set(.aliases, records.list(ofPairs: aliases))
    return entries
  }

  private mutating func writeEntry(_ entry: Entry, _ number: Int) -> Int {
    let flags =
      index(of: entry.role) | index(of: entry.retry) << 2 | (entry.status == .withdrawn ? 1 : 0)
      << 4
    var deciding: [Int] = []
    for (cause, item) in entry.causes.enumerated() {
      for text in item.decidedBy?.patterns ?? [] {
        if let pattern = pattern(text, .condition, 0) { deciding += [cause, pattern] }
      }
    }
    let fields: [RecordWriter.Field] = [
      .number(flags), .place(records.string(entry.id.text)), .place(records.string(entry.title)),
      .place(records.list(registryNumbers(entry.registries))),
      .place(records.list(outranked(by: number))),
      .place(records.list(deciding)), .place(0), .place(0),
      .place(records.list(registriesRefining(entry))),
    ]
    return records.record(fields)
  }

  private mutating func prose(of entry: Entry) -> Int {
    let offset = records.packed.begin()
    EntryProse(
      summary: entry.summary, causes: entry.causes, solutions: entry.solutions,
      references: entry.references
    ).write(to: &records.packed)
    return offset
  }

  /// The registries that have entries of their own for what an entry says of any.
  private func registriesRefining(_ entry: Entry) -> [Int] {
    var numbers: Set<Int> = []
    for other in refining[entry.id] ?? [] {
      numbers.formUnion(registryNumbers(sources[other].entry.registries))
    }
    return numbers.sorted()
  }

  /// The numbers of the entries that one outranks, also through others.
  private func outranked(by number: Int) -> [Int] {
    var found: Set<Int> = []
    var pending = links[number]
    while let next = pending.popLast() {
      if found.insert(next).inserted { pending += links[next] }
    }
    return found.sorted()
  }

  private mutating func writeSignal(
    _ signal: Signal, isWarning: Bool, number: Int, entry: Int
  ) -> Int {
    let flags =
      index(of: signal.context) | index(of: signal.role) << 2
      | (signal.strength == .weak ? 1 : 0) << 4
      | (signal.requirement.isAboutRegistry ? 1 : 0) << 5 | (isWarning ? 1 : 0) << 6
    let patternNumber = signal.pattern.flatMap {
      pattern($0, isCaseExact: signal.isCaseExact, .signal, number)
    }
    var conditions: [Int] = []
    for (isNegative, list) in [(false, signal.with), (true, signal.without)] {
      for condition in list {
        guard
          let number = pattern(
            condition.pattern, isCaseExact: condition.isCaseExact, .condition, 0)
        else { continue }
        conditions += [number, (isNegative ? 1 : 0) | (condition.scope == .window ? 2 : 0)]
      }
    }
    let requirement = signal.requirement
    let requirementFacts = FactCondition(
      httpStatus: requirement.httpStatus, engineStatus: [], ociCodes: [],
      clients: requirement.clients, operations: requirement.operations,
      registries: requirement.registries)
    let fields: [RecordWriter.Field] = [
      .number(entry), .number(flags), .place(records.string(signal.id)),
      .number(patternNumber.map { $0 + 1 } ?? 0), .place(signal.facts.map { facts($0) } ?? 0),
      .place(facts(requirementFacts)), .place(records.list(conditions)),
    ]
    return records.record(fields)
  }

  private mutating func facts(_ facts: FactCondition) -> Int {
    let codes = facts.ociCodes.map { records.string($0) }
    let clients = facts.clients.compactMap { id in vocabulary.clients.firstIndex { $0.id == id } }
    let operations = facts.operations.compactMap { id in
      vocabulary.operations.firstIndex { $0.id == id }
    }
    guard
      !(facts.httpStatus.isEmpty && facts.engineStatus.isEmpty && codes.isEmpty && clients.isEmpty
        && operations.isEmpty && facts.registries.isEmpty)
    else { return 0 }
    let fields = [
      records.list(facts.httpStatus), records.list(facts.engineStatus),
      records.list(ofPlaces: codes), records.list(clients),
      records.list(operations), records.list(registryNumbers(facts.registries)),
    ]
    return records.record(fields.map { .place($0) })
  }

  private func registryNumbers(_ ids: [String]) -> [Int] {
    ids.compactMap { id in vocabulary.registries.firstIndex { $0.id == id } }
  }

  private func index<T: CaseIterable & Equatable>(of value: T) -> Int {
    Array(T.allCases).firstIndex(of: value) ?? 0
  }

  // MARK: Triggers

  /// Writes what large inputs are searched for: the patterns of signals, and those of the facts
  /// that a signal may rest on alone.
  private mutating func writeTriggers() -> Int {
    let statuses = Set(
      sources.flatMap(\.entry.signals).flatMap {
        $0.pattern == nil ? $0.facts?.httpStatus ?? [] : []
      })
    let values = statuses.sorted().map { Array(String($0).utf8) }
    var wanted: [(pattern: Int, fixed: [String: [[UInt8]]])] = []
    for (number, uses) in uses.enumerated() {
      if uses.contains(where: { $0.0 == .signal }) {
        wanted.append((number, [:]))
      } else if uses.contains(where: {
        $0.0 == .fact && [.httpStatus, .ociCode].contains(FactKind.byNumber[$0.1])
      }) {
        wanted.append((number, ["httpStatus": values]))
      }
    }
    return patterns.writeTriggers(for: wanted, into: &records.packed)
  }

  // MARK: Uses

  private mutating func writeUses() {
    set(.uses, records.packed.begin())
    var head = 0
    for use in uses {
      records.packed.integer(head)
      head += use.count
    }
    records.packed.integer(head)
    for (use, value) in uses.joined() {
      records.packed.integer(use.rawValue)
      records.packed.integer(value)
    }
  }
}
