import RegistryDiagnosis

/// What the knowledge base says, as text for people.
package struct KnowledgeText: Sendable {
  private let style: Style

  package init(style: Style) {
    self.style = style
  }

  // MARK: Entries

  /// Entries in full, a rule between them.
  package func entries(_ entries: [EntryView]) -> String {
    var page = TextPage(style: style)
    for (index, entry) in entries.enumerated() {
      if index > 0 {
        page.blank()
        page.line([.init(String(repeating: style.sign("─", "-"), count: 40), .dim)])
        page.blank()
      }
      append(entry, to: &page)
    }
    return page.text
  }

  private func append(_ entry: EntryView, to page: inout TextPage) {
    page.paragraph([.init(entry.item.title, .title)])
    page.line([.init(entry.item.id, .dim)])
    if let remark = entry.item.status.remark {
      page.blank()
      page.paragraph([.init(remark)], lead: .init("! ", .failure))
    }
    for listing in entry.documents where listing.hasLeft {
      page.blank()
      page.paragraph(
        [.init("This error has left the documentation: "), .init(listing.title), .init(".")],
        lead: .init("! ", .medium))
    }
    page.blank()
    page.paragraph([.init(entry.advice.summary)])
    page.blank()
    page.rows(
      facts(of: entry).map { .init(.init($0.name, .dim), [.init($0.value)]) }, indent: 2)
    page.append(entry.advice)
    append(entry.signals, to: &page)
    page.appendReferences(entry.advice.references)
    guard !entry.documents.isEmpty else { return }
    page.heading("Listed in")
    for listing in entry.documents {
      page.line([.init(listing.title)], indent: 2)
      page.paragraph([.init(listing.described, .dim)], indent: 4)
    }
  }

  private func facts(of entry: EntryView) -> [(name: String, value: String)] {
    var rows = [("status", entry.item.status.name), ("role", entry.item.role.rawValue)]
    let lists: [(String, [String])] = [
      ("registries", entry.item.registries), ("codes", entry.item.codes),
      ("HTTP status", entry.httpStatuses.map { String($0) }), ("aliases", entry.aliases),
      ("outranks", entry.refines),
    ]
    rows += lists.filter { !$0.1.isEmpty }.map { ($0.0, $0.1.joined(separator: ", ")) }
    rows.append(("history", "added \(entry.added), modified \(entry.modified)"))
    return rows
  }

  private func append(_ signals: [EntryView.Signal], to page: inout TextPage) {
    guard !signals.isEmpty else { return }
    page.heading("Recognised by")
    for signal in signals {
      page.verbatim(signal.text, indent: 2, role: .plain)
      let remarks = (signal.isWeak ? ["weak"] : []) + signal.conditions
      if !remarks.isEmpty {
        page.paragraph([.init(remarks.joined(separator: "; "), .dim)], indent: 6)
      }
    }
  }

  // MARK: Lists

  /// One line an entry.
  package func list(_ items: [EntryListItem]) -> String {
    var page = TextPage(style: style)
    page.rows(items.map(row), indent: 0, maximumKeyWidth: 44)
    page.blank()
    page.line([.init(items.count == 1 ? "1 entry" : "\(items.count) entries", .dim)])
    return page.text
  }

  /// What each query found.
  package func lookups(_ answers: [LookupAnswer]) -> String {
    var page = TextPage(style: style)
    for answer in answers {
      page.blank()
      page.paragraph([.init(answer.described, .heading)])
      page.rows(answer.hits.map { row($0.item) }, indent: 2)
      if !answer.nearest.isEmpty {
        page.paragraph(
          [.init(answer.nearest.joined(separator: ", "))], indent: 2,
          lead: .init("Did you mean: ", .dim))
      }
    }
    if let first = answers.lazy.compactMap(\.hits.first).first {
      page.blank()
      page.paragraph([.init("In full: ", .dim), .init("`regdiag show \(first.item.id)`")])
    }
    return page.text
  }

  private func row(_ item: EntryListItem) -> TextPage.Row {
    let isStable = item.status == .stable
    let remark: [TextPage.Run] =
      isStable ? [] : [.init(style.separator, .dim), .init(item.status.inBrief, .medium)]
    return .init(.init(item.id), [.init(item.title, isStable ? .plain : .dim)] + remark)
  }

  // MARK: Checks

  package func statistics(_ statistics: BaseStatistics) -> String {
    var page = TextPage(style: style)
    page.line([
      .init("Knowledge base \(statistics.version)", .title),
      .init(
        "\(style.separator)schema \(statistics.schemaVersion)"
          + "\(style.separator)released \(statistics.released)", .dim),
    ])
    for division in [("", statistics.sizes)] + statistics.divisions.map({ ($0.name, $0.parts) }) {
      if division.0.isEmpty { page.blank() } else { page.heading(division.0) }
      page.rows(
        division.1.map { .init(.init($0.name, .dim), [.init(String($0.count))]) }, indent: 2)
    }
    for gap in statistics.gaps {
      page.heading("without \(gap.name)")
      let ids = gap.ids.isEmpty ? "none" : gap.ids.joined(separator: " ")
      page.paragraph([.init(ids, gap.ids.isEmpty ? .high : .plain)], indent: 2)
    }
    return page.text
  }

  package func changes(_ changes: BaseChanges) -> String {
    var page = TextPage(style: style)
    for kind in ["added", "changed", "withdrawn", "removed"] {
      let entries = changes.entries.filter { $0.kind == kind }
      guard !entries.isEmpty else { continue }
      page.heading("\(kind): \(count(entries.count, "entry", "entries"))")
      page.rows(
        entries.map { .init(.init($0.id), [.init($0.keys.joined(separator: ", "), .dim)]) },
        indent: 2,
        maximumKeyWidth: 44)
    }
    if changes.entries.isEmpty { page.line([.init("no entry differs")]) }
    guard !changes.answers.isEmpty else { return page.text }
    page.heading("answered differently: \(count(changes.answers.count, "case", "cases"))")
    page.rows(
      changes.answers.map { answer in
        let role: Style.Role = ["better": .high, "worse": .failure][answer.verdict] ?? .dim
        return .init(
          .init(answer.caseID),
          [
            .init(answer.verdict, role),
            .init("  \(answer.before ?? "none") -> \(answer.after ?? "none")"),
          ]
        )
      }, indent: 2)
    return page.text
  }

  package func verification(_ result: BaseVerification) -> String {
    var page = TextPage(style: style)
    page.paragraph([.init(result.verdict, result.isVerified ? .high : .failure)])
    var digests = [("program", result.carriedDigest)]
    if let given = result.givenDigest { digests.append(("sources", given)) }
    page.rows(
      digests.map { .init(.init("sha256 of \($0.0)", .dim), [.init($0.1)]) }, indent: 2)
    for change in result.differences {
      let keys = change.keys.isEmpty ? "" : ": " + change.keys.joined(separator: ", ")
      page.paragraph([.init(change.kind, .medium), .init(" \(change.id)\(keys)")], indent: 2)
    }
    return page.text
  }

  package func checksums(_ result: ChecksumVerification) -> String {
    var page = TextPage(style: style)
    page.paragraph([.init(result.verdict, result.isVerified ? .high : .failure)])
    for difference in result.differences {
      page.line([.init(difference.kind, .medium), .init(" \(difference.path)")], indent: 2)
    }
    return page.text
  }

  package func examples(_ results: ExampleResults) -> String {
    var page = TextPage(style: style)
    for failure in results.failures {
      page.blank()
      page.line([
        .init("wrong: ", .failure), .init(failure.file),
        .init(failure.disguise.map { ", \($0)" } ?? "", .dim),
      ])
      page.paragraph([.init(failure.expected)], indent: 2, lead: .init("expected  ", .dim))
      page.paragraph([.init(failure.found)], indent: 2, lead: .init("found     ", .dim))
    }
    page.blank()
    let counts = "\(results.fileCount) examples in \(results.runCount) runs: "
    let verdict: TextPage.Run =
      results.failures.isEmpty
      ? .init("all as expected", .high) : .init("\(results.failures.count) wrong", .failure)
    page.line([.init(counts), verdict])
    if let first = results.scores.first {
      page.blank()
      let names = ["corpus", "cases"] + first.shares.map(\.name) + ["crashed"]
      let rows = results.scores.map { score in
        [score.disguise, String(score.positives + score.negatives)]
          + score.shares.map { FixedPoint.text($0.value) } + [String(score.crashed)]
      }
      appendTable(names, rows, to: &page)
      guard !first.calibration.isEmpty else { return page.text }
      page.blank()
      appendTable(
        ["confidence", "answers", "right", "share"],
        first.calibration.map { row in
          [row.confidence, String(row.answers), String(row.right), row.share]
        }, to: &page)
    }
    return page.text
  }

  /// A table, never wrapped, whose first column is words and whose others are numbers.
  private func appendTable(_ header: [String], _ rows: [[String]], to page: inout TextPage) {
    let widths = header.indices.map { column in
      ([header] + rows).map { DisplayWidth.of($0[column]) }.max() ?? 0
    }
    for (index, row) in ([header] + rows).enumerated() {
      let cells = zip(row, widths).enumerated().map { column, cell in
        let space = String(repeating: " ", count: cell.1 - DisplayWidth.of(cell.0))
        return column == 0 ? cell.0 + space : space + cell.0
      }
      page.line([.init(cells.joined(separator: "  "), index == 0 ? .dim : .plain)])
    }
  }

  package func complaints(_ results: ValidationResults) -> String {
    var page = TextPage(style: style)
    for complaint in results.complaints {
      page.blank()
      let kind: TextPage.Run =
        complaint.isError ? .init("error", .failure) : .init("warning", .medium)
      page.paragraph([
        kind, .init("[\(complaint.code)]: ", .dim), .init(complaint.message, .title),
      ])
      let pointer = complaint.pointer.isEmpty ? "" : "  \(complaint.pointer)"
      page.line(
        [.init("--> ", .dim), .init(complaint.place), .init(pointer, .dim)], indent: 2)
      if let remedy = complaint.remedy {
        page.paragraph([.init(remedy)], indent: 2, lead: .init("fix: ", .high))
      }
    }
    page.blank()
    let errors = results.complaints.count(where: \.isError)
    let warnings = results.complaints.count - errors
    let verdict: TextPage.Run =
      results.complaints.isEmpty
      ? .init("nothing to complain of", .high)
      : .init(
        "\(count(errors, "error")), \(count(warnings, "warning"))", errors > 0 ? .failure : .medium)
    page.line([.init("\(count(results.fileCount, "file")): "), verdict])
    return page.text
  }

  private func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)" + (number == 1 ? "" : "s")
  }
}
