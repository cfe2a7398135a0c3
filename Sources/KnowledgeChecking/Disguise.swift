/// A way in which the same output reaches a support engineer.
///
/// None changes what the program said, so none may change the diagnosis.
package enum Disguise: String, Sendable, CaseIterable {
  case none
  /// Lines end in CR LF.
  case crlf
  /// Colours, some of them in mid-line.
  case coloured
  /// The time that GitHub Actions writes before each line.
  case githubActions
  /// The prefix of the journal.
  case journal
  /// The column of docker compose.
  case compose
  /// Quoted, as in a mail.
  case quoted
  case indented
  /// Wrapped at spaces to 72 columns, continuation lines indented.
  case wrapped
  /// Cut at 80 columns in mid-word, as copied from a terminal.
  case cut
  /// Records of Docker's json-file driver.
  case jsonFile
  /// Records of a logger that writes `time= level= msg=`.
  case logfmt
  case htmlEscaped
  case curlyQuotes
  /// Numbers that GitHub makes links of when the log of a step is copied.
  case linkedNumbers
  case noBreakSpaces
  /// UTF-16, as PowerShell writes it.
  case utf16
  case noFinalNewline
  /// Among many lines of a healthy build.
  case amongHealthyLines

  /// The output in this disguise.
  ///
  /// - Complexity: O(length of the text).
  package func apply(to text: [UInt8]) -> [UInt8] {
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    switch self {
    case .none:
      return text
    case .crlf:
      return Disguise.joined(
        lines.map { $0.last == 0x0D ? Array($0.dropLast()) : $0 }, by: [0x0D, 0x0A])
    case .coloured:
      return Disguise.each(lines) { line, number in
        var words = line.split(separator: 0x20, omittingEmptySubsequences: false).map(Array.init)
        let index = number % words.count
        words[index] = Array("\u{1B}[1;31m".utf8) + words[index] + Array("\u{1B}[0m".utf8)
        return Array("\u{1B}[0K\u{1B}[36m".utf8) + Disguise.joined(words, by: [0x20])
          + Array("\u{1B}[39;49m".utf8)
      }
    case .githubActions: return Disguise.prefixed(lines, "2026-11-20T10:11:12.1234567Z ")
    case .journal: return Disguise.prefixed(lines, "Nov 20 10:11:12 worker-7 dockerd[1187]: ")
    case .compose: return Disguise.prefixed(lines, "puller-1  | ")
    case .quoted: return Disguise.prefixed(lines, "> ")
    case .indented: return Disguise.prefixed(lines, "        ")
    case .wrapped: return Disguise.each(lines) { line, _ in Disguise.wrap(line, at: 72) }
    case .cut:
      return Disguise.each(lines) { line, _ in
        var pieces: [[UInt8]] = []
        var rest = line[...]
        repeat {
          let piece = Disguise.scalars(rest, count: 80)
          pieces.append(Array(piece))
          rest = rest[piece.endIndex...]
        } while !rest.isEmpty
        return Disguise.joined(pieces, by: [0x0A])
      }
    case .jsonFile:
      return Disguise.each(lines) { line, _ in
        Array("{\"log\": \"".utf8) + Disguise.escaped(line)
          + Array(
            "\\n\", \"stream\": \"stderr\", \"time\": \"2026-11-20T10:11:12.123456789Z\"}".utf8)
      }
    case .logfmt:
      return Disguise.each(lines) { line, _ in
        Array("time=\"2026-11-20T10:11:12Z\" level=error msg=\"".utf8) + Disguise.escaped(line) + [
          0x22
        ]
      }
    case .htmlEscaped:
      return text.flatMap { byte -> [UInt8] in
        switch byte {
        case 0x22: Array("&quot;".utf8)
        case 0x27: Array("&#x27;".utf8)
        case 0x26: Array("&amp;".utf8)
        case 0x3C: Array("&lt;".utf8)
        case 0x3E: Array("&gt;".utf8)
        default: [byte]
        }
      }
    case .curlyQuotes:
      var isOpen = false
      return text.flatMap { byte -> [UInt8] in
        guard byte == 0x22 else { return [byte] }
        isOpen.toggle()
        return Array((isOpen ? "\u{201C}" : "\u{201D}").utf8)
      }
    case .linkedNumbers:
      return Disguise.each(lines) { line, _ in Disguise.linkingFirstNumber(of: line) }
    case .noBreakSpaces:
      var result: [UInt8] = []
      for byte in text {
        if byte == 0x20, result.last == UInt8(ascii: ":") {
          result += Array("\u{A0}".utf8)
        } else {
          result.append(byte)
        }
      }
      return result
    case .utf16:
      let units = String(decoding: text, as: UTF8.self).utf16
      return [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .noFinalNewline:
      return Array(text.reversed().drop { $0 == 0x0A }.reversed())
    case .amongHealthyLines:
      return Disguise.healthyLines(40) + text + [0x0A] + Disguise.healthyLines(12)
    }
  }

  // MARK: Pieces

  private static func joined(_ parts: [[UInt8]], by separator: [UInt8]) -> [UInt8] {
    Array(parts.joined(separator: separator))
  }

  private static func each(_ lines: [[UInt8]], _ body: ([UInt8], Int) -> [UInt8]) -> [UInt8] {
    joined(lines.enumerated().map { body($0.element, $0.offset) }, by: [0x0A])
  }

  private static func prefixed(_ lines: [[UInt8]], _ prefix: String) -> [UInt8] {
    each(lines) { line, _ in Array(prefix.utf8) + line }
  }

  /// A line whose first number that stands behind a letter is a link.
  private static func linkingFirstNumber(of line: [UInt8]) -> [UInt8] {
    func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    guard
      let start = line.indices.dropFirst().first(where: {
        isDigit(line[$0]) && (line[$0 - 1] | 0x20) &- 0x61 < 26
      })
    else { return line }
    let number = line[start...].prefix(4).prefix(while: isDigit)
    return Array(line[..<start]) + [0x5B] + number
      + Array("](https://github.com/acme/shop/actions/runs/4711/job/2#step:9:".utf8) + number + [
        0x29
      ]
      + line[number.endIndex...]
  }

  private static func wrap(_ line: [UInt8], at column: Int) -> [UInt8] {
    var result: [UInt8] = []
    var width = 0
    for word in line.split(separator: 0x20) {
      let length = word.count { $0 & 0xC0 != 0x80 }
      if width > 4, width + 1 + length > column {
        result += [0x0A, 0x20, 0x20, 0x20, 0x20]
        width = 4
      } else if width > 0 {
        result.append(0x20)
        width += 1
      }
      result += word
      width += length
    }
    return result
  }

  /// The first scalars of some text.
  private static func scalars(_ bytes: ArraySlice<UInt8>, count: Int) -> ArraySlice<UInt8> {
    var left = count
    var end = bytes.startIndex
    while end < bytes.endIndex {
      if bytes[end] & 0xC0 != 0x80 {
        guard left > 0 else { break }
        left -= 1
      }
      end += 1
    }
    return bytes[..<end]
  }

  private static func escaped(_ line: [UInt8]) -> [UInt8] {
    line.flatMap { byte -> [UInt8] in
      switch byte {
      case 0x22, 0x5C: [0x5C, byte]
      case 0x09: Array("\\t".utf8)
      case 0x0D: Array("\\r".utf8)
      case 0x00..<0x20:
        Array("\\u00".utf8) + Array(String(Int(byte) | 0x100, radix: 16).dropFirst().utf8)
      default: [byte]
      }
    }
  }

  private static func healthyLines(_ count: Int) -> [UInt8] {
    let kinds = [
      "3e17c6eae66c: Pulling fs layer", "9dcb7edb8cdc: Verifying Checksum",
      "f1b2c3d4e5f6: Pull complete",
      "#9 [internal] load .dockerignore", "#9 transferring context: 2B done", "#9 DONE 0.4s",
      "Step 5/14 : RUN make -j2", " ---> Running in 3e17c6eae66c", "added 31 packages in 12s",
      "Normal  Scheduled  44s  default-scheduler  Successfully assigned shop/web-7c5 to node-2",
      "[INFO] Compiling module 31 of 64", "ok  \tacme.dev/shop/cart\t0.31s",
    ]
    return (0..<count).flatMap { Array(kinds[$0 * 7 % kinds.count].utf8) + [0x0A] }
  }
}
