package import RegistryDiagnosis

/// What is written while a stream is watched, and at its end.
extension TextReport {
  /// Renders what a stream shows at the moment, in short: where, the likeliest cause, the first
  /// thing to do.
  package init(ofNews report: Report, style: Style, options: ReportOptions) {
    var page = TextPage(style: style)
    for diagnosis in report.diagnoses {
      page.appendInShort(diagnosis, options: options)
      page.line([.init("regdiag show \(diagnosis.id)", .dim)], indent: 2)
      page.blank()
    }
    bytes = page.bytes
  }

  /// Renders what a stream has shown: each failure on a line or two, with how often it came.
  package init(ofWatch report: Report, style: Style) {
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
