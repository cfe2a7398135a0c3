import KnowledgeFormat
import Testing

@Suite("Lists of checksums")
struct ChecksumListTests {
  private static let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  private func list(_ text: String) throws(ChecksumList.LineError) -> ChecksumList {
    try ChecksumList(Array(text.utf8))
  }

  @Test(
    "every form that sha256sum writes is read",
    arguments: [
      ("\(digest)  a/b.json\n", "a/b.json"), ("\(digest) *a/b.json", "a/b.json"),
      ("\(digest)  ./a//b.json\r\n", "a/b.json"), ("\(digest.uppercased())  a b ", "a b "),
      ("# made today\n\n\(digest)  *a", "*a"), ("\\\(digest)  a\\\\b\\nc\\r", "a\\b\nc\r"),
      ("\(digest)  a\\nb", "a\\nb"), ("SHA256 (a (1)) = \(digest)\n", "a (1)"),
      ("\\SHA256 (a\\\\b) = \(digest)\n", "a\\b"),
    ])
  func forms(_ line: String, _ path: String) throws {
    let entries = try list(line).entries
    #expect(entries.map(\.path) == [path])
    #expect(entries.map(\.digest.description) == [Self.digest])
  }

  @Test(
    "what is no line of a list is named with its number",
    arguments: [
      "a", "\(digest)", "\(digest) a", "\(digest)  ", "\(digest.dropLast())  a", "\(digest)0  a",
      "\(digest.dropLast())g  a", "\\\(digest)  a\\b", "\\\(digest)  a\\", " \(digest)  a",
      "\(digest)  .", "\(digest)  a\0b", "SHA256 (a) = ", "SHA512 (a) = \(digest)", "SHA256 () = a",
    ])
  func malformed(_ line: String) {
    #expect {
      try list("\(Self.digest)  first\n\(line)\n")
    } throws: { error in
      "\(error)" == "line 2 is no SHA-256 checksum: 64 hexadecimal digits, two spaces, a path"
    }
  }

  @Test("bytes that are no text are no path")
  func notText() {
    #expect(throws: ChecksumList.LineError.self) {
      try ChecksumList(Array("\(Self.digest)  a".utf8) + [0xFF])
    }
  }

  @Test("a path cannot lead out of the folder", arguments: ["../a", "a/../b", "/etc/passwd", ".."])
  func outside(_ path: String) {
    #expect {
      try list("\(Self.digest)  \(path)\n")
    } throws: { error in
      "\(error)".hasPrefix("line 1 names '\(path)', which may lie outside the folder")
    }
  }

  @Test("a path cannot be listed twice, however it is written")
  func repetition() {
    #expect {
      try list("\(Self.digest)  a/b\n\n\(Self.digest)  ./a/b\n")
    } throws: { error in "\(error)" == "line 3 names 'a/b' again, after line 1" }
  }

  @Test("what is written is read again")
  func written() throws {
    let text = "\(Self.digest)  a b\n\\\(Self.digest)  c\\\\d\n"
    #expect(try list(text).text == text)
  }
}
