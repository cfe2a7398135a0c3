import KnowledgeFormat
import RegistryDiagnosis
import RegistryKnowledge
import Testing

@Suite("Causes and solutions that cannot be one here are left out")
struct ApplicabilityTests {
  private let engine = DiagnosisEngine(knowledge: .builtIn)

  private func advice(on text: String, of id: String) throws -> Advice {
    try #require(engine.diagnose(text).diagnoses.first { $0.id == id }).advice
  }

  @Test(
    "What only who runs the registry can mend is left out where its provider does",
    arguments: [
      ("registry-1.docker.io", false), ("123456789012.dkr.ecr.eu-west-1.amazonaws.com", false),
      ("registry.fernhill.example", true), ("harbor.fernhill.example", true),
      ("10.0.12.7:5000", true),
    ])
  func hosting(_ host: String, isOwn: Bool) throws {
    let advice = try advice(
      on: """
        Error response from daemon: Get "https://\(host)/v2/": x509: certificate signed by unknown authority
        """, of: "tls/unknown-authority")
    let causes = advice.causes.map(\.id)
    #expect(causes.contains("intercepting-proxy"))
    #expect(causes.contains("private-ca") == isOwn)
    #expect(advice.solutions.contains { $0.text.hasPrefix("On the server") } == isOwn)
  }

  @Test("Where no registry is named, nothing is left out for it")
  func unnamed() throws {
    let advice = try advice(
      on: "Error response from daemon: docker login: x509: certificate signed by unknown authority",
      of: "tls/unknown-authority")
    #expect(advice.causes.map(\.id).contains("private-ca"))
  }

  @Test(
    "A cause that the paste would show is told where it does",
    arguments: [
      ("bitnami/redis:7.2", true), ("fernhill/redis:7.2", false),
    ])
  func required(_ image: String, isShown: Bool) throws {
    let advice = try advice(
      on: "Error response from daemon: manifest for \(image) not found: manifest unknown",
      of: "oci/manifest-unknown")
    #expect(advice.causes.contains { $0.id == "bitnami" } == isShown)
    #expect(advice.solutions.contains { $0.causes == ["bitnami"] } == isShown)
  }

  @Test("A solution for other clients than the one that failed is left out")
  func client() throws {
    let docker = try advice(
      on: """
        $ docker pull registry.fernhill.example/app:1
        Error response from daemon: Get "https://registry.fernhill.example/v2/": x509: certificate signed by unknown authority
        """, of: "tls/unknown-authority")
    let podman = try advice(
      on: """
        $ podman pull registry.fernhill.example/app:1
        Error: initializing source docker://registry.fernhill.example/app:1: pinging container registry registry.fernhill.example: Get "https://registry.fernhill.example/v2/": x509: certificate signed by unknown authority
        """, of: "tls/unknown-authority")
    func folders(_ advice: Advice) -> [String] {
      let commands = advice.solutions.flatMap { $0.commands }
      return ["/docker/", "/containerd/", "/containers/"].filter { folder in
        commands.contains { $0.contains("/etc" + folder) }
      }
    }
    #expect(folders(docker) == ["/docker/"])
    #expect(folders(podman) == ["/containers/"])
  }

  @Test("Where none would be left, all are told")
  func noneLeft() throws {
    let advice = try advice(
      on: """
        ERROR: failed commit on ref "layer-sha256:0123": unexpected status from PUT request to https://registry.fernhill.example/v2/a/b/blobs/uploads/1: 418 I'm a teapot
        """, of: "oci/unexpected-status")
    let entry = try #require(KnowledgeBase.builtIn.advice(ofEntry: "oci/unexpected-status"))
    #expect(advice.causes.map(\.id) == entry.causes.map(\.id))
  }

  @Test("What is told mends what is told, in every example of the base")
  func consistent() {
    for loaded in repositoryBase.entries {
      for example in loaded.entry.examples {
        let bytes = loaded.bytes(ofExample: example.file) ?? []
        for diagnosis in engine.diagnose(bytes: bytes).diagnoses {
          let advice = diagnosis.advice
          #expect(!advice.causes.isEmpty && !advice.solutions.isEmpty, "\(diagnosis.id)")
          let causes = advice.causes.map(\.id)
          let isMending = advice.solutions.flatMap(\.causes).allSatisfy { causes.contains($0) }
          #expect(isMending, "\(diagnosis.id) in \(example.file)")
        }
      }
    }
  }
}
