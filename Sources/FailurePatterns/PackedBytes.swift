/// Bytes that live either in the program's image or on the heap.
///
/// A compiled knowledge base is used in place, as it lies in memory: the built-in one is a string
/// literal (so its bytes are valid UTF-8, and integers are packed in bytes below 0x80), an
/// overlay's is an array.
package struct PackedBytes: Sendable {
  @usableFromInline
  enum Storage: Sendable {
    case literal(StaticString)
    case owned([UInt8])
  }

  @usableFromInline
  let storage: Storage

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
  @inlinable
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
  @inlinable
  @inline(__always)
  package func integer(at offset: Int) -> Int {
    withBytes { $0.packedInteger(at: offset) }
  }

  /// The offset that was written as a place at another.
  @inlinable
  @inline(__always)
  package func place(at offset: Int) -> Int {
    withBytes { $0.packedPlace(at: offset) }
  }

  /// The byte at an offset.
  @inlinable
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

  /// An offset, which is four times the integer that stands for it.
  @inlinable
  @inline(__always)
  package func packedPlace(at offset: Int) -> Int { packedInteger(at: offset) << 2 }
}
