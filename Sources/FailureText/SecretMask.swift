/// Hides secrets in what is quoted of a message.
///
/// What it knows: tokens by their own look (AWS, GitHub, GitLab, Docker Hub, npm, JSON web tokens),
/// values after words such as `password` and `Bearer`, options `-p` and `--password`, credentials
/// in URLs, and the signed parameters of URLs. A digest, an id or an image name is no secret.
package struct SecretMask: Sendable {
  private let text: [UInt8]
  /// The secrets in the message, ascending.
  package let secrets: [Range<Int>]

  /// Finds the secrets of a message.
  ///
  /// - Complexity: O(length of the message).
  package init(_ text: [UInt8], _ message: Range<Int>) {
    self.text = text
    var finder = SecretFinder(text, message)
    secrets = finder.find()
  }

  /// What takes a secret's place.
  package static let replacement = "[redacted]"

  /// A part of the text with soft breaks as spaces and secrets replaced, also where only a part of
  /// one stands in it.
  package func string(_ range: Range<Int>) -> String {
    var result: [UInt8] = []
    var place = range.lowerBound
    for secret in secrets where secret.overlaps(range) {
      if secret.lowerBound > place { result += text[place..<secret.lowerBound] }
      result += Array(SecretMask.replacement.utf8)
      place = max(place, secret.upperBound)
    }
    if place < range.upperBound { result += text[place..<range.upperBound] }
    for index in result.indices where result[index] == 0x0A { result[index] = 0x20 }
    return String(decoding: result, as: UTF8.self)
  }
}

/// Finds the secrets of a message, token by token.
private struct SecretFinder {
  private let text: [UInt8]
  private let message: Range<Int>
  private var found: [Range<Int>] = []

  init(_ text: [UInt8], _ message: Range<Int>) {
    self.text = text
    self.message = message
  }

  mutating func find() -> [Range<Int>] {
    var place = message.lowerBound
    while place < message.upperBound {
      guard isTokenByte(text[place]) else {
        place += 1
        continue
      }
      var end = place
      while end < message.upperBound, isTokenByte(text[end]) { end += 1 }
      look(at: place..<end)
      place = end
    }
    return found.sorted { $0.lowerBound < $1.lowerBound }
  }

