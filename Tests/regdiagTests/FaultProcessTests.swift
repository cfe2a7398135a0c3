import Foundation
import Testing

private let failure =
  "docker pull 123456789012.dkr.ecr.eu-west-1.amazonaws.com/api: toomanyrequests: Rate exceeded\n"

/// What may go wrong with what a process is given: streams, files, limits, surroundings.
@Suite("regdiag where the system fails it")
struct FaultProcessTests {
  /// A shell script with `$TMP` for a folder of its own, and `gone` for running a command whose
  /// answer nobody reads.
  private func run(_ script: String, input: String = failure) throws -> RegdiagProcess {
    try RegdiagProcess(
      bash: """
        TMP=$(mktemp -d); trap 'rm -rf "$TMP"' EXIT
        # Whoever runs the tests may ignore signals, which is inherited.
        default=$(env --default-signal true 2>/dev/null && echo --default-signal)
        regdiag() { timeout 60 env $default "$REGDIAG" "$@"; }
        gone() {
          mkfifo "$TMP/gone"; exec 8<>"$TMP/gone" 9>"$TMP/gone" 8<&-
          regdiag "$@" >&9 9>&-
        }
        \(script)
        """, input: input)
  }

  /// Every command and format that writes an answer, by its status when all is well.
  private static let answers: [(status: Int32, arguments: [String])] = [
    (
      0,
      inEveryFormat(
        "explain", "lookup TOOMANYREQUESTS", "show ecr/rate-exceeded", "list --registry ecr",
        "kb validate \(entry)", "kb stats \(entry)")
        + [
          "list -f ids", "kb test -f json \(entry)", "kb verify -f json \(entry)",
          "kb checksums \(entry)", "watch -f text",
          "watch -f json", "help", "completions bash", "--version",
        ]
    ),
    (1, inEveryFormat("lookup NO_SUCH_CODE_AT_ALL", "kb diff \(entry) \(entry)")),
  ]

  private static func inEveryFormat(_ commands: String...) -> [String] {
    commands.flatMap { command in ["text", "json", "markdown"].map { "\(command) -f \($0)" } }
  }

  /// A small part of the base: all of it would take its time.
  private static let entry = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../KnowledgeBase/entries/ecr/rate-exceeded").standardized.path()

  @Test("a reader that has gone is no failure, in any format of any command")
  func closedPipe() throws {
    for (status, commands) in Self.answers {
      for arguments in commands {
        let run = try run("gone \(arguments)")
        #expect(run.status == status, "\(arguments)")
        #expect(run.errors.isEmpty, "\(arguments): \(run.errors)")
      }
    }
  }

  @Test(
    "an answer that does not fit the disk is a failure with a sentence, in any format",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func fullDisk() throws {
    for arguments in Self.answers.flatMap(\.arguments) {
      let run = try run("regdiag \(arguments) > /dev/full")
      #expect(run.status == 2, "\(arguments)")
      #expect(
        run.errors == "regdiag: cannot write the answer: no space left on device\n", "\(arguments)")
    }
  }

  @Test("closed streams are failures where they are needed, and nothing else is written instead")
  func closedStreams() throws {
    let noInput = try run("regdiag explain <&-")
    #expect(noInput.status == 2)
    #expect(noInput.errors.contains("cannot read standard input: bad file descriptor"))
    #expect(try run("regdiag lookup TOOMANYREQUESTS <&-").status == 0)
    let noOutput = try run("cat > \"$TMP/f\"; regdiag explain \"$TMP/f\" >&-")
    #expect(noOutput.status == 2)
    #expect(noOutput.errors.contains("cannot write the answer: bad file descriptor"))
    #expect(try run("regdiag watch >&-").status == 2)
    // The next file that is opened gets the lowest number, here that of standard input.
    let deaf = try run("regdiag watch <&-")
    #expect(deaf.status == 2)
    #expect(deaf.errors.contains("cannot read standard input: bad file descriptor"))
    #expect(try run("regdiag explain /no/such 2>&-").status == 2)
    #expect(try run("regdiag explain <&- >&- 2>&-").status == 2)
    let noErrors = try run("echo '{' > \"$TMP/e.json\"; regdiag explain --kb \"$TMP/e.json\" 2>&-")
    #expect(noErrors.status == 0)
    #expect(noErrors.output.contains("ecr/rate-exceeded"))
  }

  @Test("input may stall, in mid-character too, and come to a stop and go on")
  func stalledInput() throws {
    let whole = try run("regdiag explain -f json", input: "\u{2714} done\n" + failure)
    let slow = try run(
      """
      cat > "$TMP/in"; mkfifo "$TMP/s"
      "$REGDIAG" explain -f json < "$TMP/s" & pid=$!
      { printf '\\xe2\\x9c'; sleep 0.3; printf '\\x94 done\\n'; sleep 0.2; cat "$TMP/in"; } > "$TMP/s" &
      sleep 0.1; kill -STOP $pid; sleep 0.1; kill -CONT $pid
      wait $pid
      """)
    #expect(slow.status == 0)
    #expect(slow.output == whole.output)
    let cut = try run("{ cat; printf 'pulled \\xe2\\x9c'; } | regdiag explain")
    #expect(cut.status == 0)
    #expect(cut.output.contains("ecr/rate-exceeded"))
  }

