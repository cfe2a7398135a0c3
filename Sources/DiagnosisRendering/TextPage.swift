/// Text for a terminal as it grows, line by line.
///
/// All that is appended passes ``HiddenScalars`` first: no control character reaches the terminal
/// but the page's own.
package struct TextPage: Sendable {
  let style: Style
  /// What was appended, each line ended by a line feed.
  package private(set) var text = ""

  package init(style: Style) {
    self.style = style
    text.reserveCapacity(4096)
  }

  /// A stretch of prose in one role.
  package struct Run: Sendable {
    let text: String
    let role: Style.Role
    /// Whether it stays on one line.
    let isUnbroken: Bool

    package init(_ text: String, _ role: Style.Role = .plain, isUnbroken: Bool = false) {
      self.text = text
      self.role = role
      self.isUnbroken = isUnbroken
    }

    /// Whether it is plain prose of visible ASCII, without code.
    fileprivate var isSimple: Bool {
      role == .plain && !isUnbroken && text.utf8.allSatisfy { 0x20...0x7E ~= $0 && $0 != 0x60 }
    }
  }

  /// Leaves one line empty; never two, and none at the top.
  package mutating func blank() {
    guard !text.isEmpty, !text.utf8.suffix(2).elementsEqual([0x0A, 0x0A]) else { return }
    text += "\n"
  }

  /// Appends a heading after an empty line.
  package mutating func heading(_ title: String) {
    blank()
    line([Run(title, .heading)])
  }

  /// Appends one line that is never wrapped.
  package mutating func line(_ runs: [Run], indent: Int = 0) {
    text += String(repeating: " ", count: indent)
    for run in runs {
      text += style.marked(safe(run.text), as: run.role)
    }
    text += "\n"
  }

  /// Appends a command or anything else that must be copied as it stands: each line of it by
  /// itself, indented by spaces, never wrapped.
  package mutating func verbatim(_ command: String, indent: Int, role: Style.Role = .command) {
    for part in command.split(separator: "\n") {
      line([Run(String(part), role)], indent: indent)
    }
  }

  /// Appends prose, wrapped at spaces.
  ///
  /// A word that is wider than the line, such as a URL, stays whole. Code between backticks is not
  /// broken when it fits a line.
  ///
  /// - Parameters:
  ///   - runs: The prose.
  ///   - indent: The spaces before the first line.
  ///   - lead: What stands before the prose on the first line; later lines are indented as far.
  package mutating func paragraph(_ runs: [Run], indent: Int = 0, lead: Run = Run("")) {
    let mark = safe(lead.text)
    let margin = indent + DisplayWidth.of(mark)
    text += String(repeating: " ", count: indent) + style.marked(mark, as: lead.role)
    if runs.count == 1, runs[0].isSimple {
      wrapSimple(runs[0].text, margin: margin)
      return
    }
    var column = margin
    var pending: [Run] = []
    for word in words(of: runs) {
      if column > margin, column + 1 + word.width > style.proseWidth {
        finishLine(&pending)
        text += String(repeating: " ", count: margin)
        column = margin
      }
      if column > margin {
        let last = pending.last?.role
        append(" ", last == word.pieces.first?.role ? last ?? .plain : .plain, to: &pending)
        column += 1
      }
      for piece in word.pieces {
        append(piece.text, piece.role, to: &pending)
      }
      column += word.width
    }
    finishLine(&pending)
  }

  /// Wraps prose in which every byte is a visible character or a space: the common case, quickly.
  private mutating func wrapSimple(_ prose: String, margin: Int) {
    var column = margin
    for word in prose.utf8.split(separator: 0x20) {
      if column > margin {
        if column + 1 + word.count > style.proseWidth {
          text += "\n"
          text += String(repeating: " ", count: margin)
          column = margin
        } else {
          text += " "
          column += 1
        }
      }
      text += Substring(word)
      column += word.count
    }
    text += "\n"
  }

  /// Appends rows of two columns; the second is wrapped beside the first, or goes below it where
  /// the first is wide.
  package mutating func rows(
    _ rows: [(key: Run, value: [Run])], indent: Int, maximumKeyWidth: Int = 34
  ) {
    let widths = rows.map { DisplayWidth.of(safe($0.key.text)) }
    let limit = min(maximumKeyWidth, style.proseWidth / 2 - indent)
    let column = widths.filter { $0 <= limit }.max() ?? 0
    for (row, width) in zip(rows, widths) {
      if width <= column {
        let key = row.key.text + String(repeating: " ", count: column - width + 2)
        paragraph(row.value, indent: indent, lead: Run(key, row.key.role))
      } else {
        line([row.key], indent: indent)
        paragraph(row.value, indent: indent + 4)
      }
    }
  }

  private func safe(_ text: String) -> String {
    HiddenScalars.revealed(in: text, isUnicode: style.isUnicode)
  }

  private mutating func finishLine(_ runs: inout [Run]) {
    for run in runs {
      text += style.marked(run.text, as: run.role)
    }
    text += "\n"
    runs = []
  }

  private func append(_ text: String, _ role: Style.Role, to runs: inout [Run]) {
    if let last = runs.last, last.role == role {
      runs[runs.count - 1] = Run(last.text + text, role)
    } else {
      runs.append(Run(text, role))
    }
  }
}

extension TextPage {
  /// What must not be broken over lines.
  private struct Word {
    var pieces: [Run] = []
    var width = 0
  }

  private func words(of runs: [Run]) -> [Word] {
    var words: [Word] = []
    var word = Word()
    for run in runs {
      for (piece, isCode) in CodeSpans.split(safe(run.text)) {
        let role = isCode && run.role == .plain ? Style.Role.command : run.role
        let isWhole =
          run.isUnbroken || isCode && DisplayWidth.of(piece) <= style.proseWidth / 2
        let parts =
          isWhole
          ? [piece[...]]
          : piece.utf8.split(separator: 0x20, omittingEmptySubsequences: false)
            .map { Substring($0) }
        for (index, part) in parts.enumerated() {
          if index > 0, !word.pieces.isEmpty {
            words.append(word)
            word = Word()
          }
          guard !part.isEmpty else { continue }
          let text = String(part)
          word.pieces.append(Run(text, role))
          word.width += DisplayWidth.of(text)
        }
      }
    }
    return word.pieces.isEmpty ? words : words + [word]
  }
}

/// The code that prose names between backticks.
enum CodeSpans {
  /// Prose cut into plain stretches and code, the backticks of which stay with it.
  ///
  /// A backtick without a partner is plain. Nothing is lost: the stretches joined give the prose.
  static func split(_ prose: String) -> [(text: String, isCode: Bool)] {
    guard prose.utf8.contains(0x60) else { return [(prose, false)] }
    var stretches: [(String, Bool)] = []
    var rest = prose[...]
    while let open = rest.firstIndex(of: "`"),
      let close = rest[rest.index(after: open)...].firstIndex(of: "`")
    {
      if open > rest.startIndex { stretches.append((String(rest[..<open]), false)) }
      stretches.append((String(rest[open...close]), true))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { stretches.append((String(rest), false)) }
    return stretches
  }
}
