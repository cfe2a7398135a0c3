import FailurePatterns
import FailureText

/// A first pattern for a message: its inmost words, with slots in place of what varies.
struct PatternSketch {
  /// The pattern; `nil` where the paste has no message worth one.
  let pattern: String?

  /// Words that a message of a failure has.
  private static let signs = [
    "error", "fail", "denied", "unauthorized", "forbidden", "cannot", "can't", "unable", "invalid",
    "not found", "unknown", "timeout", "timed out", "refused", "rejected", "missing", "exceeded",
  ]

  /// Sketches a pattern from the last message that tells of a failure.
  init(of text: NormalizedText) {
    let messages = text.messages.map { text.string($0.range) }.filter { !$0.isEmpty }
    let telling = messages.last { message in
      let lower = message.lowercased().utf8
      return PatternSketch.signs.contains { sign in
        lower.indices.contains { lower[$0...].starts(with: sign.utf8) }
      }
    }
    pattern = (telling ?? messages.last).flatMap { PatternSketch.pattern(for: $0) }
  }

  /// How many letters make a stretch worth being a pattern, and how many words it has at most.
  private static let leastLetters = 14
  private static let mostWords = 14

  private static func pattern(for message: String) -> String? {
    let words = PatternSketch.words(of: innermost(message)).prefix(mostWords)
    var slots = SlotNames()
    let parts = words.map { sketch($0, &slots) }
    let pattern = parts.joined(separator: " ")
    guard pattern.utf8.count >= 4, (try? Pattern(pattern, isCaseExact: false)) != nil else {
      return nil
    }
    return pattern
  }

  /// The end of a message, from the last `: ` before which nothing is needed any more.
  ///
  /// What programs wrap around an error stands before it.
  private static func innermost(_ message: String) -> String {
    let bytes = Array(message.utf8)
    var start = 0
    var index = bytes.count - 2
    while index > 0 {
      if bytes[index] == UInt8(ascii: ":"), bytes[index + 1] == 0x20 {
        let letters = bytes[(index + 2)...].count(where: \.isLetter)
        if letters >= leastLetters {
          start = index + 2
          break
        }
      }
      index -= 1
    }
    return String(decoding: bytes[start...], as: UTF8.self)
  }

  private static func words(of text: String) -> [[UInt8]] {
    text.utf8.split(separator: 0x20).map { Array($0) }
  }

  /// Names for slots, each once.
  private struct SlotNames {
    private var used: [String: Int] = [:]

    mutating func slot(_ name: String, _ type: SlotType) -> String {
      used[name, default: 0] += 1
      let count = used[name] ?? 1
      let unique = count == 1 ? name : "\(name)\(count)"
      return type == .any || unique == type.rawValue
        ? "{\(unique)}" : "{\(unique):\(type.rawValue)}"
    }
  }

  /// A word, or a slot in its place; the quotes and the punctuation around it stay.
  private static func sketch(_ word: [UInt8], _ slots: inout SlotNames) -> String {
    let isOpen = { (byte: UInt8) in byte.isQuote || byte.isOne(of: "(", "[", "<") }
    let isClose = { (byte: UInt8) in
      byte.isQuote || byte.isOne(of: ")", "]", ">", ",", ";", ":", ".")
    }
    let head = word.prefix(while: isOpen)
    var core = word[head.count...]
    while let last = core.last, isClose(last) { core = core.dropLast() }
    let tail = word[core.endIndex...]
    let wasQuoted = head.contains(where: \.isQuote) && tail.contains(where: \.isQuote)
    let value = Array(core)
    let text = String(decoding: value, as: UTF8.self)
    let shown = slot(for: value, text, wasQuoted, &slots) ?? escaped(text)
    return quoteless(head) + shown + quoteless(tail)
  }

  /// Quotes of any kind as the one that a pattern has for all; braces doubled.
  private static func quoteless(_ bytes: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    for byte in bytes where byte != UInt8(ascii: "\\") {
      result.append(byte.isQuote ? UInt8(ascii: "\"") : byte)
    }
    return escaped(String(decoding: result, as: UTF8.self))
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if character == "{" || character == "}" { result.append(character) }
      result.append(character)
    }
    return result
  }

  private static func slot(
    for value: [UInt8], _ text: String, _ wasQuoted: Bool, _ slots: inout SlotNames
  ) -> String? {
    let digits = value.count(where: \.isDigit)
    if text.hasPrefix("http://") || text.hasPrefix("https://") { return slots.slot("url", .url) }
    if text.hasPrefix("arn:") { return slots.slot("resource", .arn) }
    if text.hasPrefix("sha256:") { return slots.slot("digest", .digest) }
    if value.first == UInt8(ascii: "/"), value.count > 1 { return slots.slot("path", .path) }
    if digits > 0, value.last?.isLetter == true, value.first?.isDigit == true, value.count < 12,
      value.allSatisfy({ $0.isDigit || $0.isOne(of: ".", "h", "m", "s", "n", "u") })
    {
      return slots.slot("time", .duration)
    }
    let hasDot = value.contains(UInt8(ascii: "."))
    if value.contains(UInt8(ascii: "/")), hasDot || value.contains(UInt8(ascii: ":")) {
      return slots.slot("reference", .reference)
    }
    if hasDot, value.allSatisfy({ $0.isDigit || $0.isOne(of: ".", ":") }), digits > 3 {
      return slots.slot("address", .host)
    }
    if hasDot, value.allSatisfy({ $0.isWordCharacter || $0.isOne(of: ".", ":") }),
      value.contains(where: \.isLetter), !value.contains(UInt8(ascii: "("))
    {
      return slots.slot("host", .host)
    }
    // A status of HTTP tells what happened.
    if digits == value.count, digits > 0 {
      return isStatus(text) ? nil : slots.slot("number", .int)
    }
    if value.count >= 8, digits >= 2, value.allSatisfy({ $0.isHexDigit || $0 == 0x2D }) {
      return slots.slot("id", .any)
    }
    return wasQuoted && !value.isEmpty ? slots.slot("name", .any) : nil
  }

  private static func isStatus(_ text: String) -> Bool {
    Int(text).map { 400...599 ~= $0 } ?? false
  }
}
