import KnowledgeFormat

/// Matches host names against the vocabulary's host patterns.
///
/// In a pattern, `{name}` is one or more characters of a label, captured; `{*}` likewise, not
/// captured; a leading `*.` is one or more labels; everything else stands for itself, whatever its
/// case.
enum HostMatching {
  /// What the slots of a pattern stand for in a host name.
  ///
  /// - Returns: `nil` when the pattern does not match the whole host name.
  /// - Complexity: O(length of the host) save for patterns with several slots in one label.
  static func parts(of host: [UInt8], matching pattern: [UInt8]) -> [NamedValue]? {
    guard sharesEnd(host, pattern) else { return nil }
    var captures: [NamedValue] = []
    return matches(host[...], pattern[...], &captures) ? captures : nil
  }

  /// A quick test that turns nearly every pair away: what stands after the last slot.
  private static func sharesEnd(_ host: [UInt8], _ pattern: [UInt8]) -> Bool {
    var index = 1
    while index <= pattern.count, index <= host.count {
      let byte = pattern[pattern.count - index]
      if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "*") { return true }
      guard byte == host[host.count - index] else { return false }
      index += 1
    }
    return host.count >= pattern.count || pattern.contains(UInt8(ascii: "{"))
  }

  private static func matches(
    _ host: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>, _ captures: inout [NamedValue]
  ) -> Bool {
    guard let first = pattern.first else { return host.isEmpty }
    if first == UInt8(ascii: "*") {
      // One or more labels.
      let rest = pattern.dropFirst()
      for index in host.indices.dropFirst()
      where host[index] == UInt8(ascii: ".") && matches(host[index...], rest, &captures) {
        return true
      }
      return false
    }
    guard first == UInt8(ascii: "{"), let close = pattern.firstIndex(of: UInt8(ascii: "}")) else {
      guard let byte = host.first, byte == first else { return false }
      return matches(host.dropFirst(), pattern.dropFirst(), &captures)
    }
    let name = pattern[pattern.index(after: pattern.startIndex)..<close]
    let rest = pattern[(close + 1)...]
    var end = host.startIndex
    while end < host.endIndex, host[end] != UInt8(ascii: ".") { end += 1 }
    while end > host.startIndex {
      let count = captures.count
      if name.first != UInt8(ascii: "*") {
        captures.append(
          NamedValue(
            name: String(decoding: name, as: UTF8.self),
            value: String(decoding: host[host.startIndex..<end], as: UTF8.self)))
      }
      if matches(host[end...], rest, &captures) { return true }
      captures.removeLast(captures.count - count)
      end -= 1
    }
    return false
  }
}

/// The registries of a knowledge base by their host names.
struct HostDirectory {
  private let registries: [(number: Int, pattern: [UInt8])]
  private let excluded: [[UInt8]]
  private let selfHosted: [Bool]

  init(_ knowledge: CompiledKnowledge) {
    registries = (0..<knowledge.registryCount).flatMap { number in
      knowledge.hostPatterns(of: number).map { (number, $0) }
    }
    excluded = knowledge.excludedHosts
    selfHosted = (0..<knowledge.registryCount).map { knowledge.registry($0).isSelfHosted }
  }

  /// Whether a registry may run under any host name, beside other services.
  func isSelfHosted(_ number: Int) -> Bool { selfHosted[number] }

  /// What a host name is.
  enum Standing {
    case registry(number: Int, parts: [NamedValue])
    /// A help page or the like.
    case excluded
    case unknown
  }

  /// Looks a host name up.
  ///
  /// - Parameter host: In lower case, without port.
  /// - Complexity: O(host patterns).
  func standing(of host: [UInt8]) -> Standing {
    for (number, pattern) in registries {
      if let parts = HostMatching.parts(of: host, matching: pattern) {
        return .registry(number: number, parts: parts)
      }
    }
    for pattern in excluded where HostMatching.parts(of: host, matching: pattern) != nil {
      return .excluded
    }
    return .unknown
  }
}
