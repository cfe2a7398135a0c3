/// A file of a knowledge base: its path, for messages, and what stands in it.
package struct KnowledgeFile: Sendable {
  package let path: String
  package let bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// The files that a knowledge base, or a part of one, is loaded from.
///
/// It may be a whole base, a tree of entries, the folder of one entry, or one entry's file alone.
package struct KnowledgeSource: Sendable {
  /// The path that all files lie below, or that of the one file.
  package let root: String
  package let files: [KnowledgeFile]
  /// What went wrong when they were read.
  package let complaints: [Complaint]

  package init(root: String, files: [KnowledgeFile], complaints: [Complaint] = []) {
    self.root = root
    self.files = files
    self.complaints = complaints
  }

  /// An entry that is in memory.
  ///
  /// - Parameter name: What complaints call it.
  package init(entry name: String, json: [UInt8]) {
    let limit = KnowledgeDirectory.maximumFileBytes
    guard json.count > limit else {
      self.init(root: name, files: [KnowledgeFile(path: name, bytes: json)])
      return
    }
    let code = Complaint.Code.fileTooLarge
    let complaint = Complaint(
      code, severity: code.severity(in: .strict), file: name, position: nil, pointer: "",
      message: "the entry is larger than \(limit >> 20) MiB", remedy: "split it")
    self.init(root: name, files: [], complaints: [complaint])
  }

  /// What a file is for, by its place and name.
  enum Purpose {
    case manifest, vocabulary, entry, example
    /// JSON that is none of them, such as a schema.
    case otherJSON
    case other
  }

  /// What a file is for.
  ///
  /// - Parameter relativePath: Its path below the root; empty for the root itself, which is an
  ///   entry whatever its name, unless it is called like the other two.
  static func purpose(of relativePath: some StringProtocol, root: String) -> Purpose {
    let isRoot = relativePath.isEmpty
    switch isRoot ? String(root.split(separator: "/").last ?? "") : String(relativePath) {
    case "manifest.json": return .manifest
    case "vocabulary.json": return .vocabulary
    case _ where isRoot: return .entry
    case let path where path == "entry.json" || path.hasSuffix("/entry.json"): return .entry
    case let path where path.hasSuffix(".txt"): return .example
    case let path where path.hasSuffix(".json"): return .otherJSON
    default: return .other
    }
  }

  func purpose(of file: KnowledgeFile) -> Purpose {
    KnowledgeSource.purpose(of: relativePath(of: file), root: root)
  }

  /// The path of a file below the root; empty for the root itself.
  func relativePath(of file: KnowledgeFile) -> String {
    guard file.path.hasPrefix(root) else { return file.path }
    return String(file.path.dropFirst(root.count).drop { $0 == "/" })
  }
}
