import Testing

@testable import FailurePatterns

/// Finds one pattern in one message; the text that matched, or `nil`.
private func firstMatch(_ pattern: String, in text: String, isCaseExact: Bool = false) throws
  -> String?
{
  let bytes = Array(text.utf8)
  let set = try PatternSet(compiling: [pattern], isCaseExact: isCaseExact)
  let match = set.matches(in: bytes, messages: [0..<bytes.count]).first
  return match.map { String(decoding: bytes[$0.range], as: UTF8.self) }
}

extension PatternSet {
  /// A set of the given patterns, numbered as they come.
  init(compiling patterns: [String], isCaseExact: Bool = false) throws {
    var writer = PatternSetWriter()
    for text in patterns {
      _ = writer.add(try Pattern(text, isCaseExact: isCaseExact), isCaseExact: isCaseExact)
    }
    var bytes = PackedWriter()
    let offset = writer.write(into: &bytes)
    self.init(bytes: PackedBytes(bytes.bytes), at: offset)
  }
}

@Suite("What patterns match")
struct PatternMatchingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let pattern: String
    let text: String
    let match: String?
    var testDescription: String { "\(pattern) in \(text)" }

    init(_ pattern: String, _ text: String, _ match: String?) {
      self.pattern = pattern
      self.text = text
      self.match = match
    }
  }

  @Test("A message that comes again has the matches that it has by itself")
  func repeatedMessages() throws {
    let set = try PatternSet(compiling: [
      "rate exceeded", "pull of {image} failed{ twice|}", "denied",
    ])
    let kinds = [
      "pull of team/app failed: denied", "pull of team/web failed: denied", "nothing to see",
      "rate exceeded, rate exceeded", "pull of a failed twice",
    ]
    var bytes: [UInt8] = []
    var messages: [Range<Int>] = []
    var expected: [PatternSet.Match] = []
    for number in 0..<200 {
      let text = Array(kinds[number * number % 7 % kinds.count].utf8)
      for match in set.matches(in: text, messages: [0..<text.count]) {
        expected.append(
          PatternSet.Match(
            pattern: match.pattern, message: number,
            range: match.range.lowerBound + bytes.count..<match.range.upperBound + bytes.count))
      }
      messages.append(bytes.count..<bytes.count + text.count)
      bytes += text + [0x0A]
    }
    #expect(expected.count > 200)
    #expect(set.matches(in: bytes, messages: messages) == expected)
  }

  @Test(
    "The language",
    arguments: [
      // Letters, whatever their case.
      Case(
        "toomanyrequests: Rate exceeded", "x TOOMANYREQUESTS: rate EXCEEDED y",
        "TOOMANYREQUESTS: rate EXCEEDED"),
      // White space is any run of it, a soft break included, and optional after a colon or comma.
      Case(
        "access to the resource", "requested access to\nthe resource", "access to\nthe resource"),
      Case("access to the resource", "access tothe resource", nil),
      // On both sides of an alternative that is empty it is one run.
      Case("refers to {a|} repository", "refers to repository", "refers to repository"),
      Case("refers to {a|} repository", "refers to a repository", "refers to a repository"),
      Case("refers to {a|} repository", "refers to arepository", nil),
      // A choice that holds nothing at all is none.
      Case("refers to {article=} repository", "refers to repository", "refers to repository"),
      Case("refers to {article=|} repository", "refers to repository", "refers to repository"),
      Case("refers to {|} repository", "refers to repository", "refers to repository"),
      Case(
        "refers to {|a|an {old|}} repository", "refers to an repository",
        "refers to an repository"),
      Case("denied: requested access", "denied:requested access", "denied:requested access"),
      Case("denied: requested access", "denied : requested access", nil),
      // Quotes: any number of them, with backslashes, or none.
      Case(
        "may require 'docker login'", #"may require \"docker login\""#,
        #"may require \"docker login\""#),
      Case("may require 'docker login'", "may require docker login", "may require docker login"),
      // Words are whole.
      Case("unauthorized", "it is unauthorizedly", nil),
      Case("unauthorized", "(unauthorized)", "unauthorized"),
      Case("authorized user", "unauthorized user", nil),
      // Choices, with an empty branch, with slots, captured or not.
      Case("code={A|B|C}x failure", "code=Bx failure", "code=Bx failure"),
      Case("layer{s|} missing", "layers missing", "layers missing"),
      Case("layer{s|} missing", "layer missing", "layer missing"),
      Case(
        "{failed to pull {repository}|pull of {repository} failed}", "pull of a/b failed",
        "pull of a/b failed"),
      // Branches that share a stretch.
      Case(
        "({ExpiredToken|RequestExpired}) occurred", "(RequestExpired) occurred",
        "(RequestExpired) occurred"),
      Case(
        "({ExpiredToken|RequestExpired}) occurred", "(ExpiredToken) occurred",
        "(ExpiredToken) occurred"),
      // Gaps: short, within the message.
      Case(
        "lookup {...} no such host", "lookup a lookup b: no such host",
        "lookup a lookup b: no such host"),
      Case("denied{...}thing", "deniedsome thing", nil),
      // Anchors, lenient to quotes and to a full stop.
      Case("^Region is missing$", "Region is missing.", "Region is missing"),
      Case("^Region is missing$", "Error: Region is missing", nil),
      Case("status missing$", "status missing here", nil),
      // Exact words.
      Case("read: {=EOF}$", "read: EOF", "read: EOF"),
      Case("read: {=EOF}$", "read: eof", nil),
      // Braces.
      Case("format {{json}} missing", "format {json} missing", "format {json} missing"),
    ])
  func language(_ test: Case) throws {
    #expect(try firstMatch(test.pattern, in: test.text) == test.match)
  }

  @Test("Case counts where it is asked for")
  func exactCase() throws {
    #expect(
      try firstMatch("ThrottlingException", in: "throttlingexception", isCaseExact: true) == nil)
    #expect(
      try firstMatch("ThrottlingException", in: "ThrottlingException", isCaseExact: true) != nil)
  }

  @Test("A gap spans at most 512 bytes")
  func longGap() throws {
    let near = "begins here " + String(repeating: "x", count: 490) + " ends here"
    let far = "begins here " + String(repeating: "x", count: 520) + " ends here"
    #expect(try firstMatch("begins here{...}ends here", in: near) != nil)
    #expect(try firstMatch("begins here{...}ends here", in: far) == nil)
  }

  @Test("A word is whole before a gap that a branch begins with")
  func gapFirstInBranch() throws {
    #expect(try firstMatch("denied{!|{...}thing}", in: "deniedsome thing") == nil)
    #expect(try firstMatch("denied{!|{...}thing}", in: "denied some thing") != nil)
  }

  @Test("The last of as many branches as a choice may have is found, and no more may be written")
  func manyBranches() throws {
    let branches = (0..<127).map { "\($0)" }
    let text = "code 126 is wrong"
    #expect(try firstMatch("code {\(branches.joined(separator: "|"))} is wrong", in: text) == text)
    #expect(throws: PatternSyntaxError.self) {
      try Pattern("code {\((branches + ["127"]).joined(separator: "|"))} is wrong")
    }
  }

  @Test("A match never leaves its message")
  func messages() throws {
    let text = Array("rate\nexceeded".utf8)
    let set = try PatternSet(compiling: ["rate exceeded"])
    #expect(set.matches(in: text, messages: [0..<text.count]).count == 1)
    #expect(set.matches(in: text, messages: [0..<5, 5..<text.count]).isEmpty)
  }

  @Test("Matches of one pattern do not overlap; all of them are found")
  func repeated() throws {
    let text = Array("name unknown: a; name unknown: b; NAME UNKNOWN: c".utf8)
    let set = try PatternSet(compiling: ["name unknown:"])
    #expect(
      set.matches(in: text, messages: [0..<text.count]).map(\.range.lowerBound) == [0, 17, 34])
  }
}

