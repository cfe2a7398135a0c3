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
  package static let maximumDepth = 16

  fileprivate private(set) var files: [KnowledgeFile] = []
  fileprivate private(set) var complaints: [Complaint] = []
  private var foldersRead: Set<FileIdentity> = []
  private var itemCount = 0
  private var byteCount = 0
  /// Whether the base is larger than is read: nothing of it is used then, since which part would be
  /// is chance.
  private var isRefused = false

  private let isBounded: Bool

  fileprivate init(isBounded: Bool) { self.isBounded = isBounded }

  private struct FileIdentity: Hashable {
    let device: UInt64
    let number: UInt64

    init(_ status: stat) {
      device = UInt64(truncatingIfNeeded: status.st_dev)
      number = UInt64(truncatingIfNeeded: status.st_ino)
    }
  }

  private enum FileType {
    case regular, folder, other
  }

  fileprivate mutating func readRoot(_ path: String) {
    visit(path, isRoot: true, depth: 0)
  }

  private mutating func visit(_ path: String, isRoot: Bool, depth: Int) {
    guard !isRefused else { return }
    itemCount += 1
    guard !isBounded || itemCount <= KnowledgeDirectory.maximumItems else {
      return refuse(path, "more than \(KnowledgeDirectory.maximumItems) files and folders lie here")
    }
    // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    let flags = O_RDONLY | O_CLOEXEC | (isRoot ? 0 : O_NONBLOCK)
    let descriptor = open(path, flags)
    guard descriptor >= 0 else {
      // A socket cannot be opened at all.
      if errno == ENXIO { return reportIrregular(path) }
      return reportUnreadable(path)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return reportUnreadable(path) }
    switch KnowledgeDirectory.fileType(of: status) {
    case .folder:
      readFolder(path, FileIdentity(status), depth: depth)
    case .regular where isRoot || KnowledgeDirectory.isWanted(path):
      readFile(path, descriptor, size: Int(status.st_size))
    case .regular:
      break
    case .other where isRoot:
      readFile(path, descriptor, size: 0)
    case .other:
      reportIrregular(path)
    }
  }

  private mutating func readFolder(_ path: String, _ identity: FileIdentity, depth: Int) {
    guard foldersRead.insert(identity).inserted else {
      return report(
        .folderRepeated, path, "the folder was read before, by another path", "remove the link")
    }
    guard depth < KnowledgeDirectory.maximumDepth else {
      return report(
        .folderTooDeep, path,
        "folders lie more than \(KnowledgeDirectory.maximumDepth) deep in each other",
        "keep entries in entries/<scope>/<slug>/")
    }
    guard let names = names(in: path) else { return reportUnreadable(path) }
    for name in names.sorted() {
      visit(path == "/" ? "/\(name)" : "\(path)/\(name)", isRoot: false, depth: depth + 1)
    }
  }

  /// The names in a folder, without the hidden ones; `nil` when it cannot be read, with `errno`
  /// set.
  private func names(in path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    errno = 0
    // One more than may be, which is enough to refuse them.
    let limit = isBounded ? KnowledgeDirectory.maximumItems : .max
    while names.count <= limit, let item = readdir(folder) {
      let name = withUnsafeBytes(of: item.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
      errno = 0
    }
    return errno == 0 ? names : nil
  }

  private mutating func readFile(_ path: String, _ descriptor: CInt, size: Int) {
    let limit = KnowledgeDirectory.maximumFileBytes
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(size, limit))
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= limit {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return reportUnreadable(path) }
      guard count > 0 else {
        byteCount += bytes.count
        guard !isBounded || byteCount <= KnowledgeDirectory.maximumTotalBytes else {
          let size = KnowledgeDirectory.maximumTotalBytes >> 20
          return refuse(path, "the files hold more than \(size) MiB together")
        }
        files.append(KnowledgeFile(path: path, bytes: bytes))
        return
      }
      bytes += buffer[..<count]
    }
    report(.fileTooLarge, path, "the file is larger than \(limit >> 20) MiB", "split it")
  }

  private static func isWanted(_ path: String) -> Bool {
    path.hasSuffix(".json") || path.hasSuffix(".txt")
  }

  private static func fileType(of status: stat) -> FileType {
    switch status.st_mode & S_IFMT {
    case S_IFREG: .regular
    case S_IFDIR: .folder
    default: .other
    }
  }

  // MARK: - Complaints

  private mutating func reportUnreadable(_ path: String) {
    let reason = strerror(errno).map { String(cString: $0) } ?? "error \(errno)"
    report(
      .unreadableFile, path, "it cannot be read: \(reason)", "check its name and its permissions")
  }

  private mutating func reportIrregular(_ path: String) {
    report(
      .notARegularFile, path, "it is a pipe, a socket or a device", "keep only files in the folder")
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
