// The classes of ASCII bytes that patterns speak of. Bytes above 0x7F belong to none of them.

extension UInt8 {
  @inlinable @inline(__always) package var isDigit: Bool { self &- 0x30 < 10 }

  @inlinable @inline(__always) package var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }

  @inlinable @inline(__always) package var isAlphanumeric: Bool { isDigit || isLetter }

  @inlinable @inline(__always) package var isHexDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }

  /// Letters, digits, `_` and `-`.
  @inlinable @inline(__always) package var isWordCharacter: Bool {
    isAlphanumeric || self == 0x5F || self == 0x2D
  }

  /// The white space of normalised text: a space, a tab, a soft line break.
  @inlinable @inline(__always) package var isSpace: Bool {
    self == 0x20 || self == 0x0A || self == 0x09
  }

  /// What a quote in a pattern matches any number of: `"`, `'`, `` ` `` and the backslashes before
  /// them.
  @inlinable @inline(__always) package var isQuote: Bool {
    self == 0x22 || self == 0x27 || self == 0x60 || self == 0x5C
  }

  /// The lower-case form of an ASCII letter; any other byte as it is.
  @inlinable @inline(__always) package var folded: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

  @inlinable
  @inline(__always)
  package func isOne(of scalars: Unicode.Scalar...) -> Bool {
    for scalar in scalars where UInt32(self) == scalar.value { return true }
    return false
  }
}