@Suite("What slots capture")
struct SlotTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let pattern: String
    let text: String
    let captures: [String]
    var testDescription: String { "\(pattern) in \(text)" }

    init(_ pattern: String, _ text: String, _ captures: [String]) {
      self.pattern = pattern
      self.text = text
      self.captures = captures
    }
  }

  @Test(
    "Typed runs",
    arguments: [
      Case(
        "lookup {host} on {ip}: failing", "lookup r.io on 10.0.0.1:53: failing",
        ["host=r.io", "ip=10.0.0.1:53"]),
      Case("repository {repository} missing", "repository a/b-c missing", ["repository=a/b-c"]),
      Case(
        "manifest for {reference} not found", "manifest for r.io:5000/a/b:1.2 not found",
        ["reference=r.io:5000/a/b:1.2"]),
      Case(
        "resource: {resource:arn}",
        "resource: arn:aws:ecr:eu-west-1:123456789012:repository/x, why",
        ["resource=arn:aws:ecr:eu-west-1:123456789012:repository/x"]),
      Case("status {status:int} given", "status 403 given", ["status=403"]),
      Case("{given} is no tag", "tag: acme/Bar:1 is no tag", ["given=acme/Bar:1"]),
      Case("{given} is no tag", "image=\"acme/Bar:1\" is no tag", ["given=acme/Bar:1"]),
      Case(
        "{reference}: not there", "r.io:5000/a/b:1.2: not there", ["reference=r.io:5000/a/b:1.2"]),
      Case("\"{url:url}\": EOF", "Get \"https://r.io/v2/\": EOF", ["url=https://r.io/v2/"]),
      Case("waited {duration} for it", "waited 1m30.5s for it", ["duration=1m30.5s"]),
      Case(
        "fetch {url} failed", "fetch https://r.io/v2/?a=b&c=(d) failed",
        ["url=https://r.io/v2/?a=b&c=(d)"]),
      Case("digest {digest} differs", "digest sha256:abc123 differs", ["digest=sha256:abc123"]),
      Case("user {who:text} is missing", "user A B C is missing", ["who=A B C"]),
      Case("{code=DENIED|UNKNOWN} happened", "unknown happened", ["code=unknown"]),
      Case("was {how=often|} denied", "was often denied", ["how=often"]),
      Case("was {how=|often} denied", "was denied", []),
      // What follows a value in a sentence is not part of it.
      Case("pull from {host}", "pull from ghcr.io.", ["host=ghcr.io"]),
      Case("registry {registry}: closed", "registry r.io:5000: closed", ["registry=r.io:5000"]),
      // Blotted-out values match.
      Case(
        "registry {registry} closed", "registry <my registry> closed", ["registry=<my registry>"]),
      Case("registry {registry} closed", "registry $HOST:5000 closed", ["registry=$HOST:5000"]),
      Case("account {account} closed", "account *** closed", ["account=***"]),
      // A slot that a pattern begins with finds its beginning before what was blotted out in it.
      Case(
        "{url} toomanyrequests", "GET https://<my host>/v2/ toomanyrequests",
        ["url=https://<my host>/v2/"]),
    ])
  func capture(_ test: Case) throws {
    let bytes = Array(test.text.utf8)
    let set = try PatternSet(compiling: [test.pattern])
    let match = try #require(set.matches(in: bytes, messages: [0..<bytes.count]).first)
    var reader = CaptureReader(set)
    let captures = reader.captures(of: match, in: bytes, message: 0..<bytes.count).map {
      "\($0.name)=\(String(decoding: bytes[$0.range], as: UTF8.self))"
    }
    #expect(captures == test.captures)
  }

  @Test("A numeric slot takes no blotted-out value")
  func numbers() throws {
    #expect(try firstMatch("status {status:int} given", in: "status *** given") == nil)
  }
}

