/// The bytes below 0x80 that a match of a pattern can begin with, in lower case.
///
/// A pattern that begins with a choice is tried only where one of its branches can begin.
struct FirstBytes {
  private var isAny = false
  private var bytes: Set<UInt8> = []

  /// How many packed integers hold the set: 128 bits, 28 in each.
  static let integerCount = 5

  /// - Complexity: O(elements): what comes after a choice is looked at once, not once a branch.
  init(of elements: [Pattern.Element]) {
    if add(elements) == .nothing { isAny = true }
  }

  /// What a sequence begins with.
  private enum Beginning {
    /// One of the bytes that were added.
    case known
    /// Perhaps nothing: what comes after it is to be looked at too.
    case nothing
    case anything
  }

  /// The set as packed integers.
  var integers: [Int] {
    guard !isAny else { return [Int](repeating: 1 << 28 - 1, count: FirstBytes.integerCount) }
    var integers = [Int](repeating: 0, count: FirstBytes.integerCount)
    for byte in bytes where byte < 0x80 { integers[Int(byte) / 28] |= 1 << (Int(byte) % 28) }
    return integers
  }

  /// Adds what a sequence can begin with.
  private mutating func add(_ elements: [Pattern.Element]) -> Beginning {
    for element in elements {
      let beginning = add(element)
      guard beginning == .nothing else { return beginning }
    }
    return .nothing
  }

  private mutating func add(_ element: Pattern.Element) -> Beginning {
    switch element {
    case .literal(let literal, _):
      bytes.insert(literal[0].folded)
      return literal[0] >= 0x80 ? anything() : .known
    case .alternatives(let branches, _):
      var result = Beginning.known
      for branch in branches {
        switch add(branch) {
        case .known: break
        case .nothing: result = .nothing
        case .anything: return .anything
        }
      }
      return result
    case .space(let isOptional):
      bytes.formUnion((0..<0x80).filter(\.isSpace))
      return isOptional ? .nothing : .known
    case .quotes:
      bytes.formUnion((0..<0x80).filter(\.isQuote))
      return .nothing
    case .messageStart, .messageEnd:
      return .nothing
    case .slot, .gap:
      return anything()
    }
  }

  private mutating func anything() -> Beginning {
    isAny = true
    return .anything
  }
}
