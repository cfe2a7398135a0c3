/// The stretch of a pattern by which the index finds it.
///
/// Every match of the pattern holds one of ``fragments``, so looking for those alone finds every
/// place worth a closer look. Of all stretches the pattern offers, the one that healthy logs hold
/// least is chosen.
struct AnchorChoice {
  /// Four bytes to look for, folded, with white space as a space.
  struct Fragment: Hashable {
    var bytes: [UInt8]
    /// How many bytes stand between the start of a match and the fragment, at least and at most.
    ///
    /// -1 when the fragment begins with the byte before the match.
    var leastBefore: Int
    var mostBefore: Int
    /// What every match holds right behind the fragment, or right before it, folded.
    var neighbor = Neighbor()
  }

  /// Up to four bytes beside a fragment.
  struct Neighbor: Hashable {
    var bytes: [UInt8] = []
    var isBefore = false

    static let maximumBytes = 4

    init() {}

    /// What stands beside a stretch of a literal, on the side where there is more.
    init(of stretch: Range<Int>, in literal: [UInt8]) {
      let behind = literal[stretch.upperBound...].prefix(Neighbor.maximumBytes)
        .prefix { $0 < 0x80 }
      let before = literal[..<stretch.lowerBound].suffix(Neighbor.maximumBytes)
        .reversed().prefix { $0 < 0x80 }.reversed()
      isBefore = before.count > behind.count
      bytes = (isBefore ? Array(before) : Array(behind)).map(\.folded)
    }
  }

  var fragments: [Fragment]
  /// The literal the fragment comes from, for messages.
  var literal: String
  /// Higher is rarer.
  var score: Int
  /// Whether the fragment is none that healthy logs are full of.
  var isRare: Bool
  /// Whether it is a word of three letters that is found only after one of some delimiters.
  var isShortWord = false

  private static let sharingRounds = 4

  /// The best stretch of each of some sequences.
  ///
  /// Where a fragment stands, all patterns that are found by it are tried. Of a large base many would
  /// be found by `x509`, which is rare by itself: those that have others are found by them.
  ///
  /// - Parameter burden: Gets what the sequences have in common.
  static func best(
    forAll sequences: [[Pattern.Element]], _ burden: inout FragmentBurden
  ) -> [AnchorChoice?] {
    for elements in sequences { burden.addHolder(of: fragments(in: elements)) }
    var choices = sequences.map { best(for: $0, burden) }
    // Those that leave a fragment may all come to the one beside it.
    for _ in 0..<sharingRounds {
      let crowded = burden.addFinders(by: choices.map { $0?.fragments.map(\.bytes) ?? [] })
      for (number, elements) in sequences.enumerated() {
        let isShared = choices[number]?.fragments.contains { crowded.contains($0.bytes) } ?? false
        if isShared { choices[number] = best(for: elements, burden) }
      }
    }
    return choices
  }

  /// All stretches of four bytes that a sequence pins down, also in branches.
  private static func fragments(in elements: [Pattern.Element]) -> Set<[UInt8]> {
    var fragments = Set(runs(of: elements).flatMap { stretches(of: $0).map(\.bytes) })
    for case .alternatives(let branches, _) in elements {
      for branch in branches { fragments.formUnion(self.fragments(in: branch)) }
    }
    return fragments
  }

  /// The best stretch of a sequence, or `nil` when it has none that every match holds.
  ///
  /// - Parameter burden: What the other patterns of the base make of a fragment.
  static func best(
    for elements: [Pattern.Element], _ burden: FragmentBurden = FragmentBurden()
  ) -> AnchorChoice? {
    let choice = best(in: elements, least: 0, most: 0, burden)
    let word = shortWord(in: elements)
    guard var choice, choice.isRare else { return word ?? choice }
    // What stands in every second line beside a word that stands in none.
    if let word, !word.isShortWord, word.score > choice.score {
      (choice.fragments, choice.score) = (word.fragments, word.score)
    }
    return choice
  }

  static let longestQuotes = 16

  private static func best(
    in elements: [Pattern.Element], least: Int, most: Int, _ burden: FragmentBurden
  ) -> AnchorChoice? {
    var least = least
    var most = most
    var winner: AnchorChoice?
    var run: [UInt8] = []
    var start = (least: least, most: most)
    func offer(_ candidate: AnchorChoice?) {
      if let candidate, candidate.score > winner?.score ?? .min { winner = candidate }
    }
    for element in elements {
      // Literals with one space between them are one stretch: normalised text has no wider space.
      switch element {
      case .literal(let bytes, _):
        if run.isEmpty { start = (least, most) }
        run += bytes
      case .space(isOptional: false) where !run.isEmpty:
        run.append(0x20)
      default:
        offer(fromRun(run, least: start.least, most: start.most, burden))
        run = []
        if case .alternatives(let branches, _) = element {
          offer(fromBranches(branches, least: least, most: most, burden))
        }
      }
      let extent = extent(of: element)
      least += extent.least
      most += extent.most
    }
    offer(fromRun(run, least: start.least, most: start.most, burden))
    return winner
  }

