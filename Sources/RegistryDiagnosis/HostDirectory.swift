import KnowledgeFormat

/// Matches host names against the vocabulary's host patterns.
///
/// In a pattern, `{name}` is one or more characters of a label, captured; `{*}` likewise, not
/// captured; a leading `*.` is one or more labels; everything else stands for itself, whatever its
/// case.
struct HostMatching {
  /// What the slots of a pattern stand for in a host name.
  ///
  /// - Returns: `nil` when the pattern does not match the whole host name.
  /// - Complexity: O(length of the host) save for patterns with several slots in one label.
  static func parts(
    of host: UnsafeBufferPointer<UInt8>, matching pattern: UnsafeBufferPointer<UInt8>
  ) -> [NamedValue]? {
    guard sharesEnd(host, pattern) else { return nil }
    var match = HostMatching(host: host, pattern: pattern)
    return match.holds(from: 0, 0) ? match.captures : nil
  }

  private let host: UnsafeBufferPointer<UInt8>
  private let pattern: UnsafeBufferPointer<UInt8>
  private var captures: [NamedValue] = []

  private init(host: UnsafeBufferPointer<UInt8>, pattern: UnsafeBufferPointer<UInt8>) {
    self.host = host
    self.pattern = pattern
  }

  /// A quick test that turns nearly every pair away: what stands after the last slot.
  private static func sharesEnd(
    _ host: UnsafeBufferPointer<UInt8>, _ pattern: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    var index = 1
    while index <= pattern.count, index <= host.count {
      let byte = pattern[pattern.count - index]
      if byte == UInt8(ascii: "}") || byte == UInt8(ascii: "*") { return true }
      guard byte == host[host.count - index] else { return false }
      index += 1
    }
    return host.count >= pattern.count || pattern.contains(UInt8(ascii: "{"))
  }

  /// Whether the pattern from one place on matches the host name from another on.
  private mutating func holds(from hostPlace: Int, _ patternPlace: Int) -> Bool {
    var place = hostPlace
    var next = patternPlace
    while next < pattern.count {
      switch pattern[next] {
      case UInt8(ascii: "*"):
        // One or more labels.
        for dot in place..<host.count
        where dot > place && host[dot] == UInt8(ascii: ".") && holds(from: dot, next + 1) {
          return true
        }
        return false
      case UInt8(ascii: "{"):
        return slotHolds(from: place, next)
      default:
        guard place < host.count, host[place] == pattern[next] else { return false }
        place += 1
        next += 1
      }
    }
    return place == host.count
  }

  /// As ``holds(from:_:)``, where a slot begins: the longest stretch of a label first.
  private mutating func slotHolds(from start: Int, _ open: Int) -> Bool {
    var close = open
    while close < pattern.count, pattern[close] != UInt8(ascii: "}") { close += 1 }
    var end = start
    while end < host.count, host[end] != UInt8(ascii: ".") { end += 1 }
    while end > start {
      let count = captures.count
      if pattern[open + 1] != UInt8(ascii: "*") {
        captures.append(
          NamedValue(name: text(pattern, open + 1..<close), value: text(host, start..<end)))
      }
      if holds(from: end, close + 1) { return true }
      captures.removeLast(captures.count - count)
      end -= 1
    }
    return false
  }

  private func text(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }
}

/// The registries of a knowledge base by their host names.
struct HostDirectory {
  let knowledge: CompiledKnowledge

  /// Whether a registry may run under any host name, beside other services.
  func isSelfHosted(_ number: Int) -> Bool { knowledge.isSelfHosted(number) }

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
  /// - Complexity: O(length of the host), and the patterns that share a label with it.
  func standing(of host: UnsafeBufferPointer<UInt8>) -> Standing {
    var parts: [NamedValue] = []
    let owner = knowledge.firstHostPattern(for: host) { pattern in
      guard let found = HostMatching.parts(of: host, matching: pattern) else { return false }
      parts = found
      return true
    }
    return switch owner {
    case .registry(let number): .registry(number: number, parts: parts)
    case .excluded: .excluded
    case nil: .unknown
    }
  }
}
