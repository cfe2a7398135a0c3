/// Finds secrets that go across the borders of a message: where the rows of a key, or the halves of a
/// value, were not joined.
struct BorderSecrets {
  let text: [UInt8]
  let message: Range<Int>

  /// How much before and behind a border is looked at.
  private static let maximumBytesBeyond = 400

  /// The parts of such secrets that stand in the message, ascending.
  ///
  /// - Complexity: O(1).
  func secrets() -> [Range<Int>] {
    var parts: [Range<Int>] = []
    if let secret = secret(across: message.lowerBound) {
      parts.append(message.lowerBound..<restEnd(in: secret.clamped(to: message)))
    }
    if let secret = secret(across: message.upperBound), secret.lowerBound >= message.lowerBound {
      parts.append(secret.clamped(to: message))
    }
    return parts.filter { !$0.isEmpty }
  }

  private func secret(across border: Int) -> Range<Int>? {
    let start = max(0, border - BorderSecrets.maximumBytesBeyond)
    let end = min(text.count, border + BorderSecrets.maximumBytesBeyond)
    guard start < border, border < end else { return nil }
    var finder = SecretFinder(text, start..<end)
    return finder.secrets().first { $0.lowerBound < border && $0.upperBound > border }
  }

  /// Where the first word begins that does not look like a part of a secret: a quotation that nobody
  /// closed goes on for ever.
  private func restEnd(in part: Range<Int>) -> Int {
    var end = part.lowerBound
    var place = end
    while place < part.upperBound {
      let start = place
      while place < part.upperBound, text[place] > 0x20 { place += 1 }
      var wordEnd = place
      // The sentence around it goes on.
      while wordEnd > start, text[wordEnd - 1] == 0x3A || text[wordEnd - 1] == 0x2C {
        wordEnd -= 1
      }
      guard SecretLook.isRest(text[start..<wordEnd]) else { break }
      end = wordEnd
      while place < part.upperBound, text[place] <= 0x20 { place += 1 }
    }
    return end
  }
}
