import DiagnosisRendering
import KnowledgeFormat
import RegistryDiagnosis
import RegistryKnowledge

/// The knowledge base, opened, and all that the commands ask of it.
///
/// The only file of the command that knows how an answer is found.
struct Engine {
  /// What was wrong with entries that were added, a sentence each; broken ones were skipped.
  let warnings: [String]
  private let base: KnowledgeBase

  /// Why the base cannot be used at all, in a sentence without a full stop.
  struct Failure: Error {
    let message: String
  }

  /// Opens the built-in base.
  ///
  /// - Parameter overlays: Files and folders whose entries are added or replace others, in order.
  /// - Throws: When an overlay cannot be read at all.
  init(overlays paths: [String]) throws(Failure) {
    guard !paths.isEmpty else {
      base = .builtIn
      warnings = []
      return
    }
    let builtIn = KnowledgeBase.builtIn.compiled.loaded()
    var overlays: [LoadedKnowledge] = []
    var warnings: [String] = []
    for path in paths {
      let overlay = try Self.load(path, mode: .lenient)
      let found = KnowledgeFormat.validate(overlay, against: overlay.frame == nil ? builtIn : nil)
      warnings += (overlay.complaints + found).sorted().map(\.description)
      overlays.append(overlay.rejectingEntries(by: found))
    }
    guard let base = KnowledgeBase.builtIn.overlaid(with: overlays) else {
      throw Failure(message: "the built-in base could not be extended")
    }
    self.base = base
    self.warnings = warnings
  }

  /// Loads a base, or a part of one, from disk.
  ///
  /// - Throws: When nothing at all can be read there, or its format is a later one.
  static func load(_ path: String, mode: LoadingMode) throws(Failure) -> LoadedKnowledge {
    let source = KnowledgeSource(path: path)
    if source.files.isEmpty, let complaint = source.complaints.first {
      throw Failure(message: "cannot read '\(path)': \(complaint.message)")
    }
    let loaded = LoadedKnowledge(source, mode: mode)
    if let refusal = loaded.complaints.first(where: { $0.code == .unsupportedSchemaVersion }) {
      throw Failure(message: refusal.description)
    }
    return loaded
  }

  var knowledge: KnowledgeSummary {
    KnowledgeSummary(version: base.version, entryCount: base.entryCount)
  }

  /// Begins to diagnose an input; what was wrong with added entries is in its report.
  func makeSession() -> DiagnosisSession {
    DiagnosisEngine(knowledge: base).makeSession(warnings: warnings)
  }

  // MARK: Entries

  /// The entries that a code, a status, an id or a wording leads to.
  func lookup(_ query: String) -> LookupAnswer {
    let knowledge = base.compiled
    var hits: [(number: Int, basis: String)] = []
    func add(_ number: Int, _ basis: String) {
      if !hits.contains(where: { $0.number == number }) { hits.append((number, basis)) }
    }
    if let number = knowledge.entryNumber(id: query) {
      add(number, knowledge.entryID(number) == query ? "id" : "alias")
    }
    let code = Self.asCode(query)
    for item in knowledge.codes where Self.asCode(item.text) == code { add(item.number, "code") }
    if let status = Self.status(query) {
      for number in 0..<knowledge.entryCount
      where entry(number)?.httpStatus.contains(status) == true {
        add(number, "httpStatus")
      }
    }
    if hits.isEmpty {
      for number in wordings(query) { add(number, "wording") }
    }
    let items = hits.compactMap { hit in
      entry(hit.number).map { LookupAnswer.Hit(item: EntryListItem($0), basis: hit.basis) }
    }
    let nearest =
      items.isEmpty
      ? Spelling.nearest(to: query, among: words(.codes) + words(.ids)).map { [$0] } ?? [] : []
    return LookupAnswer(query: query, hits: items, nearest: nearest)
  }

  /// Codes are told apart by letters and digits alone: `manifest unknown` is `MANIFEST_UNKNOWN`.
  private static func asCode(_ text: String) -> [UInt8] {
    text.utf8.map { byte in
      byte == 0x20 || byte == 0x2D ? 0x5F : byte &- 0x61 < 26 ? byte & 0xDF : byte
    }
  }

  /// The HTTP status that `429` or `HTTP 429` asks for.
  private static func status(_ query: String) -> Int? {
    guard let last = query.split(separator: " ").last, let status = Int(last),
      (100...599).contains(status), query.utf8.count == 3 || query.uppercased().hasPrefix("HTTP")
    else { return nil }
    return status
  }

  /// The entries whose patterns hold the words asked for, or hold in them.
  private func wordings(_ query: String) -> [Int] {
    let knowledge = base.compiled
    let wanted = query.lowercased()
    guard wanted.utf8.count >= 4 else { return [] }
    var numbers: [Int] = []
    for diagnosis in DiagnosisEngine(knowledge: base).diagnose(query).diagnoses {
      if let number = knowledge.entryNumber(id: diagnosis.id) { numbers.append(number) }
    }
    for number in 0..<knowledge.entryCount where !numbers.contains(number) {
      let holds = entry(number)?.signals.contains {
        $0.pattern?.lowercased().contains(wanted) == true
      }
      if holds == true { numbers.append(number) }
    }
    return Array(numbers.prefix(12))
  }

  /// - Returns: The entry with an id or an alias, or nil when there is none.
  func entry(_ id: String) -> EntryView? {
    guard let number = base.compiled.entryNumber(id: id), let entry = entry(number) else {
      return nil
    }
    let manifest = try? Manifest(json: base.compiled.manifestJSON)
    return EntryView(entry, documents: manifest?.documents ?? [])
  }

  private func entry(_ number: Int) -> Entry? {
    try? Entry(json: base.compiled.entryJSON(number))
  }

  private var entries: [Entry] { (0..<base.entryCount).compactMap { entry($0) } }

  /// - Parameters:
  ///   - registry: Only entries about it; any when absent.
  ///   - client: Only entries it prints; any when absent.
  func list(registry: String?, client: String?) -> [EntryListItem] {
    entries.filter { entry in
      (registry.map { entry.registries.contains($0) } ?? true)
        && (client.map { entry.isAbout(client: $0) } ?? true)
    }.map { EntryListItem($0) }
  }

  /// The words of a kind, sorted.
  func words(_ kind: WordKind) -> [String] {
    let knowledge = base.compiled
    switch kind {
    case .ids: return (0..<knowledge.entryCount).map { knowledge.entryID($0) }.sorted()
    case .codes: return Set(knowledge.codes.map(\.text)).sorted()
    case .registries:
      return (0..<knowledge.registryCount).map { knowledge.registry($0).id }.sorted()
    case .clients: return (0..<knowledge.clientCount).map { knowledge.client($0).id }.sorted()
    case .commands: return []
    }
  }
}
