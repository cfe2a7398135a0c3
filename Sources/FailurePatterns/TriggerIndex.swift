/// Finds the places of a raw input that may be worth a closer look.
///
/// It is made for inputs of megabytes: every second place is hashed and looked up in a table of
/// bits, and only where a bit is set are the bytes compared. Nothing is normalised, so it finds
/// less than ``PatternSet/matches(in:messages:)`` where a word itself is broken, as by a terminal
/// that cut it in two.
///
/// - Complexity: O(n) for *n* bytes, whatever the number of patterns.
package struct TriggerIndex: Sendable {
  private let filter: [UInt64]
  /// Where the records of a bucket begin; one more at the end.
  private let heads: [UInt32]
  private let records: [Record]
  private let bytes: [UInt8]

  private struct Record {
    /// The first eight bytes, the first lowest, and which bits of them tell: of white space, which
    /// may be of any kind, and of what is behind the trigger's end, none.
    let head: UInt64
    let mask: UInt64
    /// The four bytes, the first lowest.
    let gram: UInt32
    /// Where the trigger begins in ``bytes``, how long it is, and where in it the four bytes stand.
    let start: Int32
    let count: UInt16
    let offset: UInt16
    /// Where the trigger may be a part of a longer word.
    let open: TriggerChoice.OpenEnds
  }

  /// How far a hash is shifted to its place in the filter, and to its bucket.
  private let filterShift: UInt32
  private let bucketShift: UInt32

  /// How many places the filter has for each trigger, and at least.
  private static let filterPlaces = (each: 128, least: 1 << 20)
  private static let leastBuckets = 1 << 14

  /// Opens the index of a compiled set.
  ///
  /// - Returns: `nil` when the set has a pattern without a trigger, so that nothing can be left out.
  /// - Complexity: O(triggers).
  package init?(packed bytes: PackedBytes, at offset: Int) {
    var place = offset
    func integer() -> Int {
      defer { place += 4 }
      return bytes.integer(at: place)
    }
    guard integer() == 1 else { return nil }
    let count = integer()
    var places = TriggerIndex.filterPlaces.least
    while places < count * TriggerIndex.filterPlaces.each { places *= 2 }
    var buckets = TriggerIndex.leastBuckets
    while buckets < 2 * count { buckets *= 2 }
    filterShift = UInt32(32 - places.trailingZeroBitCount)
    bucketShift = UInt32(32 - buckets.trailingZeroBitCount)
    var filter = [UInt64](repeating: 0, count: places / 64)
    var text: [UInt8] = []
    var found: [(bucket: Int, record: Record)] = []
    for _ in 0..<count {
      let count = integer()
      let gram = integer()
      let open = TriggerChoice.OpenEnds(rawValue: integer())
      let trigger = bytes.bytes(at: place, length: count)
      place += count
      let key = (0..<4).reduce(UInt32(0)) { $0 | UInt32(trigger[gram + $1]) << UInt32(8 * $1) }
      let hash = TriggerIndex.hash(key)
      let bit = Int(hash &>> filterShift)
      filter[bit >> 6] |= 1 << UInt64(bit & 63)
      let head = trigger.prefix(8).enumerated()
      let record = Record(
        head: head.reduce(0) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) },
        mask: head.reduce(0) {
          $0 | ($1.element == 0x20 ? 0 : 0xFF << UInt64(8 * $1.offset))
        },
        gram: key, start: Int32(text.count), count: UInt16(count), offset: UInt16(gram),
        open: open)
      found.append((Int(hash &>> bucketShift), record))
      text += trigger
    }
    found.sort { $0.bucket < $1.bucket }
    var heads: [UInt32] = []
    for (index, item) in found.enumerated() {
      while heads.count <= item.bucket { heads.append(UInt32(index)) }
    }
    while heads.count <= buckets { heads.append(UInt32(found.count)) }
    self.filter = filter
    self.heads = heads
    records = found.map(\.record)
    self.bytes = text
  }

  @inline(__always)
  private static func hash(_ key: UInt32) -> UInt32 { key &* 0x9E37_79B1 }

  /// The first place at or after another where a trigger may stand.
  ///
  /// - Parameters:
  ///   - text: Raw input.
  ///   - range: Where to look; a trigger may end after it.
  /// - Returns: A place in the trigger, or `nil`.
  package func first(in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Int? {
    guard let base = text.baseAddress, text.count >= 4 else { return nil }
    let end = min(range.upperBound, text.count - 3)
    let raw = UnsafeRawPointer(base)
    return filter.withUnsafeBufferPointer { filter -> Int? in
      @inline(__always)
      func bit(_ place: Int) -> UInt64 {
        let key = raw.loadUnaligned(fromByteOffset: place, as: UInt32.self) | 0x2020_2020
        let bit = TriggerIndex.hash(key) &>> filterShift
        return filter[Int(bit >> 6)] >> UInt64(bit & 63) & 1
      }
      var place = range.lowerBound
      while place + 8 <= end {
        // One bit for each of four places.
        var bits = bit(place) | bit(place + 2) << 2 | bit(place + 4) << 4 | bit(place + 6) << 6
        while bits != 0 {
          let candidate = place + bits.trailingZeroBitCount
          if holds(raw, candidate, text.count) { return candidate }
          bits &= bits - 1
        }
        place += 8
      }
      while place < end {
        if bit(place) != 0, holds(raw, place, text.count) { return place }
        place += 2
      }
      // What ends with the text has nothing behind it by which it would be found at the next place.
      let last = text.count - 4
      guard range.upperBound == text.count, last >= range.lowerBound, bit(last) != 0,
        holds(raw, last, text.count)
      else { return nil }
      return last
    }
  }

  /// Whether a trigger stands around a place.
  private func holds(_ text: UnsafeRawPointer, _ place: Int, _ count: Int) -> Bool {
    let key = text.loadUnaligned(fromByteOffset: place, as: UInt32.self) | 0x2020_2020
    let bucket = Int(TriggerIndex.hash(key) &>> bucketShift)
    return records.withUnsafeBufferPointer { records in
      for number in Int(heads[bucket])..<Int(heads[bucket + 1]) where records[number].gram == key {
        let record = records[number]
        let start = place - Int(record.offset)
        guard start >= 0, start + Int(record.count) <= count else { continue }
        if start + 8 <= count {
          let head = text.loadUnaligned(fromByteOffset: start, as: UInt64.self)
          guard ((head | 0x2020_2020_2020_2020) ^ record.head) & record.mask == 0 else { continue }
        }
        if stands(record, text, start), isWhole(record, text, start, count) { return true }
      }
      return false
    }
  }

  /// Whether a trigger begins at a place, behind which there are as many bytes as it has.
  private func stands(_ record: Record, _ text: UnsafeRawPointer, _ start: Int) -> Bool {
    for index in 0..<Int(record.count) {
      let byte = text.load(fromByteOffset: start + index, as: UInt8.self)
      let wanted = bytes[Int(record.start) + index]
      guard TriggerChoice.folded(byte) == wanted || wanted == 0x20 && byte <= 0x20 else {
        return false
      }
    }
    return true
  }

  /// Whether a trigger that stands at a place is no part of a longer word, or may be.
  private func isWhole(
    _ record: Record, _ text: UnsafeRawPointer, _ start: Int, _ count: Int
  ) -> Bool {
    func byte(_ place: Int) -> UInt8 { text.load(fromByteOffset: place, as: UInt8.self) }
    let end = start + Int(record.count)
    if end < count, !record.open.contains(.end), byte(end - 1).isAlphanumeric,
      byte(end).isAlphanumeric
    {
      return false
    }
    guard start > 0, !record.open.contains(.start), byte(start).isAlphanumeric,
      byte(start - 1).isAlphanumeric
    else { return true }
    // The letter before may be the end of `\n`, `\u003c` or of a colour.
    for place in max(0, start - 10)..<start where byte(place) == 0x5C || byte(place) == 0x1B {
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
      let choice = TriggerChoice.best(for: pattern.elements) { fixed[pattern.slots[$0].name] }
      if choice == nil { isWhole = false }
      for trigger in choice?.triggers ?? [] where seen.insert(trigger).inserted {
        triggers.append(trigger)
      }
    }
    let offset = writer.offset
    writer.integer(isWhole ? 1 : 0)
    writer.integer(triggers.count)
    for trigger in triggers {
      writer.integer(trigger.bytes.count)
      writer.integer(trigger.gram)
      writer.integer(trigger.open.rawValue)
      writer.raw(trigger.bytes)
    }
    return offset
  }
}
