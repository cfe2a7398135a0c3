import RegistryDiagnosis
import RegistryKnowledge
import Testing

private let engine = DiagnosisEngine(knowledge: .builtIn)

@Suite("Facts")
struct FactTests {
  @Test("Registry with account and region, reference, client, operation")
  func ecr() throws {
    let report = engine.diagnose(
      """
      $ docker pull 123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1.2
      Error response from daemon: toomanyrequests: Rate exceeded
      """)
    let registry = try #require(report.facts.registry)
    #expect(registry.host == "123456789012.dkr.ecr.eu-west-1.amazonaws.com")
    #expect(registry.provider == "ecr")
    #expect(
      registry.parts.map { "\($0.name)=\($0.value)" } == [
        "account=123456789012", "region=eu-west-1",
      ])
    #expect(
      report.facts.reference
        == Facts.ImageReference(repository: "team/app", tag: "1.2", digest: nil))
    #expect(report.facts.client == "docker")
    #expect(report.facts.operation == "pull")
    #expect(report.facts.ociCode == "TOOMANYREQUESTS")
  }

  @Test(
    "Which registry a message is about",
    arguments: [
      // A reference without a host is Docker Hub's to docker, and nobody's to podman.
      ("$ docker pull acme/app\nError response from daemon: toomanyrequests: stop", "dockerhub"),
      // The request decides, not the line above.
      (
        "docker pull acme/app\nGet https://ghcr.io/v2/acme/app/manifests/1: toomanyrequests: stop",
        "ghcr"
      ),
      // A help page is no registry.
      (
        "docker pull quay.io/a/b\ntoomanyrequests: see https://www.docker.com/increase-rate-limit",
        "quay"
      ),
    ])
  func registry(_ text: String, _ provider: String) {
    #expect(engine.diagnose(text).facts.registry?.provider == provider)
  }

  @Test("An engine's own status is not the registry's")
  func engineStatus() {
    let report = engine.diagnose(
      "docker.errors.APIError: 500 Server Error: Internal Server Error (\"toomanyrequests: Rate exceeded\")"
    )
    #expect(report.facts.httpStatus != 429)
  }

  @Test(
    "A secret in the place of a reference is no fact",
    arguments: [
      "docker pull SECRET", "docker pull r.io/a:SECRET", "Get https://r.io/v2/SECRET/manifests/1",
    ])
  func secretReference(_ command: String) {
    let secret = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
    let paste = command.replacing("SECRET", with: secret) + ": denied: requested access is denied"
    let report = engine.diagnose(paste)
    #expect(!"\(report.facts)".contains(secret))
    #expect(report.diagnoses.isEmpty == false)
    #expect(report.diagnoses.allSatisfy { !"\($0)".contains(secret) })
  }

  @Test("What was blotted out fills no command")
  func redacted() throws {
    let report = engine.diagnose(
      "docker pull xxxxxxxxxxxx.dkr.ecr.eu-west-1.amazonaws.com/app:1\ntoomanyrequests: Rate exceeded"
    )
    let diagnosis = try #require(report.diagnoses.first)
    #expect(diagnosis.id == "ecr/rate-exceeded")
    #expect(report.facts.registry?.parts.contains { $0.name == "account" } == false)
  }
}

@Suite("Ranking")
struct RankingTests {
  @Test("The cause comes before what wraps it, and both are kept")
  func wrapped() {
    let report = engine.diagnose(
      """
      Events:
        Type     Reason   Age   From     Message
        ----     ------   ----  ----     -------
        Warning  Failed   15s   kubelet  Failed to pull image "123456789012.dkr.ecr.us-east-1.amazonaws.com/a:1": rpc error: code = Unknown desc = toomanyrequests: Rate exceeded
        Warning  Failed   15s   kubelet  Error: ErrImagePull
        Normal   BackOff  3s    kubelet  Back-off pulling image "123456789012.dkr.ecr.us-east-1.amazonaws.com/a:1"
        Warning  Failed   3s    kubelet  Error: ImagePullBackOff
      """)
    let ids = report.diagnoses.map(\.id)
    #expect(ids.first == "ecr/rate-exceeded")
    #expect(ids.contains("kubernetes/err-image-pull"))
    #expect(report.diagnoses.dropFirst().allSatisfy { $0.relation != nil })
    #expect(report.diagnoses.first?.relation == nil)
  }

