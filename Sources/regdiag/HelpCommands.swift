import DiagnosisRendering

/// The commands that say how to use the program: `help` and `completions`.
extension Session {
  mutating func help(_ invocation: Invocation) -> ExitStatus {
    let words = invocation.arguments
    guard let topic = HelpTopic(words: words) else {
      let name = words.joined(separator: " ")
      let nearest = CommandLineParser.nearestCommand(to: name)
      complain(.unknownCommand(name, nearest: nearest), helpOn: nil)
      return .failure
    }
    write(HelpText.on(topic, style: invocation.style))
    return .found
  }

  mutating func complete(_ invocation: Invocation) -> ExitStatus {
    switch invocation.arguments.first {
    case "zsh": write(ZshCompletion.script)
    case "fish": write(FishCompletion.script)
    default: write(BashCompletion.script)
    }
    return .found
  }
}
