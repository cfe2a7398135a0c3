#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The checksums of all files of a folder but hidden ones, with which it can be held against a list.
///
/// Links are followed, as they are when a base is read: what is checked is what would be read.
package struct FolderChecksums {
  /// Why a folder cannot be checked, in a sentence without a full stop.
  package struct Failure: Error {
    package let message: String
  }

  /// How the folder is not as a list says.
  package struct Difference: Sendable, Equatable {
    /// Relative to the folder.
    package let path: String
    package let kind: Kind

    package enum Kind: String, Sendable {
      /// Listed, and not there.
      case missing
      /// There, but not what is listed.
      case changed
      /// There, and not listed.
      case unlisted
    }
  }

  private let folder: String
  /// The file that the list is read from or written to, which is no part of what is checked.
  private let list: FileIdentity?

  /// - Parameters:
  ///   - folder: Its path.
  ///   - list: The file of the list, which may lie in the folder.
  package init(of folder: String, list: FileIdentity?) {
    self.folder = folder
    self.list = list
  }

  /// A list of all files, in the order of their paths.
  ///
  /// - Throws: When the folder or something in it cannot be read, is neither file nor folder, lies
  ///   too deep or is too much, or has a name that a terminal would obey.
  /// - Complexity: O(bytes of all files).
  package func makeList() throws(Failure) -> ChecksumList {
    var entries: [ChecksumList.Entry] = []
    try walk(wanting: { !FolderWalk.isHidden($0) }) { path, file throws(Failure) in
      guard let file else { throw Self.unreadable(path, ENOENT) }
      guard file.identity != list else { return }
      guard !path.unicodeScalars.contains(where: \.isUnseen)
      else { throw Failure(message: "cannot list '\(path)': its name holds control characters") }
      entries.append(ChecksumList.Entry(path: path, digest: try Self.digest(of: file, path)))
    }
    return ChecksumList(
      entries: entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) })
  }

  /// How the folder differs from a list, in the order of paths.
  ///
  /// Hidden files are looked at where they are listed.
  ///
  /// - Throws: When the folder or something in it cannot be read, is neither file nor folder, lies
  ///   too deep or is too much.
  /// - Complexity: O(bytes of all files that are listed).
  package func differences(from list: ChecksumList) throws(Failure) -> [Difference] {
    var absent: [String: SHA256.Digest] = [:]
    // The folders that something listed lies in.
    var folders: Set<Substring> = []
    for entry in list.entries {
      absent[entry.path] = entry.digest
      var path = entry.path[...]
      while let slash = path.lastIndex(of: "/"), folders.insert(path[..<slash]).inserted {
        path = path[..<slash]
      }
    }
    var differences: [Difference] = []
    let isListed = { [absent, folders] path in absent[path] != nil || folders.contains(path[...]) }
    try walk(wanting: { !FolderWalk.isHidden($0) || isListed($0) }) { path, file throws(Failure) in
      // A list cannot say what it is itself.
      if let file, file.identity == self.list { return absent[path] = nil }
      guard let digest = absent[path] else {
        return differences.append(Difference(path: path, kind: .unlisted))
      }
      // A link to nothing.
      guard let file else { return }
      absent[path] = nil
      if try Self.digest(of: file, path) != digest {
        differences.append(Difference(path: path, kind: .changed))
      }
    }
    differences += absent.keys.map { Difference(path: $0, kind: .missing) }
    return differences.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  /// Goes through the files.
  ///
  /// - Parameters:
  ///   - isWanted: Whether a file or folder is looked at, by its path relative to the folder.
  ///   - body: What is done with a file; it is absent where a link leads to nothing.
  private func walk(
    wanting isWanted: @escaping (String) -> Bool,
    _ body: (_ path: String, FolderWalk.OpenFile?) throws(Failure) -> Void
  ) throws(Failure) {
    let root = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let start = (root == "/" ? root : root + "/").utf8.count
    func relative(_ path: String) -> String {
      String(decoding: path.utf8.dropFirst(start), as: UTF8.self)
    }
    var failure: Failure?
    var walk = FolderWalk(maximumItems: KnowledgeDirectory.maximumItems) { isWanted(relative($0)) }
    walk.visit(root) { path, item in
      do throws(Failure) {
        try take(item, at: path, relative(path), body)
      } catch {
        failure = error
      }
      return failure == nil
    }
    if let failure { throw failure }
  }

  private func take(
    _ item: FolderWalk.Item, at path: String, _ relativePath: String,
    _ body: (String, FolderWalk.OpenFile?) throws(Failure) -> Void
  ) throws(Failure) {
    let reason: String
    switch item {
    case .file(let file) where file.isRoot: reason = "it is no folder"
    case .file(let file): return try body(relativePath, file)
    case .unreadable(ENOENT) where !relativePath.isEmpty: return try body(relativePath, nil)
    case .unreadable(let number): throw Self.unreadable(path, number)
    case .irregular: reason = "it is a pipe, a socket or a device; keep only files in the folder"
    case .repeatedFolder: reason = "it was checked before, by another path; remove the link"
    case .tooDeep: reason = "folders lie more than \(FolderWalk.maximumDepth) deep in each other"
    case .tooMany:
      reason = "more than \(KnowledgeDirectory.maximumItems) files and folders lie in '\(folder)'"
    }
    throw Failure(message: "cannot check '\(path)': \(reason)")
  }

  private static func digest(
    of file: FolderWalk.OpenFile, _ path: String
  ) throws(Failure) -> SHA256.Digest {
    var digest = SHA256()
    let isRead = file.read { piece in
      digest.append(piece)
      return true
    }
    guard isRead else { throw unreadable(path, errno) }
    return digest.finish()
  }

  private static func unreadable(_ path: String, _ number: CInt) -> Failure {
    Failure(message: "cannot read '\(path)': \(SystemError.description(of: number))")
  }
}

extension Unicode.Scalar {
  /// Whether a terminal would obey it rather than show it.
  fileprivate var isUnseen: Bool {
    properties.generalCategory == .control || properties.generalCategory == .format
  }
}
