/// The words by which a large input is searched before anything else is done with it.
///
/// Every match of a pattern holds one of its ``triggers``, as it stands in the raw input: a single
/// word where the pattern has a rare one, since those survive colours, wraps and wide spaces; else
/// a phrase. A stretch of four bytes at an even and one at an odd place of each is looked for, so
/// that looking at every second place of the input finds them all.
struct TriggerChoice {
  struct Trigger: Hashable {
    /// ``TriggerChoice/folded(_:)`` bytes.
    var bytes: [UInt8]
    /// Where the stretch begins that is looked for.
    var gram: Int
    /// Where it may be a part of a longer word.
    var open: OpenEnds
  }

  /// The ends of a text at which a pattern lets a word go on, as in `token{rest}`.
  struct OpenEnds: OptionSet, Hashable {
    let rawValue: Int
    static let start = OpenEnds(rawValue: 1)
    static let end = OpenEnds(rawValue: 2)
  }

  let triggers: [Trigger]
  /// Higher is rarer.
  let score: Int

  /// The best choice for a sequence, or `nil` when it offers none.
  ///
  /// - Parameters:
  ///   - open: The ends at which a word may go on in what stands around the sequence.
  ///   - fixed: What slots stand for that can hold but few values.
  static func best(
    for elements: [Pattern.Element], open: OpenEnds = [],
    fixed: (Int) -> [[UInt8]]? = { _ in nil }
  ) -> TriggerChoice? {
    var winner: TriggerChoice?
    func offer(_ candidate: TriggerChoice?) {
      if let candidate, candidate.score > winner?.score ?? .min { winner = candidate }
    }
    // All that a stretch of literals and of choices between literals can be.
    var texts: [[UInt8]] = [[]]
    var opensBefore = open.contains(.start)
    func offerTexts(opensAfter: Bool) {
      let open: OpenEnds = [opensBefore ? .start : [], opensAfter ? .end : []]
      offer(each(texts) { fromText($0, open: open) })
      texts = [[]]
    }
    for (index, element) in elements.enumerated() {
      if let ends = expansions(of: element, fixed: fixed) {
        if texts.count * ends.count > maximumTexts {
          offerTexts(opensAfter: true)
          opensBefore = true
        }
        texts = texts.flatMap { text in ends.map { text + $0 } }
        continue
      }
      offerTexts(opensAfter: element.letsWordsGoOn)
      if case .alternatives(let branches, _) = element {
        let before = index > 0 ? elements[index - 1].letsWordsGoOn : open.contains(.start)
        let after =
          index + 1 < elements.count
          ? elements[index + 1].letsWordsGoOn : open.contains(.end)
        let around: OpenEnds = [before ? .start : [], after ? .end : []]
        offer(each(branches) { best(for: $0, open: around, fixed: fixed) })
      }
      opensBefore = element.letsWordsGoOn
    }
    offerTexts(opensAfter: open.contains(.end))
    return winner
  }

  /// How many texts one stretch is looked for by.
  private static let maximumTexts = 96

  /// The texts that an element can be, or `nil` when they are too many to tell.
  private static func expansions(
    of element: Pattern.Element, fixed: (Int) -> [[UInt8]]?
  ) -> [[UInt8]]? {
    switch element {
    case .literal(let bytes, _): return [bytes]
    case .space(isOptional: false): return [[0x20]]
    case .slot(let number, _): return fixed(number)
    case .alternatives(let branches, _):
      var texts: [[UInt8]] = []
      for branch in branches {
        var ends: [[UInt8]] = [[]]
        for element in branch {
          guard let parts = expansions(of: element, fixed: fixed) else { return nil }
          ends = ends.flatMap { end in parts.map { end + $0 } }
          guard ends.count <= maximumTexts else { return nil }
        }
        texts += ends
      }
      return texts.count <= maximumTexts ? texts : nil
    default: return nil
    }
  }

  /// One choice for each of some branches; none when one of them has none.
  private static func each<Branch>(
    _ branches: [Branch], choose: (Branch) -> TriggerChoice?
  ) -> TriggerChoice? {
    var triggers: [Trigger] = []
    var score = Int.max
    for branch in branches {
      guard let choice = choose(branch) else { return nil }
      triggers += choice.triggers
      score = min(score, choice.score)
    }
    return triggers.isEmpty ? nil : TriggerChoice(triggers: triggers, score: score - 1)
  }

  /// How long a phrase of common words is at most.
  private static let phraseLength = 28

