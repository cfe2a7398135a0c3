/// Finds the fragments of all patterns in one pass over a text.
///
/// A bit table over hashes of four bytes turns away nearly every place; where it does not, a hash
/// bucket says which fragment stands there, and that which patterns chose it. The tables lie in the
/// compiled base and are used in place.
///
/// - Complexity: a scan of *n* bytes costs O(n) and, for each place where a fragment stands, the
///   number of patterns that chose it. It does not grow with the number of patterns otherwise.
package struct LiteralIndex: Sendable {
  private let bytes: PackedBytes
  private let filterOffset: Int
  private let headsOffset: Int
  private let fragmentsOffset: Int
  private let ownersOffset: Int
  private let bucketMask: Int

  /// How far a hash is shifted to its place in the filter.
  private let filterShift: UInt32

  /// How many places the filter has for each fragment, and at least: a base of any size leaves nearly
  /// all of them empty.
  private static let filterPlaces = (each: 16, least: 1 << 16)
  /// The fragment (4), and the number of its first owner (4); its last is before the next one's first.
  private static let fragmentSize = fragmentBytes + 4
  private static let fragmentBytes = 4
  /// Program (4), least before (4), most before (4), reach (4), companions (2 each, plus one), what stands
  /// beside the fragment, four bytes before it and four behind, 0 for any.
  private static let ownerSize = companionsEnd + 2 * AnchorChoice.Neighbor.maximumBytes
  private static let companionsEnd = 16 + 2 * AnchorChoice.companionCount

  init(bytes: PackedBytes, at offset: Int) {
    self.bytes = bytes
    bucketMask = bytes.integer(at: offset) - 1
    filterOffset = bytes.place(at: offset + 4)
    headsOffset = bytes.place(at: offset + 8)
    fragmentsOffset = bytes.place(at: offset + 12)
    ownersOffset = bytes.place(at: offset + 16)
    filterShift = UInt32(bytes.integer(at: offset + 20))
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
    let fragment: Int32
    /// Where it begins.
    let place: Int32
    /// When its last byte was scanned, as ``FragmentSet`` counts.
    let time: Int32
  }

  /// Whose a fragment is.
  struct Owner {
    /// The pattern.
    let program: PackedProgram
    let leastBefore: Int
    let mostBefore: Int
  }

  /// Calls `body` for each hit with those whose the fragment is, but for those of which something else
  /// that their patterns hold is not beside it or near it.
  ///
  /// That is written beside the fragment: most are turned away without another look at memory.
  ///
  /// - Parameters:
  ///   - hits: In one message.
  ///   - text: Normalised text.
  ///   - message: Where the message stands in it.
  ///   - seen: What stands in the message.
  @inline(__always)
  func forEachOwner(
    of hits: [Hit], _ text: UnsafePointer<UInt8>, _ message: Range<Int>, in seen: FragmentSet,
    _ body: (Hit, Owner) -> Void
  ) {
    bytes.withBytes { base in
      for hit in hits {
        let beside = LiteralIndex.beside(hit, text, message)
        for owner in owners(of: hit, base)
        where LiteralIndex.holdsNeighbor(owner, beside)
          && LiteralIndex.holdsCompanions(hit, owner, seen)
        {
          let program = PackedProgram(base: base + owner.packedPlace(at: 0))
          body(
            hit,
            Owner(
              program: program, leastBefore: owner.packedInteger(at: 4) - 1,
              mostBefore: owner.packedInteger(at: 8) - 1))
        }
      }
    }
  }

  /// The records of those whose a fragment is.
  @inline(__always)
  private func owners(
    of hit: Hit, _ base: UnsafePointer<UInt8>
  ) -> some Sequence<UnsafePointer<UInt8>> {
    let fields = base + fragmentsOffset + Int(hit.fragment) * LiteralIndex.fragmentSize
    let first = fields.packedInteger(at: 4)
    let last = fields.packedInteger(at: LiteralIndex.fragmentSize + 4)
    let owners = base + ownersOffset
    return (first..<last).lazy.map { owners + $0 * LiteralIndex.ownerSize }
  }

  /// What stands beside a fragment, folded: four bytes before it and four behind, 0 beyond the message.
  @inline(__always)
  private static func beside(
    _ hit: Hit, _ text: UnsafePointer<UInt8>, _ message: Range<Int>
  ) -> UInt64 {
    let length = AnchorChoice.Neighbor.maximumBytes
    let start = Int(hit.place) - length
    let next = Int(hit.place) + LiteralIndex.fragmentBytes
    var beside: UInt64 = 0
    if start >= message.lowerBound, next + length <= message.upperBound {
      let bytes = UnsafeRawPointer(text)
      let before = bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)
      let behind = bytes.loadUnaligned(fromByteOffset: next, as: UInt32.self)
      beside = UInt64(UInt32(littleEndian: before)) | UInt64(UInt32(littleEndian: behind)) << 32
    } else {
      for number in (0..<2 * length).reversed() {
        let place = number < length ? start + number : next + number - length
        beside = beside << 8 | (message.contains(place) ? UInt64(text[place]) : 0)
      }
    }
    return EightBytes.folded(beside)
  }

  /// Whether what a pattern holds right beside a fragment stands there.
  @inline(__always)
  private static func holdsNeighbor(_ owner: UnsafePointer<UInt8>, _ beside: UInt64) -> Bool {
    let neighbor = UInt64(
      littleEndian: UnsafeRawPointer(owner).loadUnaligned(
        fromByteOffset: companionsEnd, as: UInt64.self))
    return (beside ^ neighbor) & EightBytes.filled(neighbor) == 0
  }

  /// Whether what a pattern holds besides a fragment was seen near it, or after.
  @inline(__always)
  private static func holdsCompanions(
    _ hit: Hit, _ owner: UnsafePointer<UInt8>, _ seen: borrowing FragmentSet
  ) -> Bool {
    let earliest = Int(hit.time) - owner.packedInteger(at: 12)
    for number in 0..<AnchorChoice.companionCount {
      let companion = owner + 16 + 2 * number
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
  /// - Complexity: O(hits behind the settled ones, each with its patterns).
  func dropLonely(_ hits: inout [Hit], settled: inout Int, seen: borrowing FragmentSet) {
    bytes.withBytes { base in
      var kept = settled
      var isSettled = true
      for number in settled..<hits.count {
        let hit = hits[number]
        var isDecided = true
        var isWanted = false
        for owner in owners(of: hit, base) {
          let isOwnDecided = Int(hit.time) + owner.packedInteger(at: 12) <= seen.time
          isDecided = isDecided && isOwnDecided
          isWanted = isWanted || !isOwnDecided || LiteralIndex.holdsCompanions(hit, owner, seen)
        }
        guard isWanted else { continue }
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
        let fragments = base + fragmentsOffset
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
          var fragment = heads.packedInteger(at: 4 * bucket)
          let last = heads.packedInteger(at: 4 * bucket + 4)
          while fragment < last {
            let fields = fragments + fragment * LiteralIndex.fragmentSize
            if LiteralIndex.key(fields[0], fields[1], fields[2], fields[3]) == window {
              hits.append(
                Hit(
                  fragment: Int32(truncatingIfNeeded: fragment), place: Int32(clamping: place - 3),
                  time: time))
              break
            }
            fragment += 1
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
  static func write(_ entries: [Entry], into writer: inout PackedWriter) -> Int {
    var owners: [[UInt8]: [Entry]] = [:]
    var fragments: [[UInt8]] = []
    for entry in entries {
      if owners[entry.fragment.bytes] == nil { fragments.append(entry.fragment.bytes) }
      owners[entry.fragment.bytes, default: []].append(entry)
    }
    var buckets = 64
    while buckets < fragments.count * 2 { buckets *= 2 }
    var places = filterPlaces.least
    while places < fragments.count * filterPlaces.each { places *= 2 }
    let filterShift = UInt32(32 - places.trailingZeroBitCount)
    var filter = [UInt8](repeating: 0, count: places / 4)
    var chains = [[[UInt8]]](repeating: [], count: buckets)
    for fragment in fragments {
      let hash = hash(key(fragment[0], fragment[1], fragment[2], fragment[3]))
      let slot = Int(hash &>> filterShift)
      filter[slot >> 2] |= 1 << UInt8(slot & 3)
      chains[Int(hash >> 4) & (buckets - 1)].append(fragment)
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
    let fragmentsOffset = writer.begin()
    var owner = 0
    for fragment in chains.joined() {
      writer.raw(fragment)
      writer.integer(owner)
      owner += owners[fragment, default: []].count
    }
    writer.raw([0, 0, 0, 0])
    writer.integer(owner)
    let ownersOffset = writer.begin()
    for entry in chains.joined().flatMap({ owners[$0, default: []] }) {
      write(entry, into: &writer)
    }
    let offset = writer.begin()
    writer.integer(buckets)
    for place in [filterOffset, headsOffset, fragmentsOffset, ownersOffset] { writer.place(place) }
    writer.integer(Int(filterShift))
    return offset
  }

  private static func write(_ entry: Entry, into writer: inout PackedWriter) {
    writer.place(entry.program)
    writer.integer(entry.fragment.leastBefore + 1)
    writer.integer(entry.fragment.mostBefore + 1)
    writer.integer(entry.reach)
    for companion in entry.companions {
      writer.byte(UInt8((companion + 1) & 0x7F))
      writer.byte(UInt8((companion + 1) >> 7))
    }
    let neighbor = entry.fragment.neighbor
    let start = AnchorChoice.Neighbor.maximumBytes - (neighbor.isBefore ? neighbor.bytes.count : 0)
    let end = 2 * AnchorChoice.Neighbor.maximumBytes - start - neighbor.bytes.count
    writer.raw([UInt8](repeating: 0, count: start))
    writer.raw(neighbor.bytes)
    writer.raw([UInt8](repeating: 0, count: end))
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
