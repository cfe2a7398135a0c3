import RegistryDiagnosis

/// A line of a paste, quoted with its number and the recognised part underlined.
///
///       ┌─ paste:3:28
///     3 │ Error response from daemon: toomanyrequests: Rate exceeded
///       │                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
///
/// A line that is wider than the terminal is wrapped, to six lines at most; beyond that the text
/// around the match goes first, then the middle of the match, and an ellipsis stands for it.
struct Quotation {
  private static let maximumLines = 6

  private let style: Style
  private let evidence: Diagnosis.Evidence
  private let location: String
  private let remark: String

  /// - Parameters:
  ///   - evidence: What to quote.
  ///   - source: The name of the paste: a file's path, or `paste`.
  ///   - remark: What stands behind the location.
  init(of evidence: Diagnosis.Evidence, source: String, remark: String, style: Style) {
    self.style = style
    self.evidence = evidence
    self.location = "\(source):\(evidence.line):\(evidence.column)"
    self.remark = remark
  }

  /// A character and whether it belongs to the match.
  private struct Cell {
    let character: Character
    let isMatch: Bool
    let width: Int
  }

  func append(to page: inout TextPage, indent: Int) {
    let number = String(evidence.line)
    let blank = String(repeating: " ", count: number.utf8.count)
    let bar = style.sign(" │ ", " | ")
    let room = style.width - indent - number.utf8.count - 3
    var opening: [TextPage.Run] = [
      .init(blank + style.sign(" ┌─ ", "--> "), .dim), .init(location),
    ]
    if !remark.isEmpty { opening.append(.init(style.separator + remark, .dim)) }
    page.line(opening, indent: indent)

    let cells = clippedCells(room: room)
    let isPartial = cells.contains { !$0.isMatch }
    for (index, line) in lines(of: cells, room: room).enumerated() {
      let gutter = TextPage.Run((index == 0 ? number : blank) + bar, .dim)
      page.line([gutter] + runs(of: line), indent: indent)
      let marks = underline(of: line)
      if isPartial, !marks.isEmpty {
        page.line([.init(blank + bar, .dim), .init(marks, .match)], indent: indent)
      }
    }
  }

  // MARK: Cutting to size

  private func clippedCells(room: Int) -> [Cell] {
    let budget = Self.maximumLines * room
    var match = cells(evidence.text, isMatch: true)
    if match.count > budget {
      let side = budget / 2 - 2
      let gap = cells(" \(style.ellipsis) ", isMatch: true)
      match = Array(match.prefix(side)) + gap + Array(match.suffix(side))
    }
    let spare = max(0, budget - match.count - room / 2)
    let before = cells(String(evidence.before.suffix(budget)), isMatch: false)
    let after = cells(String(evidence.after.prefix(budget)), isMatch: false)
    let lead = min(before.count, max(spare / 2, spare - after.count))
    let tail = min(after.count, spare - lead)
    let ellipsis = cells(style.ellipsis, isMatch: false)
    let isHeadCut = lead < before.count || evidence.before.count > before.count
    let isTailCut = tail < after.count || evidence.after.count > after.count
    return (isHeadCut ? ellipsis : []) + before.suffix(lead) + match + after.prefix(tail)
      + (isTailCut ? ellipsis : [])
  }

  private func cells(_ text: String, isMatch: Bool) -> [Cell] {
    HiddenScalars.revealed(in: text, isUnicode: style.isUnicode).map {
      Cell(character: $0, isMatch: isMatch, width: DisplayWidth.of($0))
    }
  }

  /// Cells broken into lines, at a space unless the word after it needs more than a line.
  private func lines(of cells: [Cell], room: Int) -> [ArraySlice<Cell>] {
    var lines: [ArraySlice<Cell>] = []
    var start = 0
    while start < cells.count {
      var end = start
      var width = 0
      while end < cells.count, width + cells[end].width <= room {
        width += cells[end].width
        end += 1
      }
      guard end < cells.count else {
        lines.append(cells[start...])
        break
      }
      if let space = cells[start...end].lastIndex(where: { $0.character == " " }),
        isWordShort(in: cells[(space + 1)...], room: room)
      {
        lines.append(cells[start..<space])
        start = space + 1
      } else {
        end = max(end, start + 1)
        lines.append(cells[start..<end])
        start = end
      }
    }
    return lines
  }

  private func isWordShort(in cells: ArraySlice<Cell>, room: Int) -> Bool {
    let word = cells.prefix(room + 1).prefix { $0.character != " " }
    return word.reduce(0) { $0 + $1.width } <= room
  }

  // MARK: Marking

  private func runs(of line: ArraySlice<Cell>) -> [TextPage.Run] {
    var runs: [TextPage.Run] = []
    var rest = line
    while let first = rest.first {
      let stretch = rest.prefix { $0.isMatch == first.isMatch }
      runs.append(.init(String(stretch.map(\.character)), first.isMatch ? .match : .plain))
      rest = rest.dropFirst(stretch.count)
    }
    return runs
  }

  private func underline(of line: ArraySlice<Cell>) -> String {
    guard let last = line.lastIndex(where: \.isMatch) else { return "" }
    return line[...last].reduce(into: "") { marks, cell in
      marks += String(repeating: cell.isMatch ? "^" : " ", count: cell.width)
    }
  }
}
