import RegistryDiagnosis
import RegistryKnowledge
import Testing

private let engine = DiagnosisEngine(knowledge: .builtIn)

@Suite("What the documentation pages quote")
struct DocumentedErrorTests {
  /// A message as a page prints it, and the entry it must lead to.
  struct Quote: Sendable, CustomTestStringConvertible {
    let id: String
    let text: String
    var testDescription: String { "\(id): \(text.prefix(50))" }
  }

  static let quotes = [
    Quote(
      id: "ecr/invalid-registry-endpoint",
      text: """
        Error response from daemon: invalid registry endpoint
            https://xxxxxxxxxxxx.dkr.ecr.us-east-1.amazonaws.com/v0/: unable to ping registry endpoint
            https://xxxxxxxxxxxx.dkr.ecr.us-east-1.amazonaws.com/v0/
        v2 ping attempt failed with error: Get https://xxxxxxxxxxxx.dkr.ecr.us-east-1.amazonaws.com/v2/:
            dial tcp: lookup xxxxxxxxxxxx.dkr.ecr.us-east-1.amazonaws.com on 172.20.10.1:53:
            read udp 172.20.10.1:53: i/o timeout
        """),
    Quote(
      id: "ecr/access-denied",
      text: """
        A client error (AccessDeniedException) occurred when calling the GetAuthorizationToken operation:
            User: arn:aws:iam::account-number:user/username is not authorized to perform:
            ecr:GetAuthorizationToken on resource: *
        """),
    Quote(
      id: "ecr/access-denied",
      text:
        "An error occurred (AccessDeniedException) when calling the GetAuthorizationToken operation: User: arn:aws:iam::123456789012:user/dev is not authorized to perform: ecr:GetAuthorizationToken on resource: *"
    ),
    Quote(
      id: "ecr/rate-exceeded",
      text: """
        $ docker pull 123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1
        Error response from daemon: toomanyrequests: Rate exceeded
        """),
    Quote(
      id: "ecr/rate-exceeded",
      text:
        "An error occurred (ThrottlingException) when calling the GetAuthorizationToken operation: Rate exceeded"
    ),
    Quote(
      id: "ecr/rate-exceeded",
      text: """
        $ docker pull 123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1
        Error response from daemon: Unknown: Rate exceeded
        """),
    Quote(
      id: "ecr/repository-not-found",
      text:
        "An error occurred (RepositoryNotFoundException) when calling the DescribeImages operation: The repository with name 'app' does not exist in the registry with id '123456789012'"
    ),
    Quote(
      id: "ecr/non-tty-login",
      text: """
        $ aws ecr get-login-password --region us-east-1 | docker login --username AWS --password-stdin 123456789012.dkr.ecr.us-east-1.amazonaws.com
        Error: Cannot perform an interactive login from a non TTY device
        """),
  ]

  @Test("Amazon ECR, three revisions", arguments: quotes)
  func amazon(_ quote: Quote) {
    #expect(engine.diagnose(quote.text).diagnoses.first?.id == quote.id)
  }

