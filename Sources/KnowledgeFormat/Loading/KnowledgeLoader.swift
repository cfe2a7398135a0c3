extension LoadedKnowledge {
  /// Reads a knowledge base.
  ///
  /// It never fails as a whole: what is wrong stands in ``complaints``. Files of a later *major*
  /// version of the format are refused with everything beside them; a later *minor* version is
  /// read, and in lenient mode its unknown keys are passed over.
  ///
  /// - Complexity: O(bytes).
  package init(_ source: KnowledgeSource, mode: LoadingMode) {
    var loader = KnowledgeLoader(source, mode: mode)
    self = loader.load()
  }
}

extension Entry {
  /// Reads the JSON of one entry, as it is stored in a compiled base.
  ///
  /// - Throws: All that is wrong with it. Unknown keys are passed over.
  /// - Complexity: O(bytes); about 30 µs for a long entry.
  package init(json bytes: [UInt8]) throws(EntryError) {
    self = try Entry.shape.stored(bytes, file: "entry.json")
  }
}

extension Manifest {
  /// Reads the JSON of a manifest, as it is stored in a compiled base.
  package init(json bytes: [UInt8]) throws(EntryError) {
    self = try Manifest.shape.stored(bytes, file: "manifest.json")
  }
}

extension Shape {
  /// Reads a value from JSON that was checked before it was stored.
  fileprivate func stored(_ bytes: [UInt8], file: String) throws(EntryError) -> Value {
    let complaints = ComplaintCollector(file: file, mode: .lenient, ignoresUnknownKeys: true)
    do {
      let document = try JSONDocument.parse(bytes)
      if let value = read(document.root, complaints), !complaints.hasErrors { return value }
    } catch {
      complaints.report(error)
    }
    throw EntryError(complaints: complaints.complaints)
  }
}

/// Why a text is no entry.
package struct EntryError: Error, Sendable, CustomStringConvertible {
  /// At least one.
  package let complaints: [Complaint]

  package var description: String {
    complaints.map(\.description).joined(separator: "\n")
  }
}

/// Reads the files of a source one by one.
private struct KnowledgeLoader {
  private let source: KnowledgeSource
  private let mode: LoadingMode
  private var complaints: [Complaint]
  private var entries: [LoadedEntry] = []
  private var rejectedIDs: Set<EntryID> = []
  /// Whether the base says that it is of a later version of the format.
  private var isNewer = false
  /// Whether it is of a version that cannot be read at all.
  private var isRefused = false

  init(_ source: KnowledgeSource, mode: LoadingMode) {
    self.source = source
    self.mode = mode
    self.complaints = source.complaints
  }

  mutating func load() -> LoadedKnowledge {
    let manifest = loadVersioned(Manifest.shape, from: files(.manifest).first)
    let vocabulary = loadVersioned(Vocabulary.shape, from: files(.vocabulary).first)
    if !isRefused {
      loadEntries()
      checkFolders()
      checkCompleteness()
    }
    return LoadedKnowledge(
      mode: mode, root: source.root, manifest: manifest, vocabulary: vocabulary,
      entries: entries.sorted { $0.entry.id < $1.entry.id }, rejectedIDs: rejectedIDs,
      complaints: complaints.sorted())
  }

  private func files(_ purpose: KnowledgeSource.Purpose) -> [KnowledgeFile] {
    source.files.filter { source.purpose(of: $0) == purpose }.sorted { $0.path < $1.path }
  }

  // MARK: - Files

  /// Reads a file that has a `schemaVersion`.
  private mutating func loadVersioned<Model: Sendable>(
    _ shape: Shape<Model>, from file: KnowledgeFile?
  ) -> LoadedFile<Model>? {
    guard let file, let document = parse(file) else { return nil }
    let node = document.root["schemaVersion"]
    if let node, let version = node.string.flatMap(SchemaVersion.init) {
      isNewer = isNewer || version > .current
      guard version.major <= SchemaVersion.current.major else {
        isRefused = true
        let collector = ComplaintCollector(file: file.path, mode: mode)
        collector.report(
          .unsupportedSchemaVersion, at: node,
          "version \(version) of the format is later than this program's, \(SchemaVersion.current)",
          "update regdiag, or use a base of version \(SchemaVersion.current.major).x")
        complaints += collector.complaints
        return nil
      }
    }
    guard let model = decode(shape, from: document, of: file) else { return nil }
    return LoadedFile(model: model, path: file.path, document: document)
  }

  private mutating func parse(_ file: KnowledgeFile) -> JSONDocument? {
    let collector = ComplaintCollector(file: file.path, mode: mode)
    do {
      return try JSONDocument.parse(file.bytes)
    } catch {
      collector.report(error)
      complaints += collector.complaints
      return nil
    }
  }

