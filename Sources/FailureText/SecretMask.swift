/// Hides secrets in what is quoted of a message.
///
/// What it knows: tokens by their own look (AWS, GitHub, GitLab, Docker Hub, npm, JSON web tokens,
/// long base64, also in rows), values of keys, options, headers, environment variables and URL
/// parameters that are named after secrets, credentials in URLs, and private keys. A digest, an id or
/// an image name is no secret, nor is what a sentence says after the word `token`.
package struct SecretMask: Sendable {
  private let text: [UInt8]
  /// The secrets in the message, ascending.
  package let secrets: [Range<Int>]

  /// Finds the secrets of a message; also what a secret that begins before it or ends behind it has
  /// there.
  ///
  /// - Complexity: O(length of the message).
  package init(_ text: [UInt8], _ message: Range<Int>) {
    var borders = BorderSecrets(text)
    self.init(text, message, &borders)
  }

  init(_ text: [UInt8], _ message: Range<Int>, _ borders: inout BorderSecrets) {
    self.text = text
    var finder = SecretFinder(text, message)
    let across = borders.secrets(of: message)
    secrets = across.isEmpty ? finder.secrets() : SecretMask.united(finder.secrets() + across)
  }

  /// Ranges in ascending order, each without what those before it cover.
  private static func united(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var united: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      let start = max(range.lowerBound, united.last?.upperBound ?? 0)
      if start < range.upperBound { united.append(start..<range.upperBound) }
    }
    return united
  }

  /// A mask for those who need to see all there is.
  package init(hidingNothingOf text: [UInt8]) {
    self.text = text
    secrets = []
  }

  /// A path, a command line or a message of our own with the secrets in it replaced.
  ///
  /// - Complexity: O(length of the text).
  package static func masking(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let mask = SecretMask(bytes, 0..<bytes.count)
    return mask.secrets.isEmpty ? text : mask.string(0..<bytes.count)
  }

  /// What takes a secret's place.
  package static let replacement = "[redacted]"

  /// Whether a secret, or a part of one, stands in a part of the text.
  package func hides(_ range: Range<Int>) -> Bool { secrets.contains { $0.overlaps(range) } }

  /// A part of the text with soft breaks as spaces and secrets replaced, also where only a part of
  /// one stands in it.
  package func string(_ range: Range<Int>) -> String {
    var result: [UInt8] = []
    var place = range.lowerBound
    for secret in secrets where secret.overlaps(range) && secret.upperBound > place {
      if secret.lowerBound > place { result += text[place..<secret.lowerBound] }
      result += Array(SecretMask.replacement.utf8)
      place = max(place, secret.upperBound)
    }
    if place < range.upperBound { result += text[place..<range.upperBound] }
    for index in result.indices where result[index] == 0x0A { result[index] = 0x20 }
    return String(decoding: result, as: UTF8.self)
  }
}

/// The masks of the messages of a text, each made when it is asked for first.
package struct SecretMasks {
  private let text: [UInt8]
  private var masks: [SecretMask?]
  private var borders: BorderSecrets

  package init(_ text: [UInt8], messageCount: Int) {
    self.text = text
    masks = Array(repeating: nil, count: messageCount)
    borders = BorderSecrets(text)
  }

  /// The mask of a message, given where it stands in the text.
  ///
  /// - Complexity: O(length of the message), once.
  package mutating func mask(of message: Int, _ range: Range<Int>) -> SecretMask {
    if let known = masks[message] { return known }
    let made = SecretMask(text, range, &borders)
    masks[message] = made
    return made
  }
}
