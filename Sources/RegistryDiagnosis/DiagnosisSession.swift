import FailurePatterns
import FailureText
import KnowledgeFormat

/// Diagnoses an input that comes in pieces, of any size, in bounded memory.
///
/// The input is taken in windows of about a mebibyte. The last, which is all there is of most
/// inputs, is looked at whole. Of those before it only the surroundings of what ``TriggerIndex``
/// finds are: each stretch is normalised with its neighbourhood to both sides, so that what a
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
  private var lineFeeds = 0
  /// What large inputs are searched by; made when the first window is full.
  private var triggers: TriggerIndex?
  private var hasTriggers: Bool?
  private var lastByte: UInt8?

  /// How much is taken in one go, and how much of the neighbours is read with it.
  static let windowBytes = 1 << 20
  static let contextBytes = 1 << 14
  /// How much to each side of a trigger is looked at to see whether it is part of anything.
  private static let closeBytes = 2048
  /// How much to each side of a trigger is answered for with it.
  private static let reachBytes = 1 << 12

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
    lineFeeds += bytes.count(of: 0x0A)
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
    let locator = SourceLocator(
      bytes: buffer, start: bufferStart, line: bufferLine, column: bufferColumn,
      encoding: encoding)
    if isLast || encoding.unitWidth == 2 || !openTriggers() {
      lookAt(done..<end, locator)
    } else {
      for stretch in stretches(done..<end) { lookAt(stretch, locator) }
      noteInvalidBytes(upTo: end)
    }
    done = end
    guard !isLast else { return }
    let keep = max(bufferStart, done - DiagnosisSession.contextBytes)
    drop(characterStart(before: (keep - bufferStart) & ~(encoding.unitWidth - 1)), locator)
  }

  /// Looks at the messages that begin in a stretch of the input.
  private mutating func lookAt(_ core: Range<Int>, _ locator: SourceLocator) {
    guard let encoding else { return }
    let reach = DiagnosisSession.contextBytes
    let upper = characterStart(
      before: min(buffer.count, core.upperBound - bufferStart + reach))
    let lower = characterStart(
      before: lineStart(
        after: max(0, core.lowerBound - bufferStart - reach), limit: core.lowerBound - bufferStart))
    let text = buffer.withUnsafeBufferPointer { bytes in
      NormalizedText(
        UnsafeBufferPointer(rebasing: bytes[lower..<upper]), base: bufferStart + lower,
        encoding: encoding)
    }
    foundInvalidBytes = foundInvalidBytes || text.foundInvalidBytes
    var window = WindowAnalysis(text, knowledge: knowledge)
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

  /// Where the character begins that a place of the buffer stands in; the place itself at the
  /// buffer's ends, and in UTF-16.
  private func characterStart(before place: Int) -> Int {
    guard encoding?.unitWidth == 1, place < buffer.count else { return place }
    var start = place
    while start > 0, place - start < 3, buffer[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  /// Makes the index by which large inputs are searched.
  ///
  /// - Returns: False when the base has patterns that it could not find.
  private mutating func openTriggers() -> Bool {
    if hasTriggers == nil {
      triggers = knowledge.triggerIndex()
      hasTriggers = triggers != nil
    }
    return hasTriggers == true
  }

  /// The parts of a window that are worth a look, apart from each other.
  private func stretches(_ window: Range<Int>) -> [Range<Int>] {
    guard let triggers else { return [window] }
    var stretches: [Range<Int>] = []
    buffer.withUnsafeBufferPointer { bytes in
      // What stands after the window may belong to a message that begins in it.
      let end = min(bytes.count, window.upperBound - bufferStart + DiagnosisSession.contextBytes)
      var place = window.lowerBound - bufferStart
      // Where triggers are many, a look at each would cost more than one at all that is there.
      var looks = window.count / (2 * DiagnosisSession.closeBytes)
      while place < end, let hit = triggers.first(in: bytes, place..<end) {
        looks -= 1
        guard looks < 0 || mayFail(bytes, near: hit) else {
          place = hit + DiagnosisSession.closeBytes / 4
          continue
        }
        let lower = max(window.lowerBound, bufferStart + hit - DiagnosisSession.reachBytes)
        let upper = min(window.upperBound, bufferStart + hit + DiagnosisSession.reachBytes)
        if lower < upper {
          // Two that are near share their neighbourhood: what is between them costs less than it.
          let near = 2 * DiagnosisSession.contextBytes
          if let last = stretches.last, lower <= last.upperBound + near {
            stretches[stretches.count - 1] = last.lowerBound..<max(upper, last.upperBound)
          } else {
            stretches.append(lower..<upper)
          }
        }
        // What stands near it is looked at with it.
        place = max(hit + 2, hit + DiagnosisSession.reachBytes / 2)
      }
    }
    return stretches
  }

  /// Whether a signal's wording, or a status one may rest on, stands around a trigger.
  private func mayFail(_ bytes: UnsafeBufferPointer<UInt8>, near hit: Int) -> Bool {
    let lower = characterStart(before: max(0, hit - DiagnosisSession.closeBytes))
    let upper = characterStart(before: min(bytes.count, hit + DiagnosisSession.closeBytes))
    let text = NormalizedText(
      UnsafeBufferPointer(rebasing: bytes[lower..<upper]), base: 0, encoding: encoding ?? .utf8)
    let matches = knowledge.patterns.matches(
      in: text.text, messageCount: text.messages.count, range: { text.messages[$0].range })
    return matches.contains { knowledge.isSought($0.pattern) }
  }

  /// Finds out whether what was left out was UTF-8.
  private mutating func noteInvalidBytes(upTo end: Int) {
    guard !foundInvalidBytes else { return }
    foundInvalidBytes = buffer.withUnsafeBytes { bytes in
      let window = UnsafeRawBufferPointer(
        rebasing: bytes[(done - bufferStart)..<(end - bufferStart)])
      guard !window.isASCII else { return false }
      var text = Array(window)
      // A character that goes on after the window is the next one's.
      while let last = text.last, last >= 0x80, text.count + 4 > window.count { text.removeLast() }
      let start = text.firstIndex { $0 & 0xC0 != 0x80 } ?? 0
      return start > 3 || String(validating: text[start...], as: UTF8.self) == nil
    }
  }

  /// Lets go of the first bytes of the buffer.
  private mutating func drop(_ count: Int, _ locator: SourceLocator) {
    guard count > 0 else { return }
    if encoding?.unitWidth == 2 {
      let position = locator.position(of: bufferStart + count)
      bufferLine = position.line
      bufferColumn = position.column - 1
    } else {
      buffer.withUnsafeBytes { bytes in
        let dropped = UnsafeRawBufferPointer(rebasing: bytes[..<count])
        bufferLine += dropped.count(of: 0x0A)
        let last = dropped.lastIndex(of: 0x0A)
        let rest = dropped[(last.map { $0 + 1 } ?? 0)...].count { $0 & 0xC0 != 0x80 }
        bufferColumn = (last == nil ? bufferColumn : 0) + rest
      }
    }
    buffer.removeFirst(count)
    bufferStart += count
  }
}