  private static func fromText(_ bytes: [UInt8], open: OpenEnds) -> TriggerChoice? {
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return nil }
    guard bytes.count > 4 else { return fromShortText(bytes, open: open) }
    return rareWord(in: bytes, open: open) ?? phrase(in: bytes, open: open)
  }

  /// The longest word that healthy logs do not hold, by itself.
  private static func rareWord(in bytes: [UInt8], open: OpenEnds) -> TriggerChoice? {
    let words = bytes.indices.split { !bytes[$0].isAlphanumeric }
    let rare = words.filter { word in
      word.count >= 5 && bytes[word].contains(where: \.isLetter)
        && !HealthyWords.contains(bytes[word].map(\.folded))
    }
    guard let word = rare.max(by: { $0.count < $1.count }) else { return nil }
    return choice(
      bytes, from: word.startIndex, to: word.endIndex, open: open, score: 10_000 + word.count)
  }

  /// Common words together; as many as fit.
  private static func phrase(in bytes: [UInt8], open: OpenEnds) -> TriggerChoice? {
    var winner: TriggerChoice?
    for start in bytes.indices where isWordStart(bytes, start) {
      var end = min(bytes.count, start + phraseLength)
      while end > start + 5, !isWordEnd(bytes, end) { end -= 1 }
      guard end - start >= 5, isWordEnd(bytes, end) else { continue }
      let words = bytes[start..<end].split { !$0.isAlphanumeric }
      let weight = words.reduce(0) { $0 + HealthyWords.weight(of: $1.map(\.folded)) }
      let choice = choice(bytes, from: start, to: end, open: open, score: weight)
      if choice.score > winner?.score ?? .min { winner = choice }
    }
    return winner
  }

  private static func isWordStart(_ bytes: [UInt8], _ place: Int) -> Bool {
    place == 0 || !bytes[place - 1].isAlphanumeric || !bytes[place].isAlphanumeric
  }

  private static func isWordEnd(_ bytes: [UInt8], _ place: Int) -> Bool {
    place == bytes.count || isWordStart(bytes, place)
  }

  private static func choice(
    _ bytes: [UInt8], from start: Int, to end: Int, open: OpenEnds, score: Int
  ) -> TriggerChoice {
    let trigger = bytes[start..<end].map(folded)
    var open = open
    if start > 0 { open.remove(.start) }
    if end < bytes.count { open.remove(.end) }
    let pair = rarestPair(in: bytes, from: start, to: end)
    return TriggerChoice(
      triggers: [0, 1].map {
        Trigger(bytes: trigger, gram: pair.start - start + $0, open: open)
      }, score: score * 100 + pair.score)
  }

  /// Where the five bytes stand whose two stretches of four are the rarest in healthy words, and how
  /// rare the letters of such a pair are at most.
  private static func rarestPair(
    in bytes: [UInt8], from lower: Int, to upper: Int
  ) -> (start: Int, score: Int) {
    var winner = (start: lower, rarity: Int.min)
    var best = Int.min
    for start in lower...(upper - 5) {
      let pair = [start, start + 1].map { bytes[$0..<$0 + 4].map(\.folded) }
      let score = pair.map { FragmentRarity.score($0).score }.min() ?? 0
      let rarity = score - 4 * (pair.map(HealthyWords.count).max() ?? 0)
      if rarity > winner.rarity { winner = (start, rarity) }
      best = max(best, score)
    }
    return (winner.start, best)
  }

  /// What can stand beside a short word.
  private static let delimiters: [UInt8] = Array(" :\"'([{=>/\n\t\r.,;)]}<|".utf8)

  /// Three or four letters, with what can stand before and after them.
  private static func fromShortText(_ bytes: [UInt8], open: OpenEnds) -> TriggerChoice? {
    let words = bytes.split(separator: 0x20)
    guard words.count == 1, let word = words.first?.map(folded), word.count >= 3,
      word.allSatisfy(\.isAlphanumeric),
      !open.contains(.start) || bytes.first == 0x20, !open.contains(.end) || bytes.last == 0x20
    else { return nil }
    let before = delimiters.map { Trigger(bytes: [folded($0)] + word, gram: 0, open: []) }
    let after = delimiters.map { Trigger(bytes: word + [folded($0)], gram: 0, open: []) }
    return TriggerChoice(
      triggers: before + (word.count == 3 ? after : [Trigger(bytes: word, gram: 0, open: [])]),
      score: 75 * HealthyWords.weight(of: word))
  }

  /// A byte with the bit set that tells small letters from capitals; other pairs of bytes that it
  /// makes alike are told apart later.
  @inline(__always)
  static func folded(_ byte: UInt8) -> UInt8 { byte | 0x20 }
}

extension Pattern.Element {
  /// Whether a word of what stands beside it may go on in it, or beyond it.
  fileprivate var letsWordsGoOn: Bool {
    switch self {
    case .literal, .slot, .quotes, .alternatives: true
    // An optional space stands after a colon or a comma.
    case .space, .gap, .messageStart, .messageEnd: false
    }
  }
}
