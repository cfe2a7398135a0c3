/// What is no secret, though it looks like one or stands where one may.
package enum InnocentText {
  /// Texts as programs print them.
  package static func sentences(_ random: inout SeededRandom) -> [String] {
    let digest = random.text(64, of: SeededRandom.hex)
    let id = random.text(12, of: SeededRandom.hex)
    let uuid =
      [8, 4, 4, 4, 12].map { random.text($0, of: SeededRandom.hex) }.joined(separator: "-")
    let account = random.text(12, of: SeededRandom.digits)
    let pod =
      "web-\(random.text(10, of: SeededRandom.hex))-\(random.text(5, of: SeededRandom.lower + SeededRandom.digits))"
    return [
      "sha256:\(digest)", "manifest for app@sha256:\(digest) not found", digest, id, uuid, pod,
      "\(account).dkr.ecr.eu-west-1.amazonaws.com/team/app:\(random.text(7, of: SeededRandom.hex))",
      "ghcr.io/acme/app:build-20261120-\(id)", "quay.io/a/b:v1.2.3-rc.1+5",
      "arn:aws:sts::\(account):assumed-role/BuildRole/session-\(id)",
      "arn:aws:ecr:us-east-1:\(account):repository/team/app",
      "open /etc/passwd: permission denied", "cannot run '/etc/passwd': permission denied",
      "RequestID: \(uuid)", "request id: \(random.text(16, of: SeededRandom.hex.uppercased()))",
      "x-amz-request-id: \(random.text(16, of: SeededRandom.hex.uppercased()))",
      "Correlation ID: \(uuid) Timestamp: 2026-11-20 10:11:12Z",
      "/var/lib/docker/overlay2/\(digest)/merged", "/home/runner/work/app/app/Dockerfile:12",
      "/var/lib/kubelet/pods/\(uuid)/volumes/kubernetes.io~projected/kube-api-access-x7k2p",
      "https://registry-1.docker.io/v2/library/nginx/manifests/latest",
      "https://auth.docker.io/token?scope=repository%3Alibrary%2Fnginx%3Apull&service=registry.docker.io",
      "Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\",scope=\"repository:a/b:pull\"",
      "Www-Authenticate: Basic realm=\"Registry Realm\"",
      "failed to fetch oauth token: unexpected status",
      "error getting credentials - err: exit status 1",
      "unauthorized: incorrect username or password", "Password:", "token: invalid token format",
      "Your authorization token has expired. Reauthenticate and try again.",
      "denied: requested access to the resource is denied", "no basic auth credentials",
      "authentication token expired, run docker login", "password authentication failed for user",
      "docker login -u me -p $DOCKER_PASSWORD", "docker login -p ${{ secrets.TOKEN }} ghcr.io",
      "docker run -p 8080:80 nginx", "mkdir -p /etc/docker/certs.d/registry.example.com:5000",
      "docker login --password-stdin registry.example.com", "-p 5000:5000 registry:2",
      "secret \"regcred-\(id)\" not found", "imagePullSecrets: regcred", "secret/registry-login",
      "token expires in 43200 seconds", "basic auth header missing", "Secret: default/regcred",
      "\(uuid)/blobs/uploads/\(uuid)",
      "node-\(random.text(8, of: SeededRandom.lower + SeededRandom.digits)).internal:10250",
      "_state parameter", "kubernetes.io/dockerconfigjson", "credsStore: desktop",
      "go1.22.5 linux/amd64", "containerd://\(digest)", "pull-secret=none", "auth: none",
      "https://registry.example.com:5000/v2/team/app/blobs/sha256:\(digest)",
      "service account token: permission denied", "sig: exit status 1", "signature: invalid",
      "signature verification failed", "client_secret: required", "key-pair: missing",
      "check-signature: 'failed to verify image ghcr.io/acme/app:build-20261120-\(id)'",
      "\"token\": \"Unexpected status from GET https://registry.example.com:5000/v2/token\"",
      "host id: " + random.text(76, of: SeededRandom.mixed + "+/"), "(RequestToken: \(uuid))",
      "ClientToken=\(uuid)", "[secret:docker_username]/app",
      "may require authorization: server message: denied",
      "Get \"https://r.example.com/token\": EOF",
      "with \"404 Not Found\", auth: \"not present\"", "auth: \"Bearer realm=\"",
      "access token: oauth2: cannot fetch token", "-e GITHUB_TOKEN=\"\" -v /a:/b",
      "arn:aws:secretsmanager:us-west-2:\(account):secret:regcred-x2K9p",
      "useradd -u 1000 ci && mkdir -p /var/run/ci", "\"ExternalSecret\":\"argocd/regcred\"",
    ]
  }

  /// Identifiers as registries, clouds, clusters and logs write them, each in its place.
  ///
  /// - Returns: As many rounds of all kinds as are asked for; the word that must survive, and a
  ///   text with it.
  package static func identifiers(rounds: Int, seed: UInt64) -> [(word: String, text: String)] {
    var random = SeededRandom(seed: seed)
    return (0..<rounds).flatMap { _ in identifiers(&random) }
  }

  private static func identifiers(_ random: inout SeededRandom) -> [(word: String, text: String)] {
    let hex = SeededRandom.hex
    let digest = random.text(64, of: hex)
    let longDigest = random.text(128, of: hex)
    let short = random.text(12, of: hex)
    let commit = random.text(40, of: hex)
    let uuid = [8, 4, 4, 4, 12].map { random.text($0, of: hex) }.joined(separator: "-")
    let account = random.text(12, of: SeededRandom.digits)
    let name = random.text(8, of: SeededRandom.lower)
    let tag = "\(name)-\(random.text(5, of: SeededRandom.digits)).\(random.text(7, of: hex))"
    let ecr = "\(account).dkr.ecr.eu-west-1.amazonaws.com"
    let capital = random.text(16, of: SeededRandom.digits + "ABCDEF")
    let time =
      "2026-11-\(10 + Int(random.next() % 20))T10:11:12.\(random.text(9, of: SeededRandom.digits))Z"
    // The label of a layer that somebody looks at: words, not a key.
    let label = "bWFpbnRhaW5lcj10ZWFt" + random.text(12, of: SeededRandom.mixed)
    return [
      (digest, "sha256:\(digest)"), (longDigest, "sha512:\(longDigest)"),
      (digest, "digest: sha256:\(digest) size: 1572"), (digest, "\"digest\":\"sha256:\(digest)\""),
      (digest, "nginx@sha256:\(digest)"), (short, "\(short): Pulling fs layer"),
      (digest, "/var/lib/docker/overlay2/\(digest)/merged"), (digest, "containerd://\(digest)"),
      (digest, "blob \(digest) is unknown"), (digest, "key=\(digest)"),
      (commit, "commit \(commit)"), (commit, "revision=\(commit)"), (commit, "ref: \(commit)"),
      (short, "ghcr.io/acme/\(name):sha-\(short)"), (tag, "quay.io/team/\(name):\(tag)"),
      (tag, "tag: \(tag)"), (name, "registry.\(name).example.com:5000/a/b"),
      (ecr, "\(ecr)/team/\(name):\(short)"), (account, "account \(account)"),
      (account, "arn:aws:iam::\(account):role/Ci-\(name)"),
      (account, "arn:aws:ecr:us-east-1:\(account):repository/\(name)"),
      (uuid, "RequestId: \(uuid)"), (uuid, "\"requestId\":\"\(uuid)\""),
      (uuid, "request_id=\(uuid)"), (uuid, "trace id \(uuid)"),
      (uuid, "client-request-id: \(uuid)"),
      (uuid, "subscription \(uuid)"), (uuid, "tenant: \(uuid)"), (uuid, "tenantId=\(uuid)"),
      (uuid, "correlation ID: \(uuid)"), (uuid, "/v2/a/b/blobs/uploads/\(uuid)"),
      (uuid, "upload uuid=\(uuid)"), (uuid, "/var/lib/kubelet/pods/\(uuid)/volumes"),
      (capital, "x-amz-request-id: \(capital)"), (capital, "RequestID \(capital)"),
      (time, "time=\(time)"), (time, "at \(time)"), (time, "\"time\":\"\(time)\""),
      ("\(name)-\(short)", "pod/\(name)-\(short)"), (name, "namespace \(name)"),
      ("i-0\(digest.prefix(16))", "instance i-0\(digest.prefix(16))"),
      ("\(name).azurecr.io", "\(name).azurecr.io/app:1"),
      ("\(name)-docker.pkg.dev", "europe-\(name)-docker.pkg.dev/p/r/i"),
      ("vol-0\(short)", "volume vol-0\(short)"), (short, "image id \(short)"),
      (label, "label \(label)"), ("node-\(short)", "on node-\(short)"),
      ("10.\(account.prefix(2)).3.4:443", "dial tcp 10.\(account.prefix(2)).3.4:443: i/o timeout"),
      ("imagepullsecret-\(short)", "secret \"imagepullsecret-\(short)\" not found"),
      ("build-\(account)", "job build-\(account) failed"), ("\(short).tar.gz", "\(short).tar.gz"),
      ("W/\"\(commit)\"", "etag: W/\"\(commit)\""),
    ]
  }
}
