/// The words by which a large input is searched before anything else is done with it.
///
/// Every match of a pattern holds one of its ``triggers``, as it stands in the raw input: a single
/// word where the pattern has a rare one, since those survive colours, wraps and wide spaces; else
/// a phrase. Of a phrase the rarest word is looked for, and the rest where that stands.
struct TriggerChoice {
  struct Trigger: Hashable {
    /// ``TriggerChoice/folded(_:)`` bytes.
    let bytes: [UInt8]
    /// Where the word begins that is looked for.
    let anchor: Int
    /// The ``WordScan/Word/key`` of a word that stands in the same message; zero where none must.
    var companion: UInt64 = 0
    /// Whether a point may stand right before it, as in a decimal number: not where something else
    /// always does.
    var mayFollowPoint = true

    /// Where that word stands.
    var word: Range<Int> {
      anchor..<(bytes[anchor...].firstIndex { !$0.isAlphanumeric } ?? bytes.count)
    }

    /// The ``WordScan/Word/key`` of that word.
    var key: UInt64 { WordScan.key(bytes[word]) }
  }

  /// The ends of a text at which a pattern lets a word go on, as in `token{rest}`.
  private struct OpenEnds: OptionSet {
    let rawValue: Int
    static let start = OpenEnds(rawValue: 1)
    static let end = OpenEnds(rawValue: 2)
    /// A point may stand right before the start.
    static let point = OpenEnds(rawValue: 4)
  }

  private(set) var triggers: [Trigger]
  /// Higher is rarer.
  let score: Int

  private init(triggers: [Trigger], score: Int) {
    self.triggers = triggers
    self.score = score
  }

  /// The best choice for a pattern, or `nil` when it offers none.
  ///
  /// - Parameter fixed: What slots stand for that can hold but few values.
  init?(_ elements: [Pattern.Element], fixed: (Int) -> [[UInt8]]? = { _ in nil }) {
    guard let best = TriggerChoice.best(for: elements, fixed: fixed) else { return nil }
    self = best
    guard score < TriggerChoice.rareWordScore else { return }
    let words = TriggerChoice.neededWords(elements)
    triggers = triggers.map { trigger in
      let own = TriggerChoice.words(in: trigger.bytes).map { WordScan.key(trigger.bytes[$0]) }
      let others = words.filter { !own.contains(WordScan.key($0)) }
      var trigger = trigger
      let rarest = others.max {
        (HealthyWords.rarity(of: $0), $0.count) < (HealthyWords.rarity(of: $1), $1.count)
      }
      trigger.companion = rarest.map { WordScan.key($0) } ?? 0
      return trigger
    }
  }

  /// The words of four letters and more that every match holds by themselves.
  private static func neededWords(_ elements: [Pattern.Element]) -> [[UInt8]] {
    elements.indices.flatMap { index -> [[UInt8]] in
      guard case .literal(let bytes, _) = elements[index] else { return [] }
      var open: OpenEnds = []
      if elements[..<index].mayEndInWord(else: false) { open.insert(.start) }
      if elements[(index + 1)...].mayBeginWithWord(else: false) { open.insert(.end) }
      let whole = whole(bytes, open: open)
      return words(in: whole).filter { $0.count >= 4 }.map { whole[$0].map(\.folded) }
    }
  }

  /// The best choice for a sequence, or `nil` when it offers none.
  ///
  /// - Parameters:
  ///   - open: The ends at which a word may go on in what stands around the sequence.
  ///   - fixed: What slots stand for that can hold but few values.
  private static func best(
    for elements: [Pattern.Element], open: OpenEnds = .point, fixed: (Int) -> [[UInt8]]?
  ) -> TriggerChoice? {
    var winner: TriggerChoice?
    func offer(_ candidate: TriggerChoice?) {
      if let candidate, candidate.score > winner?.score ?? .min { winner = candidate }
    }
    // All that a stretch of literals and of choices between literals can be.
    var texts: [[UInt8]] = [[]]
    var first = 0
    func ends(before index: Int) -> OpenEnds {
      let before = elements[..<index]
      let ends: OpenEnds = before.mayEndInWord(else: open.contains(.start)) ? .start : []
      let isKnown = !before.mayEndInPoint(else: open.contains(.point))
      return isKnown ? ends : ends.union(.point)
    }
    func ends(after index: Int) -> OpenEnds {
      elements[index...].mayBeginWithWord(else: open.contains(.end)) ? .end : []
    }
    func offerTexts(upTo index: Int) {
      let open = ends(before: first).union(ends(after: index))
      offer(each(texts) { fromText($0, open: open) })
      texts = [[]]
    }
    for (index, element) in elements.enumerated() {
      if let expansions = expansions(of: element, fixed: fixed) {
        if texts.count * expansions.count > maximumTexts {
          offerTexts(upTo: index)
          first = index
        }
        texts = texts.flatMap { text in expansions.map { text + $0 } }
        continue
      }
      offerTexts(upTo: index)
      first = index + 1
      if case .alternatives(let branches, _) = element {
        let around = ends(before: index).union(ends(after: index + 1))
        offer(each(branches) { best(for: $0, open: around, fixed: fixed) })
      }
    }
    offerTexts(upTo: elements.count)
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
    let whole = whole(bytes, open: open)
    return rareWord(in: whole)
      ?? phrase(in: whole, mayFollowPoint: !open.isDisjoint(with: [.start, .point]))
  }

