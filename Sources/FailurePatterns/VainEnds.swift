/// Where gaps and slots of programs were ended in vain in a message.
///
/// Whether the rest of a program fits behind a gap does not depend on where the gap began. Runs from
/// neighbouring places share most of the ends that their gaps can have: each is tried once.
/// A few stretches are remembered, the latest.
struct VainEnds {
  private struct Known {
    /// The pattern and the instruction, plus one; 0 for none.
    var key: UInt64 = 0
    var ends = TriedPlaces(lower: 0, upper: 0)
  }

  private var table: [Known] = []
  private var isEmpty = true
  private static let size = 64

  /// Forgets all, for another message.
  @inline(__always)
  mutating func removeAll() {
    guard !isEmpty else { return }
    for slot in table.indices { table[slot].key = 0 }
    isEmpty = true
  }

  /// The ends of an instruction that were tried in vain; an empty stretch where none are known.
  @inline(__always)
  func ends(of instruction: Int, in pattern: Int) -> TriedPlaces {
    let none = TriedPlaces(lower: 0, upper: 0)
    guard !isEmpty else { return none }
    let key = VainEnds.key(instruction, pattern)
    let known = table[VainEnds.slot(key)]
    return known.key == key ? known.ends : none
  }

  /// Notes ends that were tried in vain, in place of those known before.
  mutating func set(_ ends: TriedPlaces, of instruction: Int, in pattern: Int) {
    if table.isEmpty { table = Array(repeating: Known(), count: VainEnds.size) }
    isEmpty = false
    let key = VainEnds.key(instruction, pattern)
    table[VainEnds.slot(key)] = Known(key: key, ends: ends)
  }

  @inline(__always)
  private static func key(_ instruction: Int, _ pattern: Int) -> UInt64 {
    (UInt64(pattern) << 32 | UInt64(instruction)) + 1
  }

  @inline(__always)
  private static func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40) & (size - 1)
  }
}
