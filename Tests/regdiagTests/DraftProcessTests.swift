import Foundation
import Testing

@Suite("regdiag kb new and kb diff as processes")
struct DraftProcessTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    .path(percentEncoded: false)

  @Test("a paste becomes a folder, whole, and never over another")
  func draft() throws {
    let paste = "push to hub.corp.net failed: the storage gremlin of 10.2.3.4 ate 3 layers\n"
    let run = try RegdiagProcess("kb", "new", "house/gremlin", "--into", folder, input: paste)
    #expect(run.status == 0)
    #expect(run.output.contains("the storage gremlin of {address:host} ate {number:int} layers"))
    #expect(run.output.contains("/title"))
    let place = "\(folder)/entries/house/gremlin"
    let files = try FileManager.default.contentsOfDirectory(atPath: place).sorted()
    #expect(files == ["entry.json", "match-paste.txt"])
    let example = try String(contentsOfFile: "\(place)/match-paste.txt", encoding: .utf8)
    #expect(!example.contains("hub.corp.net") && !example.contains("10.2.3.4"))

    let again = try RegdiagProcess("kb", "new", "house/gremlin", "--into", folder, input: "other\n")
    #expect(again.status == 2)
    #expect(again.errors.contains("is there already"))
    #expect(try String(contentsOfFile: "\(place)/match-paste.txt", encoding: .utf8) == example)
    let scope = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/entries/house")
    #expect(scope == ["gremlin"])
  }

  @Test(
    "what cannot be drafted is said in a sentence",
    arguments: [
      (["kb", "new", "No Id"], "x\n", "is no id"),
      (["kb", "new", "a/b"], " \n", "the paste is empty"),
      (["kb", "new", "a/b", "--into", "/proc/nowhere"], "x failed\n", "cannot write"),
      (["kb", "diff", "-"], "", "NEW"),
    ])
  func mistakes(_ arguments: [String], _ paste: String, _ message: String) throws {
    let run = try RegdiagProcess(arguments, input: paste)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(message), "\(run.errors)")
  }

  @Test("a base differs not from itself")
  func difference() throws {
    let run = try RegdiagProcess("kb", "diff", "-", "-")
    #expect(run.status == 1)
    #expect(run.output == "no entry differs\n")
  }
}
