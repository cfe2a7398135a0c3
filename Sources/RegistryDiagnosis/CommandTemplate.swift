import FailurePatterns
import KnowledgeFormat

/// A command of the knowledge base with the values of a paste filled in.
///
/// `<name>` becomes the value, quoted for a POSIX shell where it holds anything but plain
/// characters; where the command itself quotes, only plain characters are let in. What the paste does
/// not tell becomes the name in capitals, which no shell takes for a redirection. `<name.part>` is a
/// part of an Amazon resource name or of a host.
struct CommandTemplate {
  private let values: [NamedValue]

  /// - Parameter values: Captures and facts; the first of a name counts.
  init(values: [NamedValue]) { self.values = values }

  /// Fills a command.
  ///
  /// - Complexity: O(length of the command × values).
  func fill(_ command: String) -> String {
    let placeholders = CommandPlaceholder.all(in: command)
    guard !placeholders.isEmpty else { return command }
    var command = command
    return command.withUTF8 { bytes in
      var result: [UInt8] = []
      result.reserveCapacity(2 * bytes.count)
      var place = 0
      var quotes = ShellQuotes()
      for placeholder in placeholders {
        let before = bytes[place..<placeholder.byteRange.lowerBound]
        quotes.pass(over: before)
        result += before
        result += replacement(for: placeholder, isQuoted: quotes.areOpen).utf8
        place = placeholder.byteRange.upperBound
      }
      result += bytes[place...]
      return String(decoding: result, as: UTF8.self)
    }
  }

  private func replacement(for placeholder: CommandPlaceholder, isQuoted: Bool) -> String {
    if let value = value(of: placeholder), !Redaction.covers(value), !value.isEmpty,
      value.utf8.count <= 512,
      let word = isQuoted ? ShellWord.plain(value) : ShellWord.quoted(value)
    {
      return word
    }
    if let part = placeholder.part, CommandPlaceholder.hostParts.contains(part) {
      return part == "port" ? HostAddress.usualPort : CommandTemplate.standIn(for: placeholder.name)
    }
    let part = placeholder.part.map { "." + $0 } ?? ""
    return CommandTemplate.standIn(for: placeholder.name + part)
  }

  /// The name in capitals: `principal.role` is `PRINCIPAL_ROLE`, `oldTag` is `OLD_TAG`.
  static func standIn(for name: String) -> String {
    var result: [UInt8] = []
    for byte in name.utf8 {
      if byte == UInt8(ascii: ".") {
        result.append(UInt8(ascii: "_"))
      } else {
        if byte &- 0x41 < 26 { result.append(UInt8(ascii: "_")) }
        result.append(byte.isLetter ? byte & 0xDF : byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private func value(of placeholder: CommandPlaceholder) -> String? {
    guard let whole = values.first(where: { $0.name == placeholder.name })?.value else {
      return nil
    }
    guard let part = placeholder.part else { return whole }
    return CommandPlaceholder.hostParts.contains(part)
      ? HostAddress(whole).part(part) : ResourceName(whole)?.part(part)
  }
}

/// Whether a place of a command stands within quotes.
struct ShellQuotes {
  /// The quotation mark that is open, or 0.
  private var mark: UInt8 = 0
  private var isEscaped = false

  var areOpen: Bool { mark != 0 }

  mutating func pass(over bytes: some Sequence<UInt8>) {
    for byte in bytes {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\"), mark != UInt8(ascii: "'") {
        isEscaped = true
      } else if byte == mark {
        mark = 0
      } else if mark == 0, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        mark = byte
      }
    }
  }
}

/// Words of a POSIX shell.
enum ShellWord {
  /// A value that means itself within quotes and without.
  ///
  /// - Returns: `nil` when it holds anything else than plain characters.
  static func plain(_ value: String) -> String? {
    isPlain(value) ? value : nil
  }

  /// What is not seen, or turns the direction of what stands beside it.
  private static func isInvisible(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
    default: false
    }
  }

  private static func isPlain(_ value: String) -> Bool {
    value.utf8.first != UInt8(ascii: "-")
      && value.utf8.allSatisfy {
        $0.isWordCharacter || $0.isOne(of: ".", "/", ":", "@", "%", "+", "=", ",")
      }
  }

  /// A value as one word of a shell command.
  ///
  /// - Returns: The value itself when it holds plain characters only, else in single quotes; `nil`
  ///   when it holds a character that is not seen, which no one should paste.
  static func quoted(_ value: String) -> String? {
    guard
      value.unicodeScalars.allSatisfy({
        $0.value >= 0x20 && $0.value != 0x7F && !(0x80...0x9F).contains($0.value)
          && !isInvisible($0)
      })
    else { return nil }
    if isPlain(value) { return value }
    if value.utf8.first == UInt8(ascii: "-") { return nil }
    return "'"
      + value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}

/// An Amazon resource name, taken apart.
struct ResourceName {
  private let fields: [Substring]

  init?(_ text: String) {
    fields = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard fields.count == 6, fields[0] == "arn" else { return nil }
  }

  /// `service`, `region`, `account`, `resource`, `role` or `user`.
  func part(_ name: String) -> String? {
    let value: Substring? =
      switch name {
      case "service": fields[2]
      case "region": fields[3]
      case "account": fields[4]
      case "resource": fields[5]
      case "role": named(["assumed-role", "role"])
      case "user": named(["user"])
      default: nil
      }
    guard let value, !value.isEmpty else { return nil }
    return String(value)
  }

  private func named(_ kinds: [Substring]) -> Substring? {
    let path = fields[5].split(separator: "/")
    guard let kind = path.first, kinds.contains(kind), path.count > 1 else { return nil }
    return kind == "assumed-role" ? path[1] : path[path.count - 1]
  }
}

/// A host with or without a port, as a registry's is written.
struct HostAddress {
  static let usualPort = "443"

  private let name: Substring
  private let port: Substring?

  /// Whether the first label was taken out, as of `.dkr.ecr.us-west-2.amazonaws.com`.
  static func isCut(_ text: String) -> Bool { text.utf8.first == UInt8(ascii: ".") }

  init(_ text: String) {
    // A colon within brackets belongs to an IPv6 address, as does the last of several.
    guard let colon = text.lastIndex(of: ":"),
      text[text.index(after: colon)...].allSatisfy(\.isNumber),
      text[..<colon].last == "]" || !text[..<colon].contains(":")
    else {
      name = text[...]
      port = nil
      return
    }
    name = text[..<colon]
    port = text[text.index(after: colon)...]
  }

  /// `name`, or `port`.
  func part(_ part: String) -> String? {
    part == "port" ? port.map { String($0) } ?? HostAddress.usualPort : String(name)
  }
}
