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
  /// fragment (4), program (4), least before (4), most before (4), companions (2 each, plus one).
  private static let recordSize = 16 + 2 * AnchorChoice.companionCount

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
  }

  /// Whose a fragment is.
  struct Owner {
    /// The offset of the pattern's ``PackedProgram``.
    let program: Int
    let leastBefore: Int
    let mostBefore: Int
  }

  /// Whose the fragment of a hit is, or `nil` when the message lacks what the pattern holds besides.
  ///
  /// The answer lies beside the fragment: most hits are turned away without another look at memory.
  @inline(__always)
  func owner(of hit: Hit, in seen: FragmentSet) -> Owner? {
    bytes.withBytes { base in
      let fields = base + recordsOffset + Int(hit.record) * LiteralIndex.recordSize
      for number in 0..<AnchorChoice.companionCount {
        let companion = fields + 16 + 2 * number
        let slot = Int(companion[0]) | Int(companion[1]) << 7
        if slot == 0 { break }
        if !seen.holds(slot - 1) { return nil }
      }
      return Owner(
        program: fields.packedPlace(at: 4), leastBefore: fields.packedInteger(at: 8) - 1,
        mostBefore: fields.packedInteger(at: 12) - 1)
    }
  }

  /// Finds every fragment in a text, in the order of their places.
  ///
  /// - Parameters:
  ///   - text: Normalised text; the byte before `range` is taken to be a space.
  ///   - range: The part to scan.
  ///   - seen: Gets all stretches of four bytes in the part, fragments or not.
  ///   - hits: Gets the fragments.
  @inline(__always)
  func scan(
    _ text: UnsafePointer<UInt8>, _ range: Range<Int>, seen: inout FragmentSet, hits: inout [Hit]
  ) {
    bytes.withBytes { base in
      seen.withWords { words in
        let filter = base + filterOffset
        let heads = base + headsOffset
        let records = base + recordsOffset
        var window: UInt32 = 0x2020_2020
        for place in range {
          window = window << 8 | UInt32(LiteralIndex.fold(text[place]))
          let hash = LiteralIndex.hash(window)
          FragmentSet.insert(hash, into: words)
          let slot = Int(hash &>> filterShift)
          guard filter[slot >> 2] & (1 << UInt8(slot & 3)) != 0 else { continue }
          let bucket = Int(hash >> 4) & bucketMask
          var record = heads.packedInteger(at: 4 * bucket)
          let last = heads.packedInteger(at: 4 * bucket + 4)
          while record < last {
            let fields = records + record * LiteralIndex.recordSize
            if LiteralIndex.key(fields[0], fields[1], fields[2], fields[3]) == window {
              hits.append(
                Hit(record: Int32(truncatingIfNeeded: record), place: Int32(clamping: place - 3)))
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

/// Which stretches of four bytes stand in a message, by their hashes.
///
/// It errs on one side: what is not in it does not stand in the message.
struct FragmentSet {
  private var words = [UInt64](repeating: 0, count: 1 << (slotBits - 6))

  private static let slotBits = 12

  /// The slot of a fragment's hash.
  @inline(__always)
  static func slot(_ hash: UInt32) -> Int { Int(hash >> UInt32(32 - slotBits)) }

  @inline(__always)
  static func insert(_ hash: UInt32, into words: UnsafeMutablePointer<UInt64>) {
    let slot = slot(hash)
    words[slot >> 6] |= 1 << UInt64(slot & 63)
  }

  /// Calls `body` with the words, for ``insert(_:into:)``.
  @inline(__always)
  mutating func withWords(_ body: (UnsafeMutablePointer<UInt64>) -> Void) {
    words.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { body(base) }
    }
  }

  @inline(__always)
  func holds(_ slot: Int) -> Bool { words[slot >> 6] & 1 << UInt64(slot & 63) != 0 }

  mutating func removeAll() {
    for index in words.indices { words[index] = 0 }
  }
}
