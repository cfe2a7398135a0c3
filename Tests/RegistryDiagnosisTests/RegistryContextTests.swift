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
}
