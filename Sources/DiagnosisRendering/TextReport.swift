public import RegistryDiagnosis

/// A report as text for a person in trouble.
///
/// From top to bottom: what it is and how sure that is, the recognised line, why it happens, what
/// to do with commands ready to paste, where it is documented, and what else there is: of the next
/// failures the likeliest cause and the first thing to do; of more than ten, unless a number was asked
/// for, where they stand.
///
/// Prose is wrapped; commands and URLs never are. A command stands on lines of its own with nothing
/// but spaces before it. The same report, style and options always give the same text.
public struct TextReport: Sendable {
  /// The text in UTF-8.
  package let bytes: [UInt8]

  /// Of how many failures beside the first it is told what to do: a reader of a whole log wants to know
  /// first which there are.
  private static let failuresInShort = 9

  /// The text; every line ends with a line feed.
  ///
  /// - Complexity: O(length of the text).
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Renders a report.
  ///
  /// - Parameters:
  ///   - report: What to render.
  ///   - style: Colours, characters and width.
  ///   - options: How much to show.
  /// - Complexity: O(length of the text).
  public init(of report: Report, style: Style = .plain, options: ReportOptions = ReportOptions()) {
    var page = TextPage(style: style)
    if options.showsSource {
      page.line([.init(style.sign("── ", "-- "), .dim), .init(options.sourceName, .heading)])
      page.blank()
    }
    let outline = ReportOutline(of: report, maximum: options.maximumDiagnoses)
    if let main = outline.main {
      page.append(main, facts: report.facts, options: options)
      let advised = options.maximumDiagnoses ?? TextReport.failuresInShort
      for other in outline.others.prefix(advised) {
        page.heading("Another failure in this paste")
        page.blank()
        page.appendInShort(other, options: options)
      }
      page.appendNames(
        "Further failures in this paste", of: Array(outline.others.dropFirst(advised)))
      page.appendNames("Also in this paste", of: outline.attendants)
      page.appendNames("It could also be", of: outline.alternatives)
      page.appendFooter(outline)
    } else {
      page.appendUnrecognised(report)
    }
    if options.showsWarnings, !report.warnings.isEmpty {
      page.heading("Note")
      for warning in report.warnings {
        page.paragraph([.init(warning)], indent: 2)
      }
    }
    bytes = page.bytes
  }
}

extension TextPage {
  fileprivate mutating func append(_ diagnosis: Diagnosis, facts: Facts, options: ReportOptions) {
    title(of: diagnosis)
    blank()
    quote(diagnosis, options: options)
    // A mark stands before what it leads to: none is left over at the end of a line.
    let mark = String(style.separator.dropFirst())
    var context: [Run] = []
    for part in facts.inBrief {
      context +=
        context.isEmpty
        ? [Run(part, .dim, isUnbroken: true)]
        : [Run(" ", .dim), Run(mark + part, .dim, isUnbroken: true)]
    }
    if !context.isEmpty { paragraph(context, indent: 2) }
    blank()
    let advice = diagnosis.advice.decidedFirst
    paragraph([.init(advice.summary)])
    append(advice)
    appendReferences(advice.references)
    if options.showsScores { appendScore(of: diagnosis) }
  }

  /// A further failure: where it stands, the likeliest cause, the first thing to do.
  mutating func appendInShort(_ diagnosis: Diagnosis, options: ReportOptions) {
    title(of: diagnosis)
    blank()
    quote(diagnosis, options: options)
    blank()
    let advice = diagnosis.advice.decidedFirst
    if let cause = advice.causes.first {
      paragraph([.init(cause.text)])
    }
    if let solution = advice.solutions.first {
      appendStep(solution, lead: "1. ", target: "")
    }
    if options.showsScores { appendScore(of: diagnosis) }
  }

  /// The title, the confidence and the id: on one line, or on two where one is too narrow.
  private mutating func title(of diagnosis: Diagnosis) {
    let mark = style.sign("✗ ", "x ")
    let sure: [Run] = [
      .init("\(diagnosis.confidence.rawValue) confidence", .init(diagnosis.confidence)),
      .init(style.separator, .dim), .init(diagnosis.id, .dim),
    ]
    let title: [Run] = [.init(mark, .failure), .init(diagnosis.title, .title)]
    let width = (title + sure).reduce(2) { $0 + DisplayWidth.of($1.text) }
    if width <= style.width {
      line(title + [.init("  ")] + sure)
    } else {
      paragraph([.init(diagnosis.title, .title)], lead: .init(mark, .failure))
      line(sure, indent: 2)
    }
  }

