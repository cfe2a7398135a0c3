import FailurePatterns
import FailureText
import KnowledgeFormat

/// Diagnoses a stream while it comes: a failure as soon as its message is complete, the same one
/// again only after a quiet time.
///
/// A message is complete when the next one begins, or when nothing came for a moment: that is for
/// the caller to notice, who then calls ``pause(at:)``. Times are given by the caller too, so that
/// the same stream at the same times always gives the same answers: they count from any moment that
/// stays the same, such as the start of the program, and never go back.
///
/// A stream is taken for UTF-8, and what is no UTF-8 in it for Windows-1252. Memory is bounded,
/// however long the stream is.
public struct DiagnosisWatch: Sendable {
  private let knowledge: CompiledKnowledge
  private let warnings: [String]
  private let showsSecrets: Bool
  private let triggers: TriggerIndex?
  /// How long a failure must not have been seen to be told again.
  private let quietTime: Duration
  /// All that was seen.
  private var ledger: DiagnosisLedger
  /// When each failure was seen last.
  private var seen: [Sighting] = []
  /// Context, then what was not looked at yet.
  private var buffer: [UInt8] = []
  private var bufferStart = 0
  private var bufferLine = 1
  private var bufferColumn = 0
  private var done = 0

  private struct Sighting {
    let id: String
    let host: String?
    let isCause: Bool
    var time: Duration
  }

  /// How many failures, by registry, are remembered as told.
  private static let keptSightings = 1024
  /// How much is kept of a stream in which no message ends.
  private static let pendingBytes = 1 << 17

  init(
    _ knowledge: CompiledKnowledge, quietTime: Duration, warnings: [String], showsSecrets: Bool
  ) {
    self.knowledge = knowledge
    self.warnings = warnings
    self.showsSecrets = showsSecrets
    self.quietTime = quietTime
    triggers = knowledge.triggerIndex()
    ledger = DiagnosisLedger(knowledge)
  }

  /// Whether there is something that ``pause(at:)`` would look at.
  public var isPending: Bool { bufferStart + buffer.count > done }

  /// Takes the next piece of the stream.
  ///
  /// - Parameters:
  ///   - bytes: The piece; it may end anywhere, in a character too.
  ///   - time: When it came.
  /// - Returns: What it shows that is news, or `nil`.
  /// - Complexity: O(size of the piece) where it holds nothing of a failure; else also what was
  ///   kept of the stream, which is bounded.
  public mutating func append(_ bytes: [UInt8], at time: Duration) -> Report? {
    bytes.withUnsafeBytes { append($0, at: time) }
  }

  /// Takes the next piece of the stream, as ``append(_:at:)-([UInt8],_)`` does.
  ///
  /// - Parameters:
  ///   - bytes: The piece; it is not kept beyond the call.
  ///   - time: When it came.
  /// - Returns: What it shows that is news, or `nil`.
  /// - Complexity: O(size of the piece) where it holds nothing of a failure; else also what was
  ///   kept of the stream, which is bounded.
  public mutating func append(_ bytes: UnsafeRawBufferPointer, at time: Duration) -> Report? {
    buffer.append(contentsOf: bytes)
    return look(isComplete: buffer.count > DiagnosisWatch.pendingBytes, at: time)
  }

  /// Takes the next piece of the stream, as ``append(_:at:)-([UInt8],_)`` does.
  ///
  /// - Parameters:
  ///   - bytes: The piece, such as the `bytes` of an array or a buffer.
  ///   - time: When it came.
  /// - Returns: What it shows that is news, or `nil`.
  /// - Complexity: O(size of the piece) where it holds nothing of a failure; else also what was
  ///   kept of the stream, which is bounded.
  public mutating func append(_ bytes: RawSpan, at time: Duration) -> Report? {
    bytes.withUnsafeBytes { append($0, at: time) }
  }

  /// Takes it that what came so far is complete.
  ///
  /// Call it when nothing came for a moment: tens of milliseconds are more than programs take
  /// between the lines of one message.
  ///
  /// - Parameter time: When that was noticed.
  /// - Returns: What the last message shows that is news, or `nil`.
  /// - Complexity: O(what was kept of the stream), which is bounded.
  public mutating func pause(at time: Duration) -> Report? {
    look(isComplete: true, at: time)
  }

