import Foundation
import Testing

@Suite("regdiag's command line as a process")
struct CommandLineProcessTests {
  /// A command line that is wrong, and what the message must say.
  struct Mistake: Sendable, CustomTestStringConvertible {
    let arguments: String
    let message: String
    var testDescription: String { arguments }

    init(_ arguments: String, _ message: String) {
      self.arguments = arguments
      self.message = message
    }
  }

  @Test(
    "a mistake is a failure, one sentence and a suggestion",
    arguments: [
      Mistake("", "no command given"),
      Mistake("explian", "there is no command 'explian'; did you mean 'explain'?"),
      Mistake("validate", "there is no command 'validate'; did you mean 'kb validate'?"),
      Mistake("zzzzzz", "there is no command 'zzzzzz'\n"),
      Mistake("kb", "'kb' needs a command: new, validate, test, stats, diff, verify"),
      Mistake("kb tset", "there is no command 'kb tset'; did you mean 'kb test'?"),
      Mistake("explain --colour never", "has no option '--colour'; did you mean '--color'?"),
      Mistake("explain -x", "'explain' has no option '-x'"),
      Mistake("explain --format", "'--format' needs a value, FORMAT"),
      Mistake(
        "explain --format=jsno", "text, json, markdown, sarif or github; did you mean 'json'?"),
      Mistake("explain --why=yes", "'--why' takes no value"),
      Mistake("explain --width 7", "'--width' must be a number from 40 to 1000, not '7'"),
      Mistake("--format json explain", "'--format' must stand behind the command"),
      Mistake("list ecr", "'list' has no use for 'ecr'"),
      Mistake("show", "'show' needs ID"),
      Mistake("completions tcsh", "SHELL cannot be 'tcsh', only bash, zsh or fish"),
      Mistake("--version --all", "'--version' has no use for '--all', only for --verbose"),
      Mistake("/etc/passwd", "did you mean 'regdiag explain /etc/passwd'?"),
      Mistake("list --registry erc", "did you mean 'ecr'?"),
    ])
  func mistakes(_ mistake: Mistake) throws {
    let run = try RegdiagProcess(bash: "\"$REGDIAG\" \(mistake.arguments)")
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(mistake.message), "\(run.errors)")
    #expect(run.errors.hasPrefix("regdiag: "))
  }

  @Test(
    "every command has help, asked for in three ways",
    arguments: [
      "explain", "run", "watch", "lookup", "show", "list", "mcp", "kb new", "kb validate",
      "kb test",
      "kb stats", "kb diff", "kb verify", "kb checksums", "completions", "help", "man",
    ])
  func help(_ command: String) throws {
    let runs = try ["\(command) --help", "\(command) -h", "help \(command)"].map {
      try RegdiagProcess(bash: "\"$REGDIAG\" \($0)")
    }
    for run in runs {
      #expect(run.status == 0)
      #expect(run.output.hasPrefix("regdiag \(command): "))
      #expect(run.output == runs[0].output)
      #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
  }

  @Test("the version names the knowledge base too")
  func version() throws {
    let run = try RegdiagProcess("--version")
    #expect(run.status == 0)
    #expect(run.output.contains("regdiag "))
    #expect(run.output.contains("knowledge base "))
  }

  @Test("an unknown code or id is none, with a suggestion")
  func unknownCode() throws {
    let lookup = try RegdiagProcess("lookup", "TOOMANYREQESTS")
    #expect(lookup.status == 1)
    #expect(lookup.output.contains("no such code"))
    #expect(lookup.output.contains("TOOMANYREQUESTS"))
    let show = try RegdiagProcess("show", "ecr/rate-exceded")
    #expect(show.status == 1)
    #expect(show.errors.contains("did you mean 'ecr/rate-exceeded'?"))
  }

  @Test("list writes ids alone, all of which show knows")
  func ids() throws {
    let ids = try RegdiagProcess("list", "--registry", "ecr", "--format", "ids").output
      .split(separator: "\n").map { String($0) }
    #expect(ids.contains("ecr/rate-exceeded"))
    #expect(try RegdiagProcess("show", "ecr/rate-exceeded").status == 0)
  }

  // MARK: Completions

  /// What bash offers for a line, the cursor at its end.
  ///
  /// - Parameter words: The words as bash splits them, at `=` too.
  private func completions(_ words: String...) throws -> [String] {
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let script = """
      set -eu
      regdiag() { "$REGDIAG" "$@"; }
      source <("$REGDIAG" completions bash)
      COMP_WORDS=(regdiag \(quoted)); COMP_CWORD=\(words.count)
      _regdiag "$REGDIAG"
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let run = try RegdiagProcess(bash: script)
    #expect(run.errors.isEmpty)
    return run.output.split(separator: "\n").map { String($0) }
  }

  @Test("bash completes commands, options, values and ids")
  func bashCompletions() throws {
    #expect(try completions("ex") == ["explain"])
    #expect(
      try completions("kb", "")
        == ["new", "validate", "test", "stats", "diff", "verify", "checksums"])
    #expect(try completions("explain", "--f") == ["--format"])
    #expect(try completions("explain", "--format", "j") == ["json"])
    #expect(
      try completions("explain", "--format", "=") == [
        "text", "json", "markdown", "sarif", "github",
      ])
    #expect(try completions("explain", "--format", "=", "m") == ["markdown"])
    #expect(try completions("completions", "z") == ["zsh"])
    #expect(try completions("run", "bas").contains("bash"))
    #expect(try completions("show", "ecr/rate").contains("ecr/rate-exceeded"))
    #expect(try completions("lookup", "TOOMANYR").contains("TOOMANYREQUESTS"))
    #expect(try completions("list", "--registry", "ec").contains("ecr"))
    #expect(try completions("explain", "/etc/pass").contains("/etc/passwd"))
  }

  @Test("the scripts are good shell", arguments: ["bash", "zsh", "fish"])
  func syntax(_ shell: String) throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/\(shell)") else {
      print("skipped: there is no /usr/bin/\(shell) to read the script; the checks install it")
      return
    }
    let run = try RegdiagProcess(
      bash: "set -o pipefail; \"$REGDIAG\" completions \(shell) | /usr/bin/\(shell) -n /dev/stdin")
    #expect(run.status == 0, "\(run.errors)")
  }
}
