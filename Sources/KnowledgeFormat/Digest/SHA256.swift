/// The SHA-256 digest of bytes (FIPS 180-4), for what must be told apart by anybody with any tool.
///
/// ```swift
/// SHA256.digest(of: Array("abc".utf8)).description  // "ba7816bf…f20015ad"
/// ```
package struct SHA256: Sendable {
  private static let blockBytes = 64

  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  /// What does not fill a block yet; always fewer bytes than one.
  private var rest: [UInt8] = []
  private var byteCount: UInt64 = 0

  package init() {}

  /// 32 bytes; as text, 64 hexadecimal digits in small letters.
  package struct Digest: Sendable, Hashable, CustomStringConvertible {
    package let bytes: [UInt8]

    fileprivate init(bytes: [UInt8]) { self.bytes = bytes }

    /// The digest that 64 hexadecimal digits write, in small letters or capitals; `nil` for what is
    /// anything else.
    package init?(_ text: some StringProtocol) {
      let digits = Array(text.utf8)
      guard digits.count == 64 else { return nil }
      var bytes: [UInt8] = []
      for place in stride(from: 0, to: digits.count, by: 2) {
        guard let high = digits[place].hexadecimalValue,
          let low = digits[place + 1].hexadecimalValue
        else { return nil }
        bytes.append(high << 4 | low)
      }
      self.bytes = bytes
    }

    package var description: String {
      bytes.reduce(into: "") { text, byte in
        text += (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
      }
    }
  }

  /// The digest of bytes that are at hand as a whole.
  package static func digest(of bytes: [UInt8]) -> Digest {
    var digest = SHA256()
    digest.append(bytes)
    return digest.finish()
  }

  /// Goes on with more bytes; into which pieces they are cut makes no difference.
  ///
  /// - Complexity: O(bytes).
  package mutating func append(_ bytes: [UInt8]) { append(bytes[...]) }

  /// Goes on with more bytes, which are a part of others.
  ///
  /// - Complexity: O(bytes).
  package mutating func append(_ bytes: ArraySlice<UInt8>) {
    byteCount += UInt64(bytes.count)
    var place = bytes.startIndex
    if !rest.isEmpty {
      place += min(SHA256.blockBytes - rest.count, bytes.count)
      rest += bytes[..<place]
      guard rest.count == SHA256.blockBytes else { return }
      compress(rest[...], at: 0)
      rest.removeAll(keepingCapacity: true)
    }
    while place + SHA256.blockBytes <= bytes.endIndex {
      compress(bytes, at: place)
      place += SHA256.blockBytes
    }
    rest += bytes[place...]
  }

  /// The digest of all that was appended.
  package consuming func finish() -> Digest {
    let bitCount = byteCount * 8
    var padding: [UInt8] = [0x80]
    while (rest.count + padding.count) % SHA256.blockBytes != SHA256.blockBytes - 8 {
      padding.append(0)
    }
    for shift in stride(from: 56, through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
    }
    append(padding)
    return Digest(
      bytes: state.flatMap { word in
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
      })
  }

  /// Takes in the block that begins at `start`.
  private mutating func compress(_ bytes: ArraySlice<UInt8>, at start: Int) {
    var schedule = [UInt32](repeating: 0, count: 64)
    for index in 0..<16 {
      let place = start + 4 * index
      schedule[index] =
        UInt32(bytes[place]) << 24 | UInt32(bytes[place + 1]) << 16
        | UInt32(bytes[place + 2]) << 8 | UInt32(bytes[place + 3])
    }
    for index in 16..<64 {
      let (early, late) = (schedule[index - 15], schedule[index - 2])
      let sigma0 = early.rotated(by: 7) ^ early.rotated(by: 18) ^ early >> 3
      let sigma1 = late.rotated(by: 17) ^ late.rotated(by: 19) ^ late >> 10
      schedule[index] = schedule[index - 16] &+ sigma0 &+ schedule[index - 7] &+ sigma1
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for index in 0..<64 {
      let sum1 = e.rotated(by: 6) ^ e.rotated(by: 11) ^ e.rotated(by: 25)
      let choice = (e & f) ^ (~e & g)
      let first = h &+ sum1 &+ choice &+ SHA256.constants[index] &+ schedule[index]
      let sum0 = a.rotated(by: 2) ^ a.rotated(by: 13) ^ a.rotated(by: 22)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      (h, g, f, e) = (g, f, e, d &+ first)
      (d, c, b, a) = (c, b, a, first &+ sum0 &+ majority)
    }
    for (index, word) in [a, b, c, d, e, f, g, h].enumerated() {
      state[index] &+= word
    }
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5,
    0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3,
    0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc,
    0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13,
    0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3,
    0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5,
    0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208,
    0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}

extension UInt8 {
  /// What the byte is worth as a hexadecimal digit.
  fileprivate var hexadecimalValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x37
    case 0x61...0x66: self - 0x57
    default: nil
    }
  }
}

extension UInt32 {
  /// The bits moved to the right, those that fall out put in at the left.
  fileprivate func rotated(by count: UInt32) -> UInt32 { self >> count | self << (32 - count) }
}
