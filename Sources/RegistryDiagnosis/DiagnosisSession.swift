import FailurePatterns
import FailureText
import KnowledgeFormat

/// Diagnoses an input that comes in pieces, of any size, in bounded memory.
///
/// Where the input is cut into pieces does not matter: the report is that of the whole.
///
/// An input of up to about a mebibyte, as most are, is looked at whole. A larger one is taken in
/// windows, and of each only what may be part of a failure is looked at; where there is a second
/// core, a second thread takes its share.
public struct DiagnosisSession: Sendable {
  private let knowledge: CompiledKnowledge
  /// What was found, save in ``windows``.
  private var ledger: InputLedger
  private var encoding: InputEncoding?
  /// Bytes not done with: context, then what was not looked at yet.
  private var buffer: [UInt8] = []
  /// The offset in the input of the buffer's first byte, and the number of its line.
  private var bufferStart = 0
  private var bufferLine = 1
  /// How many scalars of that line stand before the buffer.
  private var bufferColumn = 0
  /// The offset up to which messages were taken.
  private var done = 0
  /// How many bytes of the buffer are not needed for what comes, and the position behind them.
  private var spentCount = 0
  private var spentPosition = (line: 1, column: 1)
  /// The windows of a large input; made when the first is full.
  private(set) var windows: SearchedWindows?
  /// Tells whether there is a copy of this session, which must not share them.
  private var identity = Identity()
  /// How many bytes at the end of the input were not given.
  private var omittedByteCount = 0

  /// How much is looked at whole.
  private static let wholeBytes = 1 << 20
  /// How much of a larger input is taken in one go, so little that a core's own cache holds it, and
  /// how much of the neighbours is read with it.
  static let windowBytes = 1 << 19
  static let contextBytes = 1 << 14
  /// What a buffer has room for: a window, its neighbourhood, and a piece that is larger than that.
  private static let bufferBytes = windowBytes + windowBytes / 4
  private let warnings: [String]
  /// Whether to use a second thread; `nil`: where there is a second core.
  private let usesSecondThread: Bool?

  init(
    _ knowledge: CompiledKnowledge, warnings: [String], showsSecrets: Bool,
    usesSecondThread: Bool? = nil
  ) {
    self.knowledge = knowledge
    self.usesSecondThread = usesSecondThread
    self.warnings = warnings
    ledger = InputLedger(knowledge, showsSecrets: showsSecrets)
  }

  private final class Identity: Sendable {}

