import FailureText

/// Turns offsets in an input to lines and columns.
final class SourceLocator {
  private let bytes: [UInt8]
  /// The offset in the input of the first byte, and the number of its line.
  private let start: Int
  private let line: Int
  /// How many scalars of that line stand before the first byte.
  private let column: Int
  private let encoding: InputEncoding
  /// Where each line but the first begins in the bytes; found when the first place is asked for.
  private lazy var lineStarts = self.findLineStarts()

  init(bytes: [UInt8], start: Int, line: Int, column: Int, encoding: InputEncoding) {
    self.bytes = bytes
    self.start = start
    self.line = line
    self.column = column
    self.encoding = encoding
  }

  /// The one-based line and column, in Unicode scalars, of an offset.
  ///
  /// - Complexity: O(log lines + length of the line); the first call also reads all bytes once.
  func position(of offset: Int) -> (line: Int, column: Int) {
    let end = min(max(0, offset - start), bytes.count)
    let count = lineStartCount(upTo: end)
    let lineStart = count == 0 ? 0 : Int(lineStarts[count - 1])
    return (
      line + count,
      (count == 0 ? column : 0) + 1 + scalarCount(lineStart..<max(lineStart, end))
    )
  }

  /// How many lines but the first begin at or before a place.
  private func lineStartCount(upTo end: Int) -> Int {
    var lower = 0
    var upper = lineStarts.count
    while lower < upper {
      let middle = (lower + upper) / 2
      if lineStarts[middle] <= end { lower = middle + 1 } else { upper = middle }
    }
    return lower
  }

  private func findLineStarts() -> [Int32] {
    var starts: [Int32] = []
    for index in bytes.indices where bytes[index] == 0x0A {
      guard encoding.unitWidth == 2 else {
        starts.append(Int32(truncatingIfNeeded: index + 1))
        continue
      }
      let isHigh = encoding == .utf16BigEndian
      let other = isHigh ? index - 1 : index + 1
      guard other >= 0, other < bytes.count, bytes[other] == 0, index.isMultiple(of: 2) != isHigh
      else { continue }
      starts.append(Int32(truncatingIfNeeded: isHigh ? index + 1 : index + 2))
    }
    return starts
  }

  private func scalarCount(_ range: Range<Int>) -> Int {
    switch encoding {
    case .utf8, .windows1252:
      var count = 0
      for index in range where bytes[index] & 0xC0 != 0x80 { count += 1 }
      return count
    case .utf16LittleEndian, .utf16BigEndian:
      let high = encoding == .utf16BigEndian ? 0 : 1
      return stride(from: range.lowerBound, to: range.upperBound - 1, by: 2).reduce(0) {
        // The second half of a pair is no scalar of its own.
        $0 + (bytes[$1 + high] & 0xFC == 0xDC ? 0 : 1)
      }
    }
  }
}
