package import KnowledgeFormat
package import RegistryDiagnosis

/// Runs the examples of entries: each must be explained as its entry says, in every disguise.
package struct ExampleCheck: Sendable {
  private let engine: DiagnosisEngine

  package init(knowledge: KnowledgeBase) { engine = DiagnosisEngine(knowledge: knowledge) }

  /// An example that was not explained as it should be.
  package struct Failure: Sendable {
    /// The path of the example's file.
    package let file: String
    package let disguise: Disguise
    /// What must be, in words.
    package let expected: String
    /// What is, in words.
    package let found: String
  }

  /// Checks the examples and non-examples of one entry.
  ///
  /// - Complexity: O(size of the examples × disguises).
  package func failures(
    of loaded: LoadedEntry, in disguises: [Disguise] = Disguise.allCases
  ) -> [Failure] {
    guard loaded.entry.status != .withdrawn else { return [] }
    let folder = String(loaded.path.dropLast("entry.json".count))
    var failures: [Failure] = []
    func check(_ name: String, _ problem: (Report, Disguise) -> Problem?) {
      guard let bytes = loaded.bytes(ofExample: name) else { return }
      for disguise in disguises {
        let report = engine.diagnose(bytes: disguise.apply(to: bytes))
        guard let problem = problem(report, disguise) else { continue }
        failures.append(
          Failure(
            file: folder + name, disguise: disguise, expected: problem.expected,
            found: problem.found))
        // A plain failure says it all.
        if disguise == .none { return }
      }
    }
    let id = loaded.entry.id.text
    for example in loaded.entry.examples {
      check(example.file) { report, disguise in
        Self.problem(report, id: id, captures: disguise == .none ? example.captures : [])
      }
    }
    for example in loaded.entry.nonExamples {
      check(example.file) { report, _ in
        Self.problem(report, notID: id, isInstead: example.isInstead?.text)
      }
    }
    return failures
  }

  private typealias Problem = (expected: String, found: String)

  private static func problem(
    _ report: Report, id: String, captures: [Example.ExpectedCapture]
  ) -> Problem? {
    guard let first = report.diagnoses.first, first.id == id else {
      return ("\(id) on top", found(in: report, insteadOf: id))
    }
    for capture in captures {
      let value = first.captures.first { $0.name == capture.name }?.value
      if value != capture.value {
        return (
          "\(capture.name) = \(capture.value)",
          value.map { "\(capture.name) = \($0)" } ?? "no \(capture.name)"
        )
      }
    }
    return nil
  }

  private static func problem(
    _ report: Report, notID id: String, isInstead other: String?
  ) -> Problem? {
    let first = report.diagnoses.first?.id
    if first == id { return (other.map { "\($0) on top" } ?? "not \(id)", "\(id) on top") }
    guard let other, first != other else { return nil }
    return ("\(other) on top", found(in: report, insteadOf: other))
  }

  /// What is on top, and what became of the one that should be.
  private static func found(in report: Report, insteadOf id: String) -> String {
    guard let first = report.diagnoses.first else {
      let near = report.suggestions.first { $0.id == id }
      return "no diagnosis" + (near.map { ": \($0.reason)" } ?? "")
    }
    let rank = report.diagnoses.firstIndex { $0.id == id }
    return "\(first.id) on top, \(id) " + (rank.map { "number \($0 + 1)" } ?? "not found")
  }
}
