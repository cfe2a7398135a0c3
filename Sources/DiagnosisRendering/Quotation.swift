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

  /// A character, whether it belongs to the match, and the columns it takes.
  private struct Cell {
    /// Where its bytes lie in ``CellText/bytes``.
    let start: Int32
    let end: Int32
    let columns: UInt8
    let isMatch: Bool
    let isSpace: Bool

    init(_ bytes: Range<Int>, width: Int, isMatch: Bool, isSpace: Bool) {
      start = Int32(bytes.lowerBound)
      end = Int32(bytes.upperBound)
      columns = UInt8(width)
      self.isMatch = isMatch
      self.isSpace = isSpace
    }

    var width: Int { Int(columns) }
    var bytes: Range<Int> { Int(start)..<Int(end) }
  }

  /// The bytes of cells, in whatever order the cells are shown.
  private struct CellText {
    private(set) var bytes: [UInt8] = []

    /// Adds a text in which every hidden character can be seen.
    ///
    /// - Returns: Its characters.
    mutating func cells(_ text: String, isMatch: Bool, _ style: Style) -> [Cell] {
      let shown = HiddenScalars.revealed(in: text, style)
      let count = shown.utf8.count
      var cells: [Cell] = []
      cells.reserveCapacity(count)
      var start = bytes.count
      bytes.append(contentsOf: shown.utf8)
      if DisplayWidth.isASCII(shown) {
        for place in start..<bytes.count {
          cells.append(
            Cell(place..<place + 1, width: 1, isMatch: isMatch, isSpace: bytes[place] == 0x20))
        }
        return cells
      }
      for character in shown {
        let end = start + character.utf8.count
        cells.append(
          Cell(
            start..<end, width: DisplayWidth.of(character), isMatch: isMatch,
            isSpace: character == " "))
        start = end
      }
      return cells
    }
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

    var text = CellText()
    let cells = clippedCells(&text, room: room)
    let isPartial = cells.contains { !$0.isMatch }
    var start = 0
    while start < cells.count {
      let gutter = TextPage.Run((start == 0 ? number : blank) + bar, .dim)
      let line = line(of: cells, from: start, room: room)
      start = line.next
      page.line([gutter] + runs(of: cells[line.range], text), indent: indent)
      let marks = underline(of: cells[line.range])
      if isPartial, !marks.isEmpty {
        page.line([.init(blank + bar, .dim), .init(marks, .match)], indent: indent)
      }
    }
  }

  // MARK: Cutting to size

  private func clippedCells(_ text: inout CellText, room: Int) -> [Cell] {
    let budget = Self.maximumLines * room
    var match = text.cells(evidence.text, isMatch: true, style)
    if match.count > budget {
      let side = budget / 2 - 2
      let gap = text.cells(" \(style.ellipsis) ", isMatch: true, style)
      match = Array(match.prefix(side)) + gap + Array(match.suffix(side))
    }
    let spare = max(0, budget - match.count - room / 2)
    let before = text.cells(evidence.before, isMatch: false, style)
    let after = text.cells(evidence.after, isMatch: false, style)
    let lead = min(before.count, max(spare / 2, spare - after.count))
    let tail = min(after.count, spare - lead)
    let ellipsis = text.cells(style.ellipsis, isMatch: false, style)
    var cells: [Cell] = []
    cells.reserveCapacity(lead + match.count + tail + 2 * ellipsis.count)
    if lead < before.count { cells += ellipsis }
    cells += before.suffix(lead)
    cells += match
    cells += after.prefix(tail)
    if tail < after.count { cells += ellipsis }
    return cells
  }

  /// The cells of a line, and where the next begins: behind a space, unless the word after it needs
  /// more than a line.
  private func line(
    of cells: [Cell], from start: Int, room: Int
  ) -> (range: Range<Int>, next: Int) {
    var end = start
    var width = 0
    while end < cells.count, width + cells[end].width <= room {
      width += cells[end].width
      end += 1
    }
    guard end < cells.count else { return (start..<cells.count, cells.count) }
    if let space = cells[start...end].lastIndex(where: \.isSpace),
      isWordShort(in: cells[(space + 1)...], room: room)
    {
      return (start..<space, space + 1)
    }
    end = max(end, start + 1)
    return (start..<end, end)
  }

  private func isWordShort(in cells: ArraySlice<Cell>, room: Int) -> Bool {
    let word = cells.prefix(room + 1).prefix { !$0.isSpace }
    return word.reduce(0) { $0 + $1.width } <= room
  }

  // MARK: Marking

  private func runs(of line: ArraySlice<Cell>, _ text: CellText) -> [TextPage.Run] {
    stretches(of: line).map { stretch in
      var bytes: ArraySlice<UInt8> = []
      // What stands together in the text is taken together.
      var place = stretch.lowerBound
      while place < stretch.upperBound {
        let start = line[place].bytes.lowerBound
        var end = line[place].bytes.upperBound
        place += 1
        while place < stretch.upperBound, line[place].bytes.lowerBound == end {
          end = line[place].bytes.upperBound
          place += 1
        }
        bytes += text.bytes[start..<end]
      }
      return .init(
        String(decoding: bytes, as: UTF8.self), line[stretch.lowerBound].isMatch ? .match : .plain)
    }
  }

  /// The stretches of a line that belong to the match, and those between them, in turn.
  private func stretches(of line: ArraySlice<Cell>) -> [Range<Int>] {
    var stretches: [Range<Int>] = []
    var start = line.startIndex
    while start < line.endIndex {
      let isMatch = line[start].isMatch
      let end = line[start...].firstIndex { $0.isMatch != isMatch } ?? line.endIndex
      stretches.append(start..<end)
      start = end
    }
    return stretches
  }

  private func underline(of line: ArraySlice<Cell>) -> String {
    guard let last = line.lastIndex(where: \.isMatch) else { return "" }
    var marks: [UInt8] = []
    for stretch in stretches(of: line[...last]) {
      let mark = UInt8(ascii: line[stretch.lowerBound].isMatch ? "^" : " ")
      let width = line[stretch].reduce(0) { $0 + $1.width }
      marks.append(contentsOf: repeatElement(mark, count: width))
    }
    return String(decoding: marks, as: UTF8.self)
  }
}