  private func isTokenByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x5F || byte == 0x2D || byte == 0x2E
      || byte == 0x2B || byte == 0x2F || byte == 0x25 || byte == 0x7E
  }

  private mutating func look(at token: Range<Int>) {
    if hasSecretLook(token) {
      found.append(token)
      return
    }
    lookAfterKey(token)
    lookAtCredentials(before: token)
  }

  // MARK: By look

  /// Beginnings of tokens that are of 20 characters at least, of 30, of 40.
  private static let shortTokens: [String.UTF8View] = [
    "glpat-", "gldt-", "glcbt-", "dckr_pat_", "dckr_oat_", "AKIA", "ASIA", "ya29.", "xoxb-", "hvs.",
  ].map(\.utf8)
  private static let mediumTokens: [String.UTF8View] = [
    "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "npm_",
  ].map(\.utf8)
  private static let longTokens: [String.UTF8View] = [
    "github_pat_", "AQoDYXdz", "IQoJb3JpZ2lu", "eyJwYXlsb2FkIjoi",
  ].map(\.utf8)

  private func hasSecretLook(_ token: Range<Int>) -> Bool {
    func begins(with starts: [String.UTF8View]) -> Bool {
      starts.contains { text[token].starts(with: $0) }
    }
    guard token.count >= 20 else { return false }
    if begins(with: SecretFinder.shortTokens)
      || token.count >= 30 && begins(with: SecretFinder.mediumTokens)
      || token.count >= 40 && begins(with: SecretFinder.longTokens)
    {
      return true
    }
    // A JSON web token: three parts, the first two of which are JSON.
    if token.count >= 40, text[token].starts(with: "eyJ".utf8) {
      return text[token].count { $0 == 0x2E } >= 2 || token.count >= 80
    }
    return false
  }

  // MARK: By what stands before

  /// Words that a secret follows, in lower case.
  private static let keys: [String.UTF8View] = [
    "password", "passwd", "pwd", "secret", "token", "bearer", "basic", "apikey", "api_key",
    "api-key", "auth",
    "client_secret", "client-secret", "clientsecret", "access_token", "refresh_token", "id_token",
    "identitytoken",
    "secret_access_key", "aws_secret_access_key", "aws_session_token", "secretaccesskey",
    "sessiontoken",
    "x-amz-signature", "x-amz-security-token", "x-amz-credential", "signature", "sig",
    "private_key",
    "registry-password", "registry_password", "docker_password", "ci_job_token", "github_token",
    "expose-token",
    "accountkey", "sharedaccesskey", "x-goog-signature", "x-goog-credential",
  ].map(\.utf8)

  private mutating func lookAfterKey(_ token: Range<Int>) {
    // A key is followed by its value, or is an option or a scheme.
    let next = token.upperBound < message.upperBound ? text[token.upperBound] : 0x20
    guard token.count <= 24,
      next != 0x20 || text[token.lowerBound] == 0x2D
        || text[token.lowerBound] | 0x20 == UInt8(ascii: "b")
    else { return }
    let name = text[token].map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    let bare = Array(name.drop { $0 == 0x2D })
    let isOption = name.count != bare.count
    if isOption, name == Array("-p".utf8) {
      hideValue(after: token.upperBound, separators: " ", isDockerOption: true)
      return
    }
    guard SecretFinder.keys.contains(where: { $0.count == bare.count && bare.elementsEqual($0) })
    else { return }
    let isScheme = bare == Array("bearer".utf8) || bare == Array("basic".utf8)
    hideValue(
      after: token.upperBound, separators: isOption || isScheme ? " =:" : "=:",
      isDockerOption: false)
  }

  /// Hides what follows `=`, `:` or a space, and quotes; a short or plain word after a space is no
  /// secret.
  private mutating func hideValue(after place: Int, separators: String, isDockerOption: Bool) {
    var start = place
    var sawSeparator = false
    while start < message.upperBound {
      let byte = text[start]
      if byte == 0x22 || byte == 0x27 || byte == 0x5C {
        start += 1
      } else if separators.utf8.contains(byte) || sawSeparator && byte == 0x20 {
        sawSeparator = true
        start += 1
      } else {
        break
      }
    }
    guard sawSeparator else { return }
    var end = start
    while end < message.upperBound, text[end] > 0x20, text[end] != 0x22, text[end] != 0x27,
      text[end] != 0x26, text[end] != 0x2C, text[end] != 0x5C, text[end] != 0x7D
    {
      end += 1
    }
    guard end - start >= (isDockerOption ? 3 : 6), looksLikeSecret(start..<end) else { return }
    found.append(start..<end)
  }

  /// A value that a sentence might have there is kept: a plain word, an option, a variable, a host
  /// name.
  private func looksLikeSecret(_ range: Range<Int>) -> Bool {
    let value = text[range]
    guard let first = value.first, first != 0x2D, first != 0x24, first != 0x3C, first != 0x2A else {
      return false
    }
    if value.starts(with: "http".utf8) || value.starts(with: "sha256".utf8) { return false }
    let hasDigit = value.contains { $0 &- 0x30 < 10 }
    let hasUpper = value.contains { $0 &- 0x41 < 26 }
    let hasLower = value.contains { $0 &- 0x61 < 26 }
    let hasMark = value.contains {
      !($0 &- 0x30 < 10) && !(($0 | 0x20) &- 0x61 < 26) && $0 != 0x2D && $0 != 0x2E && $0 != 0x2F
    }
    let isPort = value.allSatisfy { $0 &- 0x30 < 10 } && range.count < 8
    return !isPort
      && (hasDigit && (hasUpper || hasLower) || hasDigit && hasMark || hasMark
        || range.count >= 24 && hasUpper && hasLower
        || range.count >= 6 && hasDigit)
  }

  /// `https://user:secret@host`: the token is what stands before the `@`.
  private mutating func lookAtCredentials(before token: Range<Int>) {
    guard token.upperBound < message.upperBound, text[token.upperBound] == 0x40,
      token.lowerBound > message.lowerBound, text[token.lowerBound - 1] == 0x3A
    else { return }
    var start = token.lowerBound - 1
    while start > message.lowerBound, text[start] > 0x20, token.lowerBound - start < 200 {
      if start + 2 < message.upperBound, text[start] == 0x3A, text[start + 1] == 0x2F,
        text[start + 2] == 0x2F
      {
        found.append(token)
        return
      }
      start -= 1
    }
  }
}
