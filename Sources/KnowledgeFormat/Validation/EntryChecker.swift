/// Checks one entry against everything that exists.
struct EntryChecker {
  let loaded: LoadedEntry
  let names: KnownNames
  let complaints: PointedComplaints
  /// Whether the entry's file was named by itself, so that its folder was not looked into.
  let isAlone: Bool

  var entry: Entry { loaded.entry }

  init(_ loaded: LoadedEntry, of knowledge: LoadedKnowledge, names: KnownNames) {
    self.loaded = loaded
    self.names = names
    self.complaints = PointedComplaints(loaded.path, loaded.document, knowledge.mode)
    self.isAlone = loaded.path == knowledge.root
  }

  func check() -> [Complaint] {
    checkIdentity()
    checkEntryReferences()
    checkVocabulary()
    checkDocuments()
    checkCauses()
    if !isAlone { checkFiles() }
    let slots = checkPatterns()
    checkPlaceholders(slots)
    return complaints.complaints
  }

  // MARK: - Itself

  private func checkIdentity() {
    if let folder = loaded.folder, folder != entry.id.text {
      complaints.report(
        .idNotFolder, at: "/id", "the id is \(quoted(entry.id.text)), but the folder is \(folder)",
        "an id is for ever: rename the folder")
    }
    for (number, alias) in entry.aliases.enumerated() {
      // Of two entries that are checked, the later one is told.
      let other = names.aliasOwners[alias, default: []].sorted().first { owner in
        owner < entry.id || !names.checkedIDs.contains(owner)
      }
      if names.entryIDs.contains(alias) {
        complaints.report(
          .aliasTaken, at: "/aliases/\(number)", "\(alias) is the id of an entry",
          "remove the alias")
      } else if let other {
        complaints.report(
          .aliasTaken, at: "/aliases/\(number)", "\(alias) is an alias of \(other) too",
          "keep it in one of them")
      }
    }
    if entry.codes.isEmpty, entry.role == .cause, entry.status != .withdrawn {
      complaints.report(
        .noCodes, at: "/codes", "a cause without codes is found by no look-up",
        "add the words or numbers that programs print for it")
    }
  }

  // MARK: - Other entries

  private func checkEntryReferences() {
    for (number, id) in entry.refines.enumerated() {
      checkExists(id, at: "/refines/\(number)")
    }
    if let replacement = entry.withdrawal?.replacement {
      checkExists(replacement, at: "/withdrawn/replacedBy")
    }
    for (number, example) in entry.nonExamples.enumerated() {
      guard let other = example.isInstead else { continue }
      let pointer = "/nonExamples/\(number)/isInstead"
      if names.entry(for: other) == entry.id {
        complaints.report(
          .insteadOfItself, at: pointer, "the file is a near miss of the entry that it is instead",
          "name another entry, or make it an example")
      } else {
        checkExists(other, at: pointer)
      }
    }
  }

  private func checkExists(_ id: EntryID, at pointer: String) {
    guard names.entry(for: id) == nil else { return }
    complaints.report(
      .unknownEntry, at: pointer, "there is no entry \(id)",
      NearestName.remedy(
        for: id.text, among: names.entryIDs.map(\.text).sorted(), otherwise: "name one that exists")
    )
  }

  // MARK: - The vocabulary and the manifest

  /// Checks the words of every condition where they are written.
  private func checkVocabulary() {
    guard let registries = names.addressCaptures?.keys else { return }
    let root = loaded.document.root
    let match = root["match"]
    var conditions = [match, match?["requires"]]
    for signal in match?["any"].map({ Array($0.elements) }) ?? [] {
      conditions += [signal["requires"], signal["facts"]]
    }
    for cause in root["causes"].map({ Array($0.elements) }) ?? [] {
      conditions += [cause["decidedBy"]?["facts"], cause["appliesTo"]]
    }
    conditions += root["solutions"].map { $0.elements.map { $0["appliesTo"] } } ?? []
    for condition in conditions.compactMap({ $0 }) {
      check(condition["registry"], among: Set(registries), .unknownRegistry, "registry")
      check(condition["client"], among: names.clients, .unknownClient, "client")
      check(condition["operation"], among: names.operations, .unknownOperation, "operation")
    }
  }

