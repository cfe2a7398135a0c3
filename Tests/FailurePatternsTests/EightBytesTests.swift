import Testing

@testable import FailurePatterns

@Suite("Eight bytes at once")
struct EightBytesTests {
  /// Eight bytes, a random one in each place, with one of them given.
  private func bytes(holding byte: UInt8, at place: Int) -> [UInt8] {
    var bytes = (0..<8).map { UInt8(truncatingIfNeeded: Int(byte) &* 37 &+ $0 &* 91 &+ place) }
    bytes[place] = byte
    return bytes
  }

  private func integer(_ bytes: [UInt8]) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  @Test("What is asked of eight is what is asked of each", arguments: UInt8.min...UInt8.max)
  func each(byte: UInt8) {
    for place in 0..<8 {
      for neighbor in [nil, 0, byte, 0xFF] as [UInt8?] {
        var bytes = bytes(holding: byte, at: place)
        if let neighbor, place > 0 { bytes[place - 1] = neighbor }
        let eight = integer(bytes)
        #expect(EightBytes.zeros(in: eight) == integer(bytes.map { $0 == 0 ? 0x80 : 0 }))
        #expect(EightBytes.filled(eight) == integer(bytes.map { $0 == 0 ? 0 : 0xFF }))
        #expect(EightBytes.folded(eight) == integer(bytes.map(LiteralIndex.fold)))
      }
    }
    #expect(EightBytes.all(byte) == integer(Array(repeating: byte, count: 8)))
  }
}
