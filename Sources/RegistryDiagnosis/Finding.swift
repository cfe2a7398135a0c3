import KnowledgeFormat

/// A signal that holds at a place, with all that ranking and reporting ask of it.
struct Finding: Sendable {
  let entry: Int
  let signal: CompiledKnowledge.CompiledSignal
  /// The message, as numbered in its window.
  let message: Int
  /// Where in the window's text.
  let range: Range<Int>
  let registry: RegistryResolver.Resolution
  let agreement: Agreement
  let literalCount: Int
  var standing = Standing()

  /// How the registry of a match stands to the registries of an entry.
  enum Agreement: Int, Sendable, Comparable {
    case agrees, noneNeeded, unknown

    static func < (a: Agreement, b: Agreement) -> Bool { a.rawValue < b.rawValue }
  }

  /// How a finding stands among the others near it.
  struct Standing: Sendable {
    /// The entry that outranks it by `refines`.
    var outrankedBy: Int?
    /// Whether a longer match covers its own.
    var isInside = false
    /// How many other findings of its message end before it begins: how deep it stands in a chain
    /// of errors.
    var depth = 0
    var isRetried = false
  }

  /// Whether nothing but facts was recognised, no wording.
  var isFromFacts: Bool { signal.pattern == nil }

  /// What the finding is ranked by; less is better.
  var key: RankingKey {
    let role =
      switch signal.role {
      case .cause: 0
      case .consequence: 1
      case .wrapper: 2
      }
    var key = RankingKey()
    key.append(signal.isWarning ? 1 : 0, bits: 1)
    key.append(role, bits: 2)
    key.append(standing.outrankedBy == nil ? 0 : 1, bits: 1)
    key.append(signal.isWeak ? (isFromFacts ? 2 : 1) : 0, bits: 2)
    key.append(standing.isRetried ? 1 : 0, bits: 1)
    key.append(agreement.rawValue, bits: 2)
    key.append(standing.isInside ? 1 : 0, bits: 1)
    key.appendDescending(standing.depth, bits: 24)
    key.appendDescending(literalCount, bits: 24)
    return key
  }
}

/// What findings are ranked by, the first difference deciding: severity, role, refinement, strength, whether
/// the try was repeated, agreement with the registry, being inside a longer match, depth,
/// information.
struct RankingKey: Comparable, Sendable {
  /// The parts, the first in the highest bits.
  private var parts: UInt64 = 0

  /// Adds a part by which less is better.
  fileprivate mutating func append(_ part: Int, bits: Int) {
    parts = parts << UInt64(bits) | UInt64(min(max(0, part), 1 << bits - 1))
  }

  /// Adds a part by which more is better.
  fileprivate mutating func appendDescending(_ part: Int, bits: Int) {
    append(1 << bits - 1 - part, bits: bits)
  }

  static func < (a: RankingKey, b: RankingKey) -> Bool { a.parts < b.parts }
}
