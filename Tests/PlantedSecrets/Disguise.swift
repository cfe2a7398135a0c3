/// What becomes of a line on its way to a paste.
package enum Disguise {
  /// A text as a terminal shows it that is so many columns wide.
  package static func cut(_ text: String, at width: Int) -> String {
    text.split(separator: "\n").map { line in
      var rest = line[...]
      var rows: [Substring] = []
      while rest.count > width {
        rows.append(rest.prefix(width))
        rest = rest.dropFirst(width)
      }
      return (rows + [rest]).joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
