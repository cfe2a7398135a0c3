/// The bytes that a match of a pattern can begin with; any above 0x7F may.
///
/// A pattern that begins with a choice is tried only where one of its branches can begin.
struct FirstBytes {
  /// A bit for each byte below 0x40, and for each from there on.
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// How many packed integers hold the set: 128 bits, 28 in each.
  static let integerCount = 5
  private static let integerMask: UInt64 = 1 << 28 - 1

  /// - Complexity: O(elements): what comes after a choice is looked at once, not once a branch.
  init(of elements: [Pattern.Element]) {
    if add(elements) == .nothing { addAll() }
  }

  /// Reads a set where it was packed.
  @inline(__always)
  init(packedAt base: UnsafePointer<UInt8>) {
    let middle = UInt64(base.packedInteger(at: 8))
    low = UInt64(base.packedInteger(at: 0)) | UInt64(base.packedInteger(at: 4)) << 28 | middle << 56
    high =
      middle >> 8 | UInt64(base.packedInteger(at: 12)) << 20
      | UInt64(base.packedInteger(at: 16)) << 48
  }

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte < 0x40 ? low : high) &>> UInt64(byte & 0x3F) & 1 != 0
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
    [low, low >> 28, low >> 56 | high << 8, high >> 20, high >> 48]
      .map { Int($0 & FirstBytes.integerMask) }
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
      insert(literal[0])
      return .known
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
      for byte in UInt8(0)..<0x80 where byte.isSpace { insert(byte) }
      return isOptional ? .nothing : .known
    case .quotes:
      for byte in UInt8(0)..<0x80 where byte.isQuote { insert(byte) }
      return .nothing
    case .messageStart, .messageEnd:
      return .nothing
    case .slot, .gap:
      addAll()
      return .anything
    }
  }

  /// Inserts a byte, a letter in either case.
  private mutating func insert(_ byte: UInt8) {
    for byte in byte.isLetter ? [byte, byte ^ 0x20] : [byte] {
      if byte < 0x40 {
        low |= 1 << UInt64(byte)
      } else if byte < 0x80 {
        high |= 1 << UInt64(byte - 0x40)
      }
    }
  }

  private mutating func addAll() { (low, high) = (.max, .max) }
}
