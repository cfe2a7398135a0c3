import FailurePatterns

/// Values that a poster blotted out.
enum Redaction {
  /// Whether a value was blotted out, wholly or in part: `***`, `<account>`, `xxxx`, `######`,
  /// `$VAR`.
  ///
  /// - Complexity: O(length of the value).
  static func covers(_ value: String) -> Bool {
    var value = value
    return value.withUTF8 { covers($0) }
  }

  private static func covers(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    // Neither hosts nor paths nor tags begin with a dot: what stood before it was taken out.
    if bytes.first == UInt8(ascii: ".") { return true }
    var crosses = 0
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: "<"), UInt8(ascii: ">"),
        UInt8(ascii: "$"), UInt8(ascii: "{"), UInt8(ascii: "}"):
        return true
      case UInt8(ascii: "x"), UInt8(ascii: "X"):
        crosses += 1
        if stands("xxxx", at: index, in: bytes) { return true }
      case UInt8(ascii: "["):
        // What Travis prints.
        if stands("[secure]", at: index, in: bytes) { return true }
      case UInt8(ascii: "r"), UInt8(ascii: "R"):
        if stands("redacted", at: index, in: bytes) { return true }
      case UInt8(ascii: "a"), UInt8(ascii: "A"):
        // What Amazon's own pages print.
        if stands("account-number", at: index, in: bytes) { return true }
        if stands("aws_account_id", at: index, in: bytes) { return true }
      default:
        break
      }
    }
    return crosses >= 3 && crosses * 2 >= bytes.count
  }

  private static func stands(
    _ word: StaticString, at place: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard place + word.utf8CodeUnitCount <= bytes.count else { return false }
    for index in 0..<word.utf8CodeUnitCount
    where bytes[place + index].folded != word.utf8Start[index] { return false }
    return true
  }
}
