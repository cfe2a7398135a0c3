import RegistryDiagnosis
import Testing

@testable import DiagnosisRendering

@Suite("Golden answers of the knowledge base")
struct GoldenKnowledgeTests {
  private static let item = EntryListItem(
    id: "ecr/invalid-registry-endpoint", title: "Docker cannot ping the registry endpoint",
    status: .stable, role: .cause, registries: ["ecr"], codes: ["invalid registry endpoint"])
  private static let withdrawn = EntryListItem(
    id: "ecr/v1-ping", title: "The v1 registry endpoint does not answer",
    status: .withdrawn(
      since: "2026.11.0", reason: "Docker no longer asks for it.",
      replacedBy: "ecr/invalid-registry-endpoint"), role: .wrapper, registries: ["ecr"], codes: [])

  private static let entry = EntryView(
    item: item,
    advice: Advice(
      summary: "The Docker host cannot resolve or reach the registry's host name.",
      retry: .afterFix, causes: SampleReports.throttled.diagnoses[0].advice.causes,
      solutions: SampleReports.throttled.diagnoses[0].advice.solutions,
      references: SampleReports.throttled.diagnoses[0].advice.references),
    aliases: ["ecr/ping-failed"], httpStatuses: [], severity: "error",
    signals: [
      .init(text: "invalid registry endpoint {url}", conditions: ["only about ecr"]),
      .init(text: "unable to ping registry endpoint", isWeak: true),
    ], refines: ["network/dns-timeout"],
    documents: [
      .init(
        title: "Amazon ECR: troubleshooting errors with Docker commands",
        url: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/common-errors-docker.html",
        knownRevisions: ["1", "2", "3"], revisions: ["1"])
    ], added: "2026.11.0", modified: "2026.11.0")

  private static let lookups = [
    LookupAnswer(
      query: "429", hits: [.init(item: item, basis: "httpStatus")], nearest: []),
    LookupAnswer(query: "ecr/v1-ping", hits: [.init(item: withdrawn, basis: "id")], nearest: []),
    LookupAnswer(query: "TOOMNY", hits: [], nearest: ["TOOMANYREQUESTS"]),
  ]

  private static let statistics = BaseStatistics(
    schemaVersion: "1.0", version: "2026.11.0", released: "2026-11-21", entryCount: 262,
    patternCount: 1204, codeCount: 97, exampleCount: 310, nonExampleCount: 281,
    divisions: [
      .init(name: "status", parts: [("stable", 260), ("withdrawn", 2)]),
      .init(name: "scope", parts: [("acr", 40), ("ecr", 31)]),
    ])

  private static let examples = ExampleResults(
    fileCount: 12, runCount: 228,
    failures: [
      .init(
        file: "ecr/rate-exceeded/match-docker-27.txt", disguise: "wrapped at 80",
        expected: "ecr/rate-exceeded on top", found: "oci/too-many-requests (high)")
    ],
    scores: [
      .init(
        disguise: "none", positives: 376, negatives: 62,
        shares: [("top1", 0.9947), ("silent", 0.9677)], crashed: 0,
        calibration: [
          .init(confidence: "high", answers: 40, right: 39),
          .init(confidence: "low", answers: 0, right: 0),
        ]),
      .init(
        disguise: "hard wrap", positives: 376, negatives: 62,
        shares: [("top1", 0.98), ("silent", 1)], crashed: 1,
        calibration: [
          .init(confidence: "high", answers: 40, right: 39),
          .init(confidence: "low", answers: 0, right: 0),
        ]),
    ])

  private static let complaints = ValidationResults(
    fileCount: 31,
    complaints: [
      .init(
        code: "unknown-key", isError: false, file: "my/entries/a/b/entry.json", line: 7, column: 3,
        pointer: "/serverity", message: "the key 'serverity' is not known",
        remedy: "Write 'severity'."),
      .init(
        code: "missing-example", isError: true, file: "my/entries/a/b/entry.json", line: nil,
        column: nil, pointer: "", message: "there is no match-*.txt", remedy: nil),
    ])

  @Test("text")
  func text() throws {
    let style = Style(isColored: false, isUnicode: true, width: 80)
    let text = KnowledgeText(style: style)
    try GoldenFile("entry.txt").expect(text.entries([Self.entry]))
    try GoldenFile("list.txt").expect(text.list([Self.item, Self.withdrawn]))
    try GoldenFile("lookups.txt").expect(text.lookups(Self.lookups))
    try GoldenFile("statistics.txt").expect(text.statistics(Self.statistics))
    try GoldenFile("examples.txt").expect(text.examples(Self.examples))
    try GoldenFile("complaints.txt").expect(text.complaints(Self.complaints))
  }

  @Test("JSON")
  func json() throws {
    let json = KnowledgeJSON(
      toolVersion: "0.1.0",
      knowledge: KnowledgeSummary(version: "2026.11.0", entryCount: 262))
    try GoldenFile("entry.json").expect(json.entries([Self.entry]))
    try GoldenFile("list.json").expect(json.list([Self.item, Self.withdrawn]))
    try GoldenFile("lookups.json").expect(json.lookups(Self.lookups))
    try GoldenFile("statistics.json").expect(json.statistics(Self.statistics))
    try GoldenFile("examples.json").expect(json.examples(Self.examples))
    try GoldenFile("complaints.json").expect(json.complaints(Self.complaints))
  }

  @Test("Markdown")
  func markdown() throws {
    let markdown = KnowledgeMarkdown()
    try GoldenFile("entry.md").expect(markdown.entries([Self.entry]))
    try GoldenFile("list.md").expect(markdown.list([Self.item, Self.withdrawn]))
    try GoldenFile("lookups.md").expect(markdown.lookups(Self.lookups))
    try GoldenFile("statistics.md").expect(markdown.statistics(Self.statistics))
    try GoldenFile("examples.md").expect(markdown.examples(Self.examples))
    try GoldenFile("complaints.md").expect(markdown.complaints(Self.complaints))
  }
}
