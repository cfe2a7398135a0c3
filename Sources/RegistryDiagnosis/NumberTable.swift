/// Values by a number, such as that of a signal or an entry.
///
/// It grows with the values there are, which are few, and not with the numbers there could be. (A
/// dictionary of integers has the runtime search the whole program for whether they can be hashed.)
struct NumberTable<Value: Sendable>: Sendable {
  /// In open addressing; at most half of the slots are taken.
  private var slots: [Slot?] = []
  private var count = 0

  private struct Slot: Sendable {
    let number: Int
    var value: Value
  }

  private static var firstSlots: Int { 32 }

  /// The value of a number, if it has one.
  ///
  /// - Complexity: O(1), amortised; the same holds for ``insert(_:for:)``.
  subscript(number: Int) -> Value? { slots.isEmpty ? nil : slots[slot(of: number)]?.value }

  /// Enters the value of a number that has none.
  mutating func insert(_ value: Value, for number: Int) {
    if 2 * count >= slots.count { grow() }
    slots[slot(of: number)] = Slot(number: number, value: value)
    count += 1
  }

  /// Where a number stands, or would.
  private func slot(of number: Int) -> Int {
    let mask = slots.count - 1
    var slot = number & mask
    while let other = slots[slot], other.number != number { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: nil, count: max(NumberTable.firstSlots, 2 * old.count))
    for case let taken? in old { slots[slot(of: taken.number)] = taken }
  }
}
