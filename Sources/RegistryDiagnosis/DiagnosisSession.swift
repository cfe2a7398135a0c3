import FailurePatterns
import FailureText
import KnowledgeFormat

/// Diagnoses an input that comes in pieces, of any size, in bounded memory.
///
/// Where the input is cut into pieces does not matter: the report is that of the whole.
///
/// An input of up to about a mebibyte, as most are, is looked at whole. A larger one is taken in
/// windows, and of each only what may be part of a failure is looked at; a second thread searches
/// for that where there is a second core. Such a stretch is normalised with its neighbourhood to both
/// sides, so that what a message is about is found across its border; a message belongs to the
/// stretch in which it begins.
public struct DiagnosisSession: Sendable {
  private let knowledge: CompiledKnowledge
  private var ledger: DiagnosisLedger
  private var encoding: InputEncoding?
  private var foundInvalidBytes = false
  /// Bytes not done with: context, then what was not looked at yet.
  private var buffer: [UInt8] = []
  /// The offset in the input of the buffer's first byte, and the number of its line.
  private var bufferStart = 0
  private var bufferLine = 1
  /// How many scalars of that line stand before the buffer.
  private var bufferColumn = 0
  /// The offset up to which messages were looked at.
  private var done = 0
  /// Says which parts of a large input are worth a look; made when the first window is full.
  private lazy var search = LargeInputSearch(knowledge)
  private var windows = SearchedWindows()
  private var lastByte: UInt8?
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
  /// How many lines of the neighbours are read where that may be enough.
  private static let nearLines = 16

  private let warnings: [String]
  private let showsSecrets: Bool
  /// Whether to use a second thread; `nil`: where there is a second core.
  private let usesSecondThread: Bool?

  init(
    _ knowledge: CompiledKnowledge, warnings: [String], showsSecrets: Bool,
    usesSecondThread: Bool? = nil
  ) {
    self.knowledge = knowledge
    self.usesSecondThread = usesSecondThread
    self.warnings = warnings
    self.showsSecrets = showsSecrets
    ledger = DiagnosisLedger(knowledge)
  }

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
    buffer.append(contentsOf: bytes)
    lastByte = bytes.last ?? lastByte
    let most = done == 0 ? DiagnosisSession.wholeBytes : DiagnosisSession.windowBytes
    guard bufferStart + buffer.count - done > most + DiagnosisSession.contextBytes else { return }
    while bufferStart + buffer.count - done
      > DiagnosisSession.windowBytes + DiagnosisSession.contextBytes
    {
      takeWindow(upTo: border(near: done + DiagnosisSession.windowBytes))
    }
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
    let end = bufferStart + buffer.count
    if done == 0, end > 0 {
      lookAt(0..<end, locator(knownEncoding()))
    } else if end > done {
      startSearch(upTo: end)
    }
    while let window = windows.takeFirst() { lookAt(window) }
    let lastLine = locator(encoding ?? .utf8).position(of: end).line
    let isUTF16 = encoding?.unitWidth == 2
    let name =
      isUTF16 || !foundInvalidBytes
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
    default: lastByte == 0x0A
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

  /// Has the window up to a place searched, and lets go of all but the neighbourhood of the next.
  private mutating func takeWindow(upTo end: Int) {
    let encoding = knownEncoding()
    startSearch(upTo: end)
    let keep = max(bufferStart, end - DiagnosisSession.contextBytes)
    let count = buffer.withUnsafeBufferPointer {
      encoding.characterStart(in: $0, before: keep - bufferStart)
    }
    drop(count)
    // The bytes of a window that is done with are used again: by then they are not the buffer's.
    while let window = windows.takeFirstSearched() { lookAt(window) }
  }

  /// Begins to search what was not looked at yet up to a place.
  private mutating func startSearch(upTo end: Int) {
    let locator = locator(knownEncoding())
    let core = done..<end
    done = end
    guard locator.encoding.unitWidth == 1 else { return lookAt(core, locator) }
    windows.search(
      core, locator, with: search,
      usesSecondThread: usesSecondThread ?? (BackgroundThread.spareCores > 0))
  }

  /// Looks at what was found in a window.
  private mutating func lookAt(_ window: SearchedWindows.Window) {
    let found = window.found.value
    foundInvalidBytes = foundInvalidBytes || !found.isUTF8
    if let places = found.places {
      lookAt(places, window.core, window.locator)
    } else {
      lookAt(window.core, window.locator)
    }
    windows.keep(window.locator.bytes)
  }

