@testable import KnowledgeFormat
import Testing

@Suite struct LoadingTests {
  private func load(_ source: KnowledgeSource, _ mode: LoadingMode = .strict) -> LoadedKnowledge {
    LoadedKnowledge(source, mode: mode)
  }

  private func entry() throws -> Entry {
    try #require(load(SampleBase.source()).entries.first).entry
  }

  // MARK: - Models

  @Test func signalsHaveWhatTheyInherit() throws {
    let signals = try entry().signals
    #expect(signals.map(\.id) == ["signal-1", "sdk", "signal-3"])
    #expect(signals.map(\.context) == [.compatible, .required, .compatible])
    #expect(signals.map(\.role) == [.cause, .wrapper, .cause])
    #expect(signals.map(\.strength) == [.strong, .weak, .weak])
    #expect(signals.map(\.isCaseExact) == [false, true, false])
    #expect(
      signals.map(\.requirement) == [
        Requirement(
          isAboutRegistry: true, registries: [], clients: ["docker", "podman"], operations: [],
          httpStatus: []),
        Requirement(
          isAboutRegistry: true, registries: ["ecr"], clients: ["podman"], operations: ["pull"],
          httpStatus: [429, 400]),
        Requirement(
          isAboutRegistry: true, registries: [], clients: ["docker", "podman"], operations: [],
          httpStatus: []),
      ])
    #expect(
      signals[1].with == [
        Condition(pattern: "Rate exceeded", isCaseExact: false, scope: .message)
      ])
    #expect(
      signals[1].without == [
        Condition(pattern: "Data limit exceeded", isCaseExact: true, scope: .window)
      ])
    #expect(signals[2].pattern == nil)
    #expect(signals[2].facts?.engineStatus == [500])
  }

  @Test func anEntryIsReadWhole() throws {
    let entry = try entry()
    #expect(entry.id.text == "ecr/rate-exceeded")
    #expect(entry.id.scope == "ecr")
    #expect(entry.id.slug == "rate-exceeded")
    #expect(entry.aliases.map(\.text) == ["ecr/throttled"])
    #expect(entry.retry == .later)
    #expect(entry.causes.map(\.id) == ["burst", "polling"])
    #expect(entry.causes[0].check?.expectation == "a number near the quota")
    #expect(
      entry.causes[0].decidedBy
        == DecidedBy(
          captures: [.init(name: "code", values: ["ThrottlingException"])],
          facts: FactCondition(
            httpStatus: [429], engineStatus: [], ociCodes: [], clients: [], operations: [],
            registries: []),
          patterns: ["Rate exceeded"], signals: ["sdk"], isRequired: true))
    #expect(
      entry.causes[0].appliesTo
        == Applicability(
          registries: ["ecr"], clients: [], operations: ["pull"], signals: [], isSelfHosted: true))
    #expect(entry.causes[1].appliesTo == nil)
    #expect(entry.solutions[0].causes == ["polling"])
    #expect(entry.solutions[0].appliesTo?.clients == ["docker"])
    #expect(entry.solutions[0].appliesTo?.signals == ["sdk"])
    #expect(entry.solutions[0].verification?.command == "docker pull <reference>")
    #expect(entry.examples[0].captures == [.init(name: "region", value: "eu-west-1")])
    #expect(entry.nonExamples[0].isInstead?.text == "oci/too-many-requests")
    #expect(entry.documents == [DocumentMention(document: "aws-errors", revisions: ["1", "2"])])
    #expect(entry.withdrawal == nil)
  }

  @Test func theRestOfTheBaseIsReadWhole() throws {
    let knowledge = load(SampleBase.source())
    let other = try #require(knowledge.entries.last).entry
    #expect(other.status == .withdrawn)
    #expect(other.withdrawal?.replacement?.text == "ecr/rate-exceeded")
    #expect(other.registries == [])
    let manifest = try #require(knowledge.manifest).model
    #expect(manifest.schemaVersion == .current)
    #expect(manifest.documents[0].revisions.map(\.date) == ["2021-01-25", nil])
    let vocabulary = try #require(knowledge.vocabulary).model
    #expect(vocabulary.registries[0].hosts[0].captureNames == ["account", "region"])
    #expect(vocabulary.clients.map(\.shortNames) == [.dockerHub, .unknown])
    #expect(vocabulary.facts.map(\.fact) == [.httpStatus])
  }

  @Test func entriesComeByIDWithTheFilesBesideThem() throws {
    let knowledge = load(SampleBase.source())
    #expect(
      knowledge.entries.map(\.entry.id.text) == ["ecr/rate-exceeded", "oci/too-many-requests"])
    let loaded = try #require(knowledge.entries.first)
    #expect(loaded.folder == "ecr/rate-exceeded")
    #expect(loaded.textFiles.map(\.name) == ["match-docker.txt", "nomatch-hub.txt"])
    #expect(loaded.bytes(ofExample: "match-docker.txt") == Array("output\n".utf8))
    #expect(loaded.bytes(ofExample: "match-podman.txt") == nil)
  }

  // MARK: - Modes and versions

  @Test func anUnknownKeyOfAUserIsAWarningAndTheEntryIsUsed() throws {
    let spoilt = SampleBase.entry.replacing("\"severity\":", with: "\"mood\": 1, \"severity\":")
    let source = SampleBase.source(replacing: [SampleBase.entryPath: spoilt])
    let lenient = load(source, .lenient)
    #expect(lenient.complaints.map(\.code) == [.unknownKey])
    #expect(lenient.complaints.map(\.severity) == [.warning])
    #expect(lenient.entries.count == 2)
    #expect(load(source).entries.count == 1)
  }

  @Test(arguments: [LoadingMode.strict, .lenient])
  func aBrokenEntryLeavesTheOthersStanding(_ mode: LoadingMode) throws {
    let spoilt = SampleBase.otherEntry.replacing("\"wrapper\"", with: "\"wraper\"")
    let knowledge = load(SampleBase.source(replacing: [SampleBase.otherPath: spoilt]), mode)
    #expect(knowledge.entries.map(\.entry.id.text) == ["ecr/rate-exceeded"])
    #expect(knowledge.rejectedIDs.map(\.text) == ["oci/too-many-requests"])
    #expect(knowledge.complaints.map(\.code) == [.unknownValue])
    #expect(!knowledge.isFlawless)
    #expect(validate(knowledge) == [], "who refers to it is not blamed")
  }

  @Test func aLaterMajorVersionIsRefused() throws {
    let manifest = SampleBase.manifest.replacing("\"1.0\"", with: "\"2.0\"")
    let knowledge = load(
      SampleBase.source(replacing: [SampleBase.manifestPath: manifest]), .lenient)
    #expect(knowledge.entries.isEmpty)
    #expect(
      knowledge.complaints.map(\.description) == [
        "KnowledgeBase/manifest.json:3:20: error: /schemaVersion: version 2.0 of the format is later "
          + "than this program's, 1.0 (update regdiag, or use a base of version 1.x)"
      ])
  }

  @Test func aLaterMinorVersionIsReadWithoutItsNewKeys() throws {
    let manifest = SampleBase.manifest
      .replacing("\"1.0\"", with: "\"1.7\"")
      .replacing("\"released\"", with: "\"mood\": 1, \"released\"")
    let entry = SampleBase.entry.replacing("\"severity\":", with: "\"mood\": 1, \"severity\":")
    let source = SampleBase.source(
      replacing: [SampleBase.manifestPath: manifest, SampleBase.entryPath: entry])
    let knowledge = load(source, .lenient)
    #expect(knowledge.complaints == [])
    #expect(knowledge.manifest?.model.schemaVersion == SchemaVersion(major: 1, minor: 7))
    #expect(knowledge.entries.count == 2)
    #expect(load(source).complaints.map(\.code) == [.unknownKey, .unknownKey])
  }

  // MARK: - Whole sources

  @Test func oneFileIsAnEntryWhateverItsName() throws {
    let source = KnowledgeSource(
      root: "mine.json",
      files: [KnowledgeFile(path: "mine.json", bytes: Array(SampleBase.entry.utf8))])
    let knowledge = load(source, .lenient)
    #expect(knowledge.complaints == [])
    #expect(knowledge.entries.map(\.folder) == [nil])
    #expect(validate(knowledge, against: load(SampleBase.source())) == [])
  }

  @Test(arguments: [
    "tree", "entries", "KnowledgeBase/entries/ecr", "/kb/entries/ecr/rate-exceeded",
  ])
  func anyPartOfATreeWillDo(_ root: String) throws {
    let below = ["tree": "ecr/rate-exceeded/", "entries": "ecr/rate-exceeded/"]
    let folder =
      root + "/" + (below[root] ?? (root.hasSuffix("ecr") ? "rate-exceeded/" : ""))
    let texts = [
      "entry.json": SampleBase.entry, "match-docker.txt": "a", "nomatch-hub.txt": "b",
    ]
    let source = KnowledgeSource(
      root: root,
      files: texts.map { KnowledgeFile(path: folder + $0.key, bytes: Array($0.value.utf8)) })
    let knowledge = load(source)
    #expect(knowledge.complaints == [])
    #expect(validate(knowledge, against: load(SampleBase.source())) == [])
    #expect(knowledge.entries.map(\.folder) == [root == "tree" ? nil : "ecr/rate-exceeded"])
    #expect(knowledge.entries.map(\.textFiles.count) == [2])
  }

  @Test func whatIsMissingOrInTheWayIsReported() {
    let complaints = SampleBase.complaints(
      about: SampleBase.source(
        without: [SampleBase.otherPath, SampleBase.manifestPath],
        adding: [
          "KnowledgeBase/entries/ecr/rate-exceeded/notes.json": "{}",
          "KnowledgeBase/entries/ecr/rate-exceeded/match-old.txt": "old",
          "KnowledgeBase/schema/entry.schema.json": "{}",
        ]))
    let folder = "KnowledgeBase/entries/ecr/rate-exceeded"
    let missing = "KnowledgeBase/entries/oci/too-many-requests/entry.json"
    #expect(
      complaints.map { "\($0.file) \($0.code.rawValue) \($0.severity)" } == [
        "\(folder)/entry.json unlisted-example-file error",
        "\(folder)/entry.json unknown-entry error",
        "\(folder)/entry.json unknown-entry error",
        "\(folder)/notes.json unexpected-file warning",
        "\(missing) missing-file error",
        "KnowledgeBase/manifest.json missing-file error",
      ])
  }

  @Test func aFolderWithoutEntriesIsReported() {
    let source = KnowledgeSource(
      root: "here", files: [KnowledgeFile(path: "here/notes.txt", bytes: [])])
    #expect(load(source, .lenient).complaints.map(\.code) == [.noEntries])
  }

  @Test func anIDThatTwoEntriesHaveIsReportedOnce() throws {
    let copy = "KnowledgeBase/entries/ecr/rate-limit/entry.json"
    let knowledge = load(SampleBase.source(adding: [copy: SampleBase.entry]))
    #expect(
      knowledge.complaints.map(\.description) == [
        "\(copy):3:9: error: /id: ecr/rate-exceeded is also in \(SampleBase.entryPath) "
          + "(give one of them another id)"
      ])
    #expect(knowledge.entries.count == 2)
  }

  @Test func complaintsAboutOneFileEndSomewhere() {
    let codes = (0..<500).map { "\"\($0)\", \"\($0)\"" }.joined(separator: ", ")
    let spoilt = SampleBase.entry.replacing("\"TOOMANYREQUESTS\"", with: codes)
    let complaints = load(SampleBase.source(replacing: [SampleBase.entryPath: spoilt])).complaints
    #expect(complaints.count == 101)
    #expect(complaints.count { $0.code == .furtherComplaints } == 1)
  }

  @Test func whatIsQuotedReachesNoTerminalRaw() throws {
    let spoilt = SampleBase.entry.replacing("\"cause\",", with: #""\u001b[2J\u202e","#)
    let complaints = load(SampleBase.source(replacing: [SampleBase.entryPath: spoilt])).complaints
    let line = try #require(complaints.first).description
    #expect(line.contains("\\u{1B}[2J\\u{202E}"))
  }

  @Test func storedJSONThatIsNoEntrySaysWhy() {
    let error = #expect(throws: EntryError.self) { try Entry(json: Array("{\"id\": 7}".utf8)) }
    #expect((error?.complaints.count ?? 0) > 10)
    #expect(throws: EntryError.self) { try Entry(json: []) }
  }
}
