import Foundation
import Testing

@Suite("regdiag kb checksums and kb verify --checksums as processes")
struct ChecksumProcessTests {
  private static let base = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../KnowledgeBase").standardized.path()

  /// Runs a script beside a folder `base` with a few files of the base, and a hidden one.
  private func run(_ script: String) throws -> RegdiagProcess {
    try RegdiagProcess(
      bash: """
        TMP=$(mktemp -d); trap 'rm -rf "$TMP"' EXIT; cd "$TMP"
        mkdir -p base/entries/ecr
        cp -r "$BASE/entries/ecr/rate-exceeded" base/entries/ecr/
        cp "$BASE/manifest.json" base; echo draft > base/.draft
        verify() { "$REGDIAG" kb verify base --checksums "$@"; echo "status $?"; }
        \(script)
        """, environment: ["BASE": Self.base])
  }

  private static var hasSha256sum: Bool {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/sha256sum") else {
      print("skipped: there is no /usr/bin/sha256sum")
      return false
    }
    return true
  }

  @Test("sha256sum reads what is written, and both write the same")
  func writtenForSha256sum() throws {
    guard Self.hasSha256sum else { return }
    let run = try run(
      """
      : > 'base/with space.txt'; : > 'base/back\\slash.txt'; : > base/ümläut.txt
      "$REGDIAG" kb checksums base > base/SHA256SUMS || exit
      cd base; sha256sum --check --strict --quiet SHA256SUMS || exit
      find . -type f ! -name '.*' ! -name SHA256SUMS -printf '%P\\n' | LC_ALL=C sort |
        tr '\\n' '\\0' | xargs -0 sha256sum | diff - SHA256SUMS && echo same
      """)
    #expect(run.output == "same\n", "\(run.output)\(run.errors)")
  }

  @Test("what sha256sum writes is read, in all its forms", arguments: ["", "--binary", "--tag"])
  func writtenBySha256sum(_ option: String) throws {
    guard Self.hasSha256sum else { return }
    let run = try run(
      """
      : > 'base/with space.txt'; : > 'base/back\\slash.txt'; : > $'base/line\\nfeed.txt'
      (cd base; find . -type f -print0 | xargs -0 sha256sum \(option) > ../sums)
      verify sums; verify - < sums
      sed -i 's/$/\\r/' sums; verify sums
      echo >> base/.draft; verify sums
      (cd base; find . -type f -print0 | xargs -0 sha256sum \(option) > SHA256SUMS)
      echo >> base/manifest.json; mkdir base/.hidden; echo > base/.hidden/a; verify base/SHA256SUMS
      """)
    let lines = run.output.split(separator: "\n").map { String($0) }
    let count = try FileManager.default.contentsOfDirectory(
      atPath: Self.base + "/entries/ecr/rate-exceeded"
    ).count
    let whole = "The folder holds just what is listed: \(count + 5) files."
    #expect(Array(lines.prefix(6)) == [whole, "status 0", whole, "status 0", whole, "status 0"])
    #expect(
      lines.dropFirst(6).prefix(3)
        == [
          "The folder is not what is listed: 1 changed.", "  changed .draft", "status 1",
        ])
    #expect(lines.dropFirst(9).contains("  changed manifest.json"), "\(run.output)")
    #expect(!lines.contains { $0.contains("SHA256SUMS") || $0.contains("hidden") })
    #expect(run.errors.isEmpty)
  }

  @Test("what is missing, changed or not listed is named", arguments: ["text", "json", "markdown"])
  func differences(_ format: String) throws {
    let run = try run(
      """
      "$REGDIAG" kb checksums base > sums
      verify sums -f \(format) > /dev/null
      echo >> base/manifest.json; rm base/entries/ecr/rate-exceeded/entry.json
      ln -s nowhere base/new.json; ln -s manifest.json base/link.json
      mkdir base/entries/my; echo > base/entries/my/note
      verify sums -f \(format)
      """)
    let shown = [
      "text": [
        "  unlisted entries/my/note", "  changed manifest.json", "  unlisted new.json",
        "  missing entries/ecr/rate-exceeded/entry.json", "  unlisted link.json",
        "The folder is not what is listed: 1 missing, 1 changed, 3 unlisted.",
      ],
      "markdown": ["- missing `entries/ecr/rate-exceeded/entry.json`", "- unlisted `link.json`"],
    ]
    for line in shown[format] ?? [] { #expect(run.output.contains(line + "\n"), "\(run.output)") }
    #expect(run.output.hasSuffix("status 1\n"))
    guard format == "json" else { return }
    let answer = try #require(
      try JSONSerialization.jsonObject(
        with: Data(run.output.dropLast("status 1\n".count).utf8)) as? [String: Any])
    #expect(answer["verified"] as? Bool == false)
    let differences = try #require(answer["differences"] as? [[String: String]])
    #expect(
      differences.compactMap { $0["kind"] }.sorted().joined(separator: " ")
        == "changed missing unlisted unlisted unlisted")
    #expect(differences.first?["path"] == "entries/ecr/rate-exceeded/entry.json")
  }

  @Test("links are followed to what would be read, and never round in circles")
  func links() throws {
    let run = try run(
      """
      mv base/entries elsewhere; ln -s ../elsewhere base/entries; ln -s ../base/manifest.json base/m
      "$REGDIAG" kb checksums base > sums; grep -c entries/ecr/ sums; verify sums
      echo >> elsewhere/ecr/rate-exceeded/entry.json; verify sums
      ln -s .. base/entries/ecr/up; verify sums
      """)
    #expect(run.output.contains("changed entries/ecr/rate-exceeded/entry.json\nstatus 1\n"))
    #expect(run.output.hasSuffix("status 1\nstatus 2\n"), "\(run.output)")
    #expect(run.errors.contains("it was checked before, by another path; remove the link"))
  }

  @Test(
    "what cannot be checked is said in a sentence",
    arguments: [
      ("verify none", "cannot read 'none': no such file or directory"),
      ("verify base", "cannot read 'base': it is a folder"),
      ("verify /dev/null", "'/dev/null' lists no file"),
      ("verify - < base/manifest.json", "standard input is no list of checksums: line 1 is no"),
      ("sed 's/  /  ..\\//' sums > up; verify up", "line 1 names '../entries/"),
      ("cat sums sums > two; verify two", "again, after line 1"),
      ("dd if=/dev/zero of=big bs=1M count=17 2> /dev/null; verify big", "larger than 16 MiB"),
      ("mkfifo base/pipe; verify sums", "cannot check 'base/pipe': it is a pipe"),
      ("mkfifo base/pipe; \"$REGDIAG\" kb checksums base; echo status $?", "it is a pipe"),
      ("mv base folder; verify sums", "cannot read 'base': no such file or directory"),
      ("rm -r base; cp sums base; verify sums", "cannot check 'base': it is no folder"),
      ("\"$REGDIAG\" kb verify --checksums sums; echo status $?", "'--checksums' needs PATH"),
      ("\"$REGDIAG\" kb checksums; echo status $?", "'kb checksums' needs PATH"),
      (
        "touch $'base/\\e[31m.txt'; \"$REGDIAG\" kb checksums base; echo status $?",
        "[31m.txt': its name holds control characters"
      ),
    ])
  func failures(_ script: String, _ reason: String) throws {
    let run = try run("\"$REGDIAG\" kb checksums base > sums\n\(script)")
    #expect(run.output == "status 2\n")
    #expect(run.errors.contains(reason), "\(run.errors)")
    #expect(run.errors.hasPrefix("regdiag: "))
  }
}