  @Test("What stands after the last `denied:` decides")
  func innermost() {
    let report = engine.diagnose(
      "Error response from daemon: pull access denied for 123456789012.dkr.ecr.us-west-2.amazonaws.com/a/b, repository does not exist or may require 'docker login': denied: User: arn:aws:sts::123456789012:assumed-role/Builder/x is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:us-west-2:123456789012:repository/a/b"
    )
    #expect(report.diagnoses.first?.id == "ecr/access-denied")
  }

  @Test(
    "Another registry's host rules an entry out",
    arguments: ["quay.io/a/b:1", "ghcr.io/a/b:1", "registry.example.com/a/b:1"])
  func otherRegistry(_ reference: String) {
    let report = engine.diagnose(
      "docker pull \(reference)\nError response from daemon: toomanyrequests: Rate exceeded")
    #expect(!report.diagnoses.contains { $0.id.hasPrefix("ecr/") || $0.id.hasPrefix("dockerhub/") })
  }

  @Test(
    "Silence where no registry is concerned",
    arguments: [
      "An error occurred (Throttling) when calling the DescribeStackEvents operation (reached max retries: 4): Rate exceeded",
      "npm ERR! code E429\nnpm ERR! 429 Too Many Requests - GET https://registry.npmjs.org/lodash",
      "remote: HTTP Basic: Access denied\nfatal: Authentication failed for 'https://gitlab.com/a/b.git/'",
      "Unable to connect to the server: x509: certificate signed by unknown authority",
      "psql: error: connection to server at \"10.0.0.3\", port 5432 failed: Connection refused",
      "curl: (28) Failed to connect to deb.debian.org port 80: Connection timed out",
      "Docker daemon status: available\nDNS lookup to x.azurecr.io at IP 10.1.2.3 : OK\nChallenge endpoint https://x.azurecr.io/v2/ : OK\nFetch refresh token for registry 'x.azurecr.io' : OK",
      "level=debug msg=\"GET https://quay.io/v2/\" status=401",
      "", "\n\n",
    ])
  func silence(_ text: String) {
    #expect(engine.diagnose(text).diagnoses.isEmpty)
  }

  @Test("The score falls with the rank, and its reasons are given")
  func score() {
    let report = engine.diagnose(
      "Failed to pull image \"quay.io/a/b\": rpc error: unauthorized: access to the requested resource is not authorized\nError: ErrImagePull"
    )
    let scores = report.diagnoses.map(\.score)
    #expect(scores == scores.sorted(by: >))
    #expect(report.diagnoses.allSatisfy { !$0.why.isEmpty && (0...1).contains($0.score) })
  }
}

@Suite("Evidence and commands")
struct EvidenceTests {
  @Test("Evidence is where the paste says so, in its own lines and columns")
  func position() throws {
    let report = engine.diagnose(
      "docker pull 123456789012.dkr.ecr.us-east-1.amazonaws.com/é:1\n\u{1B}[31mError: \u{1B}[0mtoomanyrequests: Rate exceeded\n"
    )
    let evidence = try #require(report.diagnoses.first?.evidence.first)
    #expect(evidence.line == 2)
    #expect(evidence.text.hasPrefix("toomanyrequests: Rate exceeded"))
    #expect(evidence.column == 17)
  }