  private mutating func quote(_ diagnosis: Diagnosis, options: ReportOptions) {
    guard let evidence = diagnosis.evidence.first else { return }
    var remark = ""
    if diagnosis.occurrences > 1 {
      remark = "seen \(diagnosis.occurrences) times"
      let last = diagnosis.evidence.reduce(0) { max($0, $1.line) }
      if last > evidence.endLine { remark += ", last on line \(last)" }
    }
    Quotation(of: evidence, source: options.sourceName, remark: remark, style: style)
      .append(to: &self, indent: 2)
  }

  private mutating func appendScore(of diagnosis: Diagnosis) {
    guard !diagnosis.why.isEmpty else { return }
    heading("Why this answer: score \(FixedPoint.text(diagnosis.score))")
    rows(
      diagnosis.why.map { reason in
        let weight = FixedPoint.text(reason.weight, isSigned: true)
        let signal = reason.signal + String(repeating: " ", count: max(0, 11 - reason.signal.count))
        return Row(Run("\(weight)  \(signal)", .dim), [Run(reason.detail)])
      }, indent: 2)
  }

  fileprivate mutating func appendNames(_ title: String, of diagnoses: [Diagnosis]) {
    guard !diagnoses.isEmpty else { return }
    heading(title)
    rows(
      diagnoses.map { diagnosis in
        let mark = style.separator.dropFirst()
        let place = diagnosis.evidence.first.map { "\(mark)line \($0.line)" } ?? ""
        return Row(
          Run(diagnosis.id), [Run(diagnosis.title + " "), Run(place, .dim, isUnbroken: true)]
        )
      }, indent: 2)
  }

  fileprivate mutating func appendFooter(_ outline: ReportOutline) {
    if outline.omittedCount > 0 {
      blank()
      paragraph([.init("\(outline.omittedCount) more not shown.", .dim)])
    }
    let isAlone = outline.others.isEmpty && outline.attendants.isEmpty
    guard !isAlone || !outline.alternatives.isEmpty else { return }
    blank()
    paragraph([.init("More on any of these: ", .dim), .init("`regdiag show ID`")])
  }

  fileprivate mutating func appendUnrecognised(_ report: Report) {
    let mark = style.sign("○ ", "? ")
    line([.init(mark, .medium), .init("No known registry failure in this paste", .title)])
    guard report.input.byteCount > 0 else {
      blank()
      paragraph([.init("There was nothing to read: the input is empty.")])
      return
    }
    heading("What could be read from it")
    let lines = report.input.lineCount == 1 ? "1 line" : "\(report.input.lineCount) lines"
    let size = ("text", "\(lines), \(report.input.byteCount) bytes of \(report.input.encoding)")
    rows(
      (report.facts.described + [size]).map { Row(Run($0.0, .dim), [Run($0.1)]) }, indent: 2)
    if !report.suggestions.isEmpty {
      heading("Guesses: the nearest entries, none of which fits")
      rows(
        report.suggestions.map { suggestion in
          Row(
            Run(suggestion.id),
            [
              Run(suggestion.title), Run(style.separator + suggestion.reason, .dim),
            ]
          )
        }, indent: 2)
    }
    heading("What you can do")
    let steps: [[Run]] = [
      [.init("Paste more: the command line, and all it printed from the first line on.")],
      [
        .init("If you know the code or the status, look it up: "),
        .init("`regdiag lookup \(report.facts.lookupExample)`"),
      ],
      [
        .init(
          "If it is a registry failure, report it: open an issue in regdiag's project with the"),
        .init(" output, secrets removed, and what `regdiag --version` prints."),
      ],
    ]
    for step in steps {
      paragraph(step, indent: 2, lead: .init("\(style.bullet) "))
    }
  }
}

extension Facts {
  /// What to look up in this case, or a code for show where the paste has none.
  var lookupExample: String {
    ociCode ?? httpStatus.map { String($0) } ?? "TOOMANYREQUESTS"
  }
}
