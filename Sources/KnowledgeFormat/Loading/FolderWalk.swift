#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Goes through a folder and everything below it, in the order of names.
///
/// Symbolic links are followed; a folder that was gone through before is not gone through again, so
/// that links in a circle do no harm. A pipe is opened when it is the root itself; inside a folder,
/// what is no regular file is told and not read.
///
/// - Complexity: As many descriptors as folders are deep, at most ``maximumDepth``.
struct FolderWalk {
  /// How deep folders may lie in each other.
  static let maximumDepth = 16

  /// What stands at a path.
  enum Item {
    /// A file, open while it is looked at.
    case file(OpenFile)
    /// What cannot be opened or listed, with the number of the system's error.
    case unreadable(CInt)
    /// A pipe, a socket or a device below the root.
    case irregular
    /// A folder that was gone through by another path.
    case repeatedFolder
    /// A folder in more than ``maximumDepth`` others.
    case tooDeep
    /// One more item than there may be; the walk ends with it.
    case tooMany
  }

  /// A file that can be read.
  struct OpenFile {
    let descriptor: CInt
    let identity: FileIdentity
    /// Zero for what has none.
    let byteCount: Int
    /// Whether the walk began with it.
    let isRoot: Bool

    /// Reads it piece by piece, so that its size does not matter.
    ///
    /// - Parameter body: What is done with a piece; returns whether to read on.
    /// - Returns: Whether that went well; `errno` says why not.
    func read(_ body: (ArraySlice<UInt8>) -> Bool) -> Bool {
      var buffer = [UInt8](repeating: 0, count: 64 << 10)
      while true {
        let count = buffer.withUnsafeMutableBytes {
          FolderWalk.systemRead(descriptor, $0.baseAddress, $0.count)
        }
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { return false }
        guard count > 0, body(buffer[..<count]) else { return true }
      }
    }
  }

  private let maximumItems: Int
  private let isWanted: (String) -> Bool
  private var foldersSeen: Set<FileIdentity> = []
  private var itemCount = 0
  private var isOver = false

  /// - Parameters:
  ///   - maximumItems: How many files and folders there may be.
  ///   - isWanted: Whether a file or folder below the root is looked at, by its path.
  init(maximumItems: Int, isWanted: @escaping (_ path: String) -> Bool) {
    self.maximumItems = maximumItems
    self.isWanted = isWanted
  }

  /// Whether a file is hidden, by its path.
  static func isHidden(_ path: String) -> Bool {
    path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...].hasPrefix(".")
  }

  /// - Parameters:
  ///   - root: The file or folder to begin with.
  ///   - body: What is done with an item; returns whether to go on.
  mutating func visit(_ root: String, _ body: (_ path: String, Item) -> Bool) {
    visit(root, depth: 0, body)
  }

  private mutating func visit(_ path: String, depth: Int, _ body: (String, Item) -> Bool) {
    guard !isOver else { return }
    func tell(_ item: Item) -> Bool { !body(path, item) }
    itemCount += 1
    guard itemCount <= maximumItems else {
      _ = tell(.tooMany)
      isOver = true
      return
    }
    let isRoot = depth == 0
    // Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | (isRoot ? 0 : O_NONBLOCK))
    guard descriptor >= 0 else {
      // A socket cannot be opened at all.
      isOver = tell(errno == ENXIO ? .irregular : .unreadable(errno))
      return
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      isOver = tell(.unreadable(errno))
      return
    }
    let type = status.st_mode & S_IFMT
    if type == S_IFDIR {
      visitFolder(path, FileIdentity(status), depth: depth, body)
    } else if isRoot || type == S_IFREG {
      let size = type == S_IFREG ? Int(status.st_size) : 0
      isOver = tell(
        .file(
          OpenFile(
            descriptor: descriptor, identity: FileIdentity(status), byteCount: size, isRoot: isRoot)
        ))
    } else {
      isOver = tell(.irregular)
    }
  }

  private mutating func visitFolder(
    _ path: String, _ identity: FileIdentity, depth: Int, _ body: (String, Item) -> Bool
  ) {
    guard foldersSeen.insert(identity).inserted else {
      isOver = !body(path, .repeatedFolder)
      return
    }
    guard depth < FolderWalk.maximumDepth else {
      isOver = !body(path, .tooDeep)
      return
    }
    guard let paths = paths(in: path) else {
      isOver = !body(path, .unreadable(errno))
      return
    }
    for path in paths.sorted() { visit(path, depth: depth + 1, body) }
  }

  /// What lies in a folder and is wanted; `nil` when it cannot be listed, with `errno` set.
  private func paths(in path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    let start = path == "/" ? path : path + "/"
    var paths: [String] = []
    errno = 0
    // One more than may be, which is enough to refuse them.
    while paths.count <= maximumItems, let item = readdir(folder) {
      let name = withUnsafeBytes(of: item.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != "..", isWanted(start + name) { paths.append(start + name) }
      errno = 0
    }
    return errno == 0 ? paths : nil
  }

  private static func systemRead(
    _ descriptor: CInt, _ buffer: UnsafeMutableRawPointer?, _ count: Int
  ) -> Int {
    read(descriptor, buffer, count)
  }
}

/// What tells a file from all others, by whatever path it is reached.
package struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let number: UInt64

  init(_ status: stat) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(truncatingIfNeeded: status.st_ino)
  }

  /// That of what is open; `nil` when it is closed.
  package init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  /// That of what stands at a path; `nil` when nothing does.
  package init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }
}