@Suite("What is no pattern")
struct PatternSyntaxTests {
  @Test(
    "Errors say where",
    arguments: [
      ("failed {name:colour} here", 19), ("failed {name here", 7), ("failed } here", 7),
      ("a {...} b {...} c {...} d {...} e", 31), ("exactly {=} this", 8), ("", 0), ("list {a|b", 5),
      ("code {a=x|{a}}", 13),
    ])
  func errors(_ text: String, _ offset: Int) {
    let error = #expect(throws: PatternSyntaxError.self) { try Pattern(text) }
    #expect(error?.offset == offset)
    #expect(error?.remedy.isEmpty == false)
  }

  @Test("A pattern needs a rare literal")
  func rareLiteral() throws {
    #expect(try Pattern("{host}: {=EOF}").rareLiteral == nil)
    #expect(try Pattern("{host}: {=EOF}$").rareLiteral == "EOF")
    #expect(try Pattern("image registry").rareLiteral == nil)
    #expect(try Pattern("image from registry").rareLiteral == "image from registry")
    #expect(try Pattern("{name} toomanyrequests {name}").rareLiteral == "toomanyrequests")
    #expect(try Pattern("{abc|def} {host}").rareLiteral == nil)
    #expect(try Pattern("{throttled|quota reached} {host}").rareLiteral != nil)
  }

