internal import FailurePatterns

/// A form that a text must have, such as that of an id.
struct TextFormat: Sendable {
  /// What such a text is, with its article.
  let name: String
  /// How to write one.
  let advice: String
  let accepts: @Sendable (String) -> Bool

  /// Such as `docker-hub`.
  static let slug = TextFormat(
    name: "a slug", advice: "write lower-case letters, digits and single dashes between them"
  ) { isSlug($0.utf8) }

  /// Such as `ecr/rate-exceeded`.
  static let entryID = TextFormat(
    name: "an entry id", advice: "write it as in ecr/rate-exceeded"
  ) { text in
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { isSlug($0) }
  }

  /// Such as `2026.11.0`.
  static let contentVersion = TextFormat(
    name: "a version", advice: "write year, month and number as in 2026.11.0"
  ) { text in
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 3 && parts.allSatisfy { isDigits($0) } && parts[0].count == 4
      && parts[1].count == 2 && (1...12).contains(Int(Substring(parts[1])) ?? 0)
      && !parts[2].isEmpty
  }

  /// Such as `1.0`.
  static let schemaVersion = TextFormat(
    name: "a schema version", advice: "write it as in \(SchemaVersion.current)"
  ) { text in
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && isDigits($0) }
  }

  /// Such as `2026-11-21`.
  static let date = TextFormat(name: "a date", advice: "write it as in 2026-11-21") { text in
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.map(\.count) == [4, 2, 2] && parts.allSatisfy { isDigits($0) }
  }

  static let httpsURL = TextFormat(
    name: "an https address", advice: "write it from https:// on, without spaces"
  ) { $0.utf8.starts(with: "https://".utf8) && $0.utf8.count > 8 && !$0.utf8.contains(0x20) }

  /// Such as `MANIFEST_UNKNOWN`.
  static let ociCode = TextFormat(
    name: "an OCI error code", advice: "write it as in MANIFEST_UNKNOWN"
  ) { text in
    let isUpperCase = { (byte: UInt8) in byte.isLetter && byte & 0x20 == 0 }
    return text.utf8.count >= 2 && text.utf8.first.map(isUpperCase) == true
      && text.utf8.allSatisfy { isUpperCase($0) || $0 == UInt8(ascii: "_") }
  }

  static let hostPattern = TextFormat(
    name: "a host pattern", advice: "write a host name with {name} or * where it varies"
  ) { text in
    !text.isEmpty && text.utf8.allSatisfy { $0.isAlphanumeric || ".{}*:-".utf8.contains($0) }
  }

  /// Such as `quay.io/{organization}/*`.
  static let imagePathPattern = TextFormat(
    name: "a pattern of an image's name",
    advice: "write a host pattern or nothing, then a slash and the parts of the path"
  ) { text in
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let host = String(Substring(parts[0]))
    return (host.isEmpty || hostPattern.accepts(host)) && parts.count > 1
      && parts.dropFirst().allSatisfy(isPathPart)
  }

  /// The name of an example's file: a prefix, lower-case letters, digits, dots and dashes, `.txt`.
  static func exampleFile(prefix: String) -> TextFormat {
    TextFormat(name: "the name of such a file", advice: "write it as in \(prefix)docker.txt") {
      text in
      guard text.utf8.starts(with: prefix.utf8), text.hasSuffix(".txt") else { return false }
      let middle = text.utf8.dropFirst(prefix.utf8.count).dropLast(4)
      return !middle.isEmpty
        && middle.allSatisfy { isLowerCaseOrDigit($0) || ".-".utf8.contains($0) }
    }
  }

  /// Whether a part of a path is literal or a slot, or `*`.
  private static func isPathPart(_ part: Substring.UTF8View) -> Bool {
    let part = Substring(part)
    if part.utf8.starts(with: "{".utf8), part.utf8.last == UInt8(ascii: "}") {
      let name = part.utf8.dropFirst().dropLast()
      return part == "{*}" || !name.isEmpty && name.allSatisfy(\.isLetter)
    }
    return part == "*"
      || !part.isEmpty && part.utf8.allSatisfy { $0.isAlphanumeric || "._-".utf8.contains($0) }
  }

  private static func isLowerCaseOrDigit(_ byte: UInt8) -> Bool {
    byte.isDigit || byte.isLetter && byte & 0x20 != 0
  }

  private static func isDigits(_ text: Substring.UTF8View) -> Bool {
    text.allSatisfy(\.isDigit)
  }

  /// Runs of lower-case letters and digits with one dash between them.
  private static func isSlug(_ text: some Sequence<UInt8>) -> Bool {
    var isInsideWord = false
    for byte in text {
      if isLowerCaseOrDigit(byte) {
        isInsideWord = true
      } else if byte == UInt8(ascii: "-"), isInsideWord {
        isInsideWord = false
      } else {
        return false
      }
    }
    return isInsideWord
  }
}
