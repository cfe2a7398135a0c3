/// Bytes that live either in the program's image or on the heap.
///
/// A compiled knowledge base is used in place, as it lies in memory: the built-in one is a string
/// literal (so its bytes are valid UTF-8, and integers are packed in bytes below 0x80), an
/// overlay's is an array.
package struct PackedBytes: Sendable {
  private enum Storage: Sendable {
    case literal(StaticString)
    case owned([UInt8])
  }

  private let storage: Storage

  package init(_ literal: StaticString) { storage = .literal(literal) }

  /// - Parameter bytes: At least one byte; an empty array becomes a zero.
  package init(_ bytes: [UInt8]) { storage = .owned(bytes.isEmpty ? [0] : bytes) }

  package var count: Int {
    switch storage {
    case .literal(let literal): literal.utf8CodeUnitCount
    case .owned(let bytes): bytes.count
    }
  }

  /// Calls `body` with the bytes.
  ///
  /// The pointer is valid during the call only.
  @inline(__always)
  package func withBytes<R>(_ body: (UnsafePointer<UInt8>) -> R) -> R {
    switch storage {
    case .literal(let literal):
      return body(literal.utf8Start)
    case .owned(let bytes):
      return bytes.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else {
          preconditionFailure("a packed block holds at least one byte")
        }
        return body(base)
      }
    }
  }

  /// The packed integer at an offset.
  @inline(__always)
  package func integer(at offset: Int) -> Int {
    withBytes { $0.packedInteger(at: offset) }
  }

  /// The byte at an offset.
  @inline(__always)
  package func byte(at offset: Int) -> UInt8 { withBytes { $0[offset] } }

  /// The text of a range.
  package func string(at offset: Int, length: Int) -> String {
    withBytes {
      String(decoding: UnsafeBufferPointer(start: $0 + offset, count: length), as: UTF8.self)
    }
  }

  /// A copy of a range.
  package func bytes(at offset: Int, length: Int) -> [UInt8] {
    withBytes { Array(UnsafeBufferPointer(start: $0 + offset, count: length)) }
  }
}

extension UnsafePointer<UInt8> {
  /// An integer of 28 bits, seven to a byte, least significant first.
  @inlinable
  @inline(__always)
  package func packedInteger(at offset: Int) -> Int {
    Int(self[offset]) | Int(self[offset + 1]) << 7 | Int(self[offset + 2]) << 14
      | Int(self[offset + 3]) << 21
  }
}

/// Writes the packed form.
package struct PackedWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package var offset: Int { bytes.count }

  /// Appends an integer from 0 to 2^28 - 1; four bytes.
  package mutating func integer(_ value: Int) {
    precondition(value >= 0 && value < 1 << 28, "a packed integer has 28 bits")
    for shift in [0, 7, 14, 21] { bytes.append(UInt8(value >> shift & 0x7F)) }
  }

  /// Overwrites an integer that was appended earlier.
  package mutating func setInteger(_ value: Int, at offset: Int) {
    precondition(value >= 0 && value < 1 << 28, "a packed integer has 28 bits")
    for index in 0..<4 { bytes[offset + index] = UInt8(value >> (7 * index) & 0x7F) }
  }

  /// Appends a byte below 0x80.
  package mutating func byte(_ value: UInt8) {
    precondition(value < 0x80, "a packed byte is below 0x80")
    bytes.append(value)
  }

  /// Appends UTF-8 text as it is.
  package mutating func raw(_ text: some Sequence<UInt8>) { bytes.append(contentsOf: text) }
}
