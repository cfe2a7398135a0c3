import CByteScan

/// Finds the places of a raw input that may be worth a closer look.
///
/// It is made for inputs of megabytes: the bytes are sorted into words 64 at a time, each word is
/// looked up in a table of bits, and only where its bit is set are the bytes compared. Nothing is
/// normalised, so it finds less than ``PatternSet/matches(in:messages:)`` where a word itself is
/// broken, as by a terminal that cut it in two. It is used as it lies in the compiled block.
///
/// - Complexity: O(n) for *n* bytes and, for each place where a word of a trigger stands, the
///   triggers that chose that word. It does not grow with the number of patterns otherwise.
package struct TriggerIndex: Sendable {
  private let bytes: PackedBytes
  /// Where the tables of ``WordScan/Filter`` begin: of words, and of words with what stands beside
  /// them; how far a hash is shifted for each.
  private let filters: (words: Int, beside: Int)
  private let shifts: (words: UInt64, beside: UInt64)
  /// Where the words begin, and how far a hash is shifted to its place among them.
  private let words: Int
  private let wordShift: UInt64

  /// How many places the filter has for each word at least.
  private static let filterPlacesEach = 8
  /// By how many bits the filter of what stands beside words has more: it is asked several times for
  /// each word, but not for many.
  private static let besideBits = 2

  /// Opens the index of a compiled set.
  ///
  /// - Returns: `nil` when the set has a pattern without a trigger, so that nothing can be left out.
  /// - Complexity: O(1).
  package init?(packed bytes: PackedBytes, at offset: Int) {
    guard bytes.integer(at: offset) == 1 else { return nil }
    let filterBits = bytes.integer(at: offset + 4)
    shifts = (UInt64(64 - filterBits), UInt64(64 - filterBits - TriggerIndex.besideBits))
    wordShift = UInt64(64 - bytes.integer(at: offset + 8))
    filters = (bytes.place(at: offset + 12), bytes.place(at: offset + 16))
    words = bytes.place(at: offset + 20)
    self.bytes = bytes
  }

  /// A word of triggers, in the block: its ``WordScan/Word/key``, or zero where there is none; its
  /// first trigger, and how many it has.
  private enum WordLayout {
    static let triggers = 8
    static let triggerCount = 12
    static let size = 16
  }

  /// A trigger, in the block: the key of a word that stands in the same message, or zero; its text,
  /// how long that is, and, twice that, where in it the word stands, with one more where it may be the
  /// fraction of a number.
  private enum TriggerLayout {
    static let text = 8
    static let count = 12
    static let anchor = 16
    static let size = 20
  }

  /// The first place at or after another where a trigger may stand.
  ///
  /// - Parameters:
  ///   - text: Raw input.
  ///   - range: Where to look; a trigger may begin before it and end after it.
  /// - Returns: A place in the trigger, or `nil`.
  package func first(in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
    var first: Int?
    forEach(in: text, range) { place in
      first = place
      return false
    }
    return first
  }

  /// Goes through the places where triggers may stand, ascending, until `body` says stop.
  ///
  /// - Parameters:
  ///   - text: Raw input.
  ///   - range: Where to look; a trigger may begin before it and end after it.
  ///   - body: Gets a place in the trigger; says whether to go on.
  @inline(__always)
  package func forEach(
    in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ body: (Int) -> Bool
  ) {
    bytes.withBytes { base in
      let filter = WordScan.Filter(
        regdiag_key_set(bits: base + filters.words, shift: shifts.words),
        beside: regdiag_key_set(bits: base + filters.beside, shift: shifts.beside))
      WordScan(text).forEach(in: range, filter) { word in
        holds(text, word) ? body(word.place) : true
      }
    }
  }

  /// Whether what stands beside a trigger in every message of one of its patterns stands near it.
  ///
  /// - Parameters:
  ///   - place: A place that ``forEach(in:_:_:)`` gave.
  ///   - text: The same text.
  ///   - reach: How far around it to look.
  /// - Complexity: O(reach).
  package func isBacked(
    at place: Int, in text: UnsafeBufferPointer<UInt8>, reach: Int
  ) -> Bool {
    var companions: [UInt64] = []
    WordScan(text).forEach(in: place..<place + 1) { word in
      _ = holds(text, word) { companion in
        companions.append(companion)
        return false
      }
      return false
    }
    guard !companions.contains(0) else { return true }
    var isBacked = false
    WordScan.Filter.withFilter(of: companions) { filter in
      let range = max(0, place - reach)..<min(text.count, place + reach)
      WordScan(text).forEach(in: range, filter) { word in
        isBacked = companions.contains(word.key)
        return !isBacked
      }
    }
    return isBacked
  }

  /// Whether a trigger stands around a word.
  @inline(never)
  private func holds(_ text: UnsafeBufferPointer<UInt8>, _ word: WordScan.Word) -> Bool {
    holds(text, word) { _ in true }
  }

  /// Whether a trigger stands around a word of whose companion's key something is true.
  @inline(__always)
  private func holds(
    _ text: UnsafeBufferPointer<UInt8>, _ word: WordScan.Word, where isMeant: (UInt64) -> Bool
  ) -> Bool {
    bytes.withBytes { base in
      guard let entry = entry(of: word.key, base) else { return false }
      var trigger = base.packedPlace(at: entry + WordLayout.triggers)
      for _ in 0..<base.packedInteger(at: entry &+ WordLayout.triggerCount) {
        defer { trigger += TriggerLayout.size }
        let anchor = base.packedInteger(at: trigger + TriggerLayout.anchor)
        let start = word.place - anchor >> 1
        let end = start + base.packedInteger(at: trigger + TriggerLayout.count)
        guard start >= 0, end <= text.count else { continue }
        if stands(base + base.packedPlace(at: trigger + TriggerLayout.text), in: text, start..<end),
          isWhole(text, start..<end), anchor & 1 == 1 || !isFraction(text, start),
          isMeant(base.key(at: trigger))
        {
          return true
        }
      }
      return false
    }
  }

  /// Where the entry of a word is, if it has one.
  @inline(__always)
  private func entry(of key: UInt64, _ base: UnsafePointer<UInt8>) -> Int? {
    let mask = (1 &<< Int(64 &- wordShift)) &- 1
    var number = Int(truncatingIfNeeded: WordScan.hash(key) &>> wordShift)
    while true {
      let entry = words &+ number &* WordLayout.size
      let found = base.key(at: entry)
      if found == key { return entry }
      if found == 0 { return nil }
      number = (number &+ 1) & mask
    }
  }

  /// Whether a trigger is what stands in a range, of one byte at least.
  private func stands(
    _ trigger: UnsafePointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Bool {
    func stands(_ index: Int) -> Bool {
      let byte = text[range.lowerBound &+ index]
      let wanted = trigger[index]
      return TriggerChoice.folded(byte) == wanted || wanted == 0x20 && byte <= 0x20
    }
    // Those of one word often begin alike.
    return stands(range.count - 1) && (0..<range.count - 1).allSatisfy(stands)
  }

  /// Whether a word begins where a range does, and ends where it does.
  private func isWhole(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    let (start, end) = (range.lowerBound, range.upperBound)
    if end < text.count, text[end - 1].isAlphanumeric, text[end].isAlphanumeric { return false }
    guard start > 0, text[start].isAlphanumeric, text[start - 1].isAlphanumeric else { return true }
    // The letter before may be the end of `\n`, `\u003c` or of a colour.
    for place in max(0, start - 10)..<start where text[place] == 0x5C || text[place] == 0x1B {
      return true
    }
    return false
  }

  /// Whether what begins at a place stands behind the point of a number.
  private func isFraction(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    start > 1 && text[start - 1] == UInt8(ascii: ".") && text[start - 2].isDigit
      && text[start].isDigit
  }

  /// Writes the triggers of some patterns.
  ///
  /// - Parameter patterns: Those that must be found; with each, what slots stand for that can hold
  ///   but few values, by name.
  /// - Returns: The offset to open the index with.
  static func write(
    _ patterns: [(pattern: Pattern, fixed: [String: [[UInt8]]])], into writer: inout PackedWriter
  ) -> Int {
    var seen: Set<TriggerChoice.Trigger> = []
    var triggers: [TriggerChoice.Trigger] = []
    var isWhole = true
    for (pattern, fixed) in patterns {
      let choice = TriggerChoice(pattern.elements) { fixed[pattern.slots[$0].name] }
      if choice == nil { isWhole = false }
      for trigger in choice?.triggers ?? [] where seen.insert(trigger).inserted {
        triggers.append(trigger)
      }
    }
    let offset = writer.begin()
    writer.integer(isWhole ? 1 : 0)
    write(Dictionary(grouping: triggers, by: \.key), into: &writer)
    return offset
  }

  /// Writes the triggers of each word.
  private static func write(
    _ triggers: [UInt64: [TriggerChoice.Trigger]], into writer: inout PackedWriter
  ) {
    func bits(least: Int, _ enough: (Int) -> Bool) -> Int {
      (least...).first { enough(1 << $0) } ?? least
    }
    let filterBits = bits(least: 15) { $0 >= triggers.count * filterPlacesEach }
    let wordBits = bits(least: 8) { $0 >= 2 * triggers.count }
    for value in [filterBits, wordBits, 0, 0, 0] { writer.integer(value) }
    let end = writer.offset

    func writeFilter(of keys: some Sequence<UInt64>, bits: Int, at place: Int) {
      writer.setPlace(writer.begin(), at: place)
      writer.raw(regdiag_key_set.bits(of: keys, numberBits: bits))
    }
    let keys = triggers.keys.sorted()
    writeFilter(of: keys, bits: filterBits, at: end - 12)
    let beside = triggers.values.joined().map { WordScan.keyBeside($0.word, in: $0.bytes) }
    writeFilter(of: beside, bits: filterBits + besideBits, at: end - 8)

    var words = [UInt64](repeating: 0, count: 1 << wordBits)
    for key in keys {
      var number = Int(WordScan.hash(key) >> UInt64(64 - wordBits))
      while words[number] != 0 { number = (number + 1) % words.count }
      words[number] = key
    }
    let first = keys.reduce(into: [UInt64: Int]()) { first, key in
      let texts = (triggers[key] ?? []).map { trigger in
        let text = writer.begin()
        writer.raw(trigger.bytes)
        return text
      }
      first[key] = writer.begin()
      for (trigger, text) in zip(triggers[key] ?? [], texts) {
        writer.key(trigger.companion)
        writer.place(text)
        writer.integer(trigger.bytes.count)
        writer.integer(2 * trigger.anchor + (trigger.mayFollowPoint ? 1 : 0))
      }
    }
    writer.setPlace(writer.begin(), at: end - 4)
    for key in words {
      writer.key(key)
      writer.place(first[key] ?? 0)
      writer.integer(triggers[key]?.count ?? 0)
    }
  }
}

extension UnsafePointer<UInt8> {
  /// The ``WordScan/Word/key`` at an offset.
  @inline(__always)
  fileprivate func key(at offset: Int) -> UInt64 {
    UnsafeRawPointer(self).loadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }
}

extension PackedWriter {
  /// Appends the ``WordScan/Word/key`` of a word, whose bytes are ASCII all.
  fileprivate mutating func key(_ key: UInt64) {
    for shift in stride(from: 0 as UInt64, to: 64, by: 8) {
      byte(UInt8(truncatingIfNeeded: key >> shift))
    }
  }
}
