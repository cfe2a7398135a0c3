import Foundation
import Testing

private let failure =
  "docker pull 123456789012.dkr.ecr.eu-west-1.amazonaws.com/api: toomanyrequests: Rate exceeded\n"

/// A disk that is really full, one that may not be written to, and signals at a bad time.
@Suite("regdiag on a full disk, a read-only one, and under signals")
struct DiskFaultProcessTests {
  /// Runs a script in a mount namespace of its own, with `$FULL`, 64 KiB of memory as a disk on
  /// which 4 KiB are left, and `$FIXED`, a folder that may only be read.
  ///
  /// - Returns: `nil` where no file system may be mounted.
  private func run(_ script: String) throws -> RegdiagProcess? {
    let run = try RegdiagProcess(
      bash: """
        TMP=$(mktemp -d); trap 'rm -rf "$TMP"' EXIT
        cat > "$TMP/paste"; mkdir "$TMP/full" "$TMP/fixed"; echo kept > "$TMP/fixed/a"
        export TMP FULL=$TMP/full FIXED=$TMP/fixed
        cat > "$TMP/script" <<'END'
        mount -t tmpfs -o size=64k,nr_inodes=64 none "$FULL" &&
          mount --bind "$FIXED" "$FIXED" && mount -o remount,ro,bind "$FIXED" ||
          { echo "not permitted"; exit; }
        head -c 61440 /dev/zero > "$FULL/filler"
        \(script)
        END
        unshare --mount "$BASH" "$TMP/script" 2> "$TMP/errors" ||
          unshare --user --map-root-user --mount "$BASH" "$TMP/script" 2> "$TMP/errors" ||
          echo "not permitted"
        cat "$TMP/errors" >&2
        """, input: failure)
    guard !run.output.contains("not permitted") else {
      print("skipped: no file system may be mounted here, in a namespace either")
      return nil
    }
    return run
  }

