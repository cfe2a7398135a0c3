/// The manual pages, made from the description of the commands.
enum ManualPage {
  /// When the text of the commands last changed.
  private static let date = "November 21, 2026"

  /// The page on the program or on a command, in the mdoc language.
  static func on(_ name: CommandName?) -> String {
    guard let name else { return program }
    return page(on: CommandSpec.of(name))
  }

  /// What a page is called: `regdiag-kb-new` for `kb new`.
  private static func title(_ name: CommandName) -> String {
    (["regdiag"] + name.path).joined(separator: "-")
  }

  private static var program: String {
    var text = head("regdiag", summary: ProgramSpec.summary)
    text.macro("Nm regdiag")
    text.macro("Ar COMMAND")
    text.macro("Op Ar OPTIONS")
    text.section("DESCRIPTION")
    text.macro("Nm")
    text.prose(ProgramSpec.description)
    text.macro("Pp")
    text.prose("The commands:")
    text.macro("Bl -tag -width Ds")
    for name in CommandName.visible {
      text.macro("It Xr \(title(name)) 1")
      text.sentence(CommandSpec.of(name).summary)
    }
    text.macro("El")
    append([.help, .version], to: &text)
    text.section("ENVIRONMENT")
    text.macro("Bl -tag -width Ds")
    for variable in ProgramSpec.environment {
      let names = variable.name.split { $0 == "," || $0 == " " }.map { "Ev \($0)" }
      text.macro("It " + names.joined(separator: " , "))
      text.sentence(variable.help)
    }
    text.macro("El")
    append(ProgramSpec.exitStatuses, to: &text)
    text.section("EXAMPLES")
    text.command(ProgramSpec.firstExample)
    seeAlso(["regdiag-explain 1", "regdiag-kb 5"], in: &text)
    return text.source
  }

  private static func page(on spec: CommandSpec) -> String {
    var text = head(title(spec.name), summary: spec.summary)
    text.macro("Nm regdiag")
    text.macro("Cm \(spec.name.rawValue)")
    text.macro("Op Ar OPTIONS")
    for argument in spec.arguments {
      if argument.beginsCommandLine { text.macro("Fl \(ManualText.argument("-"))") }
      text.macro(
        (argument.isOptional ? "Op Ar " : "Ar ") + ManualText.argument(argument.value.name)
          + (argument.isRepeatable ? " ..." : ""))
    }
    text.section("DESCRIPTION")
    if spec.discussion.isEmpty { text.sentence(spec.summary) }
    for (index, paragraph) in spec.discussion.enumerated() {
      if index > 0 { text.macro("Pp") }
      text.prose(paragraph)
    }
    if !spec.arguments.isEmpty {
      text.macro("Pp")
      text.prose("The arguments:")
      text.macro("Bl -tag -width Ds")
      for argument in spec.arguments {
        text.macro("It Ar \(ManualText.argument(argument.value.name))")
        text.sentence(argument.help)
      }
      text.macro("El")
    }
    append(spec.options, to: &text)
    append(spec.exitStatuses, to: &text)
    appendExamples(of: spec, to: &text)
    seeAlso(["regdiag 1", "regdiag-kb 5"], in: &text)
    return text.source
  }

  // MARK: Parts

  /// All up to the synopsis.
  private static func head(_ title: String, summary: String) -> ManualText {
    var text = ManualText()
    text.macro("Dd \(date)")
    text.macro("Dt \(title.uppercased()) 1")
    text.macro("Os regdiag \(Session.version)")
    text.section("NAME")
    text.macro("Nm \(title)")
    text.macro("Nd \(ManualText.argument(summary))")
    text.section("SYNOPSIS")
    return text
  }

  private static func append(_ options: [OptionSpec], to text: inout ManualText) {
    text.macro("Pp")
    text.prose("The options:")
    text.macro("Bl -tag -width Ds")
    for option in options {
      let value = option.value.map { " Ar \(ManualText.argument($0.name))" } ?? ""
      let short = option.short.map { "Fl \($0)\(value) , " } ?? ""
      text.macro("It \(short)Fl \(ManualText.argument("-" + option.name.rawValue))\(value)")
      text.sentence(option.help)
      if case .choice(let allowed) = option.value?.kind {
        text.sentence("one of " + allowed.joined(separator: ", "))
      }
      if option.isRepeatable { text.sentence("it may be repeated") }
      if let standard = option.standard { text.sentence("default: \(standard)") }
    }
    text.macro("El")
  }

  private static func append(_ outcomes: [CommandSpec.Outcome], to text: inout ManualText) {
    guard !outcomes.isEmpty else { return }
    text.section("EXIT STATUS")
    text.macro("Bl -tag -width Ds")
    for outcome in outcomes {
      text.macro("It \(ManualText.argument(outcome.status))")
      text.sentence(outcome.meaning)
    }
    text.macro("El")
  }

  private static func appendExamples(of spec: CommandSpec, to text: inout ManualText) {
    guard !spec.examples.isEmpty else { return }
    text.section("EXAMPLES")
    for (index, example) in spec.examples.enumerated() {
      if index > 0 { text.macro("Pp") }
      if !example.remark.isEmpty {
        text.prose(example.remark.prefix(1).uppercased() + example.remark.dropFirst() + ":")
      }
      text.command(example.command)
    }
  }

  private static func seeAlso(_ pages: [String], in text: inout ManualText) {
    text.section("SEE ALSO")
    for (index, page) in pages.enumerated() {
      text.macro("Xr \(page)" + (index + 1 < pages.count ? " ," : ""))
    }
  }
}
