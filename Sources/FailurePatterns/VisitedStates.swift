/// The triples of pattern, instruction and place that runs over one message have been at.
///
/// A hash table that grows to ``maximumCount`` entries and then begins anew, so that memory is
/// bounded.
struct VisitedStates {
  private var keys: [UInt64] = []
  /// The message that each key was written for; an older one counts as empty.
  private var stamps: [UInt32] = []
  private var stamp: UInt32 = 1
  private var count = 0

  private static let maximumCount = 1 << 20

  mutating func forget() {
    count = 0
    stamp &+= 1
    if stamp == 0 {
      stamps = [UInt32](repeating: 0, count: stamps.count)
      stamp = 1
    }
  }

  /// Adds a triple.
  ///
  /// False when it was there.
  ///
  /// - Complexity: O(1), amortised.
  mutating func insert(pattern: Int, instruction: Int, place: Int) -> Bool {
    if count * 2 >= keys.count {
      if count >= VisitedStates.maximumCount { forget() } else { grow() }
    }
    let key = UInt64(pattern) << 44 | UInt64(instruction) << 30 | UInt64(place)
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
    while stamps[slot] == stamp {
      if keys[slot] == key { return false }
      slot = (slot + 1) & mask
    }
    keys[slot] = key
    stamps[slot] = stamp
    count += 1
    return true
  }

  private mutating func grow() {
    let old = (keys, stamps)
    let size = max(1 << 12, keys.count * 2)
    keys = [UInt64](repeating: 0, count: size)
    stamps = [UInt32](repeating: 0, count: size)
    count = 0
    for (key, mark) in zip(old.0, old.1) where mark == stamp {
      _ = insert(
        pattern: Int(key >> 44), instruction: Int(key >> 30 & 0x3FFF),
        place: Int(key & 0x3FFF_FFFF))
    }
  }
}
