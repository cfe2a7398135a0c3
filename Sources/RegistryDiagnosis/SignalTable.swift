import KnowledgeFormat

/// Signals that were read, by their numbers: what shows once shows again.
///
/// It grows with those that were, which are few. (A dictionary of integers has the runtime search the
/// whole program for whether they can be hashed.)
struct SignalTable {
  /// In open addressing; at most half of the slots are taken.
  private var slots: [CompiledKnowledge.CompiledSignal?] = []
  private var count = 0

  private static let firstSlots = 32

  /// The signal of a number.
  ///
  /// - Parameter read: Reads it from the base.
  /// - Complexity: O(1), amortised.
  mutating func signal(
    _ number: Int, _ read: (Int) -> CompiledKnowledge.CompiledSignal
  ) -> CompiledKnowledge.CompiledSignal {
    if 2 * count >= slots.count { grow() }
    let slot = slot(of: number)
    if let known = slots[slot] { return known }
    let signal = read(number)
    slots[slot] = signal
    count += 1
    return signal
  }

  /// Where a signal stands, or would.
  private func slot(of number: Int) -> Int {
    let mask = slots.count - 1
    var slot = number & mask
    while let other = slots[slot], other.number != number { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: nil, count: max(SignalTable.firstSlots, 2 * old.count))
    for case let signal? in old { slots[slot(of: signal.number)] = signal }
  }
}
