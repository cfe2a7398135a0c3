/// The SHA-256 checksums of the files of a folder, as `sha256sum` of GNU coreutils writes and reads
/// them.
///
/// A line is 64 hexadecimal digits, two spaces or a space and `*`, and a path relative to the folder;
/// or `SHA256 (PATH) = DIGITS`, as with `--tag`. It begins with a backslash where one stands for
/// itself as `\\`, for a line feed as `\n` or for a carriage return as `\r` in the path. Empty lines
/// and those that begin with `#` say nothing.
package struct ChecksumList: Sendable {
  /// How large a list may be that is read, in bytes.
  package static let maximumBytes = 16 << 20

  /// A file's checksum.
  package struct Entry: Sendable, Equatable {
    /// Relative to the folder; without `.`, `..` and empty parts.
    package let path: String
    package let digest: SHA256.Digest
  }

  /// What cannot be used in a list, and where.
  package struct LineError: Error, Equatable, CustomStringConvertible {
    /// One-based.
    package let line: Int
    package let reason: String

    package var description: String { "line \(line) \(reason)" }
  }

  /// In the order of the lines.
  package let entries: [Entry]

  init(entries: [Entry]) { self.entries = entries }

  /// Reads a list.
  ///
  /// - Throws: For the first line that is no checksum, whose path is absolute or has a part `..`, or
  ///   whose path an earlier line has too.
  /// - Complexity: O(bytes).
  package init(_ bytes: [UInt8]) throws(LineError) {
    var entries: [Entry] = []
    var lines: [String: Int] = [:]
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      let line = line.last == 0x0D ? line.dropLast() : line
      guard let first = line.first, first != 0x23 else { continue }
      do throws(Refusal) {
        let entry = try Self.entry(line)
        if let earlier = lines.updateValue(index + 1, forKey: entry.path) {
          throw .repetition(of: entry.path, earlier)
        }
        entries.append(entry)
      } catch {
        throw LineError(line: index + 1, reason: error.reason)
      }
    }
    self.entries = entries
  }

  /// The list as `sha256sum --check` reads it, a line for each file.
  package var text: String {
    entries.map { entry in
      let path = entry.path.split(separator: "\\", omittingEmptySubsequences: false)
      return (path.count > 1 ? "\\" : "") + "\(entry.digest)  \(path.joined(separator: "\\\\"))\n"
    }.joined()
  }

  /// Why a line cannot be used.
  private enum Refusal: Error {
    case noChecksum
    case pathLeavesFolder(String)
    case repetition(of: String, Int)

    var reason: String {
      switch self {
      case .noChecksum:
        "is no SHA-256 checksum: 64 hexadecimal digits, two spaces, a path"
      case .pathLeavesFolder(let path):
        "names '\(path)', which may lie outside the folder; paths must be relative and without '..'"
      case .repetition(let path, let line):
        "names '\(path)' again, after line \(line)"
      }
    }
  }

  private static func entry(_ line: ArraySlice<UInt8>) throws(Refusal) -> Entry {
    guard var text = String(validating: line, as: UTF8.self)?[...] else { throw .noChecksum }
    let isEscaped = text.first == "\\"
    if isEscaped { text.removeFirst() }
    guard let (digits, name) = tagged(text) ?? plain(text), let digest = SHA256.Digest(digits),
      let path = isEscaped ? unescaped(name) : String(name), !path.utf8.contains(0)
    else { throw .noChecksum }
    let parts = path.split(separator: "/").filter { $0 != "." }
    guard !path.hasPrefix("/"), !parts.contains("..") else { throw .pathLeavesFolder(path) }
    guard !parts.isEmpty else { throw .noChecksum }
    return Entry(path: parts.joined(separator: "/"), digest: digest)
  }

  /// Reads `DIGITS  PATH`.
  private static func plain(_ text: Substring) -> (digits: Substring, path: Substring)? {
    let digits = text.prefix { $0 != " " }
    let rest = text[digits.endIndex...]
    guard rest.hasPrefix("  ") || rest.hasPrefix(" *") else { return nil }
    return (digits, rest.dropFirst(2))
  }

  /// Reads `SHA256 (PATH) = DIGITS`.
  private static func tagged(_ text: Substring) -> (digits: Substring, path: Substring)? {
    let (start, end) = ("SHA256 (", ") = ")
    let digits = text.suffix(64)
    let rest = text[..<digits.startIndex]
    guard rest.hasPrefix(start), rest.hasSuffix(end), rest.count >= start.count + end.count else {
      return nil
    }
    return (digits, rest.dropFirst(start.count).dropLast(end.count))
  }

  private static func unescaped(_ name: Substring) -> String? {
    var path = ""
    var rest = name.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\" else {
        path.unicodeScalars.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "\\": path += "\\"
      case "n": path += "\n"
      case "r": path += "\r"
      default: return nil
      }
    }
    return path
  }
}