  @Test("input that others made non-blocking is waited for")
  func nonBlockingInput() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/python3") else {
      print("skipped: there is no /usr/bin/python3 to make a pipe non-blocking")
      return
    }
    let mark = "import fcntl, os; fcntl.fcntl(0, fcntl.F_SETFL, os.O_NONBLOCK)"
    for command in ["explain", "watch"] {
      let run = try run(
        "{ sleep 0.4; cat; } | { /usr/bin/python3 -c '\(mark)'; regdiag \(command); }")
      #expect(run.status == 0, "\(command): \(run.errors)")
      #expect(run.output.contains("ecr/rate-exceeded"))
    }
  }

  @Test("a watch whose reader has gone ends, though the stream does not")
  func watchWithoutReader() throws {
    let run = try run(
      """
      mkfifo "$TMP/s"; exec 7<>"$TMP/s"; cat >&7
      gone watch < "$TMP/s"
      """)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
  }

  @Test("no home, no place for temporary files, no locale: the answer is the same")
  func bareSurroundings() throws {
    let usual = try run("regdiag explain -f json").output
    for surroundings in [
      "-i", "-i LANG=C HOME=/proc TMPDIR=/no/such", "-i LC_ALL=xx_YY.nonsense TMPDIR=/proc",
    ] {
      let run = try run("env \(surroundings) \"$REGDIAG\" explain -f json")
      #expect(run.status == 0)
      #expect(run.output == usual, "\(surroundings)")
    }
    for arguments in ["explain", "lookup 429", "list", "show ecr/rate-exceeded", "kb stats"] {
      let run = try run("env -i LANG=C \"$REGDIAG\" \(arguments)")
      #expect(run.status == 0)
      #expect(run.output.utf8.allSatisfy { $0 < 0x80 }, "\(arguments)")
    }
  }

  @Test("a draft that does not fit the disk leaves nothing behind, and what was there stays")
  func draftWithoutSpace() throws {
    let draft = "regdiag kb new house/odd --into \"$TMP/base\""
    let run = try run(
      """
      cat > "$TMP/paste"
      ( ulimit -f 0; \(draft) < "$TMP/paste" ) 2>&1 | cat; echo "status ${PIPESTATUS[0]}"
      find "$TMP/base" 2>/dev/null
      mkdir -p "$TMP/base/entries/other"; echo kept > "$TMP/base/manifest.json"
      ( ulimit -f 0; \(draft) < "$TMP/paste" ) > /dev/null 2>&1
      (cd "$TMP" && find base | sort; cat base/manifest.json)
      """, input: "the storage gremlin ate 3 layers\n")
    let lines = run.output.split(separator: "\n")
    #expect(lines.first?.contains("cannot write") == true, "\(run.output)")
    #expect(lines.first?.hasSuffix("file too large") == true)
    #expect(
      lines.dropFirst() == [
        "status 2", "base", "base/entries", "base/entries/other", "base/manifest.json", "kept",
      ])
    let answer = try self.run(
      "( ulimit -f 0; regdiag explain > \"$TMP/out\" ) 2>&1 | cat; echo \"status ${PIPESTATUS[0]}\""
    )
    #expect(answer.output == "regdiag: cannot write the answer: file too large\nstatus 2\n")
  }

  @Test("what is no file is named, and not waited for")
  func oddFiles() throws {
    let run = try run(
      """
      cd "$TMP"; mkdir kb; mkfifo kb/pipe.json; ln -s loop kb/loop; ln -s /dev/zero kb/zero.json
      ln -s self self
      regdiag explain self; echo "status $?"
      regdiag explain --kb kb; echo "status $?"
      regdiag explain --kb /dev/zero; echo "status $?"
      """)
    #expect(run.output.split(separator: "\n").filter { $0.hasPrefix("status") }.count == 3)
    #expect(!run.output.contains("status 0"))
    let lines = run.errors.split(separator: "\n")
    #expect(lines.count == 3, "\(run.errors)")
    #expect(lines[0].contains("cannot read 'self': too many levels of symbolic links"))
    #expect(lines[1].contains("cannot read 'kb'"))
    #expect(lines[2].contains("'/dev/zero': the file is larger than 4 MiB"))
  }

  @Test("a file that may not be read is named", .enabled(if: getuid() != 0, "root may read all"))
  func unreadableFile() throws {
    let run = try run(
      "echo x > \"$TMP/a.json\"; chmod 0 \"$TMP/a.json\"; regdiag explain --kb \"$TMP\"")
    #expect(run.status == 2)
    #expect(run.errors.contains("a.json"))
    #expect(run.errors.lowercased().contains("permission denied"))
  }
}