  private static func fromRun(
    _ bytes: [UInt8], least: Int, most: Int, _ burden: FragmentBurden
  ) -> AnchorChoice? {
    let words = bytes.split { !$0.isAlphanumeric }
    // Common words are rare enough together.
    let isPhrase = words.count >= 3 && bytes.count >= 10
    var winner: AnchorChoice?
    for stretch in stretches(of: bytes) {
      // A fragment near the start of a match leaves few places where the match can begin.
      let score =
        stretch.score - (most - least > 128 ? 6 : 0) - burden.cost(of: stretch.bytes)
      guard score > winner?.score ?? .min else { continue }
      winner = AnchorChoice(
        fragments: [
          Fragment(
            bytes: stretch.bytes, leastBefore: least + stretch.start,
            mostBefore: most + stretch.start,
            neighbor: Neighbor(of: stretch.start..<stretch.start + 4, in: bytes))
        ],
        literal: String(
          decoding: bytes.last == 0x20 ? bytes.dropLast() : bytes[...], as: UTF8.self),
        score: score, isRare: stretch.isRare || isPhrase)
    }
    return winner
  }

  /// Four folded bytes of a literal.
  private struct Stretch {
    let bytes: [UInt8]
    let start: Int
    /// Higher is rarer.
    let score: Int
    let isRare: Bool
  }

  private static func stretches(of literal: [UInt8]) -> [Stretch] {
    guard literal.count >= 4 else { return [] }
    return (0...(literal.count - 4)).compactMap { start in
      let bytes = literal[start..<start + 4].map(\.folded)
      guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
      let (score, isRare) = FragmentRarity.score(bytes)
      return Stretch(
        bytes: bytes, start: start, score: score - min(20, 2 * HealthyWords.count(of: bytes)),
        isRare: isRare)
    }
  }

  /// A choice holds a fragment when each of its branches does.
  private static func fromBranches(
    _ branches: [[Pattern.Element]], least: Int, most: Int, _ burden: FragmentBurden
  ) -> AnchorChoice? {
    var choices: [AnchorChoice] = []
    for branch in branches {
      guard let choice = best(in: branch, least: least, most: most, burden) else { return nil }
      choices.append(choice)
    }
    guard let worst = choices.min(by: { $0.score < $1.score }) else { return nil }
    return AnchorChoice(
      fragments: choices.flatMap(\.fragments), literal: worst.literal, score: worst.score - 1,
      isRare: choices.allSatisfy(\.isRare))
  }

  /// How many stretches of a pattern are looked for before its program is run.
  static let companionCount = 3

  /// The slots of the rarest stretches that every match holds besides the fragment at hand.
  ///
  /// They do not overlap, so that each tells something new. Many patterns may share a fragment:
  /// what grows with a base is the number of those that are turned away by these.
  ///
  /// - Parameters:
  ///   - fragments: By which the pattern is found.
  ///   - burden: What the other patterns of the base make of a fragment.
  /// - Returns: ``companionCount`` slots of ``FragmentSet``; -1 where there are fewer stretches.
  static func companions(
    of elements: [Pattern.Element], besides fragments: [Fragment], _ burden: FragmentBurden
  ) -> [Int] {
    var offered: [(run: Int, stretch: Stretch, score: Int)] = []
    for (run, literal) in runs(of: elements).enumerated() {
      offered += stretches(of: literal).map { (run, $0, $0.score - burden.cost(of: $0.bytes)) }
    }
    offered.sort {
      ($1.score, $0.run, $0.stretch.start) < ($0.score, $1.run, $1.stretch.start)
    }
    var chosen: [(run: Int, stretch: Stretch)] = []
    for (run, stretch, _) in offered where chosen.count <= companionCount {
      let overlaps = chosen.contains { $0.run == run && abs($0.stretch.start - stretch.start) < 4 }
      if !overlaps { chosen.append((run, stretch)) }
    }
    let known = Set(fragments.map(\.bytes))
    let slots = chosen.map(\.stretch.bytes).filter { !known.contains($0) }.prefix(companionCount)
      .map { bytes in
        FragmentSet.slot(
          LiteralIndex.hash(LiteralIndex.key(bytes[0], bytes[1], bytes[2], bytes[3])))
      }
    return slots + [Int](repeating: -1, count: companionCount - slots.count)
  }

  /// How far from each other two stretches of a match can stand, the quotes in it not counted.
  static func reach(of elements: [Pattern.Element]) -> Int {
    // A fragment may begin with the byte before the match.
    1 + elements.map { extent(of: $0, longestQuotes: 0).most }.reduce(0, +)
  }

