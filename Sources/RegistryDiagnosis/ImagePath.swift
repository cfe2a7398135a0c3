import KnowledgeFormat

/// What an image's name carries beside host, tag and digest, such as the project of
/// `us-docker.pkg.dev/project/repository/image`.
enum ImagePath {
  /// What the slots of a path stand for.
  ///
  /// - Parameters:
  ///   - host: The registry's as it stands in the paste, where one does.
  ///   - repository: The path without the host.
  ///   - patterns: As `ImagePathPattern` has them; the first that matches counts.
  /// - Returns: Nothing where none matches.
  /// - Complexity: O(length of the name × patterns).
  static func parts(
    ofHost host: String?, _ repository: String, matching patterns: [String]
  ) -> [NamedValue] {
    guard !patterns.isEmpty else { return [] }
    var name = host.flatMap { HostAddress($0).part("name") }?.lowercased()
    let path = repository.split(separator: "/", omittingEmptySubsequences: false)
    for pattern in patterns {
      let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
      guard let wanted = parts.first,
        let captures = parts.dropFirst().captures(path),
        wanted.isEmpty || name?.matches(wanted) == true
      else { continue }
      return captures
    }
    return []
  }
}

extension String {
  /// Whether a host name is one of a pattern.
  fileprivate mutating func matches(_ pattern: Substring) -> Bool {
    var pattern = String(pattern)
    return withUTF8 { host in
      pattern.withUTF8 { HostMatching.parts(of: host, matching: $0) != nil }
    }
  }
}

extension ArraySlice<Substring> {
  /// What the slots among the parts of a pattern stand for in a path; `nil` when it is not one of
  /// the pattern.
  fileprivate func captures(_ path: [Substring]) -> [NamedValue]? {
    let isOpen = last == "*"
    guard isOpen ? path.count >= count : path.count == count else { return nil }
    var captures: [NamedValue] = []
    for (part, value) in zip(isOpen ? dropLast() : self, path) {
      guard part.utf8.first == UInt8(ascii: "{") else {
        guard part == value else { return nil }
        continue
      }
      if part != "{*}" {
        captures.append(NamedValue(name: String(part.dropFirst().dropLast()), value: String(value)))
      }
    }
    return captures
  }
}
