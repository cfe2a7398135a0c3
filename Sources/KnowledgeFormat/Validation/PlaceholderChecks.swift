internal import FailurePatterns

extension EntryChecker {
  /// Checks that captures and facts can supply every `<name>` of a command, and every capture that
  /// is asked for.
  ///
  /// Without a vocabulary nobody knows what hosts can tell, so names are not checked then.
  ///
  /// - Parameter slots: The slots of the entry's patterns.
  func checkPlaceholders(_ slots: [PatternSlot]) {
    let resourceNames = Set(slots.filter { $0.type == .arn }.map(\.name))
    let slotNames = Set(slots.map(\.name))
    let suppliers = slotNames.union(CommandPlaceholder.factNames)
      .union(names.addressCaptures(of: entry))

    let hosts = Set(slots.filter { $0.type == .host || $0.type == .registry }.map(\.name))
      .union(["registry"])
    for (pointer, command) in commands {
      for placeholder in CommandPlaceholder.all(in: command) {
        let parts =
          resourceNames.contains(placeholder.name)
          ? CommandPlaceholder.resourceNameParts
          : hosts.contains(placeholder.name) ? CommandPlaceholder.hostParts : []
        checkSupply(of: placeholder, at: pointer, suppliers, parts: parts)
      }
    }
    for (number, cause) in entry.causes.enumerated() {
      for capture in cause.decidedBy?.captures ?? [] {
        checkCapture(
          capture.name, at: "/causes/\(number)/decidedBy/captures", slotNames, resourceNames)
      }
    }
    for (number, example) in entry.examples.enumerated() where names.addressCaptures != nil {
      for capture in example.captures {
        checkCapture(capture.name, at: "/examples/\(number)/captures", suppliers, resourceNames)
      }
    }
  }

  /// Every command of the entry with its place.
  private var commands: [(pointer: String, command: String)] {
    var commands: [(pointer: String, command: String)] = []
    for (number, cause) in entry.causes.enumerated() {
      if let command = cause.check?.command {
        commands.append(("/causes/\(number)/check/command", command))
      }
    }
    for (number, solution) in entry.solutions.enumerated() {
      for (index, command) in solution.commands.enumerated() {
        commands.append(("/solutions/\(number)/commands/\(index)", command))
      }
      if let command = solution.verification?.command {
        commands.append(("/solutions/\(number)/verify/command", command))
      }
    }
    return commands
  }

  private func checkSupply(
    of placeholder: CommandPlaceholder, at pointer: String, _ suppliers: Set<String>,
    parts: [String]
  ) {
    let name = placeholder.name
    let report = { (message: String, remedy: String) in
      complaints.report(.unknownPlaceholder, at: pointer, message, remedy)
    }
    if !suppliers.contains(name) {
      guard names.addressCaptures != nil else { return }
      let capitals = name == name.uppercased() ? name : nil
      report(
        "nothing supplies <\(name)>",
        capitals.map { "write \($0) without brackets for what only the reader knows" }
          ?? NearestName.remedy(
            for: name, among: suppliers.sorted(),
            otherwise: "one of: \(suppliers.sorted().joined(separator: ", ")); "
              + "or capitals for what only the reader knows"))
    } else if let part = placeholder.part, !parts.contains(part) {
      report(
        parts.isEmpty ? "<\(name)> has no parts" : "<\(name)> has no part \(quoted(part))",
        parts.isEmpty
          ? "only slots of the types arn, host and registry have parts"
          : "one of: \(parts.joined(separator: ", "))")
    }
  }

  private func checkCapture(
    _ capture: String, at pointer: String, _ known: Set<String>, _ resourceNames: Set<String>
  ) {
    let words = capture.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let isPart =
      words.count == 2 && resourceNames.contains(words[0])
      && CommandPlaceholder.resourceNameParts.contains(words[1])
    guard !known.contains(capture), !isPart else { return }
    complaints.report(
      .unknownCapture, at: pointer + "/" + JSONNode.pointerToken(capture),
      "no pattern of the entry captures \(quoted(capture))",
      NearestName.remedy(
        for: capture, among: known.sorted(),
        otherwise: known.isEmpty
          ? "add a slot {\(capture)}" : "one of: \(known.sorted().joined(separator: ", "))"))
  }
}
