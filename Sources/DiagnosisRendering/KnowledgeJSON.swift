package import RegistryDiagnosis

/// What the knowledge base says, as JSON.
///
/// Every document begins like a report: schema version, tool, knowledge base.
package struct KnowledgeJSON: Sendable {
  private let toolVersion: String
  private let knowledge: KnowledgeSummary
  private let isIndented: Bool

  /// - Parameters:
  ///   - toolVersion: The version of the program that answers.
  ///   - knowledge: The base that was asked.
  ///   - isIndented: Whether to indent, or to write one line.
  package init(toolVersion: String, knowledge: KnowledgeSummary, isIndented: Bool = true) {
    self.toolVersion = toolVersion
    self.knowledge = knowledge
    self.isIndented = isIndented
  }

  private func document(_ members: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(isIndented: isIndented)
    writer.object { root in
      root.preamble(toolVersion: toolVersion, knowledge: knowledge)
      members(&root)
    }
    writer.finish()
    return writer.text
  }

  package func entries(_ entries: [EntryView]) -> String {
    document { root in
      root.member("entries", entries) { array, entry in
        array.object { $0.members(of: entry) }
      }
    }
  }

  /// - Parameter nextCursor: What leads to the rest, where these are not all.
  package func list(_ items: [EntryListItem], nextCursor: String? = nil) -> String {
    document { root in
      root.member("entries", items) { array, item in array.object { $0.members(of: item) } }
      if let nextCursor { root.member("nextCursor", nextCursor) }
    }
  }

  /// - Parameter entry: What is given in full, where it was all that was found.
  package func lookups(_ answers: [LookupAnswer], inFull entry: EntryView? = nil) -> String {
    document { root in
      root.member("lookups", answers) { array, answer in
        array.object { object in
          object.member("query", answer.query)
          object.member("hits", answer.hits) { array, hit in
            array.object {
              $0.members(of: hit.item)
              $0.member("basis", hit.basis)
            }
          }
          object.member("nearest", answer.nearest)
        }
      }
      if let entry { root.member("entry") { $0.object { $0.members(of: entry) } } }
    }
  }

  package func statistics(_ statistics: BaseStatistics) -> String {
    document { root in
      root.member("baseSchemaVersion", statistics.schemaVersion)
      root.member("released", statistics.released)
      root.member("sizes") { sizes in
        sizes.object { for size in statistics.sizes { $0.member(size.name, size.count) } }
      }
      for division in statistics.divisions {
        root.member(division.name) { parts in
          parts.object { for part in division.parts { $0.member(part.name, part.count) } }
        }
      }
      root.member("gaps", statistics.gaps) { array, gap in
        array.object {
          $0.member("without", gap.name)
          $0.member("entries", gap.ids)
        }
      }
    }
  }

  package func changes(_ changes: BaseChanges) -> String {
    document { root in
      root.member("entries", changes.entries) { $0.write($1) }
      root.member("answers", changes.answers) { array, answer in
        array.object {
          $0.member("case", answer.caseID)
          $0.member("before", answer.before)
          $0.member("after", answer.after)
          $0.member("verdict", answer.verdict)
        }
      }
    }
  }

  package func verification(_ result: BaseVerification) -> String {
    document { root in
      root.member("verified", result.isVerified)
      root.member("sameSources", result.hasSameSources)
      root.member("compiledFromItsSources", result.isCompiledFromItsSources)
      root.member("sha256") { digests in
        digests.object {
          $0.member("program", result.carriedDigest)
          $0.member("sources", result.givenDigest)
        }
      }
      root.member("compared", result.entryCount)
      root.member("differences", result.differences) { $0.write($1) }
    }
  }

  package func checksums(_ result: ChecksumVerification) -> String {
    document { root in
      root.member("verified", result.isVerified)
      root.member("listed", result.listedCount)
      root.member("differences", result.differences) { array, difference in
        array.object {
          $0.member("path", difference.path)
          $0.member("kind", difference.kind)
        }
      }
    }
  }

  package func examples(_ results: ExampleResults) -> String {
    document { root in
      root.member("files", results.fileCount)
      root.member("runs", results.runCount)
      root.member("failures", results.failures) { array, failure in
        array.object {
          $0.member("file", failure.file)
          $0.member("disguise", failure.disguise)
          $0.member("expected", failure.expected)
          $0.member("found", failure.found)
        }
      }
      root.member("corpus", results.scores) { array, score in
        array.object { object in
          object.member("disguise", score.disguise)
          object.member("positives", score.positives)
          object.member("negatives", score.negatives)
          for share in score.shares { object.member(share.name, share.value) }
          object.member("crashed", score.crashed)
          object.member("calibration", score.calibration) { array, row in
            array.object {
              $0.member("confidence", row.confidence)
              $0.member("answers", row.answers)
              $0.member("right", row.right)
            }
          }
        }
      }
    }
  }

  package func complaints(_ results: ValidationResults) -> String {
    document { root in
      root.member("files", results.fileCount)
      root.member("valid", results.isValid)
      root.member("complaints", results.complaints) { array, complaint in
        array.object {
          $0.member("code", complaint.code)
          $0.member("severity", complaint.isError ? "error" : "warning")
          $0.member("file", complaint.file)
          $0.member("line", complaint.line)
          $0.member("column", complaint.column)
          $0.member("pointer", complaint.pointer)
          $0.member("message", complaint.message)
          $0.member("remedy", complaint.remedy)
        }
      }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func write(_ change: BaseChanges.EntryChange) {
    object {
      $0.member("id", change.id)
      $0.member("kind", change.kind)
      $0.member("keys", change.keys)
    }
  }

  fileprivate mutating func members(of item: EntryListItem) {
    member("id", item.id)
    member("title", item.title)
    member("status", item.status.name)
    if case .withdrawn(let since, let reason, let successor) = item.status {
      member("withdrawn") { withdrawn in
        withdrawn.object {
          $0.member("since", since)
          $0.member("reason", reason)
          $0.member("replacedBy", successor)
        }
      }
    }
    member("role", item.role.rawValue)
    member("registry", item.registries)
    member("codes", item.codes)
  }

  fileprivate mutating func members(of entry: EntryView) {
    members(of: entry.item)
    member("summary", entry.advice.summary)
    member("aliases", entry.aliases)
    member("httpStatus", entry.httpStatuses) { $0.number($1) }
    member("retry", entry.advice.retry.rawValue)
    member("severity", entry.severity)
    member("signals", entry.signals) { array, signal in
      array.object {
        $0.member("text", signal.text)
        $0.member("conditions", signal.conditions)
        $0.member("weak", signal.isWeak)
      }
    }
    member("refines", entry.refines)
    members(of: entry.advice, isDiagnosis: false)
    member("documents", entry.documents) { array, listing in
      array.object {
        $0.member("title", listing.title)
        $0.member("url", listing.url)
        $0.member("knownRevisions", listing.knownRevisions)
        $0.member("revisions", listing.revisions)
        $0.member("inNewest", !listing.hasLeft)
      }
    }
    member("history") { history in
      history.object {
        $0.member("added", entry.added)
        $0.member("modified", entry.modified)
      }
    }
  }
}
