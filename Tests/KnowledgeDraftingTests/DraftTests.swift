import KnowledgeDrafting
import KnowledgeFormat
import RegistryDiagnosis
import RegistryKnowledge
import Testing

/// Drafts of entries from pastes that nobody knows.
@Suite struct DraftTests {
  private func draft(_ paste: String) throws -> (draft: EntryDraft, json: JSONNode, example: String)
  {
    let draft = EntryDraft(
      id: try #require(EntryID("harbor/new-failure")), paste: Array(paste.utf8), base: .builtIn,
      schemaPath: nil)
    let files = draft.files
    try #require(files.map(\.name) == ["entry.json", "match-paste.txt"])
    let json = try JSONDocument.parse(files[0].bytes).root
    return (draft, json, String(decoding: files[1].bytes, as: UTF8.self))
  }

  @Test(arguments: [
    (
      "failed to do request: Head \"https://hub.corp.net/v2/a/manifests/1\": the flux capacitor of node 17 is empty",
      "the flux capacitor of node {number:int} is empty"
    ),
    (
      "time=\"2026-11-21T07:00:00Z\" level=error msg=\"blob sha256:0123456789abcdef is on tape 12.5s away\"",
      "blob {digest} is on tape {time:duration} away"
    ),
    (
      "Error: upload of '/var/lib/x/y' refused by \"gate-seven\" with 418 teapots",
      "upload of \"{path}\" refused by \"{name}\" with 418 teapots"
    ),
  ])
  func whatVariesBecomesSlots(paste: String, pattern: String) throws {
    let (draft, json, _) = try draft(paste)
    #expect(draft.pattern == pattern)
    #expect(json["match"]?["any"]?.elements.first { _ in true }?["pattern"]?.string == pattern)
  }

  @Test func namesAreReplacedAndTheRestStays() throws {
    let paste = """
      $ docker login -u anna -p Tr0ub4dor&3x hub.corp.net:5000
      push hub.corp.net:5000/team/app to 999988887777.dkr.ecr.eu-west-1.amazonaws.com/app failed
      10.3.4.5 said no to anna.smith@corp.net, see /home/anna/.docker/config.json
      digest sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef ghcr.io/x/y:1.2
      """
    let example = try draft(paste).example
    for secret in [
      "Tr0ub4dor", "hub.corp.net", "999988887777", "10.3.4.5", "anna.smith", "home/anna",
    ] {
      #expect(!example.contains(secret), "\(secret) is still there")
    }
    for kept in [
      "registry.example.com:5000/team/app", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app",
      "192.0.2.1 said no", "user@example.com", "/home/user/.docker/config.json",
      "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "ghcr.io/x/y:1.2",
    ] {
      #expect(example.contains(kept), "\(kept) is missing in \(example)")
    }
    #expect(example.split(separator: "\n").count == 4)
  }

  @Test func anEntryThatKnowsThePasteIsNamed() throws {
    let known = try draft(
      "docker pull 123456789012.dkr.ecr.us-east-1.amazonaws.com/a\ntoomanyrequests: Rate exceeded")
    #expect(known.draft.knownAs == "ecr/rate-exceeded")
    #expect(try draft("the flux capacitor is empty").draft.knownAs == nil)
  }

  @Test func bytesThatAreNoTextAreKept() {
    let paste: [UInt8] = [0xFF, 0xFE, 0x00, 0x9F, 0x0A]
    let draft = EntryDraft(
      id: EntryID("a/b")!, paste: paste, base: .builtIn, schemaPath: nil)
    #expect(draft.files[1].bytes == paste)
  }
}
