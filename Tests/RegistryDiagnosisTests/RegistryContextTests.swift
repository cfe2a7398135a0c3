import KnowledgeFormat
import RegistryDiagnosis
import RegistryKnowledge
import Testing

private let engine = DiagnosisEngine(knowledge: .builtIn)

/// Failures of several registries in one paste, and hosts that somebody blotted out.
@Suite("Registries of a paste")
struct RegistryContextTests {
  private let push = "docker push 123456789012.dkr.ecr.us-east-1.amazonaws.com/a:1\n"

  @Test("A finding makes needless what is about its own registry, and counts it")
  func sameRegistry() {
    let report = engine.diagnose(
      push + "no basic auth credentials\nunauthorized: authentication required\n")
    #expect(report.diagnoses.map(\.id) == ["ecr/no-basic-auth-credentials"])
    #expect(report.diagnoses.first?.occurrences == 2)
  }

  @Test("It makes nothing needless that is about another")
  func otherRegistry() {
    let report = engine.diagnose(
      push + """
        no basic auth credentials

        docker push registry.example.com/a/b:1
        unauthorized: authentication required
        """)
    #expect(
      Set(report.diagnoses.map(\.id)) == ["ecr/no-basic-auth-credentials", "oci/unauthorized"])
  }

  @Test(
    "What stands below the good end of a pull or push is about that registry no more",
    arguments: [
      "Caused by: java.net.ConnectException: Connection refused (Connection refused)",
      "Error: getaddrinfo EAI_AGAIN mongo",
      "tar: /app/dist/main.js: Cannot write: No space left on device",
      "Error: Request failed with status code 403",
    ])
  func completedStep(_ error: String) {
    let begun = "The push refers to repository [ghcr.io/acme/web]\n3ead95e6aebf: Pushed\n"
    let digest = "sha256:9cbb767c622d87f5fef073c11101e8c5838f82d93d3e892c58d234129b08de60"
    let done = "latest: digest: \(digest) size: 3047\n"
    #expect(!engine.diagnose(begun + error).diagnoses.isEmpty)
    #expect(engine.diagnose(begun + done + error).diagnoses.isEmpty)
    #expect(!engine.diagnose(done + begun + error).diagnoses.isEmpty)
  }

  @Test(
    "A host that was blotted out is a registry's by its path",
    arguments: [
      "Get https://xxxxxxxx/v2/: x509: certificate signed by unknown authority",
      "Get \"https://***/v2/\": x509: certificate signed by unknown authority",
    ])
  func blottedOut(_ text: String) {
    #expect(engine.diagnose(text).diagnoses.first?.id == "tls/unknown-authority")
  }

  @Test("A host whose first label was cut away is told, and stands in no command")
  func firstLabelCutAway() throws {
    let report = engine.diagnose(
      "Failed to pull image \".dkr.ecr.us-east-1.amazonaws.com/app:1\": rpc error: code = Unknown desc = toomanyrequests: Rate exceeded"
    )
    let diagnosis = try #require(report.diagnoses.first)
    #expect(diagnosis.id == "ecr/rate-exceeded")
    let commands = report.diagnoses.flatMap(\.advice.solutions).flatMap(\.commands)
    #expect(!commands.isEmpty)
    #expect(!commands.contains { $0.contains(" .dkr") || $0.contains("/.dkr") })
  }

  @Test("A message that is one wording over and over is weighed by its first matches and its last")
  func flooded() {
    let wordy = String(repeating: "unauthorized: authentication required ", count: 500)
    let report = engine.diagnose(
      "Error response from daemon: \(wordy)denied: requested access to the resource is denied")
    #expect(report.diagnoses.first?.id == "oci/denied")
  }

  @Test(
    "A host that nobody knows is the registry where the wording says so",
    arguments: [
      """
      Error: pulling from host registry.fernhill.example failed with status code [manifests 1]: 403 Forbidden
      """,
      """
      $ echo "$PASS" | docker login -u deploy --password-stdin registry.fernhill.example
      Error response from daemon: unauthorized: authentication required
      """,
      """
      $ docker build -t registry.fernhill.example/shop/cart .
      #26 ERROR: server message: insufficient_scope: authorization failed
      """,
      """
      level=warning msg="error authorizing context: basic authentication challenge for realm \"R\": authentication failure" http.request.host=registry.fernhill.example http.request.method=GET
      """,
      """
      $ curl -sS https://registry.fernhill.example/v2/_catalog
      curl: (28) Failed to connect to registry.fernhill.example port 443 after 75012 ms: Timeout was reached
      """,
    ])
  func namedByItsWording(_ text: String) throws {
    let diagnosis = try #require(engine.diagnose(text).diagnoses.first)
    #expect(diagnosis.registry?.host == "registry.fernhill.example")
  }

  @Test(
    "Hosts and references are taken from requests, not from what stands beside them",
    arguments: [
      (
        "Error: Head \"https://registry.fernhill.example/v2/a/b/manifests/1\": Get \"https://auth.fernhill.example/auth?scope=repository%3Aa%2Fb%3Apull&service=r\": unauthorized",
        "registry.fernhill.example", "a/b"
      ),
      (
        "Can't install x: 500 Server Error for http+docker://localhost/v1.45/images/create?tag=v1&fromImage=ghcr.io%2Fa%2Fb: Internal Server Error (\"Head \"https://ghcr.io/v2/a/b/manifests/v1\": unauthorized\")",
        "ghcr.io", "a/b"
      ),
      (
        "FATA[0000] pulling image: rpc error: code = Unknown desc = error pinging docker registry node1:5050: Get \"https://node1:5050/v2/\": x509: certificate signed by unknown authority",
        "node1:5050", nil
      ),
      (
        "failed to push: unexpected status from PUT request to https://REGISTRY_NAME//v2/a/b/manifests/1: 500 Internal Server Error",
        "REGISTRY_NAME", "a/b"
      ),
      (
        "Error response from registry: manifest blob unknown: blob unknown to registry: sha256:9b962b6abadee78b1d83d3b58a879fcbf0d66ea6d34c934ef3285301f3860b22",
        nil, nil
      ),
    ] as [(String, String?, String?)])
  func requests(_ text: String, host: String?, repository: String?) throws {
    let report = engine.diagnose(text)
    let diagnosis = try #require(report.diagnoses.first)
    #expect(diagnosis.registry?.host == host)
    #expect(report.facts.reference?.repository == repository)
  }

  @Test("Each wording of a message may decide a cause, not only the one that ranks first")
  func decidedByAnyWording() {
    let report = engine.diagnose(
      "Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit"
    )
    let causes = report.diagnoses.first?.advice.causes ?? []
    #expect(causes.filter(\.isDecided).map(\.id) == ["anonymous"])
  }

  @Test("What is no registry is none, whatever stands before it")
  func noRegistry() throws {
    let report = engine.diagnose(
      """
      $ docker pull registry.fernhill.example/app:1
      lookup storage.googleapis.com on 10.0.0.2:53: no such host
      Error response from daemon: unauthorized: authentication required
      """)
    let hosts = report.diagnoses.map { $0.registry?.host }
    #expect(!hosts.isEmpty && !hosts.contains("storage.googleapis.com"))
  }

  @Test("Each host pattern is found by what it describes, and by nothing that only ends like it")
  func hostPatterns() throws {
    let vocabulary = try #require(KnowledgeBase.builtIn.compiled.loaded().vocabulary?.model)
    let patterns =
      vocabulary.registries.flatMap(\.hosts).map(\.text)
      + vocabulary.notRegistryHosts.map(\.text)
    #expect(patterns.count > 100)
    for pattern in patterns {
      let host = pattern.replacing(/\{[^}]*\}|\*/, with: "part1")
      #expect(KnowledgeBase.builtIn.knowsHost(host), "\(pattern)")
      #expect(KnowledgeBase.builtIn.knowsHost(host.uppercased()), "\(pattern)")
      #expect(!KnowledgeBase.builtIn.knowsHost(host + ".a.b.c.example"), "\(pattern)")
    }
  }
}
