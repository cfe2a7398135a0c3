public import RegistryDiagnosis

/// What is written while a stream is watched, and at its end.
extension TextReport {
  /// Renders what a `DiagnosisWatch` told, in short: where, the likeliest cause, the first thing to
  /// do.
  ///
  /// - Parameters:
  ///   - report: The news.
  ///   - style: Colours, characters and width.
  ///   - options: What the stream is called; the rest is not used.
  /// - Complexity: O(length of the text).
  public init(
    ofNews report: Report, style: Style = .plain,
    options: ReportOptions = ReportOptions(sourceName: "stream")
  ) {
    var page = TextPage(style: style)
    for diagnosis in report.diagnoses {
      page.appendInShort(diagnosis, options: options)
      page.line([.init("regdiag show \(diagnosis.id)", .dim)], indent: 2)
      page.blank()
    }
    bytes = page.bytes
  }

  /// Renders what a `DiagnosisWatch` has seen in the end: each failure on a line or two, with how
  /// often it came.
  ///
  /// - Parameters:
  ///   - report: What `finish()` of the watch gave.
  ///   - style: Colours, characters and width.
  /// - Complexity: O(length of the text).
  public init(ofWatch report: Report, style: Style = .plain) {
    var page = TextPage(style: style)
    let lines = report.input.lineCount == 1 ? "1 line" : "\(report.input.lineCount) lines"
    guard !report.diagnoses.isEmpty else {
      page.line([.init("No known registry failure in \(lines).", .title)])
      bytes = page.bytes
      return
    }
    page.line([.init("What \(lines) showed", .title)])
    page.rows(
      report.diagnoses.map { diagnosis in
        let times = diagnosis.occurrences == 1 ? "once" : "\(diagnosis.occurrences) times"
        let place = diagnosis.evidence.map(\.line).max().map { ", last on line \($0)" } ?? ""
        return TextPage.Row(
          TextPage.Run(diagnosis.id),
          [
            TextPage.Run(diagnosis.title + " "),
            TextPage.Run(style.separator.dropFirst() + times + place, .dim, isUnbroken: true),
          ])
      }, indent: 2)
    bytes = page.bytes
  }
}
