import FailureText

/// Turns offsets in an input to lines and columns.
struct SourceLocator {
  let bytes: [UInt8]
  /// The offset in the input of the first byte, and the number of its line.
  let start: Int
  let line: Int
  /// How many scalars of that line stand before the first byte.
  let column: Int
  let encoding: InputEncoding

  /// The one-based line and column, in Unicode scalars, of an offset.
  ///
  /// - Complexity: O(distance from the first byte).
  func position(of offset: Int) -> (line: Int, column: Int) {
    let end = min(max(0, offset - start), bytes.count)
    var line = line
    var lineStart = 0
    var before = column
    for index in 0..<end where bytes[index] == 0x0A {
      if encoding.unitWidth == 2 {
        let isHigh = encoding == .utf16BigEndian
        let other = isHigh ? index - 1 : index + 1
        guard other >= 0, other < bytes.count, bytes[other] == 0, index.isMultiple(of: 2) != isHigh
        else { continue }
        lineStart = isHigh ? index + 1 : index + 2
      } else {
        lineStart = index + 1
      }
      line += 1
      before = 0
    }
    return (line, before + 1 + scalarCount(lineStart..<max(lineStart, end)))
  }

  private func scalarCount(_ range: Range<Int>) -> Int {
    switch encoding {
    case .utf8, .windows1252:
      return range.reduce(0) { $0 + (bytes[$1] & 0xC0 != 0x80 ? 1 : 0) }
    case .utf16LittleEndian, .utf16BigEndian:
      let high = encoding == .utf16BigEndian ? 0 : 1
      return stride(from: range.lowerBound, to: range.upperBound - 1, by: 2).reduce(0) {
        // The second half of a pair is no scalar of its own.
        $0 + (bytes[$1 + high] & 0xFC == 0xDC ? 0 : 1)
      }
    }
  }
}
