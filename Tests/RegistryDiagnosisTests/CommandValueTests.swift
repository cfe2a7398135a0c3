import KnowledgeFormat
import RegistryKnowledge
import Testing

@testable import RegistryDiagnosis

/// What of a paste gets into the commands.
@Suite("What commands are filled from")
struct CommandValueTests {
  @Test(
    "The parts of an image's path, by the first pattern that matches",
    arguments: [
      ("us-central1-docker.pkg.dev", "acme/web/api", ["project=acme", "repo=web"]),
      ("US-docker.pkg.dev:443", "acme/web/team/api", ["project=acme", "repo=web"]),
      ("us-central1-docker.pkg.dev", "acme/web", ["first=acme", "second=web"]),
      ("eu.gcr.io", "acme/api", ["name=acme"]), ("eu.gcr.io", "acme", []),
      ("quay.io", "acme/api", ["first=acme", "second=api"]),
      (nil, "acme/api", ["first=acme", "second=api"]), ("quay.io", "a/b/c", ["first=a"]),
      (nil, "a/b/c", []), ("quay.io", "library/b/c/d", ["middle=b"]), ("quay.io", "", []),
    ] as [(String?, String, [String])])
  func imagePath(_ host: String?, _ repository: String, _ expected: [String]) {
    let parts = ImagePath.parts(
      ofHost: host, repository,
      matching: [
        "{location}-docker.pkg.dev/{project}/{repo}/*", "{*}.gcr.io/{name}/*",
        "quay.io/library/{middle}/{*}/d", "/{first}/{second}", "quay.io/{first}/*",
      ])
    #expect(parts.map { "\($0.name)=\($0.value)" } == expected)
  }

  /// A paste, the entry on top, and a command that is filled from the paste.
  struct Case: CustomTestStringConvertible {
    let paste: String
    let entry: String
    let command: String
    var testDescription: String { entry }
  }

  @Test(
    "Commands name what the paste names",
    arguments: [
      // The project stands in the message, the host in the line above.
      Case(
        paste: """
          docker pull us-central1-docker.pkg.dev/acme/web/api:1.2
          denied: Permission "artifactregistry.repositories.downloadArtifacts" denied on resource \
          "projects/acme/locations/us-central1/repositories/web" (or it may not exist)
          """, entry: "gar/permission-denied",
        command: "gcloud auth configure-docker us-central1-docker.pkg.dev"),
      // The project stands in the path only.
      Case(
        paste: """
          docker pull europe-docker.pkg.dev/acme/web/api:1.2
          Error response from daemon: Head "https://europe-docker.pkg.dev/v2/acme/web/api/manifests/1.2": \
          denied: Unauthenticated request. Unauthenticated requests do not have permission \
          "artifactregistry.repositories.downloadArtifacts" on resource
          """, entry: "gar/unauthenticated",
        command: "gcloud artifacts repositories add-iam-policy-binding web --location=europe "
          + "--project=acme --member=serviceAccount:SERVICE_ACCOUNT "
          + "--role=roles/artifactregistry.reader"),
      Case(
        paste: """
          Error: unable to pull quay.io/acme/app:1.2: Source image rejected: \
          unauthorized: access to the requested resource is not authorized
          """, entry: "quay/unauthorized",
        command:
          #"printf %s "$QUAY_ROBOT_TOKEN" | docker login quay.io -u "acme+ROBOT" --password-stdin"#
      ),
      // No wording says that it is an image, but its host is the registry's.
      Case(
        paste: """
          $ cosign verify --key cosign.pub ghcr.io/acme/app:1.2
          Error: no signatures found
          main.go:69: error during command execution: no signatures found
          """, entry: "signing/cosign-no-signatures",
        command: "cosign tree ghcr.io/acme/app:1.2"),
      // The image is not told, its registry is.
      Case(
        paste: "docker login ghcr.io\nError: no signatures found",
        entry: "signing/cosign-no-signatures", command: "cosign tree ghcr.io/REPOSITORY:TAG"),
      // The first label of the host was taken out.
      Case(
        paste: """
          docker push .dkr.ecr.us-west-2.amazonaws.com/app:1
          no basic auth credentials
          """, entry: "ecr/no-basic-auth-credentials",
        command: "aws ecr get-login-password --region us-west-2 | "
          + "docker login --username AWS --password-stdin REGISTRY"),
    ])
  func commands(_ example: Case) throws {
    let report = DiagnosisEngine(knowledge: .builtIn).diagnose(example.paste)
    let diagnosis = try #require(report.diagnoses.first)
    #expect(diagnosis.id == example.entry)
    let advice = diagnosis.advice
    var commands = advice.solutions.flatMap(\.commands)
    commands += advice.solutions.compactMap { $0.verify?.command }
    commands += advice.causes.compactMap { $0.check?.command }
    #expect(commands.contains(example.command), "\(commands)")
  }

