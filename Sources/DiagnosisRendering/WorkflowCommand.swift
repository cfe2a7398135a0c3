/// A line that GitHub Actions takes for a command when a step prints it.
///
/// Escaped as the runner unescapes it (actions/toolkit, `core/src/command.ts`), so that no value can
/// end the line or add a property.
struct WorkflowCommand {
  let name: String
  var properties: [(name: String, value: String)] = []
  var message = ""

  /// The command with a line feed.
  var line: String {
    let list = properties.map { "\($0.name)=\(Self.escaped($0.value, isProperty: true))" }
    let head = ([name] + (list.isEmpty ? [] : [list.joined(separator: ",")])).joined(separator: " ")
    return "::\(head)::\(Self.escaped(message, isProperty: false))\n"
  }

  /// Text that is printed as it is, with no line of it taken for a command.
  ///
  /// The runner resumes at a line with the token, which is one that the text does not hold.
  ///
  /// - Parameter text: Whole lines.
  static func inert(_ text: String) -> String {
    // The runner does not tell capitals from small letters in it.
    let known = text.lowercased().utf8
    var token = "regdiag-0"
    var number = 0
    while known.indices.contains(where: { known[$0...].starts(with: token.utf8) }) {
      number += 1
      token = "regdiag-\(number)"
    }
    return WorkflowCommand(name: "stop-commands", message: token).line + text
      + WorkflowCommand(name: token).line
  }

  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      case _ where HiddenScalars.contains(scalar):
        result += HiddenScalars.revealed(in: String(scalar), isUnicode: true)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