  private func check(
    _ words: JSONNode?, among known: Set<String>, _ code: Complaint.Code, _ kind: String
  ) {
    guard let words else { return }
    for node in words.elements {
      guard let word = node.string, !known.contains(word) else { continue }
      complaints.report(
        code, at: node, "the vocabulary has no \(kind) \(quoted(word))",
        NearestName.remedy(
          for: word, among: known.sorted(),
          otherwise: "one of: \(known.sorted().joined(separator: ", "))"))
    }
  }

  private func checkDocuments() {
    guard let known = names.revisions else { return }
    for (number, mention) in entry.documents.enumerated() {
      guard let revisions = known[mention.document] else {
        complaints.report(
          .unknownDocument, at: "/documents/\(number)/document",
          "the manifest has no document \(quoted(mention.document))",
          NearestName.remedy(
            for: mention.document, among: known.keys.sorted(),
            otherwise: "one of: \(known.keys.sorted().joined(separator: ", "))"))
        continue
      }
      for (index, revision) in mention.revisions.enumerated() where !revisions.contains(revision) {
        complaints.report(
          .unknownRevision, at: "/documents/\(number)/revisions/\(index)",
          "\(mention.document) has no revision \(quoted(revision))",
          "one of: \(revisions.joined(separator: ", "))")
      }
    }
  }

  // MARK: - Its own parts

  private func checkCauses() {
    let causes = entry.causes.map(\.id)
    complaints.reportRepeated(causes) { "/causes/\($0)/id" }
    for (number, solution) in entry.solutions.enumerated() {
      for (index, cause) in solution.causes.enumerated() where !causes.contains(cause) {
        complaints.report(
          .unknownCause, at: "/solutions/\(number)/for/\(index)",
          "the entry has no cause \(quoted(cause))",
          NearestName.remedy(
            for: cause, among: causes, otherwise: "one of: \(causes.joined(separator: ", "))"))
      }
    }
    let signals = entry.signals.map(\.id)
    complaints.reportRepeated(signals) { "/match/any/\($0)/id" }
    func check(_ named: [String]?, at pointer: String) {
      for (index, signal) in (named ?? []).enumerated() where !signals.contains(signal) {
        complaints.report(
          .unknownSignal, at: "\(pointer)/signals/\(index)",
          "the entry has no signal \(quoted(signal))",
          NearestName.remedy(
            for: signal, among: signals, otherwise: "one of: \(signals.joined(separator: ", "))"))
      }
    }
    for (number, cause) in entry.causes.enumerated() {
      check(cause.decidedBy?.signals, at: "/causes/\(number)/decidedBy")
      check(cause.appliesTo?.signals, at: "/causes/\(number)/appliesTo")
    }
    for (number, solution) in entry.solutions.enumerated() {
      check(solution.appliesTo?.signals, at: "/solutions/\(number)/appliesTo")
    }
  }

  private func checkFiles() {
    let listed =
      entry.examples.enumerated().map { ("/examples/\($0)/file", $1.file) }
      + entry.nonExamples.enumerated().map { ("/nonExamples/\($0)/file", $1.file) }
    let present = Set(loaded.textFiles.map(\.name))
    var seen: Set<String> = []
    for (pointer, file) in listed {
      if !seen.insert(file).inserted {
        complaints.report(
          .repeatedItem, at: pointer, "\(file) is listed twice", "remove one of them")
      } else if !present.contains(file) {
        complaints.report(
          .missingExampleFile, at: pointer, "there is no \(file) beside the entry",
          "put the output there, as it was printed")
      }
    }
    for file in present.subtracting(seen).sorted() {
      complaints.report(
        .unlistedExampleFile, at: "", "\(file) lies beside the entry and is not listed",
        "add it to examples or nonExamples, or remove it")
    }
  }
}
