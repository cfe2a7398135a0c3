import RegistryDiagnosis

/// Made-up but realistic reports, one for each way an answer can look.
enum SampleReports {
  /// A cause with its wrapper and another reading; nothing decides between the causes.
  static let throttled = Report(
    knowledge: KnowledgeSummary(version: "2026.11.0", entryCount: 262),
    facts: Facts(
      client: "kubelet", operation: "pull",
      registry: Facts.Registry(
        host: "123456789012.dkr.ecr.eu-west-1.amazonaws.com", provider: "ecr",
        parts: [
          NamedValue(name: "account", value: "123456789012"),
          NamedValue(name: "region", value: "eu-west-1"),
        ], basis: "request-url"),
      reference: Facts.ImageReference(repository: "team/api", tag: "1.4.2", digest: nil),
      httpStatus: 429, ociCode: "TOOMANYREQUESTS"),
    diagnoses: [
      Diagnosis(
        id: "ecr/rate-exceeded", title: "Amazon ECR is throttling your requests",
        role: .cause, relation: nil, confidence: .high, score: 0.97,
        why: [
          Diagnosis.Reason(
            signal: "pattern", detail: "toomanyrequests: Rate exceeded", weight: 0.71),
          Diagnosis.Reason(
            signal: "registry", detail: "the message names an ECR host", weight: 0.2),
          Diagnosis.Reason(
            signal: "strength", detail: "seen only in retried attempts", weight: -0.0104),
        ],
        evidence: [
          Diagnosis.Evidence(
            line: 31, column: 214, endLine: 31, endColumn: 244,
            text: "toomanyrequests: Rate exceeded",
            before: "Failed to pull image "
              + "\"123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api:1.4.2\": "
              + "Error response from daemon: ")
        ],
        occurrences: 4, captures: [NamedValue(name: "region", value: "eu-west-1")],
        registry: nil,
        advice: .written(
          Advice(
            summary:
              "The account sends ECR more API calls a second than its quota in this region allows. "
              + "Images are intact and credentials are fine.", retry: .later,
            causes: [
              Diagnosis.Cause(
                id: "burst",
                text:
                  "Many nodes or jobs pull at the same moment, and each of them signs in first.",
                check: Diagnosis.Check(
                  text: "Count the calls of the last hour.",
                  command: "aws cloudwatch get-metric-statistics --namespace AWS/Usage "
                    + "--metric-name CallCount --region eu-west-1",
                  expect: "Peaks above 20 calls a second for `GetAuthorizationToken`."),
                isDecided: false),
              Diagnosis.Cause(
                id: "token-per-step",
                text: "A pipeline asks for a new token in every step although one lasts 12 hours.",
                check: nil, isDecided: false),
            ],
            solutions: [
              Diagnosis.Solution(
                text: "Sign in once for the whole job and hand the credentials on.",
                commands: [
                  "aws ecr get-login-password --region eu-west-1 | docker login --username AWS "
                    + "--password-stdin 123456789012.dkr.ecr.eu-west-1.amazonaws.com"
                ], causes: ["token-per-step"],
                verify: Diagnosis.Verification(
                  text: "the pull succeeds.",
                  command:
                    "docker pull 123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api:1.4.2")),
              Diagnosis.Solution(
                text: "Ask for a higher quota for the call that is throttled.",
                commands: ["aws service-quotas list-service-quotas --service-code ecr"],
                causes: [], verify: nil),
            ],
            references: [
              Diagnosis.Reference(
                title: "Amazon ECR service quotas",
                url: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html")
            ]))),
      named(
        "kubernetes/err-image-pull", "The kubelet could not pull the image", .wrapper, .wraps,
        line: 31),
      named(
        "oci/too-many-requests", "The registry answers with 429 Too Many Requests", .cause,
        .alternative, line: 31),
    ],
    suggestions: [],
    input: InputSummary(byteCount: 1834, lineCount: 42, encoding: "utf-8", isTruncated: false),
    warnings: [])

  /// Nothing recognised, with guesses and a warning.
  static let unrecognised = Report(
    knowledge: KnowledgeSummary(version: "2026.11.0", entryCount: 262),
    facts: Facts(
      client: "helm", operation: "push",
      registry: Facts.Registry(
        host: "registry.example.com:5000", provider: nil, parts: [], basis: "request-url"),
      httpStatus: 503),
    diagnoses: [],
    suggestions: [
      Suggestion(
        id: "oci/server-error", title: "The registry answers with a server error",
        reason: "the same status, 503"),
      Suggestion(
        id: "harbor/maintenance", title: "Harbor is in read-only mode",
        reason: "shares `temporarily unavailable`"),
    ],
    input: InputSummary(byteCount: 212, lineCount: 1, encoding: "windows-1252", isTruncated: true),
    warnings: ["only the first 64 MiB were read"])

  /// A paste that tries to act on the terminal, a decided cause, wide characters, two failures.
  static let hostile = Report(
    knowledge: KnowledgeSummary(version: "2026.11.0", entryCount: 262),
    facts: Facts(
      client: "docker", operation: "push",
      registry: Facts.Registry(
        host: "acme.azurecr.io", provider: "acr",
        parts: [NamedValue(name: "name", value: "acme")], basis: "message-host")),
    diagnoses: [
      Diagnosis(
        id: "acr/client-ip-denied",
        title: "The firewall of the Azure registry refuses the address you come from",
        role: .cause, relation: nil, confidence: .medium, score: 0.8125,
        why: [
          Diagnosis.Reason(signal: "pattern", detail: "client with IP | is not", weight: 0.8125)
        ],
        evidence: [
          Diagnosis.Evidence(
            line: 7, column: 3, endLine: 9, endColumn: 12,
            text: "denied: client with IP '203.0.113.9' is not allowed access. Refer "
              + "https://aka.ms/acr/firewall to grant access. ```\u{1B}]0;owned\u{7} "
              + "<img src=x> *貧しい画像* cafe\u{301} \u{202E}txet\u{202C} | end",
            before: "登録 \u{9B}31m ", after: "\u{7F} @everyone")
        ],
        occurrences: 1,
        captures: [
          NamedValue(name: "ip", value: "203.0.113.9"),
          NamedValue(name: "odd", value: "a\"b\\c\u{2028}d\u{E0041}"),
        ],
        registry: Facts.Registry(
          host: "acme.azurecr.io", provider: "acr",
          parts: [NamedValue(name: "name", value: "acme")], basis: "message-host"),
        advice: .written(
          Advice(
            summary: "The registry's network rules do not list the client's public address.",
            retry: .afterFix,
            causes: [
              Diagnosis.Cause(
                id: "private-only", text: "Public access is switched off altogether.",
                check: Diagnosis.Check(text: "Look at it.", command: "az acr show", expect: nil),
                isDecided: false),
              Diagnosis.Cause(
                id: "not-listed", text: "No rule lists 203.0.113.9.", check: nil, isDecided: true),
            ],
            solutions: [
              Diagnosis.Solution(
                text: "Reach the registry through its private endpoint.",
                commands: ["az acr private-endpoint-connection list --registry-name acme"],
                causes: ["private-only"], verify: nil),
              Diagnosis.Solution(
                text: "Let the address in; it takes effect after a few minutes.",
                commands: [
                  "az acr network-rule add --name acme --ip-address 203.0.113.9",
                  "echo \"a `tick` and\u{1B}[2J\"\naz acr network-rule list --name acme",
                ], causes: ["not-listed"],
                verify: Diagnosis.Verification(
                  text: nil, command: "az acr check-health --name acme --yes")),
            ],
            references: [
              Diagnosis.Reference(
                title: "Errors [client IP] *not allowed*", url: "https://aka.ms/acr/firewall")
            ]))),
      Diagnosis(
        id: "docker/disk-full", title: "The disk of the Docker host is full",
        role: .cause, relation: .alternative,
        confidence: .high, score: 0.61, why: [],
        evidence: [
          Diagnosis.Evidence(
            line: 120, column: 1, endLine: 120, endColumn: 24, text: "no space left on device")
        ], occurrences: 2, captures: [], registry: nil,
        advice: .written(
          Advice(
            summary: "There is no space left for layers.", retry: .afterFix,
            causes: [
              Diagnosis.Cause(
                id: "layers", text: "Unused images and build cache fill the disk.", check: nil,
                isDecided: false)
            ],
            solutions: [
              Diagnosis.Solution(
                text: "Remove what nothing uses.", commands: ["docker system prune"], causes: [],
                verify: nil)
            ], references: []))),
    ],
    suggestions: [],
    input: InputSummary(byteCount: 9100, lineCount: 130, encoding: "utf-8", isTruncated: false),
    warnings: [])

  /// As many failures as asked for, each in a line of its own.
  static func many(_ count: Int) -> Report {
    Report(
      knowledge: throttled.knowledge, facts: Facts(),
      diagnoses: (1...count).map { number in
        Diagnosis(
          id: "sample/number-\(number)", title: "Failure \(number)", role: .cause, relation: nil,
          confidence: .high, score: 1, why: [],
          evidence: [
            Diagnosis.Evidence(
              line: number, column: 1, endLine: number, endColumn: 9, text: "failure \(number)")
          ],
          occurrences: 1, captures: [], registry: nil,
          advice: .written(
            Advice(
              summary: "", retry: .never, causes: [],
              solutions: [
                Diagnosis.Solution(text: "Mend \(number).", commands: [], causes: [], verify: nil)
              ], references: [])))
      }, suggestions: [],
      input: throttled.input, warnings: [])
  }

  private static func named(
    _ id: String, _ title: String, _ role: Diagnosis.Role, _ relation: Diagnosis.Relation,
    line: Int
  ) -> Diagnosis {
    Diagnosis(
      id: id, title: title, role: role, relation: relation,
      confidence: .medium, score: 0.4, why: [],
      evidence: [
        Diagnosis.Evidence(
          line: line, column: 1, endLine: line, endColumn: 10, text: "something")
      ], occurrences: 1, captures: [], registry: nil,
      advice: .written(
        Advice(
          summary: title + ".", retry: .afterFix, causes: [],
          solutions: [], references: [])))
  }
}
