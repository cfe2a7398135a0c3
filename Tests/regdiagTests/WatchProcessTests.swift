import Testing

@Suite("regdiag watch as a process")
struct WatchProcessTests {
  private static let failure =
    "echo 'Error response from daemon: Get https://123456789012.dkr.ecr.us-east-1.amazonaws.com/v2/a: toomanyrequests: Rate exceeded'"

  @Test func aFailureIsToldBeforeTheStreamEnds() throws {
    // The stream goes on until the answer is there; it would never end without one.
    let run = try RegdiagProcess(
      bash: """
        TMP=$(mktemp -d); trap 'rm -rf "$TMP"' EXIT
        mkfifo "$TMP/s"
        { \(Self.failure); for i in {1..1500}; do [ -s "$TMP/o" ] && break; sleep 0.01; done; } > "$TMP/s" &
        "$REGDIAG" watch < "$TMP/s" > "$TMP/o"
        echo "exit $?" >> "$TMP/o"
        cat "$TMP/o"
        """)
    #expect(run.output.contains("✗ Amazon ECR throttles your requests"))
    #expect(run.output.contains("What 1 line showed"))
    #expect(run.output.hasSuffix("exit 0\n"))
  }

  @Test(arguments: ["INT", "TERM"])
  func anInterruptedStreamIsSummedUp(signal: String) throws {
    let run = try RegdiagProcess(
      bash: """
        TMP=$(mktemp -d); trap 'rm -rf "$TMP"' EXIT
        mkfifo "$TMP/s"
        set -m
        "$REGDIAG" watch --format json < "$TMP/s" > "$TMP/o" & pid=$!
        exec 3> "$TMP/s"
        \(Self.failure) >&3
        for i in {1..1500}; do [ -s "$TMP/o" ] && break; sleep 0.01; done
        { sleep 20; kill -9 $pid; } & guard=$!
        kill -\(signal) $pid; wait $pid
        echo "exit $?"; cat "$TMP/o"; kill -- -$guard
        """)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.first == "exit 0")
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("{") && $0.contains("ecr/rate-exceeded") })
  }

  @Test func nothingRecognisedIsSaid() throws {
    let run = try RegdiagProcess("watch", input: "all is well\n")
    #expect(run.status == 1)
    #expect(run.output == "No known registry failure in 1 line.\n")
  }
}
