#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import FailureText
import KnowledgeFormat
import RegistryDiagnosis

/// A file that is read whole, or standard input.
struct InputFile {
  /// The path as it was typed; `-` for standard input.
  let path: String

  /// Why a file could not be read, in a sentence without a full stop.
  struct Failure: Error {
    let message: String
  }

  var isStandardInput: Bool { path == "-" }

  /// The path for reports; absent for standard input.
  var givenPath: String? { isStandardInput ? nil : shownPath }

  /// What it is called where it is quoted.
  var name: String { isStandardInput ? "paste" : shownPath }

  /// The path without the secrets that somebody put into it.
  var shownPath: String { SecretMask.masking(path) }

  /// Whether there is a file, or anything but a folder, at a path.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  /// How many bytes it has, where that is known beforehand.
  var size: Int? {
    var status = stat()
    let isKnown = isStandardInput ? fstat(0, &status) == 0 : stat(path, &status) == 0
    return isKnown && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
  }

  /// All bytes, as they are.
  ///
  /// - Parameter maximum: How many there may be at most; no more are held.
  /// - Throws: When it is not there, is a folder, may not be read, is too large, or reading breaks
  ///   off.
  func bytes(maximum: Int) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    try read { piece throws(Failure) in
      guard bytes.count + piece.count <= maximum else {
        throw Failure(
          message: "cannot use \(quotedName): it is larger than \(maximum >> 20) MiB")
      }
      bytes.append(contentsOf: piece)
    }
    return bytes
  }

  /// What it is called in a sentence.
  var quotedName: String { isStandardInput ? "standard input" : "'\(path)'" }

  /// Reads it piece by piece, so that its size does not matter.
  ///
  /// - Throws: When it is not there, is a folder, may not be read, or reading breaks off; pieces
  ///   that were read before were handed on. Also what the body throws.
  func read(_ body: (UnsafeRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
    try withDescriptor { descriptor throws(Failure) in
      // On the heap, where pages that are not read into cost nothing.
      let chunk = UnsafeMutableRawBufferPointer.allocate(
        byteCount: Self.pieceBytes, alignment: 16)
      defer { chunk.deallocate() }
      while let piece = try Self.piece(of: descriptor, name: quotedName, in: chunk) {
        try body(piece)
      }
    }
  }

  /// Reads it into a session, piece by piece.
  ///
  /// - Parameter note: Is told now and then how many bytes were read so far.
  /// - Throws: As ``read(_:)``.
  func read(
    into session: inout DiagnosisSession, noting note: (Int) -> Void = { _ in }
  ) throws(Failure) {
    try withDescriptor { descriptor throws(Failure) in
      let name = quotedName
      try session.read(noting: note) { room throws(Failure) in
        try room.withUnsafeMutableBufferPointer { room, filled throws(Failure) in
          let piece = try Self.piece(
            of: descriptor, name: name, in: UnsafeMutableRawBufferPointer(room))
          filled = piece?.count ?? 0
        }
      }
    }
  }

  /// How many bytes are read at once: a processor's nearest cache but one holds them until they are
  /// used.
  private static let pieceBytes = 1 << 16

  private func withDescriptor(_ body: (Int32) throws(Failure) -> Void) throws(Failure) {
    let descriptor = isStandardInput ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(quotedName) }
    defer { if !isStandardInput { _ = close(descriptor) } }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(quotedName) }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw Failure(message: "cannot read \(quotedName): it is a folder")
    }
    try body(descriptor)
  }

  /// Reads what is there, or waits for it.
  ///
  /// - Returns: The bytes, in the buffer; absent at the end.
  static func piece(
    of descriptor: Int32, name: String, in buffer: UnsafeMutableRawBufferPointer
  ) throws(Failure) -> UnsafeRawBufferPointer? {
    while true {
      let count = systemRead(descriptor, buffer.baseAddress, buffer.count)
      if count > 0 { return UnsafeRawBufferPointer(rebasing: buffer[..<count]) }
      if count == 0 { return nil }
      if errno == EAGAIN {
        StandardStreams.wait(for: POLLIN, on: descriptor)
      } else if errno != EINTR {
        throw failure(name)
      }
    }
  }

  private static func systemRead(
    _ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int
  ) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, buffer, count)
    #elseif canImport(Musl)
      Musl.read(descriptor, buffer, count)
    #else
      Darwin.read(descriptor, buffer, count)
    #endif
  }

  private static func failure(_ name: String) -> Failure {
    Failure(message: "cannot read \(name): \(SystemError.description(of: errno))")
  }
}
