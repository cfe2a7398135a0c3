@testable import KnowledgeFormat
import Testing

@Suite struct ValidationTests {
  /// An entry that refines others, in a base of its own.
  private func chain(_ links: [(id: String, refines: String)]) -> KnowledgeSource {
    var added: [String: String] = [:]
    for link in links {
      let text = SampleBase.otherEntry
        .replacing("oci/too-many-requests", with: link.id)
        .replacing("\"codes\":", with: "\"refines\": [\(link.refines)], \"codes\":")
      added["KnowledgeBase/entries/\(link.id)/entry.json"] = text
      for name in ["match-plain.txt", "nomatch-plain.txt"] {
        added["KnowledgeBase/entries/\(link.id)/\(name)"] = "output"
      }
    }
    return SampleBase.source(adding: added)
  }

  @Test func aCircleIsPrintedOnceFromItsFirstEntryOn() {
    let complaints = SampleBase.complaints(
      about: chain([
        ("x/c", "\"x/a\""), ("x/a", "\"oci/too-many-requests\", \"x/b\""), ("x/b", "\"x/c\""),
        ("x/d", "\"x/a\""),
      ]))
    #expect(
      complaints.map(\.description) == [
        "KnowledgeBase/entries/x/a/entry.json:11:40: error: /refines/1: refines runs in a circle: "
          + "x/a → x/b → x/c → x/a "
          + "(the more specific entry refines the more general one: remove one link)"
      ])
  }

  @Test func manyWaysToTheSameEntryAreNoCircle() {
    let complaints = SampleBase.complaints(
      about: chain([
        ("x/a", "\"x/b\", \"x/c\""), ("x/b", "\"x/d\""), ("x/c", "\"x/d\""), ("x/d", ""),
      ]))
    #expect(complaints == [])
  }

  @Test func aLongChainIsWalkedToItsEnd() {
    let links = (0..<3000).map { (id: "x/\($0)", refines: "\"x/\($0 + 1)\"") }
    let complaints = SampleBase.complaints(about: chain(links + [("x/3000", "\"x/0\"")]))
    #expect(complaints.map(\.code) == [.circularRefines])
    #expect(complaints.first?.file == "KnowledgeBase/entries/x/0/entry.json")
  }

  @Test func anAliasBelongsToOneEntry() {
    let first = SampleBase.otherEntry
      .replacing("\"codes\":", with: "\"aliases\": [\"ecr/throttled\"], \"codes\":")
    let complaints = SampleBase.complaints(
      about: SampleBase.source(replacing: [SampleBase.otherPath: first]))
    #expect(
      complaints.map(\.description) == [
        "KnowledgeBase/entries/oci/too-many-requests/entry.json:11:15: error: /aliases/0: "
          + "ecr/throttled is an alias of ecr/rate-exceeded too (keep it in one of them)"
      ])
  }

  @Test func refinesMayNameAnAlias() {
    let text = SampleBase.otherEntry
      .replacing("\"codes\":", with: "\"refines\": [\"ecr/throttled\"], \"codes\":")
    let entry = SampleBase.entry.replacing("\"refines\": [\"oci/too-many-requests\"],", with: "")
    let source = SampleBase.source(
      replacing: [SampleBase.otherPath: text, SampleBase.entryPath: entry])
    #expect(SampleBase.complaints(about: source) == [])
  }

  // MARK: - Overlays

  private func overlay(_ text: String) -> LoadedKnowledge {
    LoadedKnowledge(
      KnowledgeSource(
        root: "my.json", files: [KnowledgeFile(path: "my.json", bytes: Array(text.utf8))]),
      mode: .lenient)
  }

  @Test func anOverlayUsesTheNamesOfTheBase() {
    let base = LoadedKnowledge(SampleBase.source(), mode: .strict)
    #expect(validate(overlay(SampleBase.entry), against: base) == [])
    let mine = SampleBase.entry.replacing("\"ecr/rate-exceeded\"", with: "\"acme/rate\"")
    #expect(validate(overlay(mine), against: base).map(\.code) == [.aliasTaken])
  }

  @Test func anOverlayAloneIsNotHeldToNamesNobodyKnows() {
    let complaints = validate(overlay(SampleBase.entry))
    #expect(complaints.map(\.code) == [.unknownEntry, .unknownEntry])
    #expect(complaints.allSatisfy { $0.severity == .warning })
  }

  @Test func anOverlayWithABadPatternLosesThatEntry() {
    let base = LoadedKnowledge(SampleBase.source(), mode: .strict)
    let spoilt = SampleBase.entry.replacing("toomanyrequests: Rate exceeded", with: "{oops")
    let knowledge = overlay(spoilt)
    #expect(knowledge.entries.count == 1)
    let rest = knowledge.rejectingEntries(by: validate(knowledge, against: base))
    #expect(rest.entries.isEmpty)
    #expect(rest.rejectedIDs.map(\.text) == ["ecr/rate-exceeded"])
    #expect(rest.complaints.map(\.code) == [.badPattern])
  }

  @Test func theFaultsOfTheBaseAreNotReported() {
    let spoilt = SampleBase.otherEntry.replacing("toomanyrequests: {", with: "{")
      .replacing("\"ecr/rate-exceeded\"", with: "\"no/where\"")
    let base = LoadedKnowledge(
      SampleBase.source(replacing: [SampleBase.otherPath: spoilt]), mode: .strict)
    #expect(!validate(base).isEmpty)
    #expect(validate(overlay(SampleBase.entry), against: base) == [])
  }

  @Test func aCircleThroughTheBaseIsTheOverlaysFault() {
    let base = LoadedKnowledge(SampleBase.source(), mode: .strict)
    let mine = SampleBase.otherEntry
      .replacing("\"codes\":", with: "\"refines\": [\"ecr/rate-exceeded\"], \"codes\":")
    let complaints = validate(overlay(mine), against: base)
    #expect(complaints.map(\.code) == [.circularRefines])
    #expect(complaints.map(\.file) == ["my.json"])
  }

  // MARK: - Small parts

  @Test(arguments: [
    ("docker pull <reference>", ["<reference>"]),
    ("a <b> <c.d>|<e>", ["<b>", "<c.d>", "<e>"]),
    ("cat <file >out", []), ("a <<EOF\nb\nEOF", []), ("diff <(a) <(b)", []), ("a < b > c", []),
    ("<>", []), ("<1>", []), ("<a.>", []), ("<.a>", []), ("<a.b.c>", []), ("<a<b>", ["<b>"]),
    ("é<ü><a>", ["<a>"]), ("<A>", ["<A>"]), ("<a", []), ("2>&1", []), ("<a-b>", ["<a-b>"]),
  ])
  func placeholdersAreFound(_ command: String, _ expected: [String]) {
    let bytes = Array(command.utf8)
    let found = CommandPlaceholder.all(in: command)
    #expect(found.map { String(decoding: bytes[$0.byteRange], as: UTF8.self) } == expected)
  }

  @Test func aPlaceholderHasANameAndPerhapsAPart() {
    let found = CommandPlaceholder.all(in: "<principal.role> <region>")
    #expect(found.map(\.name) == ["principal", "region"])
    #expect(found.map(\.part) == ["role", nil])
  }

  @Test(
    arguments: [
      ("{account}.dkr.ecr.{region}.amazonaws.com", ["account", "region"]),
      ("{*}.gcr.io", []), ("*.github.com", []), ("quay.io", []), ("{a}{b}", ["a", "b"]),
      ("{a", nil), ("a}", nil), ("{}", nil), ("{a{b}}", nil), ("{a.b}", nil), ("{1}", nil),
    ] as [(String, [String]?)])
  func hostPatternsNameTheirCaptures(_ text: String, _ names: [String]?) {
    #expect(HostPattern(text).captureNames == names)
  }

  @Test(
    arguments: [
      ("tilte", "title"), ("titel", "title"), ("tile", "title"), ("Title", "title"),
      ("role", "role"), ("rolle", "role"), ("summery", "summary"), ("xyz", nil), ("", nil),
      ("severityandmore", nil),
    ] as [(String, String?)])
  func theNearestNameIsWhatWasMeant(_ typed: String, _ meant: String?) {
    #expect(
      NearestName.nearest(to: typed, among: ["title", "role", "summary", "severity"]) == meant)
  }

  @Test func requirementsMergeOrExcludeEachOther() {
    func requirement(_ clients: [String], about: Bool = false) -> Requirement {
      Requirement(
        isAboutRegistry: about, registries: [], clients: clients, operations: [], httpStatus: [])
    }
    #expect(Requirement.none.merging(requirement(["a"])) == requirement(["a"]))
    #expect(requirement(["a"]).merging(.none) == requirement(["a"]))
    #expect(
      requirement(["a", "b"]).merging(requirement(["c", "b"], about: true))
        == requirement(["b"], about: true))
    #expect(requirement(["a"]).merging(requirement(["b"])) == nil)
  }
}
