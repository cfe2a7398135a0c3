import Foundation
import Testing

/// A file that says what an output must be.
///
/// `REGDIAG_RECORD=1 swift test` writes the files anew. Such a run fails, so that it cannot be
/// mistaken for one that has compared anything; read the difference before it is committed.
struct GoldenFile {
  private let url: URL
  private let name: String

  init(_ name: String) {
    self.name = name
    url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden").appending(path: name)
  }

  func expect(_ actual: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    if ProcessInfo.processInfo.environment["REGDIAG_RECORD"] == "1" {
      try Data(actual.utf8).write(to: url)
      Issue.record("recorded \(name)", sourceLocation: sourceLocation)
      return
    }
    let expected = try String(contentsOf: url, encoding: .utf8)
    #expect(
      actual == expected, "\(name) differs; REGDIAG_RECORD=1 swift test records it anew",
      sourceLocation: sourceLocation)
  }
}