  @Test(
    "A pattern is found by what healthy logs hold least",
    arguments: [
      (#"{/v2/|/blobs/}{"|{rest}"}: {=EOF}"#, [":eof", " eof"]),
      ("https://{host} EOF", [" eof"]),
      // A word of nearly every line is no rarer than a request's path.
      ("/v2/{path} for {reference}", ["/v2/"]),
      ("/v2/{path} quota", ["quot"]),
    ])
  func rarestFragment(_ text: String, _ fragments: [String]) throws {
    let choice = AnchorChoice.best(for: try Pattern(text).elements)
    #expect(choice?.fragments.map { String(decoding: $0.bytes, as: UTF8.self) } == fragments)
    #expect(choice?.isShortWord == false)
  }

  @Test("What many patterns hold is left to those that hold nothing else", arguments: [8, 200])
  func sharedFragment(count: Int) throws {
    // Words less rare than that, each another.
    let words = (0..<count).map { number in
      String(String(243 + number, radix: 3).map { ["0": "c", "1": "d", "2": "l"][$0] ?? "l" })
    }
    let texts = words.map { "x509: \($0)" } + ["x509: {...}"]
    var burden = FragmentBurden()
    let choices = AnchorChoice.best(forAll: try texts.map { try Pattern($0).elements }, &burden)
    let shared = choices.filter { choice in
      choice?.fragments.contains { "x509:".contains(String(decoding: $0.bytes, as: UTF8.self)) }
        ?? false
    }
    #expect(shared.count == (count < 64 ? count + 1 : 1))
  }

  @Test(
    "A pattern is found by what few others hold, by the size of the base",
    arguments: [(4, 41, "jump"), (40, 41, "vivi"), (40, 40_000, "jump")])
  func heldByOthers(count: Int, patternCount: Int, fragment: String) throws {
    let texts = ["jump vivi"] + (0..<count).map { "jump \(String(1000 + $0, radix: 4))" }
    var burden = FragmentBurden(patternCount: patternCount)
    let choices = AnchorChoice.best(forAll: try texts.map { try Pattern($0).elements }, &burden)
    #expect(
      choices[0]?.fragments.map { String(decoding: $0.bytes, as: UTF8.self) } == [fragment])
  }

  @Test("A literal is found at the first and at the last place where it stands", arguments: 0..<20)
  func literalHead(seed: Int) throws {
    var state = UInt64(seed &+ 1) &* 0x9E37_79B9_7F4A_7C15
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<200 {
      let literal = (0...next(6)).map { _ in Array("ab@`".utf8)[next(4)] }
      let isCaseExact = next(2) == 0
      let text = (0..<next(60)).map { _ in Array("abAB@`".utf8)[next(6)] }
      let opcode =
        isCaseExact ? PatternProgram.Opcode.exactLiteral : PatternProgram.Opcode.literal
      let instruction = [opcode, UInt8(literal.count), 0] + literal
      let range = next(30)...(30 + next(60))
      let places = range.filter { place in
        guard place + literal.count <= text.count else { return false }
        let there = text[place..<place + literal.count]
        return isCaseExact ? there.elementsEqual(literal) : there.map(\.folded) == literal
      }
      let found = try instruction.withUnsafeBufferPointer { program in
        try (text + [0]).withUnsafeBufferPointer { bytes in
          let start = try #require(program.baseAddress)
          let head = try #require(LiteralHead(instruction: start))
          let base = try #require(bytes.baseAddress)
          return [
            head.first(
              in: base, from: range.lowerBound, through: range.upperBound, upper: text.count),
            head.last(
              in: base, from: range.upperBound, downTo: range.lowerBound, upper: text.count),
          ]
        }
      }
      #expect(found == [places.first, places.last])
    }
  }

  @Test(
    "A word of three letters is found behind a colon, with a space and without",
    arguments: ["GET /v2/a/b: EOF", "GET /v2/a/b:EOF", "GET \"/v2/a/b\":\nEOF"])
  func shortWord(_ message: String) throws {
    let set = try PatternSet(compiling: [#"{/v2/|/blobs/}{"|{rest}"}: {=EOF}"#])
    let text = Array(message.utf8)
    #expect(set.matches(in: text, messages: [0..<text.count]).count == 1)
  }

  @Test("Slots are listed once, in order")
  func slots() throws {
    let pattern = try Pattern("{host} says {what:text} to {host} about {code=A|B}")
    #expect(pattern.slots.map(\.name) == ["host", "what", "code"])
    #expect(pattern.slots.map(\.type) == [.host, .text, .any])
  }
}
