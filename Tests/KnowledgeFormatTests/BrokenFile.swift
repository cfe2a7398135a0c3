import KnowledgeFormat
import Testing

/// A file of the sample base with one fault, and what must be said of it.
struct BrokenFile: Sendable, CustomTestStringConvertible {
  /// What stands in the file once.
  let original: String
  /// The fault, in its place.
  let replacement: String
  let path: String
  let code: Complaint.Code
  let line: Int
  let pointer: String
  /// What else follows from the fault.
  let consequences: Set<Complaint.Code>

  init(
    _ original: String, becomes replacement: String, in path: String = SampleBase.entryPath,
    _ code: Complaint.Code, line: Int, _ pointer: String,
    brings consequences: Set<Complaint.Code> = []
  ) {
    self.original = original
    self.replacement = replacement
    self.path = path
    self.code = code
    self.line = line
    self.pointer = pointer
    self.consequences = consequences
  }

  var testDescription: String { "\(code.rawValue) \(pointer) \(replacement.prefix(40))" }

  /// The text of the file with the fault.
  func text() throws -> String {
    let text = try #require(SampleBase.texts[path])
    try #require(text.ranges(of: original).count == 1, "the fault has one place")
    return text.replacing(original, with: replacement)
  }

  private static let entry = SampleBase.entryPath
  private static let other = SampleBase.otherPath
  private static let manifest = SampleBase.manifestPath
  private static let vocabulary = SampleBase.vocabularyPath

