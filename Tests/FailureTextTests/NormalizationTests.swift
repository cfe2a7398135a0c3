import FailureText
import Testing

/// The messages of a text, soft breaks shown as `⏎`.
private func messages(_ text: String) -> [String] { messages(Array(text.utf8)) }

private func messages(_ bytes: [UInt8]) -> [String] {
  let normalized = NormalizedText(bytes)
  return normalized.messages.map {
    String(decoding: normalized.text[$0.range], as: UTF8.self).replacing("\n", with: "⏎")
  }
}

@Suite("Characters")
struct CharacterTests {
  @Test(
    "What terminals, editors and web pages do to text",
    arguments: [
      ("\u{1B}[0K\u{1B}[36mden\u{1B}[1;31mied\u{1B}[0m here", "denied here"),
      ("\u{1B}]8;;https://x.io\u{07}link\u{1B}]8;;\u{07} text", "link text"),
      ("[31mred[0m text", "red text"),
      ("rate(x[5m]) stays", "rate(x[5m]) stays"),
      (
        "ghcr.io/v[2](https://github.com/a/b/actions/runs/1/job/2#step:9:2)/a: 50[3](https://github.com/a/b/actions/runs/1/job/2?pr=4#step:9:3) here",
        "ghcr.io/v2/a: 503 here"
      ),
      (
        "see [2](https://x.io/#step-2) and [3](https://x.io/ #step:1:3)",
        "see [2](https://x.io/#step-2) and [3](https://x.io/ #step:1:3)"
      ),
      ("cut [4](https://x.io/#step:1:4", "cut [4](https://x.io/#step:1:4"),
      ("a\u{A0}b\u{2003}c\td", "a b c d"),
      ("zero\u{200B}width\u{FEFF}", "zerowidth"),
      ("\u{202E}evil\u{202C} order", "evil order"),
      ("\u{201C}quoted\u{201D} \u{2018}twice\u{2019}", "\"quoted\" 'twice'"),
      ("│ Error: in a box │", "Error: in a box"),
      ("&quot;x&quot; &lt;y&gt; &#x27;z&#39; &amp; &unknown;", "\"x\" <y> 'z' & &unknown;"),
      (#"IP \u0027x\u0027 \u003cnot\u003e"#, "IP 'x' <not>"),
      (#"doubly \\u0026 escaped"#, "doubly & escaped"),
      (#"C:\new\temp stays"#, #"C:\new\temp stays"#),
      ("nul\u{0}s and \u{7}bells", "nuls and bells"),
    ])
  func characters(_ text: String, _ expected: String) {
    #expect(messages(text) == [expected])
  }

  @Test("An escaped line feed breaks softly inside a record")
  func escapedLineFeed() {
    #expect(messages(#"first\nsecond\tthird"#) == ["first⏎second third"])
  }

  @Test("Bytes that are no UTF-8 are Windows-1252")
  func windows1252() {
    let bytes: [UInt8] = Array("caf".utf8) + [0xE9, 0x20, 0x93] + Array("x".utf8) + [0x94]
    let normalized = NormalizedText(bytes)
    #expect(normalized.foundInvalidBytes)
    #expect(messages(bytes) == ["café \"x\""])
  }

  @Test("UTF-16 with a byte order mark, without one, and of either order")
  func utf16() {
    let units = Array("denied: no access\r\nnext".utf16)
    let little = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(messages([0xFF, 0xFE] + little) == ["denied: no access", "next"])
    #expect(messages([0xFE, 0xFF] + big) == ["denied: no access", "next"])
    #expect(messages(little) == ["denied: no access", "next"])
    #expect(InputEncoding.detect(big) == .utf16BigEndian)
  }

  @Test("Lines end in LF, CR LF or CR")
  func lineEnds() {
    #expect(messages("a\r\nb\rc\n") == ["a", "b", "c"])
  }
}

@Suite("Prefixes")
struct PrefixTests {
  @Test(
    "Peeled, however deep",
    arguments: [
      "2026-11-20T10:11:12.1234567Z denied",
      "2026-11-20 10:11:12,123 denied",
      "2026/11/20 10:11:12 denied",
      "[2026-11-20T10:11:12Z] denied",
      "17:14:30 # denied",
      "Nov 20 10:11:12 worker-7 dockerd[1187]: denied",
      "Jan  3 23:41:36 node kubelet: denied",
      "E0130 23:41:36.270753    3372 plugin.go:235] denied",
      "time=\"2026-11-20T10:11:12Z\" level=error msg=\"denied\"",
      "INFO[0024] denied",
      "puller-1  | denied",
      "12171 | denied",
      "  | denied",
      "#12 1.234 denied",
      "#12 denied",
      "> denied",
      "> > denied",
      "##[error]denied",
      "::error::denied",
      "[ERROR] denied",
      "2026-11-20T10:11:12.123456789Z stderr F denied",
      "{\"log\":\"denied\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-20T10:11:12.1Z\"}",
      "{\"log\": \"denied\\n\", \"stream\": \"stderr\", \"time\": \"2026-11-20T10:11:12.1Z\"}",
      "section_start:1560896352:step_script\u{1B}[0K denied",
      "        denied",
      "web-1  | 2026-11-20T10:11:12Z Nov 20 10:11:12 h dockerd[1]: time=\"x\" level=error msg=\"denied\"",
    ])
  func peeled(_ line: String) {
    #expect(messages(line) == ["denied"])
  }

  @Test("What only looks like a prefix stays")
  func kept() {
    for line in [
      "10.0.0.1 denied", "E2E denied", "denied | here", "#hash denied", "level=3 denied",
    ] {
      #expect(messages(line) == [line])
    }
  }

  @Test("Level and source are kept as facts")
  func facts() throws {
    let text = NormalizedText(
      Array("Nov 20 10:11:12 h dockerd[1]: time=\"x\" level=debug msg=\"ping\"".utf8))
    let message = try #require(text.messages.first)
    #expect(message.isDebug)
    #expect(message.source == "dockerd")
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - utf8.count))
  }
}

@Suite("Lines to messages")
struct MessageTests {
  @Test("Wrapped with deeper indentation")
  func indented() {
    #expect(
      messages(
        "Error response: invalid registry endpoint\n    https://r.io/v0/: unable\n    to ping\nnext one"
      )
        == [
          "Error response: invalid registry endpoint⏎https://r.io/v0/: unable⏎to ping", "next one",
        ])
    #expect(
      messages("Error response: invalid registry endpoint\n    https://r.io/v0/: unable")
        == ["Error response: invalid registry endpoint⏎https://r.io/v0/: unable"])
  }

  @Test("Cut in mid-word at column 80")
  func cut() {
    let line =
      "Error response from daemon: pull access denied for r.example.com/a/b, repository does not exist or may require login"
    let cut = String(line.prefix(80)) + "\n" + String(line.dropFirst(80))
    #expect(messages(cut) == [line])
  }

  @Test("Lines of the same width twice are cut, whatever the width")
  func cutAtOddWidth() {
    let line = String((0..<30).map { "word\($0) " }.joined().prefix(200))
    let pieces = stride(from: 0, to: 200, by: 67).map { start in
      String(line.dropFirst(start).prefix(67))
    }
    #expect(messages(pieces.joined(separator: "\n")) == [line.trimmingSpaces])
  }

  @Test("Rows of times, which are all of one width, are not cut")
  func timedRows() {
    let rows = ["✘ api Error", "⠿ web Waiting", "✘ database Error"].map {
      " " + $0.padding(to: 70) + " 15.6s"
    }
    #expect(messages(rows.joined(separator: "\n")).count == 3)
  }

  @Test("Wrapped at words: the next word would not have fit")
  func wrapped() {
    let text = """
      Error response from daemon: login attempt to
      https://000000000000.dkr.ecr.us-east-1.amazonaws.com/v2/ failed with status:
      400 Bad Request
      """
    #expect(messages(text).count == 1)
  }

  @Test("Lines of their own stay apart")
  func apart() {
    let text = """
      $ docker pull a/b
      Using default tag: latest
      Error response from daemon: denied
        Normal   Pulling  5s  kubelet  Pulling image "a"
        Warning  Failed   5s  kubelet  Failed to pull image "a"
      """
    #expect(messages(text).count == 5)
  }

  @Test(
    "What follows a command is its output",
    arguments: [
      "anna@build-host:~/work/app$ docker push registry.example.com/team/app@sha256:0123456789abcdef01234",
      "[root@node-1 ~]# crictl pull registry.example.com/a/rather/long/repository/name/of/an/application:1.2",
      "C:\\Users\\anna\\work>docker push registry.example.com/a/rather/long/repository/name/of/an/app:1.2",
      "helm push application-1.2.3.tgz oci://registry.example.com/a/rather/long/path/to/a/chart/repository",
      "podman pull registry.example.com/a/rather/long/repository/name/of/an/application/that/is/here:1.2.3",
    ])
  func commandAndOutput(_ command: String) {
    let output = "cannot do it, because the digest-of-the-reference-is-not-one-that-anybody-knows"
    #expect(messages(command + "\n" + output) == [command, output])
  }

  @Test("A stack trace belongs to its line")
  func stackTrace() {
    #expect(
      messages("java.io.IOException: closed\n\tat a.b.C(C.java:1)\n\tat d.e.F(F.java:2)").count == 1
    )
  }

  @Test("Records of a log stay apart, their continuation lines stay with them")
  func records() {
    let text =
      "time=\"1\" level=error msg=\"one\"\n  more of one\ntime=\"2\" level=error msg=\"two\""
    #expect(
      messages(text) == ["one\"⏎more of one", "two"]
        || messages(text) == ["one⏎more of one", "two"])
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var copy = self
    while copy.last == " " { copy.removeLast() }
    return copy
  }
}

