/// The bytes below 0x80 that a match of a pattern can begin with, in lower case.
///
/// A pattern that begins with a choice is tried only where one of its branches can begin.
struct FirstBytes {
  private var isAny = false
  private var bytes: Set<UInt8> = []

  /// How many packed integers hold the set: 128 bits, 28 in each.
  static let integerCount = 5

  init(of elements: [Pattern.Element]) {
    isAny = add(elements[...])
  }

  /// The set as packed integers.
  var integers: [Int] {
    guard !isAny else { return [Int](repeating: 1 << 28 - 1, count: FirstBytes.integerCount) }
    var integers = [Int](repeating: 0, count: FirstBytes.integerCount)
    for byte in bytes where byte < 0x80 { integers[Int(byte) / 28] |= 1 << (Int(byte) % 28) }
    return integers
  }

  /// Adds what a sequence can begin with.
  ///
  /// - Returns: Whether that can be anything.
  private mutating func add(_ elements: ArraySlice<Pattern.Element>) -> Bool {
    guard let first = elements.first else { return true }
    switch first {
    case .literal(let literal, _):
      bytes.insert(literal[0].folded)
      return literal[0] >= 0x80
    case .alternatives(let branches, _):
      for branch in branches where add((branch + elements.dropFirst())[...]) { return true }
      return false
    case .space, .quotes, .slot, .gap, .messageStart, .messageEnd:
      return true
    }
  }
}
