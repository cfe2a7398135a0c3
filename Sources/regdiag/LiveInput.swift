#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import KnowledgeFormat

/// Standard input as it comes, with the pauses in it, until it ends or somebody presses Ctrl-C.
struct LiveInput: ~Copyable {
  enum Event {
    /// The bytes, and when they came, from an arbitrary beginning.
    case bytes([UInt8], Duration)
    /// Nothing came for ``pause``.
    case silence(Duration)
    case end(Duration)
  }

  /// Programs take less between the lines of one message; people take longer to notice.
  private static let pause: Int32 = 25

  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

  init() { SignalPipe.listen(to: [SIGINT, SIGTERM], once: true) }

  deinit { buffer.deallocate() }

  /// Waits for what comes next.
  ///
  /// - Parameter waitsForever: Whether silence is of no interest.
  mutating func next(waitsForever: Bool) throws(InputFile.Failure) -> Event {
    while true {
      var requests = [
        pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
        pollfd(fd: SignalPipe.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&requests, 2, waitsForever ? -1 : LiveInput.pause)
      if count < 0 {
        guard errno == EINTR else { throw failure(errno) }
        continue
      }
      if requests[1].revents != 0 { return .end(MonotonicTime.now) }
      if count == 0 { return .silence(MonotonicTime.now) }
      let size = read(0, buffer.baseAddress, buffer.count)
      if size > 0 {
        return .bytes([UInt8](UnsafeRawBufferPointer(rebasing: buffer[..<size])), MonotonicTime.now)
      }
      if size == 0 { return .end(MonotonicTime.now) }
      guard errno == EINTR || errno == EAGAIN else { throw failure(errno) }
    }
  }

  private func failure(_ number: Int32) -> InputFile.Failure {
    InputFile.Failure(message: "cannot read standard input: \(SystemError.description(of: number))")
  }
}
