package import KnowledgeFormat
package import RegistryDiagnosis

/// Runs the examples of entries: each must be explained as its entry says, in every disguise.
package struct ExampleCheck: Sendable {
  private let engine: DiagnosisEngine

  package init(knowledge: KnowledgeBase) { engine = DiagnosisEngine(knowledge: knowledge) }

  /// An example that was not explained as it should be.
  package struct Failure: Sendable, CustomStringConvertible {
    /// The path of the example's file.
    package let file: String
    package let disguise: Disguise
    /// What is wrong, in a sentence.
    package let message: String

    package var description: String {
      "\(file): \(message)" + (disguise == .none ? "" : " (\(disguise.rawValue))")
    }
  }

  /// Checks the examples and non-examples of one entry.
  ///
  /// - Complexity: O(size of the examples × disguises).
  package func failures(of loaded: LoadedEntry, in disguises: [Disguise] = Disguise.allCases) -> [Failure] {
    guard loaded.entry.status != .withdrawn else { return [] }
    let folder = String(loaded.path.dropLast("entry.json".count))
    var failures: [Failure] = []
    func check(_ name: String, _ body: (Report, Disguise) -> String?) {
      guard let bytes = loaded.bytes(ofExample: name) else { return }
      for disguise in disguises {
        let report = engine.diagnose(bytes: disguise.apply(to: bytes))
        guard let message = body(report, disguise) else { continue }
        failures.append(Failure(file: folder + name, disguise: disguise, message: message))
        // A plain failure says it all.
        if disguise == .none { return }
      }
    }
    for example in loaded.entry.examples {
      check(example.file) { report, disguise in
        problem(report, id: loaded.entry.id.text, captures: disguise == .none ? example.captures : [])
      }
    }
    for example in loaded.entry.nonExamples {
      check(example.file) { report, _ in
        problem(report, notID: loaded.entry.id.text, isInstead: example.isInstead?.text)
      }
    }
    return failures
  }

  private func problem(
    _ report: Report, id: String, captures: [Example.ExpectedCapture]
  ) -> String? {
    guard let first = report.diagnoses.first else {
      let near = report.suggestions.first { $0.id == id }
      return "no diagnosis" + (near.map { "; it would be \(id), but \($0.reason)" } ?? "")
    }
    guard first.id == id else {
      let rank = report.diagnoses.firstIndex { $0.id == id }
      return "\(first.id) is on top" + (rank.map { ", \(id) is number \($0 + 1)" } ?? ", \(id) is not found")
    }
    for capture in captures {
      let found = first.captures.first { $0.name == capture.name }?.value
      if found != capture.value {
        return "'\(capture.name)' is \(found.map { "'\($0)'" } ?? "not captured"), not '\(capture.value)'"
      }
    }
    return nil
  }

  private func problem(_ report: Report, notID id: String, isInstead other: String?) -> String? {
    let first = report.diagnoses.first?.id
    if first == id { return "\(id) is on top, and must not be" }
    guard let other, first != other else { return nil }
    return "\(first ?? "nothing") is on top, not \(other)"
  }
}
