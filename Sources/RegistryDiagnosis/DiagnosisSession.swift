import FailurePatterns
import FailureText
import KnowledgeFormat

/// Diagnoses an input that comes in pieces, of any size, in bounded memory.
///
/// The input is taken in windows of about a mebibyte. The first is looked at whole where it is all
/// there is, as it is of most inputs. Else of each only what ``LargeInputSearch`` finds is: each stretch is normalised with its neighbourhood to both sides, so that what a
/// message is about is found across its border; a message belongs to the stretch in which it begins.
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
  private var lastByte: UInt8?

  /// How much is taken in one go, and how much of the neighbours is read with it.
  static let windowBytes = 1 << 20
  static let contextBytes = 1 << 14

  private let warnings: [String]
  private let showsSecrets: Bool

  init(_ knowledge: CompiledKnowledge, warnings: [String], showsSecrets: Bool) {
    self.knowledge = knowledge
    self.warnings = warnings
    self.showsSecrets = showsSecrets
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
    let lastLine = locator(encoding ?? .utf8).position(of: end).line
    let isUTF16 = encoding?.unitWidth == 2
    let name =
      isUTF16 || !foundInvalidBytes
      ? encoding ?? .utf8 : .windows1252
    let input = InputSummary(
      byteCount: end, lineCount: lastLine - (end > 0 && !endsInLineFeed ? 0 : 1),
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
    let locator = locator(encoding)
    if isLast && done == 0 || encoding.unitWidth == 2 {
      lookAt(done..<end, locator)
    } else {
      let window = (done - bufferStart)..<(end - bufferStart)
      let search = self.search
      let stretches = buffer.withUnsafeBufferPointer { search.stretches(of: $0, in: window) }
      for stretch in stretches {
        lookAt((bufferStart + stretch.lowerBound)..<(bufferStart + stretch.upperBound), locator)
      }
      foundInvalidBytes =
        foundInvalidBytes
        || buffer.withUnsafeBytes { !UnsafeRawBufferPointer(rebasing: $0[window]).isPartOfUTF8 }
    }
    done = end
    guard !isLast else { return }
    let keep = max(bufferStart, done - DiagnosisSession.contextBytes)
    let count = buffer.withUnsafeBufferPointer {
      encoding.characterStart(in: $0, before: keep - bufferStart)
    }
    drop(count)
  }

  /// Tells lines and columns of the buffer as it is now.
  private func locator(_ encoding: InputEncoding) -> SourceLocator {
    SourceLocator(
      bytes: buffer, start: bufferStart, line: bufferLine, column: bufferColumn,
      encoding: encoding)
  }

  /// Looks at the messages that begin in a stretch of the input.
  private mutating func lookAt(_ core: Range<Int>, _ locator: SourceLocator) {
    guard let encoding else { return }
    let reach = DiagnosisSession.contextBytes
    let lineStart = lineStart(
      after: max(0, core.lowerBound - bufferStart - reach), limit: core.lowerBound - bufferStart)
    let text = buffer.withUnsafeBufferPointer { bytes in
      let lower = encoding.characterStart(in: bytes, before: lineStart)
      let upper = encoding.characterStart(
        in: bytes, before: min(bytes.count, core.upperBound - bufferStart + reach))
      return NormalizedText(
        UnsafeBufferPointer(rebasing: bytes[lower..<upper]), base: bufferStart + lower,
        encoding: encoding)
    }
    foundInvalidBytes = foundInvalidBytes || text.foundInvalidBytes
    var window = WindowAnalysis(text, knowledge: knowledge, showsSecrets: showsSecrets)
    // A line longer than a window is a message of several windows.
    let first = text.messages.firstIndex {
      text.sourceRange(of: $0.range).upperBound > core.lowerBound
    }
    let last =
      text.messages.firstIndex { text.sourceRange(of: $0.range).lowerBound >= core.upperBound }
      ?? text.messages.count
    if let first, first < last {
      ledger.take(&window, messages: first..<last, core: core, locator: locator)
    }
  }

  /// Where a line begins at or after a place of the buffer; the place itself at the buffer's start,
  /// or when none does before a limit.
  private func lineStart(after place: Int, limit: Int) -> Int {
    guard place > 0, encoding?.unitWidth == 1 else { return place }
    var index = place
    while index < limit, buffer[index - 1] != 0x0A { index += 1 }
    return index < limit ? index : place
  }

  /// Lets go of the first bytes of the buffer.
  private mutating func drop(_ count: Int) {
    guard count > 0 else { return }
    let position = locator(encoding ?? .utf8).position(of: bufferStart + count)
    bufferLine = position.line
    bufferColumn = position.column - 1
    buffer.removeFirst(count)
    bufferStart += count
  }
}
