#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Standard input that holds several texts with a NUL byte between them.
///
/// A NUL at the end ends the last text, and begins no further one.
struct NullSeparatedInput: ~Copyable {
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  /// Texts that are complete and were not handed out.
  private var texts: [Text] = []
  /// The beginning of a text that goes on.
  private var rest = Text()
  private var isOver = false

  /// One text, or as much of it as is held.
  struct Text: Sendable {
    private(set) var bytes: [UInt8] = []
    /// How many bytes at its end are not held.
    private(set) var omittedByteCount = 0

    /// How much of a text is held: several are, at once.
    static let maximumBytes = 16 << 20

    mutating func append(_ part: Slice<UnsafeRawBufferPointer>) {
      let held = part.prefix(Self.maximumBytes - bytes.count)
      bytes.append(contentsOf: held)
      omittedByteCount += part.count - held.count
    }
  }

  deinit { buffer.deallocate() }

  /// The next texts: as many as are asked for, or fewer where the next would have to be waited for.
  ///
  /// - Returns: At least one text; absent at the end.
  mutating func next(_ maximum: Int) throws(InputFile.Failure) -> [Text]? {
    while !isOver, texts.count < maximum, texts.isEmpty || hasMore { try read() }
    guard !texts.isEmpty else { return nil }
    defer { texts.removeFirst(min(maximum, texts.count)) }
    return Array(texts.prefix(maximum))
  }

  private mutating func read() throws(InputFile.Failure) {
    guard let piece = try InputFile.piece(of: 0, name: "standard input", in: buffer) else {
      isOver = true
      if !rest.bytes.isEmpty { texts.append(rest) }
      rest = Text()
      return
    }
    for (number, part) in piece.split(separator: 0, omittingEmptySubsequences: false).enumerated() {
      if number > 0 {
        texts.append(rest)
        rest = Text()
      }
      rest.append(part)
    }
  }

  /// Whether there is something to read, or the end of it, without waiting.
  private var hasMore: Bool {
    var request = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) > 0
  }
}