  /// Faults of form: what the schemas describe, and a little more.
  static let ofForm: [BrokenFile] = [
    BrokenFile(#""cause","#, becomes: #""cause""#, .invalidJSON, line: 11, ""),
    BrokenFile(#""cause","#, becomes: #"'cause',"#, .invalidJSON, line: 10, ""),
    BrokenFile(
      #""1.0""#, becomes: #""2.0""#, in: manifest, .unsupportedSchemaVersion, line: 3,
      "/schemaVersion"),
    BrokenFile(
      #""1.0""#, becomes: #""17.3""#, in: vocabulary, .unsupportedSchemaVersion, line: 3,
      "/schemaVersion"),
    BrokenFile(
      #""role": "cause","#, becomes: #""role": "cause", "role": "cause","#, .repeatedKey, line: 10,
      "/role"),
    BrokenFile(
      #""severity":"#, becomes: #""severety": 1, "severity":"#, .unknownKey, line: 12, "/severety"),
    BrokenFile(#""expect":"#, becomes: #""a/b":"#, .unknownKey, line: 57, "/causes/0/check/a~1b"),
    BrokenFile(
      #""shortNames":"#, becomes: #""shortName":"#, in: vocabulary, .unknownKey, line: 19,
      "/clients/0/shortName"),
    BrokenFile(#"  "severity": "error","#, becomes: "", .missingKey, line: 1, ""),
    BrokenFile(#""stable""#, becomes: #""withdrawn""#, .missingKey, line: 1, ""),
    BrokenFile(
      #", "url": "https://example.com/spec""#, becomes: "", in: other, .missingKey,
      line: 20, "/references/0"),
    BrokenFile(
      #""status": "withdrawn""#, becomes: #""status": "draft""#, in: other, .unexpectedKey, line: 6,
      "/withdrawn"),
    BrokenFile(
      #""Amazon ECR is throttling your requests""#, becomes: "17", .wrongType, line: 4, "/title"),
    BrokenFile(
      #"[429, 400]"#, becomes: "[429, 400.5]", .wrongType, line: 29,
      "/match/any/1/requires/httpStatus/1"),
    BrokenFile(
      "Amazon ECR is throttling your requests", becomes: "ECR", .tooShort, line: 4, "/title"),
    BrokenFile(
      "Amazon ECR is throttling your requests", becomes: String(repeating: "é", count: 81),
      .tooLong, line: 4, "/title"),
    BrokenFile(
      #""with": ["Rate exceeded"]"#, becomes: #""with": []"#, .tooFew, line: 31, "/match/any/1/with"
    ),
    BrokenFile(
      #""facts": { "httpStatus": [429] }"#, becomes: #""facts": {}"#, .tooFew, line: 61,
      "/causes/0/decidedBy/facts"),
    BrokenFile(
      #""polling", "text""#, becomes: #""polling", "decidedBy": { "required": true }, "text""#,
      .missingKey, line: 67, "/causes/1/decidedBy"),
    BrokenFile(
      "[429],\n  \"role\"", becomes: "[42],\n  \"role\"", .outOfRange, line: 9, "/httpStatus/0"),
    BrokenFile(
      #""match-docker.txt""#, becomes: #""docker.txt""#, .badFormat, line: 80, "/examples/0/file"),
    BrokenFile(
      #""2021-01-25""#, becomes: #""25.1.2021""#, in: manifest, .badFormat, line: 11,
      "/documents/0/revisions/0/date"),
    BrokenFile(
      "\"later\",\n  \"severity\"", becomes: "\"latter\",\n  \"severity\"", .unknownValue, line: 11,
      "/retry"),
    BrokenFile(
      #""TOOMANYREQUESTS", "ThrottlingException""#, becomes: #""A", "B", "A""#, .repeatedItem,
      line: 8, "/codes/2"),
    BrokenFile(
      #""client": ["podman"]"#, becomes: #""client": ["kubelet"]"#, .contradictoryRequires,
      line: 24,
      "/match/any/1/requires"),
  ]

  /// Faults of naming: what no schema can describe.
  static let ofNames: [BrokenFile] = [
    BrokenFile(
      #""ecr/rate-exceeded""#, becomes: #""ecr/rate""#, .idNotFolder, line: 3, "/id",
      brings: [.unknownEntry]),
    BrokenFile(
      #""ecr/throttled""#, becomes: #""oci/too-many-requests""#, .aliasTaken, line: 7, "/aliases/0"),
    BrokenFile(
      #""refines": ["oci/too-many-requests"]"#, becomes: #""refines": ["oci/to-many-requests"]"#,
      .unknownEntry, line: 49, "/refines/0"),
    BrokenFile(
      #""replacedBy": "ecr/rate-exceeded""#, becomes: #""replacedBy": "ecr/rates""#, in: other,
      .unknownEntry, line: 9, "/withdrawn/replacedBy"),
    BrokenFile(
      #""isInstead": "oci/too-many-requests""#, becomes: #""isInstead": "oci/other""#,
      .unknownEntry, line: 89, "/nonExamples/0/isInstead"),
    BrokenFile(
      #""isInstead": "oci/too-many-requests""#, becomes: #""isInstead": "ecr/throttled""#,
      .insteadOfItself, line: 89, "/nonExamples/0/isInstead"),
    BrokenFile(
      #""refines": ["oci/too-many-requests"]"#, becomes: #""refines": ["ecr/throttled"]"#,
      .circularRefines, line: 49, "/refines/0"),
    BrokenFile(
      "[\"ecr\"],\n    \"context\"", becomes: "[\"ecr\", \"ecs\"],\n    \"context\"",
      .unknownRegistry, line: 14, "/match/registry/1"),
    BrokenFile(
      "[\"pull\"],\n          \"http", becomes: "[\"pul\"],\n          \"http", .unknownOperation,
      line: 28, "/match/any/1/requires/operation/0"),
    BrokenFile(
      #""client": ["docker"],"#, becomes: #""client": ["dockr"],"#, .unknownClient, line: 41,
      "/match/any/2/facts/client/0"),
    BrokenFile(
      #""facts": { "httpStatus": [429] }"#, becomes: #""facts": { "registry": ["gcr"] }"#,
      .unknownRegistry, line: 61, "/causes/0/decidedBy/facts/registry/0"),
    BrokenFile(
      #"], "client": ["docker"] }"#, becomes: #"], "client": ["dockr"] }"#,
      .unknownClient, line: 73, "/solutions/0/appliesTo/client/0"),
    BrokenFile(
      #"["pull"], "hosting""#, becomes: #"["pul"], "hosting""#, .unknownOperation, line: 65,
      "/causes/0/appliesTo/operation/0"),
    BrokenFile(
      #""aws-errors""#, becomes: #""aws-error""#, .unknownDocument, line: 93,
      "/documents/0/document"),
    BrokenFile(
      #"["1", "2"]"#, becomes: #"["1", "3"]"#, .unknownRevision, line: 93,
      "/documents/0/revisions/1"),
    BrokenFile(
      #""for": ["polling"]"#, becomes: #""for": ["poling"]"#, .unknownCause, line: 73,
      "/solutions/0/for/0"),
    BrokenFile(
      #""signals": ["sdk"]"#, becomes: #""signals": ["sdks"]"#, .unknownSignal, line: 63,
      "/causes/0/decidedBy/signals/0"),
    BrokenFile(
      #""signals": [ "sdk" ]"#, becomes: #""signals": ["sdks"]"#,
      .unknownSignal, line: 73, "/solutions/0/appliesTo/signals/0"),
    BrokenFile(
      #""captures": { "code""#, becomes: #""captures": { "region""#, .unknownCapture, line: 60,
      "/causes/0/decidedBy/captures/region"),
    BrokenFile(
      #""captures": { "region""#, becomes: #""captures": { "name""#, .unknownCapture, line: 82,
      "/examples/0/captures/name"),
    BrokenFile(
      "--region <region>\",", becomes: "--region <regions>\",", .unknownPlaceholder, line: 56,
      "/causes/0/check/command"),
    BrokenFile(
      "docker login <registry>", becomes: "docker login <REGISTRY>", .unknownPlaceholder, line: 72,
      "/solutions/0/commands/0"),
    BrokenFile(
      "docker pull <reference>", becomes: "docker pull <reference.tag>", .unknownPlaceholder,
      line: 74, "/solutions/0/verify/command"),
    BrokenFile(
      "<principal.role>", becomes: "<principal.rule>", .unknownPlaceholder, line: 76,
      "/solutions/1/commands/0"),
    BrokenFile(
      #""match-docker.txt""#, becomes: #""match-podman.txt""#, .missingExampleFile, line: 80,
      "/examples/0/file", brings: [.unlistedExampleFile]),
    BrokenFile(
      "toomanyrequests: Rate exceeded", becomes: "toomanyrequests: {Rate", .badPattern, line: 18,
      "/match/any/0"),
    BrokenFile(
      #""with": ["Rate exceeded"]"#, becomes: #""with": ["Rate }"]"#, .badPattern, line: 31,
      "/match/any/1/with/0"),
    BrokenFile(
      "Data limit exceeded", becomes: "Data {limit:none}", .badPattern, line: 32,
      "/match/any/1/without/0/pattern"),
    BrokenFile(
      #""text": ["Rate exceeded"]"#, becomes: #""text": ["{...}{...}{...}{...}"]"#, .badPattern,
      line: 62, "/causes/0/decidedBy/text/0"),
    BrokenFile(
      "container registry", becomes: "container {registry", in: vocabulary, .badPattern, line: 24,
      "/evidence/0"),
    BrokenFile(
      "toomanyrequests: Rate exceeded", becomes: "a b c", .patternNotRare, line: 18, "/match/any/0"),
    BrokenFile(
      #""with": ["Rate exceeded"]"#, becomes: #""with": ["{ctr|nerdctl}"]"#, .patternNotFindable,
      line: 31, "/match/any/1/with/0"),
    BrokenFile(
      "{name}.azurecr.io", becomes: "{name.azurecr.io", in: vocabulary, .badHostPattern, line: 12,
      "/registries/1/hosts/0"),
    BrokenFile(
      #""id": "acr""#, becomes: #""id": "ecr""#, in: vocabulary, .repeatedID, line: 12,
      "/registries/1/id"),
    BrokenFile(
      #"{ "id": "2" }"#, becomes: #"{ "id": "2" }, { "id": "1" }"#, in: manifest, .repeatedID,
      line: 11, "/documents/0/revisions/2/id"),
    BrokenFile(
      #""id": "polling""#, becomes: #""id": "burst""#, .repeatedID, line: 67, "/causes/1/id",
      brings: [.unknownCause]),
    BrokenFile(
      #""match": { "any""#, becomes: #""match": { "context": "own", "any""#, in: other,
      .contextWithoutRegistry, line: 15, "/match/context"),
    BrokenFile(
      "      },\n        \"strength\": \"weak\"\n", becomes: "      }\n", .strongFacts, line: 36,
      "/match/any/2"),
    BrokenFile(
      #"["TOOMANYREQUESTS", "ThrottlingException"]"#, becomes: "[]", .noCodes, line: 8, "/codes"),
  ]
}
