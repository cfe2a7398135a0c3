/// Finds the fragments of all patterns in one pass over a text.
///
/// A bit table over hashes of four bytes turns away nearly every place; where it does not, a hash
/// bucket says which patterns may match there. The table lies in the compiled base and is used in
/// place.
///
/// - Complexity: a scan of *n* bytes costs O(n) and, for each place where a fragment stands, the
///   number of patterns that chose it. It does not grow with the number of patterns otherwise.
package struct LiteralIndex: Sendable {
  private let bytes: PackedBytes
  private let filterOffset: Int
  private let headsOffset: Int
  private let recordsOffset: Int
  private let bucketMask: Int

  /// How far a hash is shifted to its place in the filter.
  private let filterShift: UInt32

  /// How many places the filter has for each fragment, and at least: a base of any size leaves nearly
  /// all of them empty.
  private static let filterPlaces = (each: 16, least: 1 << 16)
  /// fragment (4), program (4), least before (4), most before (4), reach (4), companions (2 each, plus
  /// one).
  private static let recordSize = 20 + 2 * AnchorChoice.companionCount

  init(bytes: PackedBytes, at offset: Int) {
    self.bytes = bytes
    bucketMask = bytes.integer(at: offset) - 1
    filterOffset = bytes.place(at: offset + 4)
    headsOffset = bytes.place(at: offset + 8)
    recordsOffset = bytes.place(at: offset + 12)
    filterShift = UInt32(bytes.integer(at: offset + 16))
  }

  /// Four folded bytes as one number.
  @inline(__always)
  static func key(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> UInt32 {
    UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
  }

  @inline(__always)
  static func hash(_ key: UInt32) -> UInt32 { (key &* 0x9E37_79B1) }

  @inline(__always)
  static func fold(_ byte: UInt8) -> UInt8 {
    byte == 0x0A || byte == 0x09 ? 0x20 : byte.folded
  }

  /// A fragment that stands in the text.
  struct Hit {
    /// The number of the fragment in the index.
    let record: Int32
    /// Where it begins.
    let place: Int32
    /// When its last byte was scanned, as ``FragmentSet`` counts.
    let time: Int32
  }

  /// Whose a fragment is.
  struct Owner {
    /// The offset of the pattern's ``PackedProgram``.
    let program: Int
    let leastBefore: Int
    let mostBefore: Int
  }

  /// Whose the fragment of a hit is, or `nil` when what the pattern holds besides is not near it.
  ///
  /// The answer lies beside the fragment: most hits are turned away without another look at memory.
  @inline(__always)
  func owner(of hit: Hit, in seen: FragmentSet) -> Owner? {
    bytes.withBytes { base in
      let fields = base + recordsOffset + Int(hit.record) * LiteralIndex.recordSize
      guard holdsCompanions(hit, fields, seen) else { return nil }
      return Owner(
        program: fields.packedPlace(at: 4), leastBefore: fields.packedInteger(at: 8) - 1,
        mostBefore: fields.packedInteger(at: 12) - 1)
    }
  }

  /// Whether what a pattern holds besides a fragment was seen near it, or after.
  @inline(__always)
  private func holdsCompanions(
    _ hit: Hit, _ fields: UnsafePointer<UInt8>, _ seen: borrowing FragmentSet
  ) -> Bool {
    let earliest = Int(hit.time) - fields.packedInteger(at: 16)
    for number in 0..<AnchorChoice.companionCount {
      let companion = fields + 20 + 2 * number
      let slot = Int(companion[0]) | Int(companion[1]) << 7
      if slot == 0 { break }
      if !seen.holds(slot - 1, since: earliest) { return false }
    }
    return true
  }

  /// Drops the hits whose whole neighbourhood was scanned and lacks what their patterns hold besides.
  ///
  /// - Parameters:
  ///   - hits: In the order of their places.
  ///   - settled: How many of the first need no further look; moved on.
  /// - Complexity: O(hits behind the settled ones).
  func dropLonely(_ hits: inout [Hit], settled: inout Int, seen: borrowing FragmentSet) {
    bytes.withBytes { base in
      var kept = settled
      var isSettled = true
      for number in settled..<hits.count {
        let hit = hits[number]
        let fields = base + recordsOffset + Int(hit.record) * LiteralIndex.recordSize
        let isDecided = Int(hit.time) + fields.packedInteger(at: 16) <= seen.time
        if isDecided, !holdsCompanions(hit, fields, seen) { continue }
        hits[kept] = hit
        kept += 1
        isSettled = isSettled && isDecided
        if isSettled { settled = kept }
      }
      hits.removeSubrange(kept...)
    }
  }

  /// Finds every fragment that ends in a part of a message, in the order of their places.
  ///
  /// - Parameters:
  ///   - text: Normalised text.
  ///   - part: The part to scan; that before it was scanned.
  ///   - start: Where the message begins; what stands before it is taken to be spaces.
  ///   - seen: Gets all stretches of four bytes in the part, fragments or not.
  ///   - hits: Gets the fragments.
  @inline(__always)
  func scan(
    _ text: UnsafePointer<UInt8>, _ part: Range<Int>, ofMessageFrom start: Int,
    seen: inout FragmentSet, hits: inout [Hit]
  ) {
    bytes.withBytes { base in
      seen.record { times, time in
        let filter = base + filterOffset
        let heads = base + headsOffset
        let records = base + recordsOffset
        var window: UInt32 = 0x2020_2020
        for place in max(start, part.lowerBound - 3)..<part.lowerBound {
          window = window << 8 | UInt32(LiteralIndex.fold(text[place]))
        }
        for place in part {
          let byte = text[place]
          window = window << 8 | UInt32(LiteralIndex.fold(byte))
          let hash = LiteralIndex.hash(window)
          // A match may hold any number of quotes.
          if !byte.isQuote { time += 1 }
          times[FragmentSet.slot(hash)] = time
          let slot = Int(hash &>> filterShift)
          guard filter[slot >> 2] & (1 << UInt8(slot & 3)) != 0 else { continue }
          let bucket = Int(hash >> 4) & bucketMask
          var record = heads.packedInteger(at: 4 * bucket)
          let last = heads.packedInteger(at: 4 * bucket + 4)
          while record < last {
            let fields = records + record * LiteralIndex.recordSize
            if LiteralIndex.key(fields[0], fields[1], fields[2], fields[3]) == window {
              hits.append(
                Hit(
                  record: Int32(truncatingIfNeeded: record), place: Int32(clamping: place - 3),
                  time: time))
            }
            record += 1
          }
        }
      }
    }
  }

  /// What the index is written from: a fragment, and the pattern that chose it.
  struct Entry {
    let fragment: AnchorChoice.Fragment
    /// The offset of the pattern's ``PackedProgram``.
    let program: Int
    /// How far from the fragment the other stretches of a match can stand, quotes not counted.
    let reach: Int
    let companions: [Int]
  }

  /// Writes the index of some patterns' fragments.
  static func write(_ fragments: [Entry], into writer: inout PackedWriter) -> Int {
    var buckets = 64
    while buckets < fragments.count * 2 { buckets *= 2 }
    var places = filterPlaces.least
    while places < fragments.count * filterPlaces.each { places *= 2 }
    let filterShift = UInt32(32 - places.trailingZeroBitCount)
    var filter = [UInt8](repeating: 0, count: places / 4)
    var chains = [[Int]](repeating: [], count: buckets)
    for (index, item) in fragments.enumerated() {
      let bytes = item.fragment.bytes
      let hash = hash(key(bytes[0], bytes[1], bytes[2], bytes[3]))
      let slot = Int(hash &>> filterShift)
      filter[slot >> 2] |= 1 << UInt8(slot & 3)
      chains[Int(hash >> 4) & (buckets - 1)].append(index)
    }
    let filterOffset = writer.begin()
    writer.raw(filter)
    let headsOffset = writer.begin()
    var head = 0
    for chain in chains {
      writer.integer(head)
      head += chain.count
    }
    writer.integer(head)
    let recordsOffset = writer.begin()
    for index in chains.joined() {
      let item = fragments[index]
      writer.raw(item.fragment.bytes)
      writer.place(item.program)
      writer.integer(item.fragment.leastBefore + 1)
      writer.integer(item.fragment.mostBefore + 1)
      writer.integer(item.reach)
      for companion in item.companions {
        writer.byte(UInt8((companion + 1) & 0x7F))
        writer.byte(UInt8((companion + 1) >> 7))
      }
    }
    let offset = writer.begin()
    writer.integer(buckets)
    for place in [filterOffset, headsOffset, recordsOffset] { writer.place(place) }
    writer.integer(Int(filterShift))
    return offset
  }
}

/// Which stretches of four bytes stand in a message, by their hashes, and when each was seen last.
///
/// Time is counted in bytes scanned, quotes left out, and goes on from message to message. The set
/// errs on one side: what is not in it does not stand in the message.
struct FragmentSet {
  /// For each slot, when it was seen last; 0 for never.
  private var times = [Int32](repeating: 0, count: 1 << slotBits)
  /// When the last byte was scanned.
  private(set) var time = 0
  /// When the message at hand began.
  private var start = 0

  private static let slotBits = 13

  /// The slot of a fragment's hash.
  @inline(__always)
  static func slot(_ hash: UInt32) -> Int { Int(hash >> UInt32(32 - slotBits)) }

  /// Calls `body` with the times of the slots and the time, to be written as a scan goes on.
  @inline(__always)
  mutating func record(_ body: (UnsafeMutablePointer<Int32>, inout Int32) -> Void) {
    var now = Int32(truncatingIfNeeded: time)
    times.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { body(base, &now) }
    }
    time = Int(now)
  }

  /// Whether a stretch was seen in the message at hand, not before a time.
  @inline(__always)
  func holds(_ slot: Int, since earliest: Int) -> Bool {
    Int(times[slot]) >= max(start, earliest)
  }

  /// Begins a message: what was seen in others counts no more.
  mutating func beginMessage() {
    // Quotes alone take no time: the first byte must be told from what came before.
    time += 1
    start = time
    guard time > FragmentSet.maximumTime else { return }
    for slot in times.indices { times[slot] = 0 }
    time = 1
    start = 1
  }

  /// When times begin anew; a message is shorter than what is left then.
  private static let maximumTime = 1 << 30
}
