import FailurePatterns
import Testing

/// A piece of a pattern, and all places it can end at: tried one by one, with nothing left out.
private indirect enum Piece {
  case text(String)
  /// A slot of a type, whose characters are given.
  case slot(name: String, type: String, accepts: @Sendable (UInt8) -> Bool)
  case choice([[Piece]])
  case gap

  var pattern: String {
    switch self {
    case .text(let text): text
    case .slot(let name, let type, _): "{\(name):\(type)}"
    case .choice(let branches):
      "{k=" + branches.map { $0.map(\.pattern).joined() }.joined(separator: "|") + "}"
    case .gap: "{...}"
    }
  }

  func ends(in text: [UInt8], from start: Int) -> Set<Int> {
    switch self {
    case .text(let literal):
      let bytes = Array(literal.utf8)
      guard start + bytes.count <= text.count,
        text[start..<start + bytes.count].elementsEqual(bytes)
      else { return [] }
      return [start + bytes.count]
    case .slot(_, _, let accepts):
      var end = start
      while end < text.count, accepts(text[end]) { end += 1 }
      return end > start ? Set(start + 1...end) : []
    case .choice(let branches):
      return branches.reduce(into: []) { $0.formUnion(Piece.ends(of: $1, in: text, from: start)) }
    case .gap:
      // A word that a gap stands beside is a whole word.
      guard Piece.isBoundary(start, text) else { return [] }
      return Set((start...text.count).filter { Piece.isBoundary($0, text) })
    }
  }

  static func ends(of pieces: [Piece], in text: [UInt8], from start: Int) -> Set<Int> {
    pieces.reduce([start]) { places, piece in
      places.reduce(into: []) { $0.formUnion(piece.ends(in: text, from: $1)) }
    }
  }

  /// Whether a pattern holds somewhere in a text shorter than a gap's reach.
  static func hold(_ pieces: [Piece], in text: [UInt8]) -> Bool {
    (0...text.count).contains { start in
      isBoundary(start, text)
        && ends(of: pieces, in: text, from: start).contains { isBoundary($0, text) }
    }
  }

  static func isBoundary(_ place: Int, _ text: [UInt8]) -> Bool {
    place == 0 || place == text.count
      || !(isAlphanumeric(text[place - 1]) && isAlphanumeric(text[place]))
  }

  static func isAlphanumeric(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
  }
}

/// Slots, choices and gaps in any order, against a matcher that leaves nothing out.
@Suite struct PatternPeerTests {
  private struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 11 ^ state
    }
  }

  private static let words = ["quota", "limit", "zebra", "vault", "wrong"]
  private static let scraps = ["a", "7", "42", "x-1", "b/c", "r.io:5/p", "quo", "zebras", "3vault"]

  private static func piece(_ number: Int, _ random: inout Random) -> [Piece] {
    func word() -> String { words.randomElement(using: &random) ?? "quota" }
    switch Int.random(in: 0..<7, using: &random) {
    case 0:
      return [
        .slot(name: "s\(number)", type: "word") {
          Piece.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F
        }
      ]
    case 1: return [.slot(name: "n\(number)", type: "int") { $0 &- 0x30 < 10 }]
    case 2:
      return [
        .slot(name: "r\(number)", type: "reference") {
          Piece.isAlphanumeric($0) || [0x2D, 0x5F, 0x2E, 0x2F, 0x3A, 0x40, 0x2B].contains($0)
        }
      ]
    case 3: return [.choice([[.text(word())], [.text(word()), .text(" "), .text(word())]])]
    case 4:
      return [
        .choice([
          [.slot(name: "c\(number)", type: "int") { $0 &- 0x30 < 10 }, .text(" " + word())],
          [.text(word())],
        ])
      ]
    default: return [.text(word())]
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func bothFindTheSame(seed: UInt64) throws {
    var random = Random(state: seed)
    var patterns: [[Piece]] = []
    for number in 0..<40 {
      // One word that every match holds, so that the index can find it.
      var pieces = Self.piece(2 * number, &random)
      for step in 0..<Int.random(in: 1...2, using: &random) {
        pieces.append(Bool.random(using: &random) ? .text(" ") : .gap)
        pieces +=
          step == 0
          ? [.text(Self.words.randomElement(using: &random) ?? "quota")]
          : Self.piece(2 * number + 1, &random)
      }
      patterns.append(pieces)
    }
    let set = try PatternSet(compiling: patterns.map { $0.map(\.pattern).joined() })
    var held = 0
    for _ in 0..<120 {
      let text = (0..<14).map { _ in
        (Self.words + Self.scraps).randomElement(using: &random) ?? "quota"
      }.joined(separator: " ")
      let bytes = Array(text.utf8)
      let found = Set(
        set.matches(in: bytes, messages: [0..<bytes.count]).map { set.text(of: $0.pattern) })
      let expected = Set(
        patterns.filter { Piece.hold($0, in: bytes) }.map { $0.map(\.pattern).joined() })
      #expect(found == expected, "\(text)")
      held += expected.count
    }
    #expect(held > 100, "the texts hold next to nothing")
  }
}
