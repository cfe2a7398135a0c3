/// The source of a manual page as it grows, in the mdoc language.
///
/// What is appended is taken as it reads: nothing in it is a request or an escape sequence.
struct ManualText {
  private(set) var source = ""

  /// Appends a macro and its arguments as they stand; see ``argument(_:)`` for words of others.
  mutating func macro(_ line: String) {
    source += ".\(line)\n"
  }

  /// Appends a section's heading.
  mutating func section(_ title: String) { macro("Sh \(title)") }

  /// Appends prose: each sentence on a line of its own, as mdoc has it.
  mutating func prose(_ text: String) {
    var sentence = ""
    for word in text.split(separator: " " as Character) {
      let isFirst = word.first?.isUppercase == true && sentence.last == "."
      if isFirst { line(sentence) }
      sentence = isFirst || sentence.isEmpty ? String(word) : "\(sentence) \(word)"
    }
    line(sentence)
  }

  /// Appends a phrase as a sentence.
  mutating func sentence(_ phrase: String) {
    prose(phrase.prefix(1).uppercased() + phrase.dropFirst() + ".")
  }

  /// Appends a command line, set off and never filled.
  mutating func command(_ text: String) {
    macro("Bd -literal -offset indent -compact")
    line(text)
    macro("Ed")
  }

  /// A word as an argument of a macro, in which it is no macro itself.
  static func argument(_ word: String) -> String {
    "\\&" + escaped(word)
  }

  private mutating func line(_ text: String) {
    // A line that begins with a dot or an apostrophe would be a request.
    let isRequest = text.hasPrefix(".") || text.hasPrefix("'")
    source += (isRequest ? "\\&" : "") + Self.escaped(text) + "\n"
  }

  /// Text in which every character stands for itself, so that commands can be copied.
  private static func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "\\": "\\e"
      case "-": "\\-"
      case "'": "\\(aq"
      case "\"": "\\(dq"
      case "`": "\\(ga"
      case "^": "\\(ha"
      case "~": "\\(ti"
      default: String(character)
      }
    }.joined()
  }
}
