import Foundation
import PlantedSecrets
import Testing

/// Secrets of all kinds in all places, given to every command that reads a paste, in every format.
@Suite("Planted secrets in what regdiag prints")
struct PlantedSecretProcessTests {
  /// Each place eight times, each kind more than twenty.
  private static let forms = PlantedSecret.forms(520, seed: 21)
  /// Each place once, where every form is a process of its own.
  private static let someForms = Array(forms.prefix(65))

  /// Counts what came back, and says so.
  private func leaks(_ forms: [PlantedSecret], by name: String, in output: String) -> Int {
    let leaked = PlantedSecret.leaked(forms, in: output)
    print("planted secrets leaked: \(leaked.count) of \(forms.count) by \(name)")
    for form in leaked.prefix(5) { print("  \(form.kind): \(form.line.prefix(200))") }
    return leaked.count
  }

  /// Runs a script in a folder with a file for each form.
  private func run(_ script: String, _ forms: [PlantedSecret]) throws -> RegdiagProcess {
    try RegdiagProcess(
      bash: """
        TMP=$(mktemp -d); trap 'rm -rf "$TMP"' EXIT; cd "$TMP"
        split --lines=1 --suffix-length=4 - form.
        \(script)
        """, input: forms.enumerated().map { $1.paste(number: $0) }.joined())
  }

  @Test(
    "explain gives none back", arguments: ["text --why", "json", "markdown", "sarif", "github"])
  func explain(_ format: String) throws {
    let run = try run("\"$REGDIAG\" explain --format \(format) form.*", Self.forms)
    #expect(run.status == 0)
    // SARIF quotes nothing of the paste, but names the registry and fills in commands.
    #expect(format == "sarif" || run.output.components(separatedBy: "[redacted]").count > 500)
    #expect(leaks(Self.forms, by: "explain -f \(format)", in: run.output + run.errors) == 0)
    #expect(Self.forms.count >= 500)
  }

  @Test("all of them are quoted: a report that hides nothing shows them")
  func bare() throws {
    let run = try run("\"$REGDIAG\" explain --no-redact -f json form.*", Self.forms)
    #expect(PlantedSecret.leaked(Self.forms, in: run.output).count >= 500)
  }

  @Test("a batch gives none back")
  func batch() throws {
    let run = try run(
      """
      "$REGDIAG" explain --batch form.*
      cat form.* | tr '\\n' '\\0' | "$REGDIAG" explain --null
      """, Self.forms)
    #expect(run.output.split(separator: "\n").count == 2 * Self.forms.count)
    #expect(leaks(Self.forms, by: "explain --batch", in: run.output + run.errors) == 0)
  }

  @Test("a server of the Model Context Protocol gives none back")
  func server() throws {
    let calls = try Self.forms.enumerated().map { number, form in
      let call: [String: Any] = [
        "jsonrpc": "2.0", "id": number, "method": "tools/call",
        "params": [
          "_meta": [
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": [String: String](),
          ], "name": "explain", "arguments": ["text": form.paste(number: number)],
        ] as [String: Any],
      ]
      return String(decoding: try JSONSerialization.data(withJSONObject: call), as: UTF8.self)
    }
    let run = try RegdiagProcess("mcp", input: calls.joined(separator: "\n") + "\n")
    #expect(
      run.output.split(separator: "\n").count { $0.contains("oci/manifest-unknown") } > 500)
    #expect(leaks(Self.forms, by: "mcp", in: run.output + run.errors) == 0)
  }

  @Test("a watched stream gives none back", arguments: ["text", "json"])
  func watch(_ format: String) throws {
    let run = try run(
      """
      for form in form.*; do cat "$form"; sleep 0.04; done |
        "$REGDIAG" watch --quiet-time 0 --format \(format)
      """, Self.someForms)
    #expect(run.status == 0)
    #expect(leaks(Self.someForms, by: "watch -f \(format)", in: run.output + run.errors) == 0)
  }

  @Test(
    "what is said of a command and its output gives none back",
    arguments: ["text", "json"])
  func command(_ format: String) throws {
    // What the command printed goes through as it is.
    let run = try run(
      """
      mkdir own
      printf '#!/bin/sh\\ncat "$FORM"\\nexit 1\\n' > own/docker; chmod +x own/docker
      for FORM in form.*; do
        export FORM
        PATH=$PWD/own:$PATH "$REGDIAG" run --format \(format) -- docker login $(cat "$FORM")
      done > /dev/null
      """, Self.someForms)
    #expect(run.errors.components(separatedBy: "oci/manifest-unknown").count > 60)
    #expect(leaks(Self.someForms, by: "run -f \(format)", in: run.errors) == 0)
  }

  @Test("errors give none back")
  func errors() throws {
    let forms = Array(Self.someForms.prefix(23))
    let run = try run(
      """
      for form in form.*; do
        word=$(cat "$form")
        for words in explain "explain --kb" "kb validate" "kb new" "list --registry" "run --"; do
          "$REGDIAG" $words "$word" < /dev/null
        done
        "$REGDIAG" explain "--$word"
      done
      """, forms)
    #expect(run.errors.split(separator: "\n").count > 23 * 6)
    #expect(leaks(forms, by: "errors", in: run.output + run.errors) == 0)
  }
}