  /// Looks at the messages at some places of a window.
  ///
  /// - Parameter places: Places of its bytes, ascending.
  private mutating func lookAt(_ places: [Int], _ core: Range<Int>, _ locator: SourceLocator) {
    var next = 0
    var begin = core.lowerBound
    while next < places.count {
      let first = next
      repeat {
        next += 1
      } while next < places.count
        && places[next] - places[next - 1] < 2 * DiagnosisSession.contextBytes
      // A match is one of the stretch that is nearer.
      let end =
        next < places.count
        ? locator.start + (places[next - 1] + places[next]) / 2 : core.upperBound
      lookAt(begin..<end, places[first..<next].map { locator.start + $0 }, locator)
      begin = end
    }
  }

  /// Tells lines and columns of the buffer as it is now.
  private func locator(_ encoding: InputEncoding) -> SourceLocator {
    SourceLocator(
      bytes: buffer, start: bufferStart, line: bufferLine, column: bufferColumn,
      encoding: encoding)
  }

  /// Looks at all messages of a stretch of the input.
  private mutating func lookAt(_ core: Range<Int>, _ locator: SourceLocator) {
    var window = window(around: core, lines: .max, locator)
    // A line longer than a window is a message of several windows.
    let messages = window.text.messages
    let first = messages.firstIndex {
      window.text.sourceRange(of: $0.range).upperBound > core.lowerBound
    }
    let last =
      messages.firstIndex {
        window.text.sourceRange(of: $0.range).lowerBound >= core.upperBound
      } ?? messages.count
    if let first, first < last {
      ledger.take(&window, messages: first..<last, core: core, locator: locator)
    }
  }

  /// Looks at the messages at some places of the input.
  ///
  /// - Parameters:
  ///   - core: Where what is found in them may begin.
  ///   - places: Offsets, ascending, at least one.
  private mutating func lookAt(_ core: Range<Int>, _ places: [Int], _ locator: SourceLocator) {
    guard let first = places.first, let last = places.last else { return }
    // Of what is much larger than its neighbourhood that costs little.
    let isLong = last - first > DiagnosisSession.contextBytes
    for lines in isLong ? [Int.max] : [DiagnosisSession.nearLines, Int.max] {
      var window = window(around: first..<last + 1, lines: lines, locator)
      // Most failures say themselves what they are about.
      var ledger = self.ledger
      ledger.take(
        &window, messages: window.text.messages(at: places), core: core, locator: locator)
      if !window.askedBeyond || lines == .max {
        self.ledger = ledger
        return
      }
    }
  }

  /// A stretch of the input with its neighbourhood.
  ///
  /// - Parameter lines: How many lines of it to each side, within ``contextBytes``.
  private mutating func window(
    around stretch: Range<Int>, lines: Int, _ locator: SourceLocator
  ) -> WindowAnalysis {
    let encoding = locator.encoding
    let part = locator.neighbourhood(
      of: stretch, lines: lines, bytes: DiagnosisSession.contextBytes)
    let text = locator.bytes.withUnsafeBufferPointer { bytes in
      let lower = encoding.characterStart(in: bytes, before: part.lowerBound)
      let upper = encoding.characterStart(in: bytes, before: part.upperBound)
      return NormalizedText(
        UnsafeBufferPointer(rebasing: bytes[lower..<upper]), base: locator.start + lower,
        encoding: encoding)
    }
    foundInvalidBytes = foundInvalidBytes || text.foundInvalidBytes
    return WindowAnalysis(
      text, knowledge: knowledge, showsSecrets: showsSecrets,
      isCut: part.lowerBound > 0 || part.upperBound < locator.bytes.count)
  }

  /// Lets go of the first bytes of the buffer.
  private mutating func drop(_ count: Int) {
    guard count > 0 else { return }
    let position = locator(encoding ?? .utf8).position(of: bufferStart + count)
    bufferLine = position.line
    bufferColumn = position.column - 1
    // The bytes themselves may be those of a search that goes on.
    var rest = windows.emptyBuffer()
    rest.reserveCapacity(DiagnosisSession.bufferBytes)
    rest.append(contentsOf: buffer[count...])
    buffer = rest
    bufferStart += count
  }
}