  static let health: [(String, String, String)] = [
    (
      "DOCKER_COMMAND_ERROR", "Please verify if Docker client is installed and running.",
      "acr/docker-command-error"
    ),
    (
      "DOCKER_DAEMON_ERROR", "Please verify if Docker daemon is running, or try restarting it.",
      "acr/docker-daemon-error"
    ),
    (
      "DOCKER_VERSION_ERROR",
      "An error occurred while retrieving Docker version. Please try verifying it manually.",
      "acr/docker-version-error"
    ),
    (
      "DOCKER_PULL_ERROR",
      "An error occurred while pulling a sample image. Please validate your network connection and verify if Docker daemon is running properly.",
      "acr/docker-pull-error"
    ),
    ("HELM_COMMAND_ERROR", "Please verify if Helm is installed.", "acr/helm-command-error"),
    (
      "HELM_VERSION_ERROR",
      "An error occurred while retrieving Helm version. Please make sure that you have the latest Azure CLI version, and that you are using the recommended Helm version.",
      "acr/helm-version-error"
    ),
    (
      "HELM_VERSION_ERROR",
      "Current Helm client version is not recommended. Please upgrade your Helm client to at least version 2.11.0.",
      "acr/helm-version-error"
    ),
    (
      "CONNECTIVITY_DNS_ERROR",
      "Failed to reach DNS for registry 'contoso.azurecr.io'. Please check if the spelling is correct, if the CLI environment is on correct cloud and your network connectivity.",
      "acr/connectivity-dns-error"
    ),
    (
      "CONNECTIVITY_FORBIDDEN_ERROR",
      "Looks like you don't have access to registry 'contoso.azurecr.io'. To see configured firewall rules, run 'az acr show --query networkRuleSet --name contoso'. Details: https://aka.ms/acr/errors#connectivity_forbidden_error",
      "acr/connectivity-forbidden-error"
    ),
    (
      "CONNECTIVITY_CHALLENGE_ERROR", "Registry 'contoso.azurecr.io' did not issue a challenge.",
      "acr/connectivity-challenge-error"
    ),
    (
      "CONNECTIVITY_AAD_LOGIN_ERROR", "Registry 'contoso.azurecr.io' does not support AAD login.",
      "acr/connectivity-aad-login-error"
    ),
    (
      "CONNECTIVITY_WWW_AUTHENTICATE_ERROR",
      "Registry 'contoso.azurecr.io' did not ask properly for a basic or a bearer authentication.",
      "acr/connectivity-www-authenticate-error"
    ),
    (
      "CONNECTIVITY_REFRESH_TOKEN_ERROR",
      "Access to registry 'contoso.azurecr.io' was denied. Response code: 401. Please try running 'az login' again to refresh permissions.",
      "acr/connectivity-refresh-token-error"
    ),
    (
      "CONNECTIVITY_TOOMANYREQUESTS_ERROR",
      "Too many requests, access to registry 'contoso.azurecr.io' was denied. Please wait a moment before trying again.",
      "acr/too-many-requests"
    ),
    (
      "CONNECTIVITY_ACCESS_TOKEN_ERROR",
      "Access to registry 'contoso.azurecr.io' was denied. Response code: 401. Please try running 'az login' again to refresh permissions.",
      "acr/connectivity-access-token-error"
    ),
    (
      "CONNECTIVITY_ACCESS_TOKEN_ERROR",
      "You have read permissions to the repository. You are lacking write,delete repository permissions. Please verify if you have full read, write, and delete permissions to the repository in the registry.",
      "acr/connectivity-access-token-error"
    ),
    (
      "CONNECTIVITY_SSL_ERROR",
      "Unable to establish a secure connection to the registry 'contoso.azurecr.io'. Are you using a proxy server?",
      "acr/connectivity-ssl-error"
    ),
    (
      "LOGIN_SERVER_ERROR",
      "An error occurred while retrieving the login server for registry 'contoso'. Please check if the spelling is correct, if the CLI environment is on correct cloud and if you have the right permissions on it.",
      "acr/login-server-error"
    ),
    (
      "CMK_ERROR", "The identity used for registry 'contoso' encryption doesn't exist.",
      "acr/cmk-error"
    ),
    ("UNEXPECTED_ERROR", "An unexpected error occurred.", "acr/unexpected-error"),
    ("NOTARY_COMMAND_ERROR", "Please verify if notary is installed.", "acr/notary-command-error"),
    (
      "NOTARY_VERSION_ERROR",
      "An error occurred while retrieving notary version. Please make sure that you have the latest Azure CLI version, and that you are using the recommended notary version.",
      "acr/notary-version-error"
    ),
  ]

  @Test("Azure's health check, every code as the CLI prints it", arguments: health)
  func azure(_ code: String, _ message: String, _ id: String) {
    for time in ["", "2024-05-18 06:54:20.208894 "] {
      let text = "\(time)An error occurred: \(code)\n\(message)\n"
      #expect(engine.diagnose(text).diagnoses.first?.id == id)
    }
  }
}
