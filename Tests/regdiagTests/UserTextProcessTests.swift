import Foundation
import Testing

/// What somebody typed, or called a file, comes back in errors and answers: as text, and without
/// secrets.
@Suite("Words of the user in what regdiag prints")
struct UserTextProcessTests {
  /// Ends a line, retitles the terminal, clears it, turns the direction of writing.
  private static let hostile = [
    "a\u{1B}]0;owned\u{7}\u{9B}2J\u{202E}b\nregdiag: all is well\r",
    // In ASCII alone, where texts are passed on most quickly.
    "a\nregdiag: all is well, the title is \u{1B}]0;owned\u{7} and a bell\u{8}",
  ]
  private static let token = "ghp_0123456789abcdefghijABCDEFGHIJ012345"

  /// Every command line in which `$WORD` is quoted, or could be.
  ///
  /// It lies in a folder with a file of that name, and with a base that has it in keys, ids, values and file names.
  private static let commandLines =
    [
      "\"$WORD\"", "\"--$WORD\"", "\"-$WORD\"", "--version \"$WORD\"", "kb \"$WORD\"",
      "help \"$WORD\"", "explain \"--$WORD\"", "explain \"--format=$WORD\"",
      "explain --max \"$WORD\"", "explain \"missing $WORD\"", "list \"$WORD\"",
      "list --registry \"$WORD\"", "completions \"$WORD\"", "__complete \"$WORD\"",
      "explain --kb \"missing $WORD\"", "explain --kb \"$WORD.kb\"",
      "explain --kb \"$WORD.kb\" --strict", "explain --kb \"$WORD.kb/$WORD.json\"",
      "kb new \"$WORD\"", "kb new a/b --into \"new $WORD\"", "kb test \"$WORD.kb\"",
      "kb test --corpus \"$WORD\"", "kb test --corpus \"missing $WORD\"", "kb diff - \"$WORD.kb\"",
      "kb checksums \"missing $WORD\"", "kb verify . --checksums \"$WORD\"",
      "kb verify . --checksums \"missing $WORD\"", "kb verify \"$WORD\" --checksums sums",
    ]
    + ["text", "json", "markdown"].flatMap { format in
      [
        "lookup -f \(format) \"$WORD\"", "show -f \(format) \"$WORD\"",
        "explain -f \(format) \"$WORD\"", "explain -f \(format) \"$WORD\" \"$WORD\"",
        "kb validate -f \(format) \"$WORD.kb\"", "kb verify -f \(format) \"$WORD.kb\"",
        "kb verify -f \(format) . --checksums sums",
      ]
    }

  private func everything(_ word: String) throws -> [(command: String, text: String)] {
    let entry = """
      { "id": "house/\(word)", "\(word)": 1, "role": "\(word)", "title": "\(word)" }
      """
    let json = String(
      decoding: try JSONSerialization.data(withJSONObject: [entry]), as: UTF8.self
    ).dropFirst(2).dropLast(2).replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
    let script = """
      TMP=$(mktemp -d); trap 'rm -rf "$TMP"' EXIT; cd "$TMP"
      printf 'docker pull r.example.com/a: toomanyrequests: Rate exceeded\\n' > "$WORD"
      mkdir -p "$WORD.kb/entries/house/$WORD"
      printf '%s' "$ENTRY" > "$WORD.kb/$WORD.json"
      printf '%s' "$ENTRY" > "$WORD.kb/entries/house/$WORD/entry.json"
      printf '%064d  absent\\n' 0 > sums
      """
    let runs = Self.commandLines.map { line in
      "timeout 60 \"$REGDIAG\" \(line) < \"$WORD\" 2>&1; printf '\\f'"
    }
    let run = try RegdiagProcess(
      bash: ([script] + runs).joined(separator: "\n"),
      environment: ["WORD": word, "ENTRY": String(json)])
    let texts = run.output.split(separator: "\u{C}", omittingEmptySubsequences: false)
    try #require(texts.count == Self.commandLines.count + 1)
    return zip(Self.commandLines, texts).map { ($0, String($1)) }
  }

  @Test(
    "what acts on a terminal is shown, in any format, and adds no line of its own",
    arguments: hostile)
  func controlCharacters(_ word: String) throws {
    for (command, text) in try everything(word) {
      let acting = text.unicodeScalars.filter {
        $0 != "\n" && ($0.value < 0x20 || 0x7F...0x9F ~= $0.value || $0 == "\u{202E}")
      }
      #expect(acting.isEmpty, "\(command): \(acting.map(\.value)) in \(text)")
      let forged = text.split(separator: "\n").filter { $0.hasPrefix("regdiag: all is well") }
      #expect(forged.isEmpty, "\(command): \(text)")
    }
  }

  @Test("a secret is not given back")
  func secrets() throws {
    for (command, text) in try everything(Self.token) {
      #expect(!text.contains(Self.token), "\(command): \(text)")
    }
    let run = try RegdiagProcess("--password=hunter2", "explain")
    #expect(!run.errors.contains("hunter2"))
  }
}
