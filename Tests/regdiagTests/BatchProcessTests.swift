import Foundation
import Testing

@Suite("regdiag explain --batch as a process")
struct BatchProcessTests {
  private static let throttled =
    "docker pull 123456789012.dkr.ecr.eu-west-1.amazonaws.com/api\ntoomanyrequests: Rate exceeded\n"
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "regdiag-\(UUID().uuidString)")

  /// Files, each with a number and some with a failure, and their paths.
  private func files(_ count: Int) throws -> [String] {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return try (0..<count).map { number in
      let file = folder.appending(path: "\(number).log")
      let filler = String(repeating: "step \(number)\n", count: number % 5 * 100)
      try Data((filler + (number % 3 == 0 ? Self.throttled : "")).utf8).write(to: file)
      return file.path(percentEncoded: false)
    }
  }

  /// The paths, and the ids of what was diagnosed, of the lines of an output.
  private func lines(_ output: String) throws -> [(file: String?, ids: [String])] {
    try output.split(separator: "\n").map { line in
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let diagnoses = try #require(report["diagnoses"] as? [[String: Any]])
      let input = try #require(report["input"] as? [String: Any])
      return (input["file"] as? String, diagnoses.compactMap { $0["id"] as? String })
    }
  }

  @Test("a line for each file, in the order of the files, as explain writes it")
  func order() throws {
    let paths = try files(150)
    let run = try RegdiagProcess(["explain", "--batch"] + paths)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    let found = try lines(run.output)
    #expect(found.map(\.file) == paths)
    for (number, line) in found.enumerated() {
      #expect(line.ids == (number % 3 == 0 ? ["ecr/rate-exceeded"] : []))
    }
    #expect(try RegdiagProcess(["explain", "-fjson"] + paths).output == run.output)
  }

  @Test("what cannot be read has no line, and a sentence")
  func unreadable() throws {
    let paths = try files(3)
    let run = try RegdiagProcess(
      "explain", "--batch", paths[1], "/no/such", paths[0], folder.path(percentEncoded: false))
    #expect(run.status == 2)
    #expect(try lines(run.output).map(\.file) == [paths[1], paths[0]])
    #expect(run.errors.contains("cannot read '/no/such': no such file or directory"))
    #expect(run.errors.split(separator: "\n").count == 2)
  }

  @Test(
    "texts are told apart by NUL bytes",
    arguments: [
      ("", []), ("\0", [0]), ("well\0", [0]), ("well\0\0" + throttled, [0, 0, 1]),
      (throttled + "\0" + throttled + "\0", [1, 1]),
      (
        (0..<200).map { $0 % 2 == 0 ? throttled : "well" }.joined(separator: "\0"),
        (0..<200).map { ($0 + 1) % 2 }
      ),
      (String(repeating: "x\n", count: 60_000) + throttled + "\0well", [1, 0]),
    ] as [(String, [Int])])
  func texts(_ input: String, _ counts: [Int]) throws {
    let run = try RegdiagProcess("explain", "-0", input: input)
    #expect(try lines(run.output).map(\.ids.count) == counts)
    #expect(run.status == (counts.contains(1) ? 0 : 1))
    #expect(run.errors.isEmpty)
  }

  @Test("an answer comes before the next text does")
  func conversation() throws {
    let script = """
      coproc "$REGDIAG" explain --null
      printf 'toomanyrequests: Rate exceeded\\0' >&${COPROC[1]}
      read -r -t 20 -u ${COPROC[0]} first; echo "${#first}"
      printf 'well\\0' >&${COPROC[1]}
      read -r -t 20 -u ${COPROC[0]} second; echo "${#second}"
      """
    let sizes = try RegdiagProcess(bash: script).output.split(separator: "\n").map { Int($0) ?? 0 }
    #expect(sizes.count == 2 && sizes.allSatisfy { $0 > 100 })
  }

  @Test(
    "what does not go together is a mistake",
    arguments: [
      (["--batch", "-ftext"], "'--batch' cannot be used together with '--format text'"),
      (["--null", "a.log"], "'--null' cannot be used together with FILE"),
      (["--batch", "-", "-"], "can be read only once"),
    ])
  func mistakes(_ arguments: [String], _ message: String) throws {
    let run = try RegdiagProcess(["explain"] + arguments)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(message), "\(run.errors)")
  }

  @Test("a reader that has gone, a full device, and --exit-zero")
  func endings() throws {
    let script = "{ \"$REGDIAG\" explain --batch; echo status $? >&2; } | true"
    #expect(try RegdiagProcess(bash: script, input: Self.throttled).errors == "status 0\n")
    let full = try RegdiagProcess(
      bash: "\"$REGDIAG\" explain --batch > /dev/full", input: Self.throttled)
    #expect(full.status == 2)
    #expect(try RegdiagProcess("explain", "--batch", "--exit-zero", input: "well").status == 0)
  }

  @Test("a text that is too large to be held is looked at in part, and the report says so")
  func truncated() throws {
    let run = try RegdiagProcess(
      bash: """
        { cat; head -c 17000000 /dev/zero | tr '\\0' '\\n'; printf '\\0short'; } |
          "$REGDIAG" explain --null --exit-zero
        """,
      input: "docker pull nginx:9.9\nmanifest for nginx:9.9 not found: manifest unknown\n")
    let reports = run.output.split(separator: "\n")
    try #require(reports.count == 2, "\(run.errors)")
    let warning = "only the first 16777216 bytes were looked at, not the"
    #expect(reports[0].contains("\"truncated\":true") && reports[0].contains(warning))
    #expect(reports[0].contains("oci/manifest-unknown"))
    #expect(reports[1].contains("\"truncated\":false"))
    #expect(run.errors.contains(warning))
  }
}
