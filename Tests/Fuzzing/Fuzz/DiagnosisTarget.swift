import DiagnosisRendering
import FailureText
import KnowledgeCatalog
import KnowledgeFormat
import Oracles
import RegistryDiagnosis
import RegistryKnowledge

extension Target {
  private static let engine = DiagnosisEngine(knowledge: .builtIn)
  private static let search = LargeInputSearch(KnowledgeBase.builtIn.compiled)
  private static let catalog = EntryCatalog(.builtIn)

  /// The report is the same in whatever pieces the input comes, every format can be written, and what
  /// is found is found in a large input too.
  func diagnose(_ bytes: [UInt8]) {
    let report = Target.engine.diagnose(bytes: bytes)
    var session = Target.engine.makeSession()
    let cut = bytes.count * 2 / 3
    session.append(Array(bytes[..<cut]))
    session.append(Array(bytes[cut...]))
    require(session.finish() == report)
    search(bytes, report)
    render(report)
    render(Target.engine.diagnose(bytes: planting(Target.secret, in: bytes)))
  }

  /// A token, by its look.
  private static let secret = "ghp_0123456789abcdefghijABCDEFGHIJ012345"

  /// A text with a word in place of the first space of its second half.
  private func planting(_ word: String, in bytes: [UInt8]) -> [UInt8] {
    let place = bytes[(bytes.count / 2)...].firstIndex(of: 0x20) ?? bytes.endIndex
    return bytes[..<place] + Array(" \(word) ".utf8) + bytes[place...]
  }

  /// The quick search of large inputs leaves nothing out that was found; it does not normalise, so
  /// this holds for what is normalised already.
  private func search(_ bytes: [UInt8], _ report: Report) {
    guard !report.diagnoses.isEmpty, NormalizedText(bytes).text == bytes else { return }
    let text = bytes + [0x0A]
    let findings = Target.search.findings(in: text, 0..<text.count)
    require(findings.places != [], "not searched: \(report.diagnoses.map(\.id))")
  }

  /// The JSON says all that the report does; no format holds a secret or what acts unseen.
  private func render(_ report: Report) {
    let json = JSONReport(of: report, toolVersion: "0", isIndented: false).text
    guard let document = try? JSONDocument.parse(Array(json.utf8)) else {
      fatalError("no JSON: \(json)")
    }
    let differences = ReportReader.differences(of: document.root, from: report)
    require(differences.isEmpty, differences.first ?? "")
    var log = WorkflowLog(style: .plain)
    let sarif = SARIFLog(
      of: [SARIFLog.Input(path: "a b/\u{E9}.log", outcome: .report(report))],
      knowledge: report.knowledge, toolVersion: "0"
    ) { Target.catalog.entry($0) }.text
    require((try? JSONDocument.parse(Array(sarif.utf8))) != nil)
    let texts = [
      json, sarif, TextReport(of: report, options: ReportOptions(showsScores: true)).text,
      MarkdownReport(of: report).text,
      log.entry(for: report, path: "a.log", options: ReportOptions()) + log.end,
    ]
    for text in texts {
      require(!text.contains(Target.secret), "a secret came out: \(text)")
      let hidden = text.unicodeScalars.first { $0 != "\n" && HiddenScalars.contains($0) }
      require(hidden == nil, "U+\(String(hidden?.value ?? 0, radix: 16)) in: \(text)")
    }
  }
}