  /// Ends the stream and reports all that it has shown, news or not.
  ///
  /// Call it once, last.
  public mutating func finish() -> Report {
    _ = look(isComplete: true, at: .zero)
    let end = bufferStart + buffer.count
    let last = locator.position(of: end)
    return report(of: ledger, lineCount: last.column > 1 ? last.line : last.line - 1)
  }

  private var locator: SourceLocator {
    SourceLocator(
      bytes: buffer, start: bufferStart, line: bufferLine, column: bufferColumn, encoding: .utf8)
  }

  private func report(of ledger: DiagnosisLedger, lineCount: Int) -> Report {
    ledger.report(
      input: InputSummary(
        byteCount: bufferStart + buffer.count, lineCount: lineCount,
        encoding: InputEncoding.utf8.rawValue, isTruncated: false), warnings: warnings)
  }

  /// Looks at the messages that are complete.
  private mutating func look(isComplete: Bool, at time: Duration) -> Report? {
    guard isPending else { return nil }
    guard mayFail else {
      if isComplete { finishLooking(upTo: bufferStart + buffer.count) }
      return nil
    }
    let text = buffer.withUnsafeBufferPointer {
      NormalizedText($0, base: bufferStart, encoding: .utf8)
    }
    // The last message may go on.
    let count = text.messages.count - (isComplete ? 0 : 1)
    let end =
      isComplete
      ? bufferStart + buffer.count
      : text.messages.last.map { text.sourceRange(of: $0.range).lowerBound } ?? done
    let first = text.messages.firstIndex { text.sourceRange(of: $0.range).upperBound > done }
    guard let first, first < count, end > done else {
      if isComplete { finishLooking(upTo: end) }
      return nil
    }
    var window = WindowAnalysis(text, knowledge: knowledge, showsSecrets: showsSecrets)
    var now = DiagnosisLedger(knowledge)
    let locator = self.locator
    now.take(&window, messages: first..<count, core: done..<end, locator: locator)
    ledger.take(&window, messages: first..<count, core: done..<end, locator: locator)
    let report = report(of: now, lineCount: locator.position(of: end).line)
    finishLooking(upTo: end)
    return news(in: report, at: time)
  }

  /// Whether what was not looked at yet may hold a part of a failure.
  private var mayFail: Bool {
    guard let triggers else { return true }
    return buffer.withUnsafeBufferPointer {
      triggers.first(in: $0, (done - bufferStart)..<$0.count)
    }
      != nil
  }

  private mutating func finishLooking(upTo end: Int) {
    done = end
    let keep = done - bufferStart - DiagnosisSession.contextBytes
    guard keep > DiagnosisSession.contextBytes else { return }
    let count = buffer.withUnsafeBufferPointer {
      InputEncoding.utf8.characterStart(in: $0, before: keep)
    }
    let position = locator.position(of: bufferStart + count)
    bufferLine = position.line
    bufferColumn = position.column - 1
    buffer.removeFirst(count)
    bufferStart += count
  }

  /// What of a report was not told within the quiet time.
  private mutating func news(in report: Report, at time: Duration) -> Report? {
    var news: [Diagnosis] = []
    for diagnosis in report.diagnoses {
      let host = diagnosis.registry?.host
      let known = seen.firstIndex { $0.id == diagnosis.id && $0.host == host }
      let isRecent = known.map { time - seen[$0].time < quietTime } ?? false
      let isExplained = diagnosis.role != .cause && isExplained(host, at: time)
      if let known {
        seen[known].time = time
      } else {
        // A stream that names ever new registries must not fill the memory.
        if seen.count >= DiagnosisWatch.keptSightings { seen.removeFirst() }
        seen.append(
          Sighting(id: diagnosis.id, host: host, isCause: diagnosis.role == .cause, time: time))
      }
      let isAttendant = diagnosis.relation == .wraps || diagnosis.relation == .consequenceOf
      if !isRecent, !isExplained, !isAttendant { news.append(diagnosis) }
    }
    guard !news.isEmpty else { return nil }
    return Report(
      knowledge: report.knowledge, facts: report.facts, diagnoses: news, suggestions: [],
      input: report.input, warnings: [])
  }

  /// Whether a cause was seen lately that a wrapper or consequence may come of.
  private func isExplained(_ host: String?, at time: Duration) -> Bool {
    seen.contains {
      $0.isCause && time - $0.time < quietTime
        && ($0.host == host || $0.host == nil || host == nil)
    }
  }
}