  @Test("Each place of a failure has its own line, in UTF-16 too", arguments: [false, true])
  func lines(isUTF16: Bool) throws {
    let failure = "Error response from daemon: toomanyrequests: Rate exceeded\n"
    let noise = String(repeating: "2026-11-20 12:00:00 all is well here\n", count: 1_000)
    let text = noise + failure + noise + failure + noise + failure
    let bytes =
      isUTF16 ? [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), 0] } : Array(text.utf8)
    let diagnosis = try #require(engine.diagnose(bytes: bytes).diagnoses.first)
    #expect(diagnosis.evidence.map(\.line).sorted() == [1_001, 2_002, 3_003])
    #expect(Set(diagnosis.evidence.map(\.column)).count == 1)
  }

  @Test("Places are the same however the input is cut into pieces, and far into a long one")
  func pieces() throws {
    let failure =
      "docker pull 123456789012.dkr.ecr.us-east-1.amazonaws.com/a:1\nError: toomanyrequests: Rate exceeded\n"
    let noise = String(
      repeating: "2026-11-20 12:00:00 all is well here, nothing to see at all\n", count: 40_000)
    let text = Array((noise + failure + noise).utf8)
    var session = engine.makeSession()
    var place = 0
    while place < text.count {
      session.append(Array(text[place..<min(place + 65_521, text.count)]))
      place += 65_521
    }
    let pieced = session.finish()
    let whole = engine.diagnose(bytes: text)
    #expect(pieced == whole)
    #expect(whole.diagnoses.first?.id == "ecr/rate-exceeded")
    #expect(whole.diagnoses.first?.evidence.first?.line == 40_002)
    #expect(whole.input.lineCount == 80_002)
  }

  @Test("A failure at the end of a line of three mebibytes is found")
  func longLine() throws {
    let failure =
      " Get https://123456789012.dkr.ecr.us-east-1.amazonaws.com/v2/a: toomanyrequests: Rate exceeded"
    let report = engine.diagnose(String(repeating: "y", count: 3 << 20) + failure)
    let diagnosis = try #require(report.diagnoses.first)
    #expect(diagnosis.id == "ecr/rate-exceeded")
    #expect(diagnosis.occurrences == 1)
    #expect(diagnosis.evidence.first?.line == 1)
    #expect(diagnosis.evidence.first?.column == (3 << 20) + 65)
  }

  @Test("A failure that comes many times is told once, with its number")
  func folded() throws {
    let line =
      "Get https://123456789012.dkr.ecr.us-east-1.amazonaws.com/v2/a/manifests/1: toomanyrequests: Rate exceeded\n\n"
    let report = engine.diagnose(String(repeating: line, count: 50))
    let diagnosis = try #require(report.diagnoses.first)
    #expect(diagnosis.occurrences == 50)
    #expect(diagnosis.evidence.count == 3)
  }

  @Test("Commands are filled with what the paste says")
  func filled() throws {
    let report = engine.diagnose(
      "denied: Your authorization token has expired. Reauthenticate and try again.\ndocker pull 123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:1"
    )
    let diagnosis = try #require(report.diagnoses.first)
    #expect(diagnosis.id == "ecr/token-expired")
    let commands = diagnosis.advice.solutions.flatMap(\.commands)
    #expect(commands.contains { $0.contains("--region eu-central-1") })
    #expect(commands.contains { $0.contains("123456789012.dkr.ecr.eu-central-1.amazonaws.com") })
  }

  @Test("Secrets of the paste are not quoted")
  func secrets() {
    let token = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
    let report = engine.diagnose(
      "$ docker login ghcr.io -u me -p \(token) && docker pull ghcr.io/a/b: denied: denied https://me:hunter2secret@ghcr.io/v2/ AKIAIOSFODNN7EXAMPLE"
    )
    for diagnosis in report.diagnoses {
      for evidence in diagnosis.evidence {
        let quoted = evidence.before + evidence.text + evidence.after
        #expect(
          !quoted.contains(token) && !quoted.contains("hunter2secret")
            && !quoted.contains("AKIAIOSFODNN7EXAMPLE"))
      }
    }
    #expect(!report.diagnoses.isEmpty)
  }
}
