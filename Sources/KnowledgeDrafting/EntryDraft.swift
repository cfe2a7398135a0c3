import FailureText
package import KnowledgeFormat
package import RegistryDiagnosis

/// The beginning of an entry, made from a paste that nobody knew.
///
/// What only a person can say is left empty, so that `kb validate` asks for it.
package struct EntryDraft: Sendable {
  /// The files of the entry's folder.
  package let files: [File]
  /// The pattern that was sketched; `nil` where the paste had no message for one.
  package let pattern: String?
  /// What was taken out of the paste, with what stands there now.
  package let replacements: [Replacement]
  /// The entry that knew the paste already, if one did.
  package let knownAs: String?

  /// A file of the draft.
  package struct File: Sendable {
    package let name: String
    package let bytes: [UInt8]
  }

  /// A value that was replaced.
  package struct Replacement: Sendable {
    package let original: String
    package let substitute: String
  }

  /// Drafts an entry.
  ///
  /// - Parameters:
  ///   - id: The id it is to have.
  ///   - paste: What a program printed.
  ///   - base: The base that is to know it one day.
  ///   - schemaPath: Where the schema lies, seen from the entry's folder; absent where it does not.
  /// - Complexity: O(length of the paste).
  package init(id: EntryID, paste: [UInt8], base: KnowledgeBase, schemaPath: String?) {
    var scrubber = PasteScrubber(isPublic: base.knowsHost)
    let scrubbed = scrubber.scrub(paste)
    replacements = scrubber.replacements.map {
      Replacement(original: $0.original, substitute: $0.substitute)
    }
    let text = NormalizedText(scrubbed)
    pattern = PatternSketch(of: text).pattern
    let report = DiagnosisEngine(knowledge: base).diagnose(bytes: paste)
    knownAs = report.diagnoses.first { $0.confidence != .low }?.id
    let codes = [report.facts.ociCode].compactMap { $0 }
    let json = EntryDraft.json(
      id: id, pattern: pattern ?? "", codes: codes, status: report.facts.httpStatus,
      registry: report.facts.registry?.provider, version: base.version, schemaPath: schemaPath)
    files = [
      File(name: "entry.json", bytes: Array(json.utf8)),
      File(
        name: EntryDraft.exampleName, bytes: scrubbed.last == 0x0A ? scrubbed : scrubbed + [0x0A]),
    ]
  }

  private static let exampleName = "match-paste.txt"

  private static func json(
    id: EntryID, pattern: String, codes: [String], status: Int?, registry: String?,
    version: String, schemaPath: String?
  ) -> String {
    func text(_ value: String) -> String { JSONText.quoted(value) }
    var lines: [String] = []
    if let schemaPath { lines.append("\"$schema\": \(text(schemaPath))") }
    lines += [
      "\"id\": \(text(id.text))", "\"title\": \"\"", "\"summary\": \"\"", "\"status\": \"draft\"",
    ]
    lines.append("\"codes\": [\(codes.map(text).joined(separator: ", "))]")
    if let status { lines.append("\"httpStatus\": [\(status)]") }
    lines += ["\"role\": \"cause\"", "\"retry\": \"after-fix\"", "\"severity\": \"error\""]
    let about = registry.map { "\"registry\": [\(text($0))], " } ?? ""
    lines.append("\"match\": { \(about)\"any\": [{ \"pattern\": \(text(pattern)) }] }")
    lines += [
      "\"causes\": [{ \"id\": \"\", \"text\": \"\", \"check\": { \"text\": \"\", \"command\": \"\" } }]",
      "\"solutions\": [{ \"text\": \"\", \"commands\": [] }]",
      "\"examples\": [{ \"file\": \(text(exampleName)) }]", "\"nonExamples\": []",
      "\"references\": []",
      "\"history\": { \"added\": \(text(version)), \"modified\": \(text(version)) }",
    ]
    return "{\n" + lines.map { "  " + $0 }.joined(separator: ",\n") + "\n}\n"
  }
}
