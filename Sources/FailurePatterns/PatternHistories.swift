/// Where patterns were looked for, by their numbers.
///
/// It grows with the patterns that were, which are few, and not with those there are.
struct PatternHistories {
  /// The numbers of the patterns, each plus one; 0 where there is none.
  private var keys = [UInt32](repeating: 0, count: 256)
  /// For each key, the number of its history.
  private var numbers = [UInt32](repeating: 0, count: 256)
  private var histories: [History] = []

  /// The number of a pattern's history in a message; what was noted in another is forgotten.
  ///
  /// - Complexity: O(1), amortised.
  mutating func number(of pattern: Int, in message: Int) -> Int {
    let key = UInt32(truncatingIfNeeded: pattern + 1)
    let slot = slot(of: key)
    if keys[slot] == key {
      let number = Int(numbers[slot])
      if histories[number].message != message { histories[number] = History(message: message) }
      return number
    }
    keys[slot] = key
    numbers[slot] = UInt32(histories.count)
    histories.append(History(message: message))
    if histories.count * 4 > keys.count * 3 { grow() }
    return histories.count - 1
  }

  subscript(_ number: Int) -> History {
    get { histories[number] }
    set { histories[number] = newValue }
  }

  /// Where a key stands, or would.
  private func slot(of key: UInt32) -> Int {
    var slot = Int((key &* 0x9E37_79B9) >> 8) & (keys.count - 1)
    while keys[slot] != key, keys[slot] != 0 { slot = (slot + 1) & (keys.count - 1) }
    return slot
  }

  private mutating func grow() {
    let old = keys
    let oldNumbers = numbers
    keys = [UInt32](repeating: 0, count: 2 * old.count)
    numbers = keys
    for (index, key) in old.enumerated() where key != 0 {
      let slot = slot(of: key)
      keys[slot] = key
      numbers[slot] = oldNumbers[index]
    }
  }
}

/// Where a pattern was looked for in a message.
struct History {
  let message: Int
  /// The places it was last tried at without success.
  var tried = TriedPlaces(lower: 0, upper: 0)
  /// Where its last match ended.
  var matchedUntil: Int32 = 0
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