  /// The literals of a sequence, with the single spaces between them.
  private static func runs(of elements: [Pattern.Element]) -> [[UInt8]] {
    var runs: [[UInt8]] = [[]]
    for element in elements {
      switch element {
      case .literal(let bytes, _): runs[runs.count - 1] += bytes
      case .space(isOptional: false) where !runs[runs.count - 1].isEmpty:
        runs[runs.count - 1].append(0x20)
      default: runs.append([])
      }
    }
    return runs
  }

  /// What can stand before a word of three letters where the pattern does not say.
  private static let delimiters: [UInt8] = Array(" :\"'([=>/".utf8)

  /// For `EOF` and its like: the rarest word of three letters, with what stands before it.
  private static func shortWord(in elements: [Pattern.Element]) -> AnchorChoice? {
    var winner: AnchorChoice?
    var least = 0
    var most = 0
    // What stands before the element at hand in every match, where the pattern says.
    var before: [UInt8] = []
    let isAnchored = elements.contains {
      if case .messageStart = $0 { return true }
      if case .messageEnd = $0 { return true }
      return false
    }
    for element in elements {
      if case .literal(let bytes, let isCaseExact) = element, bytes.count == 3,
        bytes.allSatisfy(\.isAlphanumeric)
      {
        let word = bytes.map(\.folded)
        let score = shortWordScore(word)
        if score > winner?.score ?? .min {
          winner = AnchorChoice(
            fragments: (before.isEmpty ? delimiters : before).map {
              Fragment(bytes: [$0] + word, leastBefore: least - 1, mostBefore: most - 1)
            },
            literal: String(decoding: bytes, as: UTF8.self), score: score,
            isRare: isCaseExact && isAnchored, isShortWord: before.isEmpty)
        }
      }
      switch element {
      case .literal(let bytes, _): before = bytes.suffix(1).map(\.folded).filter { $0 < 0x80 }
      case .space(isOptional: false): before = [0x20]
      case .space(isOptional: true): before += before.isEmpty ? [] : [0x20]
      default: before = []
      }
      let extent = extent(of: element)
      least += extent.least
      most += extent.most
    }
    return winner
  }

  /// How rare a word of three small letters is, as for ``FragmentRarity``; numbers stand in every log.
  private static func shortWordScore(_ word: [UInt8]) -> Int {
    guard word.allSatisfy(\.isLetter) else { return 0 }
    return FragmentRarity.score([0x3A] + word).score
      - min(20, 2 * HealthyWords.count(of: [0x20] + word))
  }

  /// How many bytes an element spans.
  private static func extent(
    of element: Pattern.Element, longestQuotes: Int = AnchorChoice.longestQuotes
  ) -> (least: Int, most: Int) {
    switch element {
    case .literal(let bytes, _): (bytes.count, bytes.count)
    case .space(let isOptional): (isOptional ? 0 : 1, 1)
    case .quotes: (0, longestQuotes)
    case .slot: (1, SlotType.maximumLength)
    case .gap: (0, PatternMatcher.maximumGap)
    case .alternatives(let branches, _):
      branches.map { branch in
        branch.map { extent(of: $0, longestQuotes: longestQuotes) }
          .reduce((0, 0)) { ($0.0 + $1.least, $0.1 + $1.most) }
      }.reduce((Int.max, 0)) { (min($0.0, $1.0), max($0.1, $1.1)) }
    case .messageStart, .messageEnd: (0, 0)
    }
  }
}

/// How rare four bytes are in the logs of healthy systems, by a rough model.
enum FragmentRarity {
  /// How rare each letter is, from `a` to `z`.
  private static let letters: [Int] = [
    1, 5, 3, 3, 0, 5, 5, 4, 1, 9, 6, 2, 4, 1, 1, 4, 10, 1, 1, 0, 4, 7, 6, 8, 5, 10,
  ]

  /// What the words of nearly every line are made of.
  private static let commonFragments: Set<UInt32> = {
    var fragments: Set<UInt32> = []
    for word in HealthyWords.constant where word.count >= 4 {
      for start in 0...(word.count - 4) {
        fragments.insert(
          LiteralIndex.key(word[start], word[start + 1], word[start + 2], word[start + 3]))
      }
    }
    return fragments
  }()

  static func score(_ fragment: [UInt8]) -> (score: Int, isRare: Bool) {
    var score = 0
    for byte in fragment {
      if byte.isLetter {
        score += letters[Int(byte &- 0x61)]
      } else if byte.isDigit {
        score += 2
      } else {
        score += 3
      }
    }
    let key = LiteralIndex.key(fragment[0], fragment[1], fragment[2], fragment[3])
    let isRare =
      !commonFragments.contains(key) && !fragment.contains(0x20)
      && fragment.contains(where: \.isAlphanumeric)
    return (isRare ? score : score - 30, isRare)
  }
}
