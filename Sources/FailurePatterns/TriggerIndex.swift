/// Finds the places of a raw input that may be worth a closer look.
///
/// It is made for inputs of megabytes: the bytes are sorted into words 64 at a time, each word of
/// three letters and more is looked up in a table of bits, and only where its bit is set are the
/// bytes compared. Nothing is normalised, so it finds less than
/// ``PatternSet/matches(in:messages:)`` where a word itself is broken, as by a terminal that cut it
/// in two.
///
/// - Complexity: O(n) for *n* bytes and, for each place where a word of a trigger stands, the
///   triggers that chose that word. It does not grow with the number of patterns otherwise.
package struct TriggerIndex: Sendable {
  private let bytes: PackedBytes
  /// A bit for each hash of a word; how far a hash is shifted to it, and to its bucket.
  private let filter: [UInt64]
  private let filterShift: UInt64
  private let bucketShift: UInt64
  /// Where the records of a bucket begin; one more at the end.
  private let heads: [UInt32]
  private let records: [Record]

  /// A trigger.
  private struct Record {
    /// Its ``WordScan/Word/key``.
    let word: UInt64
    /// The key of a word that stands in the same message, or zero.
    let companion: UInt64
    /// What stands before and behind the word.
    let before: FourBytes
    let behind: FourBytes
    /// Where its text stands in the packed bytes, how long it is, and where in it the word stands.
    let text: Int32
    let count: UInt16
    let anchor: UInt16
  }

  /// Four bytes that turn most places away at once.
  private struct FourBytes {
    /// The first lowest, ``TriggerChoice/folded(_:)``; and which bits of them tell: of white space,
    /// which may be of any kind, and of what is not the trigger's, none.
    private var bytes: UInt32 = 0
    private var mask: UInt32 = 0

    /// - Parameter trigger: The bytes, of which some may lie outside the trigger.
    init(_ trigger: (Int) -> UInt8?) {
      for place in 0..<4 {
        guard let byte = trigger(place), byte != 0x20 else { continue }
        bytes |= UInt32(byte) << UInt32(8 * place)
        mask |= 0xFF << UInt32(8 * place)
      }
    }

    /// Whether they may stand at a place.
    @inline(__always)
    func mayStand(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
      guard place >= 0, place &+ 4 <= text.count else { return true }
      let found = UnsafeRawBufferPointer(text).loadUnaligned(
        fromByteOffset: place, as: UInt32.self)
      return ((found | 0x2020_2020) ^ bytes) & mask == 0
    }
  }

  /// How many places the filter has for each word, and at least.
  private static let filterPlaces = (each: 32, least: 1 << 16)

  /// Opens the index of a compiled set.
  ///
  /// - Returns: `nil` when the set has a pattern without a trigger, so that nothing can be left out.
  /// - Complexity: O(triggers), some nanoseconds each.
  package init?(packed bytes: PackedBytes, at offset: Int) {
    var place = offset
    func integer() -> Int {
      defer { place += 4 }
      return bytes.integer(at: place)
    }
    guard integer() == 1 else { return nil }
    let bucketBits = integer()
    let count = integer()
    bucketShift = UInt64(64 - bucketBits)
    var places = TriggerIndex.filterPlaces.least
    while places < count * TriggerIndex.filterPlaces.each { places *= 2 }
    filterShift = UInt64(64 - places.trailingZeroBitCount)
    heads = (0...1 << bucketBits).map { _ in UInt32(integer()) }
    var filter = [UInt64](repeating: 0, count: places / 64)
    var records: [Record] = []
    records.reserveCapacity(count)
    var text = place + 16 * count
    for _ in 0..<count {
      let (count, anchor) = (integer(), integer())
      let companion = bytes.withBytes {
        UnsafeRawPointer($0).loadUnaligned(fromByteOffset: place, as: UInt64.self)
      }
      place += 8
      let record = bytes.withBytes { base in
        let trigger = UnsafeBufferPointer(start: base + text, count: count)
        let word = trigger[anchor...].prefix(while: \.isAlphanumeric)
        func byte(_ place: Int) -> UInt8? {
          trigger.indices.contains(place) ? trigger[place] : nil
        }
        return Record(
          word: WordScan.key(word), companion: companion,
          before: FourBytes { byte(anchor - 4 + $0) },
          behind: FourBytes { byte(word.endIndex + $0) },
          text: Int32(text), count: UInt16(count), anchor: UInt16(anchor))
      }
      let bit = TriggerIndex.hash(record.word) &>> filterShift
      filter[Int(bit >> 6)] |= 1 &<< (bit & 63)
      records.append(record)
      text += count
    }
    self.bytes = bytes
    self.filter = filter
    self.records = records
  }

  @inline(__always)
  private static func hash(_ word: UInt64) -> UInt64 { word &* 0x9E37_79B9_7F4A_7C15 }

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
    let shift = filterShift
    filter.withUnsafeBufferPointer { filter in
      WordScan(text).forEach(in: range) { word in
        let hash = TriggerIndex.hash(word.key)
        let bit = hash &>> shift
        guard filter[Int(truncatingIfNeeded: bit >> 6)] &>> (bit & 63) & 1 != 0,
          holds(text, word, hash)
        else { return true }
        return body(word.place)
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
      _ = holds(text, word, TriggerIndex.hash(word.key)) { record in
        companions.append(record.companion)
        return false
      }
      return false
    }
    guard !companions.contains(0) else { return true }
    var isBacked = false
    WordScan(text).forEach(in: max(0, place - reach)..<min(text.count, place + reach)) { word in
      isBacked = companions.contains(word.key)
      return !isBacked
    }
    return isBacked
  }

  /// Whether a trigger stands around a word.
  @inline(never)
  private func holds(
    _ text: UnsafeBufferPointer<UInt8>, _ word: WordScan.Word, _ hash: UInt64
  ) -> Bool {
    holds(text, word, hash) { _ in true }
  }

  /// Whether a trigger stands around a word of which something is true.
  @inline(__always)
  private func holds(
    _ text: UnsafeBufferPointer<UInt8>, _ word: WordScan.Word, _ hash: UInt64,
    where isMeant: (Record) -> Bool
  ) -> Bool {
    let bucket = Int(truncatingIfNeeded: hash &>> bucketShift)
    return records.withUnsafeBufferPointer { records in
      for number in Int(heads[bucket])..<Int(heads[bucket + 1])
      where records[number].word == word.key {
        let record = records[number]
        guard record.before.mayStand(in: text, at: word.place &- 4),
          record.behind.mayStand(in: text, at: word.place &+ word.count)
        else { continue }
        let start = word.place - Int(record.anchor)
        let end = start + Int(record.count)
        guard start >= 0, end <= text.count else { continue }
        let isThere = bytes.withBytes { stands($0 + Int(record.text), in: text, start..<end) }
        if isThere, isWhole(text, start..<end), isMeant(record) { return true }
      }
      return false
    }
  }

  /// Whether a trigger is what stands in a range.
  private func stands(
    _ trigger: UnsafePointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Bool {
    for index in 0..<range.count {
      let byte = text[range.lowerBound + index]
      let wanted = trigger[index]
      guard TriggerChoice.folded(byte) == wanted || wanted == 0x20 && byte <= 0x20 else {
        return false
      }
    }
    return true
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
    var bucketBits = 8
    while 1 << bucketBits < 2 * triggers.count { bucketBits += 1 }
    var chains = [[TriggerChoice.Trigger]](repeating: [], count: 1 << bucketBits)
    for trigger in triggers {
      chains[Int(hash(trigger.key) >> (64 - UInt64(bucketBits)))].append(trigger)
    }
    let offset = writer.begin()
    for value in [isWhole ? 1 : 0, bucketBits, triggers.count] { writer.integer(value) }
    var head = 0
    for chain in chains {
      writer.integer(head)
      head += chain.count
    }
    writer.integer(head)
    for trigger in chains.joined() {
      for value in [trigger.bytes.count, trigger.anchor] { writer.integer(value) }
      writer.raw((0..<8).map { UInt8(truncatingIfNeeded: trigger.companion >> UInt64(8 * $0)) })
    }
    for trigger in chains.joined() { writer.raw(trigger.bytes) }
    return offset
  }
}
