import FailureText
import KnowledgeFormat

/// Diagnoses an input that comes in pieces, of any size, in bounded memory.
///
/// The input is looked at in windows of about a mebibyte. Each is normalised with a stretch of its
/// neighbours to both sides, so that what a message is about is found across a window's border; a
/// message belongs to the window in which it begins.
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
  private var lineFeeds = 0
  private var lastByte: UInt8?

  /// How much is looked at in one go, and how much of the neighbours is read with it.
  static let windowBytes = 1 << 20
  static let contextBytes = 1 << 14

  private let warnings: [String]

  init(_ knowledge: CompiledKnowledge, warnings: [String]) {
    self.knowledge = knowledge
    self.warnings = warnings
    ledger = DiagnosisLedger(knowledge)
  }

  /// Takes the next piece of the input.
  ///
  /// - Complexity: O(size of the piece), amortised.
  public mutating func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { append($0) }
  }

  /// Takes the next piece of the input.
  ///
  /// - Complexity: O(size of the piece), amortised.
  public mutating func append(_ bytes: UnsafeRawBufferPointer) {
    buffer.append(contentsOf: bytes)
    for byte in bytes where byte == 0x0A { lineFeeds += 1 }
    lastByte = bytes.last ?? lastByte
    while bufferStart + buffer.count - done
      > DiagnosisSession.windowBytes + DiagnosisSession.contextBytes
    {
      lookAt(upTo: border(near: done + DiagnosisSession.windowBytes), isLast: false)
    }
  }

  /// Ends the input and reports.
  public mutating func finish() -> Report {
    let end = bufferStart + buffer.count
    if end > done { lookAt(upTo: end, isLast: true) }
    let isUTF16 = encoding?.unitWidth == 2
    let name =
      isUTF16 || !foundInvalidBytes
      ? encoding ?? .utf8 : .windows1252
    let input = InputSummary(
      byteCount: end, lineCount: lineFeeds + (end > 0 && !endsInLineFeed ? 1 : 0),
      encoding: name.rawValue, isTruncated: false)
    return ledger.report(input: input, warnings: warnings)
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

  private mutating func lookAt(upTo end: Int, isLast: Bool) {
    let encoding = self.encoding ?? InputEncoding.detect(buffer)
    self.encoding = encoding
    let contextEnd = min(bufferStart + buffer.count, end + DiagnosisSession.contextBytes)
    let text = buffer.withUnsafeBufferPointer { bytes in
      NormalizedText(
        UnsafeBufferPointer(rebasing: bytes[..<(contextEnd - bufferStart)]), base: bufferStart,
        encoding: encoding)
    }
    foundInvalidBytes = foundInvalidBytes || text.foundInvalidBytes
    var window = WindowAnalysis(text, knowledge: knowledge)
    // A line longer than a window is a message of several windows.
    let first = text.messages.firstIndex { text.sourceRange(of: $0.range).upperBound > done }
    let last =
      text.messages.firstIndex { text.sourceRange(of: $0.range).lowerBound >= end }
      ?? text.messages.count
    let locator = SourceLocator(
      bytes: buffer, start: bufferStart, line: bufferLine, column: bufferColumn,
      encoding: encoding)
    if let first, first < last {
      ledger.take(&window, messages: first..<last, core: done..<end, locator: locator)
    }
    done = end
    guard !isLast else { return }
    let keep = max(bufferStart, done - DiagnosisSession.contextBytes)
    let dropped = keep - bufferStart & ~(encoding.unitWidth - 1)
    let position = locator.position(of: bufferStart + dropped)
    bufferLine = position.line
    bufferColumn = position.column - 1
    buffer.removeFirst(dropped)
    bufferStart += dropped
  }
}
