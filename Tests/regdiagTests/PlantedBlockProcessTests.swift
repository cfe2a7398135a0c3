import Foundation
import PlantedSecrets
import Testing

/// Secrets of several lines, given to the commands that read a paste, in every format.
@Suite("Planted keys and settings in what regdiag prints")
struct PlantedBlockProcessTests {
  private static let blocks = PlantedBlock.blocks(seed: 31)

  /// Runs a script in a folder with a file for each paste.
  private func run(_ script: String, _ pastes: [String]) throws -> RegdiagProcess {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "regdiag-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (number, paste) in pastes.enumerated() {
      try Data(paste.utf8).write(to: folder.appending(path: "form.\(number)"))
    }
    return try RegdiagProcess(
      bash: "cd \"$FOLDER\"\n\(script)", environment: ["FOLDER": folder.path()])
  }

  private func leaks(by name: String, in output: String) -> Int {
    let leaked = PlantedSecret.leaked(Self.blocks.flatMap(\.pieces), in: output)
    print("planted blocks leaked: \(leaked.count) rows by \(name)")
    for kind in Set(leaked.map(\.kind)).sorted().prefix(8) { print("  \(kind)") }
    return leaked.count
  }

  @Test("explain gives none back", arguments: ["text", "json", "markdown", "sarif", "github"])
  func explain(_ format: String) throws {
    let run = try run(
      "\"$REGDIAG\" explain --format \(format) form.*", Self.blocks.flatMap(\.pastes))
    #expect(run.status == 0)
    #expect(format == "sarif" || run.output.contains("[redacted]"))
    #expect(leaks(by: "explain -f \(format)", in: run.output + run.errors) == 0)
  }

  @Test("many of them are quoted: a report that hides nothing shows them")
  func bare() throws {
    let run = try run(
      "\"$REGDIAG\" explain --no-redact -f json form.*", Self.blocks.flatMap(\.pastes))
    let shown = PlantedSecret.leaked(Self.blocks.flatMap(\.pieces), in: run.output)
    #expect(Set(shown.map(\.kind)).count > Self.blocks.count / 2)
  }

  @Test("a watched stream gives none back", arguments: ["text", "json"])
  func watch(_ format: String) throws {
    let run = try run(
      "for form in form.*; do \"$REGDIAG\" watch --format \(format) < \"$form\"; done",
      Self.blocks.flatMap { $0.pastes.prefix(2) })
    #expect(run.output.contains("manifest-unknown"))
    #expect(leaks(by: "watch -f \(format)", in: run.output + run.errors) == 0)
  }

  @Test("what is said of a command and its output gives none back", arguments: ["text", "json"])
  func command(_ format: String) throws {
    let run = try run(
      """
      mkdir own
      printf '#!/bin/sh\\ncat "$FORM"\\nexit 1\\n' > own/docker; chmod +x own/docker
      for FORM in form.*; do
        export FORM
        PATH=$PWD/own:$PATH "$REGDIAG" run -f \(format) -- docker login -p "$(cat "$FORM")"
      done > /dev/null
      """, Self.blocks.compactMap(\.pastes.first))
    #expect(run.errors.components(separatedBy: "manifest-unknown").count > Self.blocks.count / 2)
    #expect(leaks(by: "run -f \(format)", in: run.errors) == 0)
  }
}
