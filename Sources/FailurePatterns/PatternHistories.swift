/// Where patterns were looked for, by their numbers.
///
/// It grows with the patterns that were, which are few, and not with those there are.
struct PatternHistories {
  /// A table of histories, in open addressing; at most half of it is taken.
  private var slots = [History](repeating: .none, count: 128)
  private var count = 0

  /// The place of a pattern's history in a message; what was noted in another is forgotten.
  ///
  /// - Returns: A place that holds until the next one is asked for.
  /// - Complexity: O(1), amortised.
  mutating func place(of pattern: Int, in message: Int) -> Int {
    let key = UInt32(truncatingIfNeeded: pattern + 1)
    let message = Int32(truncatingIfNeeded: message)
    var place = place(of: key)
    if slots[place].key == key {
      if slots[place].message != message { slots[place] = History(key: key, message: message) }
      return place
    }
    count += 1
    if count * 2 > slots.count {
      grow()
      place = self.place(of: key)
    }
    slots[place] = History(key: key, message: message)
    return place
  }

  subscript(_ place: Int) -> History {
    get { slots[place] }
    set { slots[place] = newValue }
  }

  /// Where a key stands, or would.
  private func place(of key: UInt32) -> Int {
    let mask = slots.count - 1
    var place = Int((key &* 0x9E37_79B9) >> 8) & mask
    while slots[place].key != key, slots[place].key != 0 { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = [History](repeating: .none, count: 2 * old.count)
    for history in old where history.key != 0 { slots[place(of: history.key)] = history }
  }
}

/// Where a pattern was looked for in a message.
struct History {
  /// The number of the pattern plus one; 0 for that of none.
  fileprivate let key: UInt32
  fileprivate let message: Int32
  /// The places it was last tried at without success.
  var tried = TriedPlaces(lower: 0, upper: 0)
  /// Where its last match ended.
  var matchedUntil: Int32 = 0

  fileprivate static let none = History(key: 0, message: 0)

  fileprivate init(key: UInt32, message: Int32) {
    self.key = key
    self.message = message
  }
}

/// A stretch of places.
struct TriedPlaces {
  var lower: Int32
  var upper: Int32

  func contains(_ place: Int) -> Bool { place >= lower && place < upper }

  /// The two stretches as one where they touch, else the new one.
  func adding(_ new: TriedPlaces) -> TriedPlaces {
    guard lower < upper, lower <= new.upper, new.lower <= upper else { return new }
    return TriedPlaces(lower: min(lower, new.lower), upper: max(upper, new.upper))
  }
}