  @Test(
    "What an image is called",
    arguments: [
      // The engine names the repository alone.
      (
        """
        $ docker push acme/app:1.2
        The push refers to repository [docker.io/acme/app]
        denied: requested access to the resource is denied
        """, "acme/app:1.2"
      ),
      (
        """
        $ docker push nginx:1.2
        The push refers to repository [docker.io/library/nginx]
        denied: requested access to the resource is denied
        """, "nginx:1.2"
      ),
      // Of another repository there is a tag.
      (
        """
        $ docker push acme/app-web:1.2
        The push refers to repository [docker.io/acme/app]
        denied: requested access to the resource is denied
        """, "acme/app"
      ),
      // What follows the colon is what went wrong.
      ("Failed to push image: unauthorized: authentication required", nil),
      ("Failed to push image: acme/app: unauthorized: authentication required", "acme/app"),
      ("Failed to push image: app:1.2: unauthorized: authentication required", "app:1.2"),
      // What stood behind the slash was masked.
      (
        "cosign verify harbor.acme.example/acme/ghp_abcdefghijklmnopqrstuvwxyz0123456789\n"
          + "Error: no signatures found", nil
      ),
    ] as [(String, String?)])
  func image(_ paste: String, _ expected: String?) {
    let facts = DiagnosisEngine(knowledge: .builtIn).diagnose(paste).facts
    let image = facts.reference.map { "\($0.repository)\($0.tag.map { ":\($0)" } ?? "")" }
    #expect(image == expected)
  }

  @Test("The host of a token service is filled in only where there is no other")
  func hostOfToken() throws {
    let denial = "Error: pull access denied for acme/app, repository does not exist"
    let token =
      "GET https://auth.docker.io/token?service=registry.docker.io&scope=repository%3Aacme%2Fapp"
    let pull = "HEAD https://registry-1.docker.io/v2/acme/app/manifests/1.2"
    let engine = DiagnosisEngine(knowledge: .builtIn)
    let both = try #require(engine.diagnose("\(pull) \(token)\n\(denial)").facts.registry)
    #expect(both.host == "registry-1.docker.io")
  }

  @Test("The host that a registry of wording gets is one of its own, and the nearest")
  func hostOfWording() throws {
    let denial =
      #"denied: Permission "artifactregistry.repositories.get" denied on resource "projects/a/locations/us/repositories/b""#
    let engine = DiagnosisEngine(knowledge: .builtIn)
    let lines = [
      "docker pull eu-docker.pkg.dev/a/b/c", "docker pull us-docker.pkg.dev/a/b/c",
      "docker login ghcr.io",
    ]
    let near = try #require(
      engine.diagnose((lines + [denial]).joined(separator: "\n")).facts.registry)
    #expect(near.host == "us-docker.pkg.dev")
    #expect(near.basis == "wording")
    #expect(near.parts.map(\.value) == ["us"])
    let none = try #require(engine.diagnose("\(lines[2])\n\(denial)").facts.registry)
    #expect(none.host == nil)
    #expect(none.provider == "gar")
  }
}