  @Test("a draft on a full disk leaves nothing behind, and what was there stays")
  func draft() throws {
    let run = try run(
      """
      mkdir -p "$FULL/base/entries/house"; echo kept > "$FULL/base/manifest.json"
      { cat "$TMP/paste"; head -c 60000 /dev/zero | tr '\\0' x; } |
        "$REGDIAG" kb new house/odd --into "$FULL/base"; echo "status $?"
      (cd "$FULL" && find base | sort; cat base/manifest.json)
      """)
    guard let run else { return }
    #expect(run.errors.contains("cannot write") && run.errors.contains("no space left on device"))
    #expect(
      run.output.split(separator: "\n") == [
        "status 2", "base", "base/entries", "base/entries/house", "base/manifest.json", "kept",
      ])
  }

  @Test("an answer, and the summary of a step, on a full disk: told, and nothing half written")
  func answers() throws {
    let run = try run(
      """
      head -c 4000 /dev/zero | tr '\\0' y > "$FULL/summary.md"; size=$(stat -c %s "$FULL/summary.md")
      GITHUB_STEP_SUMMARY=$FULL/summary.md "$REGDIAG" explain -f github "$TMP/paste" > /dev/null
      echo "status $?"; [ "$(stat -c %s "$FULL/summary.md")" = "$size" ] && echo "summary as it was"
      for format in text json markdown sarif github; do
        "$REGDIAG" explain -f $format "$TMP/paste" > "$FULL/out"; echo "status $?"
      done
      "$REGDIAG" man explain > "$FULL/out"; echo "status $?"
      """)
    guard let run else { return }
    #expect(
      run.output.split(separator: "\n") == ["status 2", "summary as it was"]
        + Array(repeating: "status 2", count: 6))
    let errors = run.errors.split(separator: "\n")
    #expect(errors.count == 7, "\(run.errors)")
    #expect(errors.allSatisfy { $0.hasSuffix("no space left on device") })
  }

  @Test("no room for temporary files and a home that may not be written to change nothing")
  func surroundings() throws {
    let run = try run(
      """
      "$REGDIAG" explain -f json "$TMP/paste" > "$TMP/usual"
      for where in "TMPDIR=$FULL HOME=$FULL" "TMPDIR=$FIXED HOME=$FIXED XDG_CACHE_HOME=$FIXED"; do
        head -c 4096 /dev/zero >> "$FULL/filler" 2> /dev/null
        env $where "$REGDIAG" explain -f json "$TMP/paste" | cmp - "$TMP/usual" && echo same
        (cd "$FIXED" && env $where "$REGDIAG" watch -f json < "$TMP/paste" > /dev/null; echo "status $?")
        env $where "$REGDIAG" run -- sh -c 'cat "$TMP/paste"; exit 3' > /dev/null 2>&1; echo "status $?"
      done
      "$REGDIAG" kb new house/odd --into "$FIXED" < "$TMP/paste"; echo "status $?"
      ls -A "$FIXED"
      """)
    guard let run else { return }
    let answers = ["same", "status 0", "status 3"]
    #expect(
      run.output.split(separator: "\n").map { String($0) } == answers + answers + ["status 2", "a"])
    #expect(run.errors.contains("read-only file system"))
  }

  @Test("a paste without end is no draft, and is not gathered", .timeLimit(.minutes(1)))
  func endlessPaste() throws {
    let run = try RegdiagProcess(
      bash: "ulimit -v 800000; \"$REGDIAG\" kb new house/odd /dev/zero --into /nowhere")
    #expect(run.status == 2)
    #expect(run.errors == "regdiag: cannot use '/dev/zero': it is larger than 4 MiB\n")
  }

  @Test(
    "a process that is stopped, goes on and is told of a new window answers as ever",
    arguments: ["explain", "explain -f sarif", "run -- cat", "mcp"])
  func interruptions(_ command: String) throws {
    let run = try RegdiagProcess(
      bash: """
        TMP=$(mktemp -d); trap 'rm -rf "$TMP"' EXIT
        cat > "$TMP/in"; mkfifo "$TMP/s"
        "$REGDIAG" \(command) < "$TMP/in" > "$TMP/usual"; echo "status $?"
        "$REGDIAG" \(command) < "$TMP/s" > "$TMP/out" & pid=$!
        exec 3> "$TMP/s"
        for part in 1 2 3 4 5 6 7 8; do
          head -c 20 >&3; kill -WINCH $pid; kill -STOP $pid; kill -CONT $pid; sleep 0.02
        done < "$TMP/in"
        tail -c +161 "$TMP/in" >&3; exec 3>&-
        wait $pid; echo "status $?"
        cmp "$TMP/out" "$TMP/usual" && echo same
        """, input: failure + String(repeating: "all is well\n", count: 20))
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 3 && lines[0] == lines[1] && lines[2] == "same", "\(run.output)")
  }

  @Test("calls that a signal interrupts are made again")
  func interruptedCalls() throws {
    let run = try RegdiagProcess(
      bash: """
        TMP=$(mktemp -d); trap 'rm -rf "$TMP"' EXIT; cd "$TMP"
        cat > in
        strace -o /dev/null true 2>/dev/null || { echo "not permitted"; exit; }
        interrupted() { strace -f -qq -o calls "$@"; }
        for command in explain watch "explain -f sarif" "explain --null" "run -- cat" mcp; do
          "$REGDIAG" $command < in > usual; usual=$?
          interrupted -P "$TMP/in" -P "$TMP/out" -e inject=read,write,poll:error=EINTR:when=1+2 \
            "$REGDIAG" $command < in > out
          [ $? = $usual ] && cmp out usual && grep -c INJECTED calls > count && echo same
        done
        interrupted -e inject=write:error=EINTR:when=1+2 "$REGDIAG" kb new a/b --into base < in > out
        echo "status $?"; grep -q INJECTED calls && cmp in base/entries/a/b/match-paste.txt && echo same
        """, input: failure)
    guard run.output != "not permitted\n" else {
      print("skipped: strace is not there, or may not trace; the checks install it")
      return
    }
    let same = Array(repeating: "same", count: 6)
    #expect(
      run.output.split(separator: "\n").map { String($0) } == same + ["status 0", "same"],
      "\(run.output)\(run.errors)")
  }
}
