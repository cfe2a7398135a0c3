import DiagnosisRendering
import KnowledgeFormat
import Oracles
import Testing

@Suite struct JSONRoundTripTests {
  @Test("All of a report can be read from its JSON again")
  func roundTrip() throws {
    for report in [SampleReports.throttled, SampleReports.unrecognised, SampleReports.hostile] {
      for isIndented in [false, true] {
        let text = JSONReport(of: report, isIndented: isIndented).text
        let root = try JSONDocument.parse(Array(text.utf8)).root
        #expect(ReportReader.differences(of: root, from: report) == [])
      }
    }
  }
}
