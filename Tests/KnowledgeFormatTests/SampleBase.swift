import KnowledgeFormat

/// A small knowledge base without a fault, and ways to spoil it.
enum SampleBase {
  static let root = "KnowledgeBase"
  static let entryPath = "KnowledgeBase/entries/ecr/rate-exceeded/entry.json"
  static let otherPath = "KnowledgeBase/entries/oci/too-many-requests/entry.json"
  static let manifestPath = "KnowledgeBase/manifest.json"
  static let vocabularyPath = "KnowledgeBase/vocabulary.json"

  /// An entry that has every key of the format.
  static let entry = #"""
    {
      "$schema": "../../../schema/entry.schema.json",
      "id": "ecr/rate-exceeded",
      "title": "Amazon ECR is throttling your requests",
      "summary": "The account sent more requests than its quota allows.",
      "status": "stable",
      "aliases": ["ecr/throttled"],
      "codes": ["TOOMANYREQUESTS", "ThrottlingException"],
      "httpStatus": [429],
      "role": "cause",
      "retry": "later",
      "severity": "error",
      "match": {
        "registry": ["ecr"],
        "context": "compatible",
        "requires": { "about": "registry", "client": ["docker", "podman"] },
        "any": [
          "toomanyrequests: Rate exceeded",
          {
            "id": "sdk",
            "pattern": "({code=ThrottlingException|ThrottleException}) {...} {principal:arn} operation",
            "case": "exact",
            "context": "required",
            "requires": {
              "about": "registry",
              "registry": ["ecr"],
              "client": ["podman"],
              "operation": ["pull"],
              "httpStatus": [429, 400]
            },
            "with": ["Rate exceeded"],
            "without": [{ "pattern": "Data limit exceeded", "case": "exact", "in": "window" }],
            "role": "wrapper",
            "strength": "weak"
          },
          {
            "facts": {
              "httpStatus": [429],
              "engineStatus": [500],
              "ociCode": ["TOOMANYREQUESTS"],
              "client": ["docker"],
              "operation": ["pull"],
              "registry": ["ecr"]
            },
            "strength": "weak"
          }
        ]
      },
      "refines": ["oci/too-many-requests"],
      "causes": [
        {
          "id": "burst",
          "text": "Many pulls began at the same moment.",
          "check": {
            "text": "Look at the quota of the account.",
            "command": "aws service-quotas list-service-quotas --region <region>",
            "expect": "a number near the quota"
          },
          "decidedBy": {
            "captures": { "code": ["ThrottlingException"] },
            "facts": { "httpStatus": [429] },
            "text": ["Rate exceeded"],
            "signals": ["sdk"], "required": true
          },
          "appliesTo": { "registry": ["ecr"], "operation": ["pull"], "hosting": "own" }, "retry": "later"
        },
        { "id": "polling", "text": "A job asks for a token before every pull." }
      ],
      "solutions": [
        {
          "text": "Log in once and keep the token.",
          "commands": ["aws ecr get-login-password --region <region> | docker login <registry>"],
          "for": ["polling"], "appliesTo": { "signals": [ "sdk" ], "client": ["docker"] },
          "verify": { "text": "Pull again.", "command": "docker pull <reference>" }
        },
        { "text": "Ask for a higher quota.", "commands": ["aws iam get-role <principal.role>"] }
      ],
      "examples": [
        {
          "file": "match-docker.txt",
          "source": "https://example.com/1",
          "captures": { "region": "eu-west-1" }
        }
      ],
      "nonExamples": [
        {
          "file": "nomatch-hub.txt",
          "source": "https://example.com/2",
          "isInstead": "oci/too-many-requests"
        }
      ],
      "references": [{ "title": "Quotas", "url": "https://example.com/quotas" }],
      "documents": [{ "document": "aws-errors", "revisions": ["1", "2"] }],
      "history": { "added": "2026.11.0", "modified": "2026.11.0" }
    }
    """#

  /// The shortest entry, withdrawn.
  static let otherEntry = #"""
    {
      "id": "oci/too-many-requests",
      "title": "Too many requests",
      "summary": "The registry answers that there are too many requests.",
      "status": "withdrawn",
      "withdrawn": {
        "since": "2026.12.1",
        "reason": "It never told enough.",
        "replacedBy": "ecr/rate-exceeded"
      },
      "codes": [],
      "role": "wrapper",
      "retry": "later",
      "severity": "warning",
      "match": { "any": ["toomanyrequests: {detail:text}"] },
      "causes": [{ "id": "quota", "text": "A quota is used up." }],
      "solutions": [{ "text": "Wait a while." }],
      "examples": [{ "file": "match-plain.txt" }],
      "nonExamples": [{ "file": "nomatch-plain.txt" }],
      "references": [{ "title": "Specification", "url": "https://example.com/spec" }],
      "history": { "added": "2026.11.0", "modified": "2026.11.0" }
    }
    """#

  static let manifest = #"""
    {
      "$schema": "schema/manifest.schema.json",
      "schemaVersion": "1.0",
      "version": "2026.11.0",
      "released": "2026-11-21",
      "documents": [
        {
          "id": "aws-errors",
          "title": "Errors",
          "url": "https://example.com/errors",
          "revisions": [{ "id": "1", "date": "2021-01-25", "note": "The oldest." }, { "id": "2" }]
        }
      ]
    }
    """#

  static let vocabulary = #"""
    {
      "$schema": "schema/vocabulary.schema.json",
      "schemaVersion": "1.0",
      "registries": [
        {
          "id": "ecr",
          "name": "Amazon ECR",
          "hosts": ["{account}.dkr.ecr.{region}.amazonaws.com"],
          "phrases": ["aws ecr"],
          "selfHosted": false, "paths": ["{account}.dkr.ecr.{region}.amazonaws.com/{team}/*"]
        },
        { "id": "acr", "name": "Azure", "hosts": ["{name}.azurecr.io"] }
      ],
      "clients": [
        {
          "id": "docker",
          "name": "Docker",
          "phrases": ["Error response from daemon"],
          "shortNames": "docker-hub"
        },
        { "id": "podman", "name": "Podman" }
      ],
      "operations": [{ "id": "pull", "name": "pull", "phrases": ["docker pull"] }],
      "evidence": ["container registry"],
      "foreign": ["npm error"],
      "notRegistryHosts": ["*.github.com"],
      "retried": ["trying next host"],
      "progress": ["Pulling fs layer"],
      "completed": ["Successfully pulled image"],
      "facts": [{ "fact": "httpStatus", "patterns": ["HTTP status {httpStatus:int}"] }]
    }
    """#

  /// The texts of the JSON files by their paths.
  static let texts = [
    entryPath: entry, otherPath: otherEntry, manifestPath: manifest, vocabularyPath: vocabulary,
  ]

  /// The base with some of its files replaced.
  static func source(
    replacing replacements: [String: String] = [:], without missing: Set<String> = [],
    adding added: [String: String] = [:]
  ) -> KnowledgeSource {
    let examples = [
      "KnowledgeBase/entries/ecr/rate-exceeded/match-docker.txt",
      "KnowledgeBase/entries/ecr/rate-exceeded/nomatch-hub.txt",
      "KnowledgeBase/entries/oci/too-many-requests/match-plain.txt",
      "KnowledgeBase/entries/oci/too-many-requests/nomatch-plain.txt",
    ]
    var files = texts.merging(replacements) { $1 }.merging(added) { $1 }
    for example in examples { files[example] = "output\n" }
    return KnowledgeSource(
      root: root,
      files: files.filter { !missing.contains($0.key) }.map { path, text in
        KnowledgeFile(path: path, bytes: Array(text.utf8))
      })
  }

  /// Everything that loading and validating say about a source.
  static func complaints(
    about source: KnowledgeSource, mode: LoadingMode = .strict
  ) -> [Complaint] {
    let knowledge = LoadedKnowledge(source, mode: mode)
    return (knowledge.complaints + validate(knowledge)).sorted()
  }
}