  /// Takes the next piece of the input.
  ///
  /// - Parameter bytes: The piece; it may end anywhere, in a character too.
  /// - Complexity: O(size of the piece), amortised.
  public mutating func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { append($0) }
  }

  /// Takes the next piece of the input, as ``append(_:)-([UInt8])`` does.
  ///
  /// - Parameter bytes: The piece; it is not kept beyond the call.
  /// - Complexity: O(size of the piece), amortised.
  public mutating func append(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while !rest.isEmpty {
      letGo()
      let piece = rest.prefix(missingByteCount)
      buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece))
      rest = rest[piece.endIndex...]
      shareFullWindows()
    }
  }

  /// Takes the next piece of the input, which is written straight to where it is kept.
  ///
  /// - Parameters:
  ///   - count: How many bytes it has at most: there is room for as many.
  ///   - fill: Writes it, such as what `read(2)` has; what was written before it throws is taken.
  /// - Complexity: O(size of the piece), amortised.
  @inlinable
  public mutating func append<Failure>(
    addingCapacity count: Int,
    initializingWith fill: (inout OutputSpan<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    var failure: Failure?
    append(addingCapacity: count) { room in
      do throws(Failure) { try fill(&room) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// The same for what does not throw, so that it is compiled once.
  @usableFromInline
  mutating func append(
    addingCapacity count: Int, initializingWith fill: (inout OutputSpan<UInt8>) -> Void
  ) {
    guard count <= DiagnosisSession.windowBytes else {
      var piece: [UInt8] = []
      piece.append(addingCapacity: count, initializingWith: fill)
      return append(piece)
    }
    letGo()
    buffer.append(addingCapacity: count, initializingWith: fill)
    shareFullWindows()
  }

  /// Looks at what there is of a large input, but for the last of it.
  private mutating func shareFullWindows() {
    while let window = takeFullWindow() { windows?.share(window) }
  }

  /// Reads the input until a window is full.
  ///
  /// - Parameter source: Writes the next piece; where it writes nothing, the input ends.
  /// - Returns: The window, to be searched; `nil` at the end.
  mutating func readWindow<Failure>(
    from source: (inout OutputSpan<UInt8>) throws(Failure) -> Void
  ) throws(Failure) -> SearchedWindows.Search? {
    while true {
      if let window = takeFullWindow() { return window }
      letGo()
      let count = buffer.count
      // What there is room for is enough, where that is most of a piece: the end is read too.
      let room = buffer.capacity - count
      let most = DiagnosisSession.pieceBytes
      try buffer.append(
        addingCapacity: min(missingByteCount, room < most / 2 ? most : min(room, most)),
        initializingWith: source)
      if buffer.count == count { return nil }
    }
  }

  /// How many bytes were given so far.
  var byteCount: Int { bufferStart + buffer.count }

  /// Itself, to be used in place of this one, whose windows it has.
  mutating func handOver() -> DiagnosisSession {
    defer {
      buffer = []
      identity = Identity()
    }
    return self
  }

  /// How much is read at once: a core's nearest cache but one holds it until it is used.
  private static let pieceBytes = 1 << 16

  /// How many bytes are missing before the next window is full.
  private var missingByteCount: Int {
    let most = done == 0 ? DiagnosisSession.wholeBytes : DiagnosisSession.windowBytes
    return done + most + DiagnosisSession.contextBytes + 1 - byteCount
  }

  /// The next window, if it is full.
  private mutating func takeFullWindow() -> SearchedWindows.Search? {
    guard missingByteCount <= 0 else { return nil }
    letGo()
    return takeWindow(upTo: border(near: done + DiagnosisSession.windowBytes))
  }

  /// Takes note that the input goes on with bytes that are not given: the report says so.
  package mutating func noteOmission(of byteCount: Int) { omittedByteCount += byteCount }

  /// Takes the next piece of the input, as ``append(_:)-([UInt8])`` does.
  ///
  /// - Parameter bytes: The piece, such as the `bytes` of an array or a buffer.
  /// - Complexity: O(size of the piece), amortised.
  public mutating func append(_ bytes: RawSpan) {
    bytes.withUnsafeBytes { append($0) }
  }

  /// Ends the input and reports.
  ///
  /// Call it once, last.
  ///
  /// - Complexity: O(1) in the input's size: a few windows are left to look at, at most.
  public mutating func finish() -> Report {
    letGo()
    let end = byteCount
    if done == 0, end > 0 {
      ledger.take(0..<end, locator(knownEncoding()))
    } else if end > done {
      _ = takeWindow(upTo: end)
    }
    if let windows { ledger = windows.finish() }
    let lastLine = locator(encoding ?? .utf8).position(of: end).line
    let isUTF16 = encoding?.unitWidth == 2
    let name =
      isUTF16 || !ledger.foundInvalidBytes
      ? encoding ?? .utf8 : .windows1252
    let input = InputSummary(
      byteCount: end, lineCount: lastLine - (end > 0 && !endsInLineFeed ? 0 : 1),
      encoding: name.rawValue, isTruncated: omittedByteCount > 0)
    let omission =
      omittedByteCount > 0
      ? ["only the first \(end) bytes were looked at, not the \(omittedByteCount) behind them"] : []
    return ledger.report(input: input, warnings: warnings + omission)
  }

  private var endsInLineFeed: Bool {
    switch encoding {
    case .utf16LittleEndian: buffer.suffix(2).elementsEqual([0x0A, 0x00])
    default: buffer.last == 0x0A
    }
  }

  /// The offset after a line feed at or before a place, or the place itself in a line longer than a
  /// window.
  private func border(near place: Int) -> Int {
    let width = encoding?.unitWidth ?? InputEncoding.detect(buffer).unitWidth
    var index = place - bufferStart
    let least = done - bufferStart + DiagnosisSession.windowBytes / 2
    while index > least {
      if buffer[index - 1] == 0x0A
        || width == 2 && buffer[index - 1] == 0 && buffer[index - 2] == 0x0A
      {
        return bufferStart + (width == 2 ? index & ~1 : index)
      }
      index -= 1
    }
    return bufferStart + ((place - bufferStart) & ~(width - 1))
  }

  private mutating func knownEncoding() -> InputEncoding {
    let encoding = self.encoding ?? InputEncoding.detect(buffer)
    self.encoding = encoding
    return encoding
  }

  /// Takes the window up to a place, of which only the neighbourhood of the next is needed further.
  private mutating func takeWindow(upTo end: Int) -> SearchedWindows.Search {
    let encoding = knownEncoding()
    let locator = locator(encoding)
    let search = ownWindows().add(done..<end, locator)
    done = end
    let keep = max(bufferStart, end - DiagnosisSession.contextBytes)
    spentCount = buffer.withUnsafeBufferPointer {
      encoding.characterStart(in: $0, before: keep - bufferStart)
    }
    spentPosition = locator.position(of: bufferStart + spentCount)
    return search
  }

  /// The windows, which are this session's alone.
  private mutating func ownWindows() -> SearchedWindows {
    if let windows, isKnownUniquelyReferenced(&identity) { return windows }
    if let windows { ledger = windows.finish() }
    identity = Identity()
    let own = SearchedWindows(
      LargeInputSearch(knowledge), ledger,
      usesSecondThread: usesSecondThread ?? (BackgroundThread.spareCores > 0))
    windows = own
    return own
  }

  /// Tells lines and columns of the buffer as it is now.
  private func locator(_ encoding: InputEncoding) -> SourceLocator {
    SourceLocator(
      bytes: buffer, start: bufferStart, line: bufferLine, column: bufferColumn,
      encoding: encoding)
  }

  /// Lets go of what is not needed of the buffer.
  private mutating func letGo() {
    guard spentCount > 0 else { return }
    bufferLine = spentPosition.line
    bufferColumn = spentPosition.column - 1
    // The bytes themselves may be those of a search that goes on; where it has ended, they are the
    // room of the next.
    let rest = Array(buffer[spentCount...])
    buffer = []
    buffer = windows?.emptyBuffer() ?? []
    buffer.reserveCapacity(DiagnosisSession.bufferBytes)
    buffer += rest
    bufferStart += spentCount
    spentCount = 0
  }
}