@Suite("The way back")
struct SourceMapTests {
  @Test(
    "Every word maps to where it stands in the input",
    arguments: [
      "plain denied text", "\u{1B}[31mcoloured \u{1B}[0mdenied text", "&quot;x&quot; denied",
      "é ü denied",
      "Nov 20 10:11:12 h dockerd[1]: denied",
      "{\"log\":\"x denied\\n\",\"stream\":\"stderr\",\"time\":\"t\"}",
    ])
  func map(_ text: String) throws {
    let bytes = Array(text.utf8)
    let normalized = NormalizedText(bytes)
    let word = Array("denied".utf8)
    let place = try #require(
      (0..<normalized.text.count - 5).first { Array(normalized.text[$0..<$0 + 6]) == word })
    let source = normalized.sourceRange(of: place..<place + 6)
    #expect(Array(bytes[source]) == word)
  }

  @Test("A word that colour splits maps to all of it")
  func split() throws {
    let bytes = Array("den\u{1B}[0mied".utf8)
    let normalized = NormalizedText(bytes)
    let range = try #require(normalized.messages.first?.range)
    #expect(normalized.sourceRange(of: range) == 0..<bytes.count)
  }

  @Test("Any bytes at all are read without a crash, and every offset lies in the input")
  func anyBytes() {
    var state: UInt64 = 7
    let telling = Array("\u{1B}[&\\\"{}\n\r #>|:u0n;mE[0]9é".utf8)
    for _ in 0..<300 {
      let bytes = (0..<200).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let value = UInt8(truncatingIfNeeded: state >> 33)
        // Mostly what the stages look at.
        return value < 140 ? telling[Int(value) % telling.count] : value
      }
      let normalized = NormalizedText(bytes)
      for message in normalized.messages {
        let source = normalized.sourceRange(of: message.range)
        #expect(source.lowerBound >= 0 && source.upperBound <= bytes.count)
      }
    }
  }
}