  /// A text without the words at its ends that may go on.
  private static func whole(_ bytes: [UInt8], open: OpenEnds) -> [UInt8] {
    var whole = bytes[...]
    if open.contains(.start) { whole = whole.drop(while: \.isAlphanumeric) }
    while open.contains(.end), whole.last?.isAlphanumeric == true { whole.removeLast() }
    return Array(whole)
  }

  /// The words that ``WordScan`` finds.
  private static func words(in bytes: [UInt8]) -> [Range<Int>] {
    bytes.indices.split { !bytes[$0].isAlphanumeric }
      .map { $0.startIndex..<$0.endIndex }
      .filter { WordScan.isWord(bytes[$0]) }
  }

  /// The longest word that healthy logs do not hold, by itself.
  private static func rareWord(in bytes: [UInt8]) -> TriggerChoice? {
    let rare = words(in: bytes).filter { word in
      word.count >= 5 && bytes[word].contains(where: \.isLetter)
        && !HealthyWords.contains(bytes[word].map(\.folded))
    }
    guard let word = rare.max(by: { $0.count < $1.count }) else { return nil }
    return TriggerChoice(
      triggers: [Trigger(bytes: bytes[word].map(folded), anchor: 0)],
      score: rareWordScore + word.count)
  }

  /// The score of a rare word without letters.
  private static let rareWordScore = 1_000_000

  /// Common words together; as many as fit.
  ///
  /// - Parameter mayFollowPoint: Whether a point may stand before the bytes.
  private static func phrase(in bytes: [UInt8], mayFollowPoint: Bool) -> TriggerChoice? {
    let words = words(in: bytes)
    var winner: TriggerChoice?
    for start in bytes.indices where isWordStart(bytes, start) {
      var end = min(bytes.count, start + phraseLength)
      while end > start + 3, !isWordEnd(bytes, end) { end -= 1 }
      guard isWordEnd(bytes, end) else { continue }
      let own = words.filter { start <= $0.lowerBound && $0.upperBound <= end }
      func rarity(_ word: Range<Int>) -> Int { HealthyWords.rarity(of: bytes[word].map(\.folded)) }
      guard let anchor = own.max(by: { (rarity($0), $0.count) < (rarity($1), $1.count) }) else {
        continue
      }
      let weight = bytes[start..<end].split { !$0.isAlphanumeric }
        .reduce(0) { $0 + HealthyWords.weight(of: $1.map(\.folded)) }
      let score = weight * 100 + rarity(anchor) + anchor.count
      if score > winner?.score ?? .min {
        winner = TriggerChoice(
          triggers: [
            Trigger(
              bytes: bytes[start..<end].map(folded), anchor: anchor.lowerBound - start,
              mayFollowPoint: start > 0 || mayFollowPoint)
          ], score: score)
      }
    }
    return winner
  }

  private static func isWordStart(_ bytes: [UInt8], _ place: Int) -> Bool {
    place == 0 || !bytes[place - 1].isAlphanumeric || !bytes[place].isAlphanumeric
  }

  private static func isWordEnd(_ bytes: [UInt8], _ place: Int) -> Bool {
    place == bytes.count || isWordStart(bytes, place)
  }

  /// A byte with the bit set that tells small letters from capitals; other pairs of bytes that it
  /// makes alike are told apart later.
  @inline(__always)
  static func folded(_ byte: UInt8) -> UInt8 { byte | 0x20 }
}

extension BidirectionalCollection<Pattern.Element> {
  /// Whether what this stands for may begin with a letter or digit.
  ///
  /// - Parameter outer: Whether what stands behind it may, when it stands for nothing.
  fileprivate func mayBeginWithWord(else outer: Bool) -> Bool {
    guard let first else { return outer }
    func rest() -> Bool { dropFirst().mayBeginWithWord(else: outer) }
    switch first {
    case .literal(let bytes, _): return bytes.first?.isAlphanumeric ?? rest()
    case .slot: return true
    case .quotes: return rest()
    case .alternatives(let branches, _):
      let outer = rest()
      return branches.contains { $0.mayBeginWithWord(else: outer) }
    // An optional space stands after a colon or a comma.
    case .space, .gap, .messageStart, .messageEnd: return false
    }
  }

  /// Whether what this stands for may end in a point, by which a number behind it is a fraction.
  ///
  /// - Parameter outer: Whether what stands before it may, when it stands for nothing.
  fileprivate func mayEndInPoint(else outer: Bool) -> Bool {
    guard let last else { return outer }
    switch last {
    case .literal(let bytes, _):
      return bytes.last.map { $0 == UInt8(ascii: ".") } ?? dropLast().mayEndInPoint(else: outer)
    case .space(isOptional: false): return false
    case .space(isOptional: true), .quotes: return dropLast().mayEndInPoint(else: outer)
    case .slot, .gap, .alternatives, .messageStart, .messageEnd: return true
    }
  }

  /// Whether what this stands for may end in a letter or digit.
  ///
  /// - Parameter outer: Whether what stands before it may, when it stands for nothing.
  fileprivate func mayEndInWord(else outer: Bool) -> Bool {
    guard let last else { return outer }
    func rest() -> Bool { dropLast().mayEndInWord(else: outer) }
    switch last {
    case .literal(let bytes, _): return bytes.last?.isAlphanumeric ?? rest()
    case .slot: return true
    case .quotes: return rest()
    case .alternatives(let branches, _):
      let outer = rest()
      return branches.contains { $0.mayEndInWord(else: outer) }
    case .space, .gap, .messageStart, .messageEnd: return false
    }
  }
}
