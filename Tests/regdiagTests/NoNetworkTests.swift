import Foundation
import Testing

@Suite("regdiag and the network")
struct NoNetworkTests {
  private static let paste =
    "docker pull 123456789012.dkr.ecr.eu-west-1.amazonaws.com/api: toomanyrequests: Rate exceeded\n"

  @Test("it works where there is no network interface at all")
  func withoutInterfaces() throws {
    let run = try RegdiagProcess(
      bash: """
        unshare --user --map-root-user --net true 2>/dev/null || { echo "not permitted"; exit; }
        exec unshare --user --map-root-user --net "$REGDIAG" explain
        """, input: Self.paste)
    guard run.output != "not permitted\n" else {
      print("skipped: unshare is not there, or may not make a network namespace")
      return
    }
    #expect(run.status == 0)
    #expect(run.output.contains("ecr/rate-exceeded"))
  }

  @Test("every command says the same there as with a network")
  func everyCommand() throws {
    let run = try RegdiagProcess(
      bash: """
        unshare --user --map-root-user --net true 2>/dev/null || { echo "not permitted"; exit; }
        TMP=$(mktemp -d); trap 'rm -rf "$TMP"' EXIT; cd "$TMP"; cat > paste
        "$REGDIAG" kb checksums "$ENTRY" > sums
        commands() {
          for format in text json markdown sarif github; do
            "$REGDIAG" explain -f $format paste; echo $?
          done
          "$REGDIAG" explain --batch paste paste; "$REGDIAG" explain --null < paste
          for format in text json markdown; do
            for words in "lookup 429" "show ecr/rate-exceeded" "list" "kb stats" "kb verify" \
              "kb validate $ENTRY" "kb test $ENTRY" "kb diff $ENTRY $ENTRY" "kb verify $ENTRY --checksums sums"; do
              "$REGDIAG" $words -f $format; echo $?
            done
          done
          "$REGDIAG" watch < paste; "$REGDIAG" run -- sh -c 'cat paste; exit 3'; echo $?
          "$REGDIAG" kb new a/b --into "$1" < paste; cat "$1"/entries/a/b/* | wc -l
          "$REGDIAG" mcp <<< '{"jsonrpc":"2.0","id":1,"method":"ping"}'
          for words in --version "--version --verbose" help "man explain" "completions bash"; do
            "$REGDIAG" $words
          done
        }
        export -f commands
        commands base > with 2>&1
        rm -r base
        unshare --user --map-root-user --net bash -c 'commands base' > without 2>&1
        cmp with without && wc -l < with
        """,
      input: Self.paste,
      environment: [
        "ENTRY": URL(filePath: #filePath).deletingLastPathComponent()
          .appending(path: "../../KnowledgeBase/entries/ecr/rate-exceeded").standardized.path()
      ])
    guard run.output != "not permitted\n" else {
      print("skipped: unshare is not there, or may not make a network namespace")
      return
    }
    let lines = Int(run.output.trimmingCharacters(in: .whitespacesAndNewlines))
    #expect(try #require(lines, "\(run.output)\(run.errors)") > 1000)
  }

  @Test("no system call of it is about the network, and it opens no file but those named")
  func systemCalls() throws {
    let run = try RegdiagProcess(
      bash: """
        TMP=$(mktemp -d); trap 'rm -rf "$TMP"' EXIT
        cat > "$TMP/paste"
        strace -o "$TMP/probe" true 2>/dev/null || { echo "not permitted"; exit; }
        for words in "explain $TMP/paste" "explain -f json $TMP/paste" "lookup 429" "list"; do
          strace -f -e trace=%network,open,openat -o "$TMP/calls" "$REGDIAG" $words > /dev/null
          echo "status $?"
          sed "s|$TMP|TMP|" "$TMP/calls"
        done
        """, input: Self.paste)
    guard run.output != "not permitted\n" else {
      print("skipped: strace is not there, or may not trace; the checks install it")
      return
    }
    let lines = run.output.split(separator: "\n")
    #expect(lines.filter { $0 == "status 0" }.count == 4, "\(run.output)")
    // The loader opens libraries; what it does not find gives ENOENT.
    let own = lines.filter { line in
      !line.hasPrefix("status") && !line.contains("+++") && !line.contains("/lib")
        && !line.contains("ld.so") && !line.contains("/proc/self/") && !line.contains("/sys/")
    }
    #expect(own.allSatisfy { $0.contains("\"TMP/paste\"") }, "\(own.joined(separator: "\n"))")
    #expect(own.count == 2)
  }
}
