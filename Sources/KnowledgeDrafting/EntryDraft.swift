import DiagnosisRendering
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

  /// The entry as far as a paste tells it.
  private static func json(
    id: EntryID, pattern: String, codes: [String], status: Int?, registry: String?,
    version: String, schemaPath: String?
  ) -> String {
    var writer = JSONWriter(isIndented: true)
    writer.object { entry in
      if let schemaPath { entry.member("$schema", schemaPath) }
      entry.member("id", id.text)
      entry.member("title", "")
      entry.member("summary", "")
      entry.member("status", Status.draft.rawValue)
      entry.member("codes", codes)
      if let status { entry.member("httpStatus", [status]) { $0.number($1) } }
      entry.member("role", Role.cause.rawValue)
      entry.member("retry", Retry.afterFix.rawValue)
      entry.member("severity", Severity.error.rawValue)
      entry.member("match") { match in
        match.object { match in
          if let registry { match.member("registry", [registry]) }
          match.member("any", [pattern]) { array, text in
            array.object { $0.member("pattern", text) }
          }
        }
      }
      writeBlanks(into: &entry)
      entry.member("history") { history in
        history.object {
          $0.member("added", version)
          $0.member("modified", version)
        }
      }
    }
    writer.finish()
    return writer.text
  }

  /// What a person has to fill in.
  private static func writeBlanks(into entry: inout JSONWriter) {
    entry.member("causes", [""]) { array, blank in
      array.object { cause in
        cause.member("id", blank)
        cause.member("text", blank)
        cause.member("check") { check in
          check.object {
            $0.member("text", blank)
            $0.member("command", blank)
          }
        }
      }
    }
    entry.member("solutions", [""]) { array, blank in
      array.object {
        $0.member("text", blank)
        $0.member("commands", [String]())
      }
    }
    entry.member("examples", [exampleName]) { array, name in
      array.object { $0.member("file", name) }
    }
    entry.member("nonExamples", [String]())
    entry.member("references", [String]())
  }
}
