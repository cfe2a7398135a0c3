#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

extension KnowledgeSource {
  /// Reads a base, a tree of entries, the folder of one entry, or one JSON file from disk.
  ///
  /// Folders are read with everything below them, in the order of their names. Symbolic links are
  /// followed; a folder that was read before is not read again, so that links in a circle do no
  /// harm. Hidden files are passed over, and only `.json` and `.txt` files are opened. A pipe is
  /// read when it is named itself; inside a folder, what is no regular file is refused. What could
  /// not be read stands in ``complaints``.
  ///
  /// - Parameters:
  ///   - path: The file or folder.
  ///   - isBounded: Whether a base of more than ``KnowledgeDirectory/maximumTotalBytes`` or
  ///     ``KnowledgeDirectory/maximumItems`` is refused. What is built into a program need not be.
  /// - Complexity: O(bytes) and as many descriptors as folders are deep, at most
  ///   ``KnowledgeDirectory/maximumDepth``.
  package init(path: String, isBounded: Bool = true) {
    var directory = KnowledgeDirectory(isBounded: isBounded)
    let root = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    directory.readRoot(root)
    self.init(root: root, files: directory.files, complaints: directory.complaints)
  }
}

/// Reads the files of a knowledge base from disk.
package struct KnowledgeDirectory {
  /// The largest file that is read, in bytes.
  package static let maximumFileBytes = 4 << 20
  /// How much is read of one base, in bytes; several times the built-in one.
  package static let maximumTotalBytes = 32 << 20
  /// How many files and folders one base may hold, whatever they are.
  package static let maximumItems = 20_000
  /// How deep folders may lie in each other.
  package static let maximumDepth = FolderWalk.maximumDepth

  fileprivate private(set) var files: [KnowledgeFile] = []
  fileprivate private(set) var complaints: [Complaint] = []
  private var byteCount = 0
  /// Whether the base is larger than is read: nothing of it is used then, since which part would be
  /// is chance.
  private var isRefused = false

  private let isBounded: Bool

  fileprivate init(isBounded: Bool) { self.isBounded = isBounded }

  fileprivate mutating func readRoot(_ path: String) {
    var walk = FolderWalk(maximumItems: isBounded ? KnowledgeDirectory.maximumItems : .max) {
      !FolderWalk.isHidden($0)
    }
    walk.visit(path) { path, item in
      take(item, at: path)
      return !isRefused
    }
  }

  private mutating func take(_ item: FolderWalk.Item, at path: String) {
    switch item {
    case .file(let file):
      if file.isRoot || KnowledgeDirectory.isWanted(path) { read(file, at: path) }
    case .unreadable(let number): reportUnreadable(path, number)
    case .irregular:
      report(
        .notARegularFile, path, "it is a pipe, a socket or a device",
        "keep only files in the folder"
      )
    case .repeatedFolder:
      report(
        .folderRepeated, path, "the folder was read before, by another path", "remove the link")
    case .tooDeep:
      report(
        .folderTooDeep, path,
        "folders lie more than \(KnowledgeDirectory.maximumDepth) deep in each other",
        "keep entries in entries/<scope>/<slug>/")
    case .tooMany:
      refuse(path, "more than \(KnowledgeDirectory.maximumItems) files and folders lie here")
    }
  }

  private mutating func read(_ file: FolderWalk.OpenFile, at path: String) {
    let limit = KnowledgeDirectory.maximumFileBytes
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(file.byteCount, limit))
    let isRead = file.read { piece in
      bytes += piece
      return bytes.count <= limit
    }
    guard isRead else { return reportUnreadable(path, errno) }
    guard bytes.count <= limit else {
      return report(.fileTooLarge, path, "the file is larger than \(limit >> 20) MiB", "split it")
    }
    byteCount += bytes.count
    guard !isBounded || byteCount <= KnowledgeDirectory.maximumTotalBytes else {
      let size = KnowledgeDirectory.maximumTotalBytes >> 20
      return refuse(path, "the files hold more than \(size) MiB together")
    }
    files.append(KnowledgeFile(path: path, bytes: bytes))
  }

  private static func isWanted(_ path: String) -> Bool {
    path.hasSuffix(".json") || path.hasSuffix(".txt")
  }

  // MARK: - Complaints

  private mutating func reportUnreadable(_ path: String, _ number: CInt) {
    report(
      .unreadableFile, path, "it cannot be read: \(SystemError.description(of: number))",
      "check its name and its permissions")
  }

  private mutating func refuse(_ path: String, _ message: String) {
    isRefused = true
    files = []
    complaints = []
    report(
      .baseTooLarge, path, message,
      "name the folder of the entries, or split the base and name each part")
  }

  private mutating func report(
    _ code: Complaint.Code, _ path: String, _ message: String, _ remedy: String
  ) {
    complaints.append(
      Complaint(
        code, severity: code.severity(in: .strict), file: path, position: nil, pointer: "",
        message: message, remedy: remedy))
  }
}
