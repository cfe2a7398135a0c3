import RegistryDiagnosis

/// What the knowledge base says, as Markdown.
package struct KnowledgeMarkdown: Sendable {
  package init() {}

  private func document(_ build: (inout MarkdownPage) -> Void) -> String {
    var page = MarkdownPage()
    build(&page)
    return page.text
  }

  package func entries(_ entries: [EntryView]) -> String {
    document { page in
      for entry in entries { append(entry, to: &page) }
    }
  }

  private func append(_ entry: EntryView, to page: inout MarkdownPage) {
    page.heading(entry.item.title, level: 2)
    page.paragraph(
      [MarkdownPage.code(entry.item.id), entry.item.status.name, entry.item.role.rawValue]
        .joined(separator: " · "))
    if let remark = entry.item.status.remark {
      page.paragraph("**" + MarkdownPage.escaped(remark) + "**")
    }
    page.paragraph(MarkdownPage.prose(entry.advice.summary))
    let lists: [(String, [String])] = [
      ("registries", entry.item.registries), ("codes", entry.item.codes),
      ("HTTP status", entry.httpStatuses.map { String($0) }), ("aliases", entry.aliases),
      ("outranks", entry.refines),
    ]
    page.list(
      lists.filter { !$0.1.isEmpty }.map { name, values in
        "\(name): \(values.map(MarkdownPage.code).joined(separator: ", "))"
      })
    page.append(entry.advice, level: 3)
    if !entry.signals.isEmpty {
      page.heading("Recognised by", level: 3)
      page.list(
        entry.signals.map { signal in
          let remarks = (signal.isWeak ? ["weak"] : []) + signal.conditions
          let suffix = remarks.isEmpty ? "" : " (\(remarks.joined(separator: "; ")))"
          return MarkdownPage.code(signal.text) + MarkdownPage.escaped(suffix)
        })
    }
    if !entry.documents.isEmpty {
      page.heading("Listed in", level: 3)
      page.list(
        entry.documents.map {
          MarkdownPage.link($0.title, $0.url) + ": " + MarkdownPage.escaped($0.described)
        })
    }
    page.paragraph(
      MarkdownPage.escaped("Added \(entry.added), modified \(entry.modified)."))
  }

  /// - Parameter nextCursor: What leads to the rest, where these are not all.
  package func list(_ items: [EntryListItem], nextCursor: String? = nil) -> String {
    document { page in
      page.table(["id", "title", "status"], items.map(row))
      if let nextCursor {
        page.paragraph("There are more, behind cursor \(MarkdownPage.code(nextCursor)).")
      }
    }
  }

  package func lookups(_ answers: [LookupAnswer]) -> String {
    document { page in
      for answer in answers {
        page.heading(answer.described, level: 2)
        if !answer.hits.isEmpty {
          page.table(["id", "title", "status"], answer.hits.map { row($0.item) })
        }
        if !answer.nearest.isEmpty {
          let names = answer.nearest.map(MarkdownPage.code).joined(separator: ", ")
          page.paragraph("Did you mean: \(names)")
        }
      }
    }
  }

  private func row(_ item: EntryListItem) -> [String] {
    [MarkdownPage.code(item.id), MarkdownPage.escaped(item.title), item.status.name]
  }

  package func statistics(_ statistics: BaseStatistics) -> String {
    document { page in
      page.heading("Knowledge base \(statistics.version)", level: 2)
      page.table(["size", "count"], statistics.sizes.map { [$0.name, String($0.count)] })
      for division in statistics.divisions {
        page.table(
          [MarkdownPage.escaped(division.name), "entries"],
          division.parts.map { [MarkdownPage.escaped($0.name), String($0.count)] })
      }
      page.list(
        statistics.gaps.map { gap in
          "without \(gap.name): "
            + (gap.ids.isEmpty ? "none" : gap.ids.map(MarkdownPage.code).joined(separator: ", "))
        })
    }
  }

  package func changes(_ changes: BaseChanges) -> String {
    document { page in
      if changes.entries.isEmpty { page.paragraph("no entry differs") }
      page.list(changes.entries.map(item))
      guard !changes.answers.isEmpty else { return }
      page.table(
        ["case", "verdict", "before", "after"],
        changes.answers.map { answer in
          [
            MarkdownPage.code(answer.caseID), answer.verdict, answer.before ?? "none",
            answer.after ?? "none",
          ]
        })
    }
  }

  package func verification(_ result: BaseVerification) -> String {
    document { page in
      page.paragraph(MarkdownPage.escaped(result.verdict))
      page.list(
        ["sha256 of program: \(MarkdownPage.code(result.carriedDigest))"]
          + (result.givenDigest.map { ["sha256 of sources: \(MarkdownPage.code($0))"] } ?? [])
          + result.differences.map(item))
    }
  }

  private func item(_ entry: BaseChanges.EntryChange) -> String {
    let keys = MarkdownPage.escaped(entry.keys.joined(separator: ", "))
    return "\(entry.kind) \(MarkdownPage.code(entry.id))" + (keys.isEmpty ? "" : ": \(keys)")
  }

  package func checksums(_ result: ChecksumVerification) -> String {
    document { page in
      page.paragraph(MarkdownPage.escaped(result.verdict))
      page.list(result.differences.map { "\($0.kind) \(MarkdownPage.code($0.path))" })
    }
  }

  package func examples(_ results: ExampleResults) -> String {
    document { page in
      page.paragraph(
        "\(results.fileCount) examples in \(results.runCount) runs: "
          + (results.failures.isEmpty ? "all as expected" : "\(results.failures.count) wrong"))
      page.list(
        results.failures.map { failure in
          MarkdownPage.code(failure.file) + (failure.disguise.map { " (\($0))" } ?? "")
            + ": expected \(MarkdownPage.escaped(failure.expected)), "
            + "found \(MarkdownPage.escaped(failure.found))"
        })
      if let first = results.scores.first {
        page.table(
          ["corpus", "cases"] + first.shares.map(\.name) + ["crashed"],
          results.scores.map { score in
            [MarkdownPage.escaped(score.disguise), String(score.positives + score.negatives)]
              + score.shares.map { FixedPoint.text($0.value) } + [String(score.crashed)]
          })
        guard !first.calibration.isEmpty else { return }
        page.table(
          ["confidence", "answers", "right", "share"],
          first.calibration.map { row in
            [row.confidence, String(row.answers), String(row.right), row.share]
          })
      }
    }
  }

  package func complaints(_ results: ValidationResults) -> String {
    document { page in
      page.paragraph("\(results.fileCount) files, \(results.complaints.count) complaints")
      page.list(
        results.complaints.map { complaint in
          let kind = complaint.isError ? "error" : "warning"
          let remedy = complaint.remedy.map { " Fix: " + MarkdownPage.escaped($0) } ?? ""
          let place = MarkdownPage.code("\(complaint.place) \(complaint.pointer)")
          return "**\(kind)** \(MarkdownPage.code(complaint.code)) \(place): "
            + MarkdownPage.escaped(complaint.message) + remedy
        })
    }
  }
}
