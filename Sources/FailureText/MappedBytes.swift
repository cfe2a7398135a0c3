/// Bytes that remember where each of them came from.
struct MappedBytes: Sendable {
  private(set) var bytes: [UInt8] = []
  /// For each byte, the offset of the source character it stands for.
  private(set) var origins: [Int32] = []
  /// For each byte, how many source bytes that character has.
  private(set) var lengths: [UInt8] = []

  var count: Int { bytes.count }

  mutating func reserveCapacity(_ capacity: Int) {
    bytes.reserveCapacity(capacity)
    origins.reserveCapacity(capacity)
    lengths.reserveCapacity(capacity)
  }

  @inline(__always)
  mutating func append(_ byte: UInt8, origin: Int, length: Int) {
    bytes.append(byte)
    origins.append(Int32(truncatingIfNeeded: origin))
    lengths.append(UInt8(truncatingIfNeeded: min(length, 255)))
  }

  /// Appends characters of one byte each that stand for themselves, one after the other.
  mutating func append(_ run: UnsafeBufferPointer<UInt8>, origin: Int) {
    bytes.append(contentsOf: run)
    let first = Int32(truncatingIfNeeded: origin)
    origins.append(contentsOf: first..<first + Int32(truncatingIfNeeded: run.count))
    lengths.append(contentsOf: repeatElement(1, count: run.count))
  }

  /// Appends a scalar as UTF-8.
  mutating func append(_ scalar: Unicode.Scalar, origin: Int, length: Int) {
    for byte in scalar.utf8 { append(byte, origin: origin, length: length) }
  }

  /// Appends a part of other mapped bytes.
  mutating func append(_ other: MappedBytes, _ range: Range<Int>) {
    bytes.append(contentsOf: other.bytes[range])
    origins.append(contentsOf: other.origins[range])
    lengths.append(contentsOf: other.lengths[range])
  }

  mutating func removeLast() {
    bytes.removeLast()
    origins.removeLast()
    lengths.removeLast()
  }
}