  /// Reads a model; `nil` when there is any error in its file.
  private mutating func decode<Model>(
    _ shape: Shape<Model>, from document: JSONDocument, of file: KnowledgeFile
  ) -> Model? {
    let collector = ComplaintCollector(
      file: file.path, mode: mode, ignoresUnknownKeys: isNewer && mode == .lenient)
    let model = shape.read(document.root, collector)
    for name in document.repeatedNames() {
      collector.report(
        .repeatedKey, at: name, "\(quoted(name.string ?? "")) stands here for the second time",
        "keep one of them")
    }
    complaints += collector.complaints
    return collector.hasErrors ? nil : model
  }

  // MARK: - Entries

  private mutating func loadEntries() {
    var textFiles: [Substring: [LoadedEntry.TextFile]] = [:]
    for file in files(.example) {
      let (folder, name) = file.path.splitAtLastSlash()
      textFiles[folder, default: []].append(
        LoadedEntry.TextFile(name: String(name), bytes: file.bytes))
    }
    var paths: [EntryID: String] = [:]
    for file in files(.entry) {
      let document = parse(file)
      guard let document, let entry = decode(Entry.shape, from: document, of: file) else {
        reject(file, document)
        continue
      }
      if let other = paths.updateValue(file.path, forKey: entry.id) {
        let collector = ComplaintCollector(file: file.path, mode: mode)
        collector.report(
          .repeatedID, at: document.root["id"] ?? document.root, "\(entry.id) is also in \(other)",
          "give one of them another id")
        complaints += collector.complaints
        continue
      }
      entries.append(
        LoadedEntry(
          entry: entry, path: file.path, folder: folder(of: file), document: document,
          textFiles: textFiles[file.path.splitAtLastSlash().folder] ?? []))
    }
  }

  /// Notes the id of an entry that is left out, so that those who refer to it are not blamed.
  private mutating func reject(_ file: KnowledgeFile, _ document: JSONDocument?) {
    let id = document?.root["id"]?.string ?? folder(of: file)
    if let id = id.flatMap(EntryID.init) { rejectedIDs.insert(id) }
  }

  /// `scope/slug` by the place of an entry's file; `nil` when it does not lie below `entries/`.
  private func folder(of file: KnowledgeFile) -> String? {
    let below = source.relativePath(of: file).split(separator: "/").dropLast()
    if below.first == "entries" { return below.dropFirst().joined(separator: "/") }
    let all = file.path.split(separator: "/").dropLast()
    return all.lastIndex(of: "entries").map { all[($0 + 1)...].joined(separator: "/") }
  }

  // MARK: - The whole

  /// Reports what lies in entries' folders and is not part of an entry.
  private mutating func checkFolders() {
    let entryFolders = Set(files(.entry).map { $0.path.splitAtLastSlash().folder })
    var missing: Set<Substring> = []
    for file in files(.example) + files(.otherJSON) where folder(of: file) != nil {
      let folder = file.path.splitAtLastSlash().folder
      if !entryFolders.contains(folder) {
        missing.insert(folder)
      } else if source.purpose(of: file) == .otherJSON {
        report(
          .unexpectedFile, file.path, "the file is no part of an entry",
          "remove it; an entry is one entry.json with its .txt files")
      }
    }
    for folder in missing.sorted() {
      report(
        .missingFile, "\(folder)/entry.json", "the folder holds no entry",
        "write the file, or remove the folder")
    }
  }

  private mutating func checkCompleteness() {
    let isBase = source.files.contains { file in
      let path = source.relativePath(of: file)
      return path == "manifest.json" || path == "vocabulary.json" || path.hasPrefix("entries/")
    }
    if isBase, mode == .strict {
      for (name, purpose) in [
        ("manifest.json", KnowledgeSource.Purpose.manifest), ("vocabulary.json", .vocabulary),
      ] where files(purpose).isEmpty {
        report(.missingFile, "\(source.root)/\(name)", "the base has no \(name)", "write it")
      }
    }
    let isFile = source.files.contains { $0.path == source.root }
    if files(.entry).isEmpty, source.complaints.isEmpty, !isFile {
      report(
        .noEntries, source.root, "no entry.json was found here",
        "name a base, a folder of entries, or an entry's JSON file")
    }
  }

  private mutating func report(
    _ code: Complaint.Code, _ file: String, _ message: String, _ remedy: String
  ) {
    complaints.append(
      Complaint(
        code, severity: code.severity(in: mode), file: file, position: nil, pointer: "",
        message: message, remedy: remedy))
  }
}

extension String {
  fileprivate func splitAtLastSlash() -> (folder: Substring, name: Substring) {
    guard let slash = lastIndex(of: "/") else { return ("", self[...]) }
    return (self[..<slash], self[slash...].dropFirst())
  }
}
