internal import FailurePatterns

/// A place in a command that a capture or fact is filled into, such as `<region>` or
/// `<principal.role>`.
package struct CommandPlaceholder: Sendable, Equatable {
  /// Where it stands in the command's UTF-8, brackets included.
  package let byteRange: Range<Int>
  /// What is filled in.
  package let name: String
  /// Which part of it; only Amazon resource names have parts.
  package let part: String?

  /// The placeholders of a command, in order.
  ///
  /// A placeholder is `<`, a letter, letters and digits, perhaps a dot and a part, `>`, without
  /// white space; so a redirection such as `<file` is none.
  ///
  /// - Complexity: O(length of the command).
  package static func all(in command: String) -> [CommandPlaceholder] {
    guard command.utf8.contains(UInt8(ascii: "<")) else { return [] }
    let bytes = Array(command.utf8)
    var placeholders: [CommandPlaceholder] = []
    var start: Int?
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "<") {
        start = index
      } else if byte == UInt8(ascii: ">"), let opening = start {
        start = nil
        let words = bytes[opening + 1..<index].split(
          separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(words.count), words.allSatisfy({ $0.first?.isLetter == true }) else {
          continue
        }
        placeholders.append(
          CommandPlaceholder(
            byteRange: opening..<index + 1, name: String(decoding: words[0], as: UTF8.self),
            part: words.dropFirst().first.map { String(decoding: $0, as: UTF8.self) }))
      } else if !byte.isWordCharacter && byte != UInt8(ascii: ".") {
        start = nil
      }
    }
    return placeholders
  }

  /// The parts that a capture of type `arn` has.
  package static let resourceNameParts = [
    "service", "region", "account", "resource", "role", "user",
  ]

  /// The facts that can be filled in whatever the pattern captures.
  package static let factNames = ["registry", "repository", "tag", "digest", "reference"]
}
