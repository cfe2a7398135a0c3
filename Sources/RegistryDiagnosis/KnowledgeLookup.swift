package import KnowledgeFormat

/// An entry that a look-up leads to.
public struct LookupHit: Sendable, Equatable {
  /// The entry's id.
  public let id: String
  /// Its title.
  public let title: String
  /// What led to it.
  public let basis: Basis

  /// What leads from a query to an entry.
  public enum Basis: String, Sendable {
    /// The query is the entry's id.
    case id
    /// The query is an id that the entry had before.
    case alias
    /// The entry's failure is printed with that code.
    case code
    /// Registries answer with that status when the failure happens.
    case httpStatus
    /// The query is part of what programs print, or is itself diagnosed as the failure.
    case wording
  }
}

extension KnowledgeBase {
  /// The entries that an id, a code, a status or a wording leads to.
  ///
  /// Codes are told apart by letters and digits alone: `manifest unknown` is `MANIFEST_UNKNOWN`. A
  /// status is `429` or `HTTP 429`. Wordings are looked for only where nothing else is found, and
  /// give twelve entries at most.
  ///
  /// - Parameter query: What to look up.
  /// - Returns: Each entry once, in the order in which it was found: by id, by code, by status, else
  ///   by wording. Empty when nothing leads to one.
  /// - Complexity: O(size of the base).
  public func lookup(_ query: String) -> [LookupHit] {
    var hits: [(number: Int, basis: LookupHit.Basis)] = []
    func add(_ number: Int, _ basis: LookupHit.Basis) {
      if !hits.contains(where: { $0.number == number }) { hits.append((number, basis)) }
    }
    if let number = compiled.entryNumber(id: query) {
      add(number, compiled.entryID(number) == query ? .id : .alias)
    }
    let code = Self.asCode(query)
    for item in compiled.codes where Self.asCode(item.text) == code { add(item.number, .code) }
    if let status = Self.status(query) {
      for number in 0..<entryCount where entry(number)?.httpStatus.contains(status) == true {
        add(number, .httpStatus)
      }
    }
    if hits.isEmpty {
      for number in wordings(query) { add(number, .wording) }
    }
    return hits.map { hit in
      let entry = compiled.entry(hit.number)
      return LookupHit(id: entry.id, title: entry.title, basis: hit.basis)
    }
  }

  private static func asCode(_ text: String) -> [UInt8] {
    text.utf8.map { byte in
      byte == 0x20 || byte == 0x2D ? 0x5F : byte &- 0x61 < 26 ? byte & 0xDF : byte
    }
  }

  private static func status(_ query: String) -> Int? {
    guard let last = query.split(separator: " ").last, let status = Int(last),
      (100...599).contains(status), query.utf8.count == 3 || query.uppercased().hasPrefix("HTTP")
    else { return nil }
    return status
  }

  /// The entries whose patterns hold the words asked for, or hold in them.
  private func wordings(_ query: String) -> [Int] {
    let wanted = query.lowercased().utf8
    guard wanted.count >= 4 else { return [] }
    var numbers: [Int] = []
    for diagnosis in DiagnosisEngine(knowledge: self).diagnose(query).diagnoses {
      if let number = compiled.entryNumber(id: diagnosis.id) { numbers.append(number) }
    }
    for number in 0..<entryCount where !numbers.contains(number) {
      let holds = entry(number)?.signals.contains {
        guard let pattern = $0.pattern?.lowercased().utf8 else { return false }
        return pattern.indices.contains { pattern[$0...].starts(with: wanted) }
      }
      if holds == true { numbers.append(number) }
    }
    return Array(numbers.prefix(12))
  }

  /// All that is known of an entry; `nil` where there is none of that id or alias.
  package func entry(id: String) -> Entry? {
    compiled.entryNumber(id: id).flatMap { entry($0) }
  }

  private func entry(_ number: Int) -> Entry? {
    try? Entry(json: compiled.entryJSON(number))
  }

  /// All entries, in the order of their ids.
  package var entries: [Entry] { (0..<entryCount).compactMap { entry($0) } }
}
