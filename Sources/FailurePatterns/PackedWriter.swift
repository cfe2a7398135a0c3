/// Writes the packed form that ``PackedBytes`` reads.
///
/// Integers have 28 bits. What something else refers to begins at a multiple of four bytes, so a
/// reference, which is a quarter of the offset, reaches ``maximumBytes``.
///
/// - Complexity: every call is O(size of what it appends), amortised.
package struct PackedWriter: Sendable {
  /// How large a block may be, in bytes.
  package static let maximumBytes = 1 << 30

  package private(set) var bytes: [UInt8] = []
  /// The offset of the first byte.
  private let start: Int
  /// Whether something did not fit into an integer; the block is of no use then.
  package private(set) var isOverfull = false

  /// Begins a block.
  ///
  /// - Parameter start: How many bytes come before what is written, a multiple of four: offsets
  ///   count from there.
  package init(startingAt start: Int = 0) { self.start = start }

  package var offset: Int { start + bytes.count }

  /// Begins something that is referred to, after as many zeros as make a multiple of four.
  ///
  /// - Returns: Its offset, for ``place(_:)``.
  package mutating func begin() -> Int {
    while offset % 4 != 0 { bytes.append(0) }
    return offset
  }

  /// Appends an integer that is not negative; four bytes.
  package mutating func integer(_ value: Int) {
    check(value)
    for shift in PackedWriter.shifts { bytes.append(UInt8(value >> shift & 0x7F)) }
  }

  /// Appends a reference to what begins at an offset that ``begin()`` gave; four bytes.
  package mutating func place(_ offset: Int) { integer(PackedWriter.quarter(of: offset)) }

  /// Overwrites an integer that was appended earlier with a reference.
  package mutating func setPlace(_ target: Int, at offset: Int) {
    let value = PackedWriter.quarter(of: target)
    check(value)
    for shift in PackedWriter.shifts {
      bytes[offset - start + shift / 7] = UInt8(value >> shift & 0x7F)
    }
  }

  /// Appends a byte below 0x80.
  package mutating func byte(_ value: UInt8) {
    precondition(value < 0x80, "a packed byte is below 0x80")
    bytes.append(value)
  }

  /// Appends UTF-8 text as it is.
  package mutating func raw(_ text: some Sequence<UInt8>) { bytes.append(contentsOf: text) }

  private static func quarter(of offset: Int) -> Int {
    precondition(offset % 4 == 0, "what is referred to begins at a multiple of four bytes")
    return offset / 4
  }

  private mutating func check(_ value: Int) {
    precondition(value >= 0, "a packed integer is not negative")
    if value >= 1 << 28 { isOverfull = true }
  }

  private static let shifts = stride(from: 0, to: 28, by: 7)
}
