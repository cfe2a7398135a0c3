/// A secret of a kind in a place it is printed in: what must never be given back.
package struct PlantedSecret: Sendable {
  package let kind: String
  package let secret: String
  /// The line it stands in.
  package let line: String

  /// Different pairs of a kind and a place; every kind and every place among the first 65.
  ///
  /// There are 23 kinds and 65 places: no number but 1 divides both, so that going on by one in
  /// both meets every pair once.
  package static func forms(_ count: Int, seed: UInt64) -> [PlantedSecret] {
    var random = SeededRandom(seed: seed)
    var secrets: [(kind: String, text: String)] = []
    return (0..<count).map { number in
      if secrets.isEmpty || number % secrets.count == 0 { secrets = self.secrets(&random) }
      let (kind, secret) = secrets[number % secrets.count]
      let place = places[number % places.count]
      return PlantedSecret(
        kind: kind, secret: secret,
        line: place.replacing("{}", with: secret, maxReplacements: 1))
    }
  }

  /// The secret before or after a failure that is recognised, in one line with it.
  package func paste(number: Int) -> String {
    let error = "Error response from daemon: manifest for nginx:9.9 not found: manifest unknown"
    return number.isMultiple(of: 2) ? "\(line): \(error)\n" : "\(error): \(line)\n"
  }

  /// What programs and people use for a secret, each of a kind.
  package static func secrets(_ random: inout SeededRandom) -> [(kind: String, text: String)] {
    let base64 = SeededRandom.mixed + "+/"
    let url64 = SeededRandom.mixed + "-_"
    return [
      ("GitHub token", "ghp_" + random.text(36, of: SeededRandom.mixed)),
      ("GitHub job token", "ghs_" + random.text(36, of: SeededRandom.mixed)),
      ("GitHub fine-grained", "github_pat_" + random.text(82, of: SeededRandom.mixed + "_")),
      ("GitLab token", "glpat-" + random.text(20, of: url64)),
      ("GitLab job token", "glcbt-64_" + random.text(20, of: url64)),
      ("Docker Hub token", "dckr_pat_" + random.text(27, of: url64)),
      ("npm token", "npm_" + random.text(36, of: SeededRandom.mixed)),
      (
        "AWS key id",
        "AKIA" + random.text(16, of: SeededRandom.lower.uppercased() + SeededRandom.digits)
      ),
      ("AWS secret key", "w" + random.text(38, of: base64) + "9"),
      ("AWS session token", "IQoJb3JpZ2luX2Vj" + random.text(240, of: base64) + "=="),
      ("ECR password", "eyJwYXlsb2FkIjoi" + random.text(300, of: base64) + "fQ=="),
      (
        "JSON web token",
        "eyJhbGciOiJSUzI1NiJ9." + random.text(90, of: url64) + "." + random.text(80, of: url64)
      ),
      (
        "Azure client secret",
        random.text(3, of: SeededRandom.mixed) + "8Q~" + random.text(34, of: url64 + "~.")
      ),
      (
        "SAS signature",
        random.text(20, of: SeededRandom.mixed) + "%2B" + random.text(18, of: SeededRandom.mixed)
          + "%3D"
      ),
      ("Google access token", "ya29.a0" + random.text(120, of: url64)),
      ("Google client secret", "GOCSPX-" + random.text(28, of: url64)),
      (
        "Quay robot token",
        random.text(64, of: SeededRandom.lower.uppercased() + SeededRandom.digits)
      ),
      ("Harbor robot secret", random.text(31, of: SeededRandom.mixed) + "7"),
      ("basic credentials", "dXNlcjpw" + random.text(20, of: SeededRandom.mixed) + "=="),
      ("hex token", random.text(40, of: SeededRandom.hex)),
      ("password", "hunter" + random.text(6, of: SeededRandom.digits)),
      ("password of a person", "C0rrect!Horse#" + random.text(4, of: SeededRandom.lower)),
      ("plain password", "swordfish"),
    ]
  }

  /// Places in which whatever stands there is a secret.
  package static let places = [
    "docker login -u me -p {} registry.example.com", "docker login -u me -p '{}' quay.io",
    "docker login -u me --password {} registry.example.com",
    "docker login -u me --password={} registry.example.com",
    "podman login --username me --password \"{}\" quay.io",
    "helm registry login -u me -p {} ghcr.io", "--registry-password {} --debug",
    "crane auth login -u me -p {} ghcr.io", "skopeo copy --dest-creds me:{} docker://a docker://b",
    "skopeo inspect --creds=me:{} docker://a", "oras push -u me -p {} r.example.com/a",
    "DOCKER_PASSWORD={} docker push a", "export REGISTRY_TOKEN={}", "export CR_PAT={} && build",
    "CI_JOB_TOKEN: {}", "HARBOR_SECRET='{}'", "MY_API_KEY={}", "GITHUB_TOKEN={}",
    "{\"username\":\"me\",\"password\":\"{}\"}", "{\\\"password\\\":\\\"{}\\\"}",
    "{'password': '{}', 'username': 'me'}", "{\"token\":\"{}\",\"expires_in\":300}",
    "{\"access_token\": \"{}\"}", "{\"identitytoken\":\"{}\"}", "{\"registrytoken\": \"{}\"}",
    "{\"auths\":{\"quay.io\":{\"auth\":\"{}\"}}}", "\"auth\": \"{}\"",
    "Authorization: Bearer {}", "authorization: Basic {}", "-H \"Authorization: Bearer {}\"",
    "headers={'Authorization': 'Bearer {}'}", "X-Registry-Auth: {}", "PRIVATE-TOKEN: {}",
    "JOB-TOKEN: {}", "X-JFrog-Art-Api: {}", "X-Vault-Token: {}",
    "https://me:{}@registry.example.com/v2/", "https://oauth2:{}@gitlab.example.com/a.git",
    "https://bucket.s3.amazonaws.com/a?X-Amz-Signature={}&X-Amz-Expires=60",
    "https://b.s3.amazonaws.com/a?X-Amz-Security-Token={}&x=1",
    "https://x.blob.core.windows.net/a?sv=2020&sig={}", "https://r.example.com/a?token={}&b=1",
    "https://r.example.com/a?access_token={}",
    "https://storage.googleapis.com/a?X-Goog-Signature={}",
    "https://cdn.example.com/a?Expires=1&Signature={}&Key-Pair-Id=K",
    "client_secret={}&grant_type=refresh_token", "grant_type=refresh_token&refresh_token={}",
    "AZURE_CLIENT_SECRET: {}", "az login --service-principal -u id --password {} --tenant t",
    "--client-secret {}", "aws_secret_access_key = {}", "AWS_SECRET_ACCESS_KEY={}",
    "aws_session_token={}", "AWS_SESSION_TOKEN=\"{}\"", "AccountKey={};EndpointSuffix=x",
    "SharedAccessKey={}", "\"private_key_id\": \"{}\"", "\"client_secret\": \"{}\"",
    "_authToken={}", "//registry.npmjs.org/:_authToken={}", "passwd: {}", "pwd={}",
    "\"passphrase\":\"{}\"", "COSIGN_PASSWORD={}", "secretKey: \"{}\"",
  ]

  /// A piece of a secret that is shown, of eight characters or all of it.
  package static func leak(of secret: String, in text: String) -> String? {
    let bytes = Array(secret.utf8)
    let length = min(8, bytes.count)
    func pieces(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
      guard bytes.count >= length else { return [] }
      return (0...(bytes.count - length)).map { bytes[$0..<$0 + length] }
    }
    let shown = Set(pieces(Array(text.utf8)))
    return pieces(bytes).first { shown.contains($0) }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// The secrets of which eight bytes in a row, or all, are in an output.
  ///
  /// - Complexity: O(size of the output and of the secrets).
  package static func leaked(_ forms: [PlantedSecret], in output: String) -> [PlantedSecret] {
    func windows(_ text: String) -> Set<UInt64> {
      var windows: Set<UInt64> = []
      var window: UInt64 = 0
      for (place, byte) in text.utf8.enumerated() {
        window = window << 8 | UInt64(byte)
        if place >= 7 { windows.insert(window) }
      }
      return windows
    }
    let shown = windows(output)
    return forms.filter { !windows($0.secret).isDisjoint(with: shown) }
  }
}
