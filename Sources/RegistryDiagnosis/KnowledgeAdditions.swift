import FailureText
package import KnowledgeFormat

/// Why a knowledge base cannot be used at all.
public struct KnowledgeError: Error, Sendable, CustomStringConvertible {
  /// What is wrong, in a sentence without a full stop.
  public let message: String

  package init(message: String) { self.message = message }

  /// The message.
  public var description: String { message }
}

/// A knowledge base with what was wrong with the entries that were added to it.
public struct ExtendedKnowledge: Sendable {
  /// The base with every added entry that is whole.
  public let base: KnowledgeBase
  /// What was wrong, a sentence each, with file, line and column; broken entries were skipped.
  ///
  /// Show them to those who wrote the entries. An engine that is made of this tells them in each
  /// report, too.
  public let warnings: [String]

  package init(base: KnowledgeBase, warnings: [String]) {
    self.base = base
    self.warnings = warnings
  }
}

extension KnowledgeBase {
  /// This base with entries of one's own: they are added or, where an id is known, stand in the
  /// place of those known.
  ///
  /// - Parameter paths: Files and folders, in order; a folder is one entry, a folder of entries or
  ///   a whole base, which also brings its vocabulary.
  /// - Returns: The base, and what was wrong with single entries; that never makes it fail.
  /// - Throws: When nothing can be read at one of the paths, its format is a later one, or it is
  ///   too large.
  /// - Complexity: O(size of both bases); the files are read before it returns.
  public func adding(entriesAt paths: [String]) throws(KnowledgeError) -> ExtendedKnowledge {
    try adding(paths.lazy.map { (name: $0, source: KnowledgeSource(path: $0)) })
  }

  /// This base with entries of one's own that are in memory, such as in a configuration or a
  /// database.
  ///
  /// - Parameter entries: What stands in the `entry.json` of each, in order, and a name by which
  ///   warnings call it.
  /// - Returns: The base, and what was wrong with single entries; that never makes it fail.
  /// - Throws: When an entry has more than 4 MiB, or all are more than a base can be extended by.
  /// - Complexity: O(size of the base and the entries).
  public func adding(
    entries: [(name: String, json: [UInt8])]
  ) throws(KnowledgeError) -> ExtendedKnowledge {
    try adding(
      entries.lazy.map {
        (name: $0.name, source: KnowledgeSource(entry: $0.name, json: $0.json))
      })
  }

  private func adding(
    _ sources: some Collection<(name: String, source: KnowledgeSource)>
  ) throws(KnowledgeError) -> ExtendedKnowledge {
    guard !sources.isEmpty else { return ExtendedKnowledge(base: self, warnings: []) }
    let own = compiled.loaded()
    var overlays: [LoadedKnowledge] = []
    var size = KnowledgeSize()
    var warnings: [String] = []
    for (name, source) in sources {
      let overlay = try LoadedKnowledge.reading(source, named: name, mode: .lenient)
      size.add(overlay)
      if let excess = size.excess {
        throw KnowledgeError(
          message: "'\(name)' cannot be added: with what is named before, \(excess)")
      }
      let found = KnowledgeFormat.validate(overlay, against: overlay.frame == nil ? own : nil)
      // What an entry could have more is for those who write it, not for those who use it.
      warnings += (overlay.complaints + found).sorted().filter { $0.code != .noCodes }
        .map { SecretMask.masking($0.description) }
      overlays.append(overlay.rejectingEntries(by: found))
    }
    guard overlays.contains(where: { !$0.entries.isEmpty || $0.frame != nil }) else {
      return ExtendedKnowledge(base: self, warnings: warnings)
    }
    guard let extended = try overlaid(with: overlays) else {
      throw KnowledgeError(message: "the base cannot be extended: its own entries are not whole")
    }
    return ExtendedKnowledge(base: extended, warnings: warnings)
  }

  /// This base with the entries of others added, as ``CompiledKnowledge/overlaid(with:)``.
  package func overlaid(
    with overlays: [LoadedKnowledge]
  ) throws(KnowledgeError) -> KnowledgeBase? {
    do throws(OversizedKnowledge) {
      return try compiled.overlaid(with: overlays).map { KnowledgeBase($0) }
    } catch {
      throw KnowledgeError(message: error.description)
    }
  }
}

extension LoadedKnowledge {
  /// Reads a base, or a part of one.
  ///
  /// - Throws: When nothing at all can be read there, or its format is a later one.
  package static func reading(
    _ path: String, mode: LoadingMode
  ) throws(KnowledgeError) -> LoadedKnowledge {
    try reading(KnowledgeSource(path: path), named: path, mode: mode)
  }

  fileprivate static func reading(
    _ source: KnowledgeSource, named name: String, mode: LoadingMode
  ) throws(KnowledgeError) -> LoadedKnowledge {
    if source.files.isEmpty, let complaint = source.complaints.first {
      let file = complaint.file == source.root ? "" : "'\(complaint.file)': "
      throw KnowledgeError(
        message: "cannot read '\(name)': \(file)\(complaint.message) (\(complaint.remedy))")
    }
    let loaded = LoadedKnowledge(source, mode: mode)
    var size = KnowledgeSize()
    size.add(loaded)
    if let excess = size.excess {
      throw KnowledgeError(message: "cannot use '\(name)': \(excess)")
    }
    if let refusal = loaded.complaints.first(where: { $0.code == .unsupportedSchemaVersion }) {
      throw KnowledgeError(message: refusal.description)
    }
    return loaded
  }
}
