import Foundation
import KnowledgeFormat
@testable import RegistryDiagnosis
import Testing

/// Every command of every entry, filled with what an attacker might have named an image.
@Suite("Commands in a shell")
struct ShellSafetyTests {
  private static let hostile = [
    "x; rm -rf ~", "$(touch owned)", "`touch owned`", "';touch owned;'", "\";touch owned;\"", "a b",
    "a'b\"c", "&& touch owned", "| touch owned", "> owned", "\\", "!!", "#", "a\\", "*", "~root",
    "x\u{202E}y", "-oProxyCommand=x", "%0a", "${IFS}", "\u{1B}[2J", "a\nb",
  ]

  /// What entries tell people to run.
  private static let commands: [String] = repositoryBase.entries.flatMap { loaded in
    loaded.entry.causes.compactMap { $0.check?.command }
      + loaded.entry.solutions.flatMap(\.commands)
      + loaded.entry.solutions.compactMap { $0.verification?.command }
  }.filter { !CommandPlaceholder.all(in: $0).isEmpty }

  private func filled(_ command: String, with value: String) -> String {
    let names = CommandPlaceholder.all(in: command).map(\.name)
    return CommandTemplate(values: names.map { NamedValue(name: $0, value: value) }).fill(command)
  }

  private func shell(_ arguments: [String], input: String) throws -> (status: Int32, output: String)
  {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(input.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = arguments + [file.path(percentEncoded: false)]
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  @Test("A shell reads each as it reads the command itself", arguments: hostile)
  func syntax(_ value: String) throws {
    #expect(Self.commands.count > 500)
    let script = Self.commands.map { filled($0, with: value) + "\n" }.joined()
    let result = try shell(["-n"], input: script)
    #expect(result.status == 0, "\(result.output)")
  }

  @Test("A value that is let in is one word that means itself", arguments: hostile)
  func oneWord(_ value: String) throws {
    let command = filled("printf '[%s]' <name>", with: value)
    let result = try shell([], input: command)
    #expect(result.output == "[\(value)]" || result.output == "[NAME]")
  }

  @Test("No value is let in between the quotes of a command", arguments: hostile)
  func quoted(_ value: String) {
    for command in Self.commands {
      let own = filled(command, with: "***")
      let filled = filled(command, with: value)
      var quotes = ShellQuotes()
      var ownQuotes = ShellQuotes()
      quotes.pass(over: filled.utf8)
      ownQuotes.pass(over: own.utf8)
      #expect(quotes.areOpen == ownQuotes.areOpen, "\(filled)")
    }
  }
}
