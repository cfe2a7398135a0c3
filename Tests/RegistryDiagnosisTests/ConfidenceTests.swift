import RegistryDiagnosis
import RegistryKnowledge
import Testing

private let engine = DiagnosisEngine(knowledge: .builtIn)

@Suite("How sure an answer is, and what comes first")
struct ConfidenceTests {
  private static let registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com"
  private static let throttled =
    "docker pull \(registry)/a:1\nError response from daemon: toomanyrequests: Rate exceeded\n"

  @Test("A cause alone, in the words of the registry that is named, is sure")
  func sure() throws {
    let diagnosis = try #require(engine.diagnose(Self.throttled).diagnoses.first)
    #expect(diagnosis.id == "ecr/rate-exceeded")
    #expect(diagnosis.confidence == .high)
  }

  @Test("Two causes in one paste make both less sure")
  func rival() {
    let report = engine.diagnose(
      Self.throttled + """
        docker pull \(Self.registry)/b:1
        Error response from daemon: Get "https://\(Self.registry)/v2/": x509: certificate has expired or is not yet valid: current time 2026-01-01T00:00:00Z is after 2025-01-01T00:00:00Z
        """)
    #expect(report.diagnoses.map(\.id) == ["ecr/rate-exceeded", "tls/expired-certificate"])
    #expect(report.diagnoses.map(\.confidence) == [.medium, .medium])
  }

  @Test("A general answer is less sure where the registry has an entry of its own for the failure")
  func general() {
    func answer(_ host: String) -> Diagnosis? {
      engine.diagnose("docker push \(host)/a/b:1\nError response from daemon: manifest invalid")
        .diagnoses.first
    }
    #expect(answer("registry.example.com")?.id == "oci/manifest-invalid")
    #expect(answer("registry.example.com")?.confidence == .high)
    #expect(answer("gcr.io")?.id == "oci/manifest-invalid")
    #expect(answer("gcr.io")?.confidence == .medium)
  }

  @Test("A warning comes after the error, though it was printed first")
  func warning() throws {
    let warning =
      "WARNING: The requested image's platform (linux/arm64) does not match the detected host platform (linux/amd64/v3) and no specific platform was requested\n"
    let alone = engine.diagnose("docker run \(Self.registry)/a:1\n" + warning)
    #expect(alone.diagnoses.map(\.id) == ["docker/platform-mismatch-warning"])
    let report = engine.diagnose(warning + Self.throttled)
    #expect(
      report.diagnoses.map(\.id) == ["ecr/rate-exceeded", "docker/platform-mismatch-warning"])
    #expect(report.diagnoses.first?.confidence == .high)
  }

  @Test(
    "A path that looks like a registry's, and is another service's, is no registry",
    arguments: ["https://grafana.corp.net/api/v2/query", "https://api.corp.net/v2/accounts"])
  func otherPaths(_ url: String) {
    #expect(engine.diagnose("GET \(url) 401 Unauthorized").diagnoses.isEmpty)
    #expect(
      engine.diagnose("GET https://corp.net/v2/a/manifests/1 401 Unauthorized").diagnoses.first?.id
        == "oci/unauthorized")
  }
}
