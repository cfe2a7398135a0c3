import KnowledgeFormat
import Testing

/// RFC 8259, case by case, in the manner of JSONTestSuite.
@Suite struct JSONGrammarTests {
  @Test(arguments: [
    "null", "true", "false", "0", "-0", "-1", "1.5", "1e5", "1E5", "1e+5", "1e-5", "0.0e0", "-0.1",
    "123456789012345678901234567890", "\"\"", "\"a\"", " \t\r\n1 \t\r\n", "[]", "[ ]", "[1]",
    "[1,2]", "[[[]]]", "{}", "{ }", "{\"\":0}", "{\"a\":1,\"b\":2}", "{\"a\":{\"b\":[]}}",
    "{\"a\":1,\"a\":2}", #""\"\\\/\b\f\n\r\t""#, #""\u0000""#, #""\u00e9\uABCD""#,
    #""\uD834\uDD1E""#, #""\\u12""#, "\"é 漢 😀 \u{7F} \u{2028} \u{10FFFF}\"", "\u{FEFF}[1]",
    "[\"*/\",\"//\"]", "[1 , 2 ]", "{\"a\" : 1 , \"b\" : 2 }",
  ])
  func accepts(_ text: String) throws {
    _ = try JSONDocument.parse(Array(text.utf8))
  }

  @Test(arguments: [
    // Nothing, or too much.
    "", " ", "\u{FEFF}", "1 2", "[] []", "{}}", "[]]", "null,", "\"a\" \"b\"", "[1]x", "{}#",
    // Words.
    "nul", "True", "TRUE", "nulll", "truefalse", "NaN", "Infinity", "-Infinity", "undefined",
    "fals", "nan",
    // Numbers.
    "-", "+1", "01", "-01", "00", ".5", "-.5", "1.", "1.e5", "1e", "1e+", "1E-", "0x10", "1_000",
    "0e", "--1", "1-", "1.2.3", "1e5.5", "１", "- 1", "1,5",
    // Strings.
    "\"", "\"a", "'a'", "\"a\nb\"", "\"a\tb\"", "\"\u{0}\"", "\"\u{1F}\"", #""\"#, #""\""#,
    #""\a""#, #""\x41""#, #""\'""#, #""\0""#, #""\u""#, #""\u12""#, #""\u123""#, #""\u123g""#,
    #""\U0041""#, #""\uD834""#, #""\uDD1E""#, #""\uD834\u0041""#, #""\uD834\n""#, #""\uD834x""#,
    #""\uD834\uD834""#, #""\uDD1E\uD834""#, "a", "\u{201C}a\u{201D}", "\"\\\u{E9}\"",
    // Arrays.
    "[", "]", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1,,2]", "[1 2]", "[1;2]", "[1}", "[\"a\":1]",
    "[[]", "[1]]", "(1)",
    // Objects.
    "{", "}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "{,\"a\":1}",
    "{\"a\" 1}", "{\"a\"::1}", "{\"a\"=1}", "{a:1}", "{'a':1}", "{1:1}", "{null:1}", "{\"a\"}",
    "{\"a\":1 \"b\":2}", "{\"a\":1;\"b\":2}", "{\"a\":1]", "{\"a\":}", "{\"a\",\"b\"}", "{[]:1}",
    "{\"a\":1,,\"b\":2}",
    // What other readers allow.
    "// c\n1", "/* c */1", "[1 /* c */]", "[1] // c", "# c\n1", "[1\u{A0}]", "[1\u{2028}]",
    "[1\u{C}]", "[1\u{B}]", "\u{0}1", "1\u{0}", "[\u{FEFF}1]", "\u{FEFF}\u{FEFF}1",
  ])
  func refuses(_ text: String) {
    #expect(throws: JSONSyntaxError.self) { try JSONDocument.parse(Array(text.utf8)) }
  }

  @Test(
    arguments: [
      [0x22, 0x80, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22],
      [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xFF, 0x22],
      [0xFF, 0xFE, 0x31, 0x00], [0xFE, 0xFF, 0x00, 0x31], [0x31, 0x00, 0x32, 0x00], [0x22, 0xF8],
    ] as [[UInt8]])
  func refusesWhatIsNotUTF8(_ bytes: [UInt8]) {
    #expect(throws: JSONSyntaxError.self) { try JSONDocument.parse(bytes) }
  }

  @Test func everyPrefixOfADocumentIsRefused() throws {
    let bytes = Array(#"{"a": [1.5e-3, true, null, "é\u00e9\uD834\uDD1E\n"], "b": {"c": {}}}"#.utf8)
    _ = try JSONDocument.parse(bytes)
    for length in bytes.indices {
      #expect(throws: JSONSyntaxError.self, "\(length) bytes") {
        try JSONDocument.parse(Array(bytes[..<length]))
      }
    }
  }

  @Test func nestsSixtyFourDeepAndNoDeeper() throws {
    func nest(_ depth: Int, _ open: String, _ close: String) -> [UInt8] {
      Array(
        (String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)).utf8)
    }
    _ = try JSONDocument.parse(nest(64, "[", "]"))
    _ = try JSONDocument.parse(nest(64, "{\"a\":", "}"))
    let error = #expect(throws: JSONSyntaxError.self) { try JSONDocument.parse(nest(65, "[", "]")) }
    #expect(error?.offset == 64)
    #expect(throws: JSONSyntaxError.self) { try JSONDocument.parse(nest(65, "{\"a\":", "}")) }
    #expect(throws: JSONSyntaxError.self) {
      try JSONDocument.parse([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000))
    }
  }

  @Test(arguments: [
    ("{\n  \"a\": 1,\n}", 3, 1, "'}' where a name is due (remove the comma before it)"),
    ("[\n  1\n  2\n]", 3, 3, "'2' where a comma or ']' is due (is a comma missing before it?)"),
    ("{\"é\": 'x'}", 1, 7, "a single quote where a value is due (write strings in double quotes)"),
    ("[1, 02]", 1, 5, "a number begins with zero (remove the zero, or write a string)"),
    ("\u{FEFF}[tru]", 1, 2, "an unknown word (write true, or a string in quotes)"),
    (
      "[\"a\nb\"]", 1, 4,
      "the control character U+000A in a string (close the string on its line, or write \\n)"
    ),
    ("{\"a\": [1,\r\n2", 2, 2, "the text ends inside the array of line 1 (close it with ])"),
    ("{\"a\": \"b", 1, 7, "the string is never closed (close it with \")"),
    ("// x", 1, 1, "'/' where a value is due (JSON has no comments: remove it)"),
    ("{} {}", 1, 4, "'{' stands behind the end of the value (a file holds one value: remove it)"),
    ("", 1, 1, "the text holds no value (write an object: { … })"),
  ])
  func saysWhatIsWrongAndWhere(_ text: String, _ line: Int, _ column: Int, _ message: String) {
    let error = #expect(throws: JSONSyntaxError.self) { try JSONDocument.parse(Array(text.utf8)) }
    #expect(error?.description == "\(line):\(column): \(message)")
  }

  @Test func theOffsetOfInvalidUTF8IsThatOfItsFirstByte() {
    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONDocument.parse(Array("[\n\"é".utf8) + [0xC3] + Array("\"]".utf8))
    }
    #expect(error?.offset == 5)
    #expect(error?.line == 2)
    #expect(error?.column == 3)
  }
}
