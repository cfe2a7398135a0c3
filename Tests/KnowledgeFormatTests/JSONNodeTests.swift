import KnowledgeFormat
import Testing

@Suite struct JSONNodeTests {
  private func document(_ text: String) throws -> JSONDocument {
    try JSONDocument.parse(Array(text.utf8))
  }

  @Test(arguments: [
    (#""""#, ""), (#""a é 漢 😀""#, "a é 漢 😀"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#""\u0041\u00e9\uABCD\u0000""#, "Aé\u{ABCD}\u{0}"), (#""x\uD834\uDD1Ey""#, "x\u{1D11E}y"),
    (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\\u0041""#, "\\u0041"),
  ])
  func stringsAreDecoded(_ text: String, _ value: String) throws {
    let node = try document(text).root
    let string = try #require(node.string)
    #expect(Array(string.unicodeScalars) == Array(value.unicodeScalars))
    #expect(node.isEqual(to: value))
    #expect(!node.isEqual(to: value + "x"))
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("429", 429), ("-17", -17), ("4e2", 400), ("400.0", 400),
      ("4.5", nil), ("1e-1", nil), ("99999999999999999999", nil), ("1e400", nil),
      ("9223372036854775807", Int.max), ("\"4\"", nil), ("true", nil),
    ] as [(String, Int?)])
  func integersAreWholeAndFit(_ text: String, _ value: Int?) throws {
    #expect(try document(text).root.integer == value)
  }

  @Test func kindsDoNotPassForOthers() throws {
    let root = try document(
      #"{"s": "1", "n": 1, "t": true, "f": false, "z": null, "a": [], "o": {}}"#
    )
    .root
    #expect(
      root.members.map(\.value.kind) == [
        .string, .number, .boolean, .boolean, .null, .array, .object,
      ])
    #expect(root["n"]?.string == nil)
    #expect(root["t"]?.boolean == true)
    #expect(root["f"]?.boolean == false)
    #expect(root["z"]?.boolean == nil)
    #expect(root["missing"] == nil)
    #expect(root["a"]?["x"] == nil)
    #expect(root.elements.map(\.kind) == [])
    #expect(root["a"]?.members.map(\.key) == [])
  }

  @Test func childrenComeInOrder() throws {
    let root = try document(#"[[1, [2]], {"a": {"b": [3]}, "c": 4}, 5]"#).root
    #expect(root.elements.map(\.kind) == [.array, .object, .number])
    let object = try #require(root.elements.map { $0 }.dropFirst().first)
    #expect(object.members.map(\.key) == ["a", "c"])
    #expect(object["c"]?.integer == 4)
  }

  @Test func pointersLeadBack() throws {
    let document = try document(
      #"{"a": [0, {"b/c~d": [true]}], "": {"é": null}, "e\u0073c": 1}"#)
    var pointers: [String] = []
    func visit(_ node: JSONNode) throws {
      pointers.append(node.pointer)
      let found = try #require(document.node(at: node.pointer))
      #expect(found.byteRange == node.byteRange)
      for element in node.elements { try visit(element) }
      for member in node.members {
        #expect(member.name.pointer == member.value.pointer)
        try visit(member.value)
      }
    }
    try visit(document.root)
    #expect(
      pointers == [
        "", "/a", "/a/0", "/a/1", "/a/1/b~1c~0d", "/a/1/b~1c~0d/0", "/", "//é", "/esc",
      ])
  }

  @Test(arguments: ["/b", "/a/2", "/a/-1", "/a/x", "/a/0/0", "/a/1/b"])
  func pointersToNothingStopOnTheWay(_ pointer: String) throws {
    let document = try document(#"{"a": [0, {"c": 1}]}"#)
    #expect(document.node(at: pointer) == nil)
    #expect(pointer.hasPrefix(document.deepestNode(on: pointer).pointer))
  }

  @Test func positionsCountScalarsAndLines() throws {
    let root = try document("\u{FEFF}{\"é😀\": 1,\r\n  \"b\":\n\t[\"e\u{301}\", 2]}").root
    let members = Array(root.members)
    #expect(root.position == SourcePosition(line: 1, column: 1))
    #expect(members[0].value.position == SourcePosition(line: 1, column: 8))
    #expect(members[1].name.position == SourcePosition(line: 2, column: 3))
    let elements = Array(members[1].value.elements)
    #expect(elements[0].position == SourcePosition(line: 3, column: 3))
    #expect(elements[1].position == SourcePosition(line: 3, column: 9))
  }

  @Test func repeatedNamesAreFoundWhateverTheirSpelling() throws {
    let document = try document(#"{"a": {"x": 1, "y": 2, "x": 3}, "\u0061": 4, "b": 5, "a": 6}"#)
    #expect(document.repeatedNames().map(\.pointer) == ["/a/x", "/a", "/a"])
    #expect(document.repeatedNames().map(\.position.column) == [24, 33, 54])
  }

  @Test func minifyingDropsWhiteSpaceOutsideStringsOnly() throws {
    let text = "\u{FEFF} { \"a b\" : [ 1 , \"\\\" , \\\\\" ] ,\r\n\t\"c\" : { } } \n"
    let root = try document(text).root
    #expect(
      String(decoding: root.minified(), as: UTF8.self) == #"{"a b":[1,"\" , \\"],"c":{}}"#)
    let array = try #require(root["a b"])
    #expect(String(decoding: array.minified(), as: UTF8.self) == #"[1,"\" , \\"]"#)
  }
}
