import DiagnosisRendering
import RegistryDiagnosis

extension Session {
  /// `regdiag explain`: each file by itself; a file that cannot be read does not stop the others.
  mutating func explain(_ invocation: Invocation) throws(KnowledgeError) -> ExitStatus {
    if invocation.has(.batch) || invocation.has(.null) { return try explainBatch(invocation) }
    let engine = try openEngine(invocation)
    let paths = invocation.paths
    var answers = AnswerWriter(invocation, engine: engine, isAlone: paths.count == 1)
    var hasDiagnosis = false
    var hasFailed = false
    for path in paths {
      let file = InputFile(path: path)
      if file.isStandardInput { hintAtPaste() }
      do throws(InputFile.Failure) {
        var diagnosis = engine.makeSession(showsSecrets: invocation.has(.noRedact))
        var progress = Progress(size: file.size)
        try file.read(into: &diagnosis) { count in
          if let sign = progress.note(count) { show(sign) }
        }
        if let end = progress.end { show(end) }
        let report = diagnosis.finish()
        hasDiagnosis = hasDiagnosis || !report.diagnoses.isEmpty
        for warning in report.warnings where !engine.warnings.contains(warning) {
          complain(warning, as: "warning: ")
        }
        write(answers.text(for: report, of: file))
        lastAnswer = Answer(diagnosis: diagnosis, report: report)
        if invocation.format == "github", !summarize(report, answers.options(for: file)) {
          hasFailed = true
        }
      } catch {
        complain(error.message)
        answers.note(error, of: file)
        hasFailed = true
      }
    }
    write(answers.end)
    if hasFailed { return .failure }
    return hasDiagnosis || invocation.has(.exitZero) ? .found : .nothing
  }

  /// Tells somebody who sits before a terminal that a paste is waited for.
  mutating func hintAtPaste() {
    if Terminal.isTerminal(0) { hint("Paste the output, then press Ctrl-D.") }
  }

  /// Appends a report to the summary of the step of GitHub Actions that the program runs in, if any.
  ///
  /// - Returns: Whether it could be written. One that there is no room for is no failure, but said.
  private mutating func summarize(_ report: Report, _ options: ReportOptions) -> Bool {
    guard let summary = StepSummary() else { return true }
    do throws(StepSummary.Failure) {
      let outcome = try summary.append(
        MarkdownReport(of: report, options: options).text,
        orElse: "*regdiag*: a report is not here, for GitHub takes 1 MiB of a step. "
          + "It stands in the log of the step.\n")
      if case .written = outcome { return true }
      complain(
        "the report of '\(options.sourceName)' is not in the step's summary, which may have 1 MiB",
        as: "warning: ")
      return true
    } catch {
      complain(error.message)
      return false
    }
  }
}

extension Invocation {
  /// The files to explain; standard input where none is named.
  var paths: [String] { arguments.isEmpty ? ["-"] : arguments }
}
