import Testing

@testable import ModelContextProtocol

@Suite("What is no message, or no right one")
struct MalformedMessageTests {
  /// A line, the code of the error, and the id it is answered with.
  struct Case: Sendable, CustomTestStringConvertible {
    let line: String
    let code: Int?
    let id: String
    var testDescription: String { String(line.prefix(80)) }

    init(_ line: String, _ code: Int?, id: String = "null") {
      self.line = line
      self.code = code
      self.id = id
    }
  }

  @Test(arguments: [
    Case("nonsense", -32700), Case("{", -32700), Case("{} {}", -32700), Case("\"\u{0}\"", -32700),
    Case(String(repeating: "[", count: 100_000), -32700),
    Case(#"{"jsonrpc":"2.0","id":1,"method":"ping",}"#, -32700),
    Case("5", -32600), Case("null", -32600), Case("\"ping\"", -32600), Case("{}", -32600),
    Case("[]", -32600),
    Case(#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, -32600),
    Case(#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, -32600, id: "1"),
    Case(#"{"id":"a","method":"ping"}"#, -32600, id: "\"a\""),
    Case(#"{"jsonrpc":"2.0","id":1}"#, -32600, id: "1"),
    Case(#"{"jsonrpc":"2.0","id":1,"method":1}"#, -32600, id: "1"),
    Case(#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600),
    Case(#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, -32600),
    Case(#"{"jsonrpc":"2.0","id":{},"method":"ping"}"#, -32600),
    Case(#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#, -32600, id: "1"),
    Case(#"{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}"#, -32600, id: "1"),
    Case(#"{"jsonrpc":"2.0","id":1,"method":"a","params":{"b":1,"b":2}}"#, -32600, id: "1"),
    Case(#"{"jsonrpc":"2.0","id":1,"method":"nothing"}"#, -32601, id: "1"),
    Case(#"{"jsonrpc":"2.0","id":1,"method":""}"#, -32601, id: "1"),
    Case(#"{"jsonrpc":"2.0","id":1,"method":"tools/call"}"#, -32602, id: "1"),
    Case(#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":5}}"#, -32602, id: "1"),
    Case(#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x"}}"#, -32602, id: "1"),
    Case(
      #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":[]}}"#,
      -32602, id: "1"),
    Case(#"{"jsonrpc":"2.0","id":1,"method":"initialize"}"#, -32602, id: "1"),
    Case(
      #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":1}}"#, -32602,
      id: "1"),
    Case(
      #"{"jsonrpc":"2.0","id":-98765432109876543210987654321,"method":"ping"}"#, nil,
      id: "-98765432109876543210987654321"),
    Case(#"{"jsonrpc":"2.0","id":"\ud800\n\"","method":"ping"}"#, nil, id: #""\#u{FFFD}\n\"""#),
  ])
  func answer(_ item: Case) throws {
    var session = try SampleServer.session("2025-11-25")
    let answer = session.answer(to: .message(Array(item.line.utf8)))
    let line = try #require(answer)
    #expect(line.hasPrefix("{\"jsonrpc\":\"2.0\",\"id\":\(item.id),"), "\(line)")
    #expect(try Answer(line)?["error.code"]?.number == item.code)
  }

  @Test("bytes that are no UTF-8, and a message that is too long, are errors")
  func lines() throws {
    var session = try SampleServer.session("2025-11-25")
    let bytes = Array("{\"jsonrpc\":\"2.0\",\"id\":\"".utf8) + [0xFF] + Array("\"}".utf8)
    #expect(try Answer(session.answer(to: .message(bytes)))?["error.code"]?.number == -32700)
    #expect(try Answer(session.answer(to: .tooLong))?["error.code"]?.number == -32600)
  }

  @Test(
    "a notification or a response is never answered",
    arguments: [
      #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#,
      #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":5}"#,
      #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"a":1,"a":2}}"#,
      #"{"jsonrpc":"2.0","method":"tools/list"}"#, #"{"jsonrpc":"2.0","method":"nothing"}"#,
      #"{"jsonrpc":"2.0","id":1,"result":{}}"#,
      #"{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"a"}}"#,
    ])
  func unanswered(_ line: String) throws {
    var session = try SampleServer.session("2025-11-25")
    #expect(try session.answer(line) == nil)
  }

  @Test("no message of an error repeats what the client sent")
  func nothingIsRepeated() throws {
    var session = try SampleServer.session("2025-11-25")
    let secret = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
    for line in [
      #"{"jsonrpc":"2.0","id":1,"method":"\#(secret)"}"#,
      #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\#(secret)"}}"#,
      #"{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"\#(secret)"}}"#,
      #"{"jsonrpc":"2.0","id":1,"method":"resources/list","params":{"cursor":"\#(secret)"}}"#,
      #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"\#(secret)":1}}}"#,
      #"{"\#(secret)": \#(secret)"#, #""\#(secret)""#,
      #"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"\#(secret)","io.modelcontextprotocol/clientCapabilities":{}}}}"#,
      #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"\#(secret)"}}"#,
    ] {
      let answer = session.answer(to: .message(Array(line.utf8)))
      #expect(try !#require(answer).contains(secret))
    }
  }
}

@Suite("Batches")
struct BatchTests {
  @Test("2025-03-26 answers an array with an array")
  func answers() throws {
    var session = try SampleServer.session("2025-03-26")
    let answer = try session.answer(
      """
      [{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/x"},\
      {"jsonrpc":"2.0","id":2,"method":"nothing"},5,[],\
      {"jsonrpc":"2.0","id":3,"method":"initialize","params":{"protocolVersion":"2025-11-25"}}]
      """)
    #expect(answer?.count == 5)
    #expect(answer?["0.id"]?.number == 1)
    #expect(answer?["0.result"] != nil)
    #expect(answer?["1.error.code"]?.number == -32601)
    #expect(answer?["2.error.code"]?.number == -32600)
    #expect(answer?["2.id"]?.isNull == true)
    #expect(answer?["3.error.code"]?.number == -32600)
    #expect(answer?["4.error.code"]?.number == -32600)
    #expect(try session.answer(#"[{"jsonrpc":"2.0","method":"notifications/x"}]"#) == nil)
  }

  @Test("an empty one, and one that is too long, are errors")
  func bounds() throws {
    var session = try SampleServer.session("2025-03-26")
    #expect(try session.answer("[]")?["error.code"]?.number == -32600)
    let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
    func batch(_ count: Int) -> String {
      "[" + Array(repeating: ping, count: count).joined(separator: ",") + "]"
    }
    #expect(try session.answer(batch(100))?.count == 100)
    #expect(try session.answer(batch(101))?["error.code"]?.number == -32600)
  }
}
