import FailureText
import KnowledgeFormat

/// Looks at stretches of an input, in their order, and enters what is found.
///
/// A stretch is normalised with its neighbourhood to both sides, so that what a message is about is
/// found across its border; a message belongs to the stretch in which it begins.
struct InputLedger: Sendable {
  private let knowledge: CompiledKnowledge
  private let showsSecrets: Bool
  private var ledger: DiagnosisLedger
  /// Whether there were bytes that are no part of a text in UTF-8.
  private(set) var foundInvalidBytes = false

  /// How many lines above a stretch are read, and below.
  private typealias Lines = (above: Int, below: Int)

  /// What is read of the neighbours, one after the other until it is enough: most failures say
  /// themselves what they are about, and what else is looked for stands above, within
  /// ``RegistryResolver/reachAbove`` messages.
  private static let nearLines: [Lines] = [(16, 16), (48, 16)]
  private static let allLines: Lines = (.max, .max)

  init(_ knowledge: CompiledKnowledge, showsSecrets: Bool) {
    self.knowledge = knowledge
    self.showsSecrets = showsSecrets
    ledger = DiagnosisLedger(knowledge)
  }

  /// Reports what was found.
  func report(input: InputSummary, warnings: [String]) -> Report {
    ledger.report(input: input, warnings: warnings)
  }

  /// Looks at what was found in a window.
  mutating func take(
    _ findings: LargeInputSearch.Findings, of core: Range<Int>, _ locator: SourceLocator
  ) {
    foundInvalidBytes = foundInvalidBytes || !findings.isUTF8
    if let places = findings.places {
      take(places, of: core, locator)
    } else {
      take(core, locator)
    }
  }

  /// Looks at the messages at some places of a window.
  ///
  /// - Parameter places: Places of its bytes, ascending.
  private mutating func take(_ places: [Int], of core: Range<Int>, _ locator: SourceLocator) {
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
      takeStretch(begin..<end, places[first..<next].map { locator.start + $0 }, locator)
      begin = end
    }
  }

  /// Looks at the messages at some places of the input.
  ///
  /// - Parameters:
  ///   - core: Where what is found in them may begin.
  ///   - places: Offsets, ascending, at least one.
  private mutating func takeStretch(
    _ core: Range<Int>, _ places: [Int], _ locator: SourceLocator
  ) {
    guard let first = places.first, let last = places.last else { return }
    // Of what is much larger than its neighbourhood that costs little.
    let isLong = last - first > DiagnosisSession.contextBytes
    for lines in isLong ? [] : InputLedger.nearLines {
      let (known, askedBeyond) = ledgerWith(places, near: first..<last + 1, lines, core, locator)
      guard askedBeyond else {
        ledger = known
        return
      }
    }
    ledger = ledgerWith(places, near: first..<last + 1, InputLedger.allLines, core, locator).ledger
  }

  /// The ledger with what is found in the messages at some places, and whether more of their
  /// neighbourhood was asked for than was read.
  private mutating func ledgerWith(
    _ places: [Int], near stretch: Range<Int>, _ lines: Lines, _ core: Range<Int>,
    _ locator: SourceLocator
  ) -> (ledger: DiagnosisLedger, askedBeyond: Bool) {
    var window = window(around: stretch, lines: lines, locator)
    var ledger = ledger
    ledger.take(&window, messages: window.text.messages(at: places), core: core, locator: locator)
    return (ledger, window.askedBeyond)
  }

  /// Looks at all messages of a stretch of the input.
  mutating func take(_ core: Range<Int>, _ locator: SourceLocator) {
    var window = window(around: core, lines: InputLedger.allLines, locator)
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

  /// A stretch of the input with its neighbourhood.
  ///
  /// - Parameter lines: How many lines of it, within ``DiagnosisSession/contextBytes`` to each side.
  private mutating func window(
    around stretch: Range<Int>, lines: Lines, _ locator: SourceLocator
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
      cuts: WindowAnalysis.Cuts(
        above: part.lowerBound > 0, below: part.upperBound < locator.bytes.count))
  }
}
