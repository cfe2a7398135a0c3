import DiagnosisRendering
import RegistryDiagnosis
import Testing

/// A report and the name its golden files begin with.
struct Sample: Sendable, CustomTestStringConvertible {
  let name: String
  let report: Report
  let source: String

  var testDescription: String { name }

  static let all = [
    Sample(name: "throttled", report: SampleReports.throttled, source: "paste"),
    Sample(name: "unrecognised", report: SampleReports.unrecognised, source: "paste"),
    Sample(name: "hostile", report: SampleReports.hostile, source: "logs/build.log"),
  ]
}

@Suite("Golden reports")
struct GoldenReportTests {
  @Test("text", arguments: Sample.all, [80, 120])
  func text(_ sample: Sample, width: Int) throws {
    let options = ReportOptions(sourceName: sample.source)
    let plain = TextReport(
      of: sample.report, style: Style(isColored: false, isUnicode: true, width: width),
      options: options)
    try GoldenFile("\(sample.name)-\(width).txt").expect(plain.text)
    let colored = TextReport(
      of: sample.report, style: Style(isColored: true, isUnicode: true, width: width),
      options: options)
    try GoldenFile("\(sample.name)-\(width)-color.txt").expect(colored.text)
  }

  @Test("ASCII text with scores", arguments: Sample.all)
  func asciiText(_ sample: Sample) throws {
    let text = TextReport(
      of: sample.report, style: .plain,
      options: ReportOptions(sourceName: sample.source, showsScores: true)
    ).text
    try GoldenFile("\(sample.name)-ascii.txt").expect(text)
  }

  @Test("Markdown", arguments: Sample.all)
  func markdown(_ sample: Sample) throws {
    let options = ReportOptions(sourceName: sample.source, showsScores: true)
    try GoldenFile("\(sample.name).md").expect(
      MarkdownReport(of: sample.report, options: options).text)
  }

  @Test("JSON", arguments: Sample.all)
  func json(_ sample: Sample) throws {
    let text = JSONReport(of: sample.report, toolVersion: "0.1.0", sourceName: nil).text
    try GoldenFile("\(sample.name).json").expect(text)
  }

  @Test(
    "Of ten failures a text says what to do, unless a number is asked for; it names the others",
    arguments: [(nil, 10), (3, 3), (12, 12)])
  func manyFailures(maximum: Int?, advised: Int) {
    let options = ReportOptions(maximumDiagnoses: maximum)
    let text = TextReport(of: SampleReports.many(14), style: .plain, options: options).text
    let lines = text.split(separator: "\n")
    #expect((1...14).filter { text.contains("Mend \($0).") } == Array(1...advised))
    let named = lines.drop { $0 != "Further failures in this paste" }.dropFirst()
      .filter { $0.contains("sample/number-") }
    #expect(named.count == (maximum == nil ? 4 : 0))
    #expect(named.first?.contains("line 11") ?? (maximum != nil))
    #expect(text.contains("more not shown") == (maximum != nil))
  }
}
