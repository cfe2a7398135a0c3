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
  /// - Complexity: O(offset), 16 bytes at a time.
  func position(of offset: Int) -> (line: Int, column: Int) {
    var marks = LineMarks()
    return position(of: offset, &marks)
  }

  /// The one-based line and column of an offset, when several are asked for.
  ///
  /// - Parameter marks: What was counted for the others.
  private func position(of offset: Int, _ marks: inout LineMarks) -> (line: Int, column: Int) {
    let end = min(max(0, offset - start), bytes.count)
    let count = marks.count(upTo: end) { lineFeeds(in: $0) }
    let last = lineStart(before: end)
    return (
      line + count, (count == 0 ? column : 0) + 1 + scalarCount(last..<max(last, end))
    )
  }

  /// The one-based lines and columns of both ends of a range of offsets.
  ///
  /// - Parameter marks: What was counted for other ranges.
  /// - Complexity: That of ``position(of:)`` for its end; for other ranges then O(length of a line).
  func positions(
    of range: Range<Int>, _ marks: inout LineMarks
  ) -> (start: (line: Int, column: Int), end: (line: Int, column: Int)) {
    let start = position(of: range.lowerBound, &marks)
    let lower = range.lowerBound - self.start
    guard encoding.unitWidth == 1, lower >= 0, range.upperBound - self.start <= bytes.count else {
      return (start, position(of: range.upperBound, &marks))
    }
    let rest = SourceLocator(
      bytes: Array(bytes[lower..<range.upperBound - self.start]), start: range.lowerBound,
      line: start.line, column: start.column - 1, encoding: encoding)
    return (start, rest.position(of: range.upperBound))
  }

  /// How many line feeds stand in a range that begins with a character.
  private func lineFeeds(in range: Range<Int>) -> Int {
    guard encoding.unitWidth == 2 else {
      return bytes.withUnsafeBytes { UnsafeRawBufferPointer(rebasing: $0[range]).count(of: 0x0A) }
    }
    var count = 0
    for place in stride(from: range.lowerBound, to: range.upperBound - 1, by: 2)
    where isLineFeed(at: place) { count += 1 }
    return count
  }

  /// Whether two bytes are a line feed of UTF-16.
  private func isLineFeed(at place: Int) -> Bool {
    let low = encoding == .utf16BigEndian ? 1 : 0
    return bytes[place + low] == 0x0A && bytes[place + 1 - low] == 0
  }

  /// Where the line begins that a place stands in.
  private func lineStart(before end: Int) -> Int {
    guard encoding.unitWidth == 2 else {
      return bytes.withUnsafeBytes { bytes in
        UnsafeRawBufferPointer(rebasing: bytes[..<end]).lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      }
    }
    var place = end & ~1
    while place >= 2, !isLineFeed(at: place - 2) { place -= 2 }
    return place
  }

  /// A stretch with some lines before and after it.
  ///
  /// - Parameters:
  ///   - stretch: Offsets of the input.
  ///   - lines: How many lines above and below, that in which it begins and ends not counted.
  ///   - bytes: How many bytes to each side at most.
  /// - Returns: Places in ``bytes``. It begins with a line, where one begins so near.
  func neighbourhood(of stretch: Range<Int>, lines: (above: Int, below: Int), bytes reach: Int)
    -> Range<Int>
  {
    let least = max(0, stretch.lowerBound - start - reach)
    let most = min(bytes.count, stretch.upperBound - start + reach)
    guard encoding.unitWidth == 1 else { return least..<most }
    return bytes.withUnsafeBufferPointer { bytes in
      var lower = stretch.lowerBound - start
      var begin = least
      var left = lines.above
      while lower > least {
        if bytes[lower - 1] == 0x0A {
          begin = lower
          if left == 0 { break }
          left -= 1
        }
        lower -= 1
      }
      var upper = stretch.upperBound - start
      left = lines.below
      while upper < most {
        if bytes[upper] == 0x0A {
          if left == 0 { break }
          left -= 1
        }
        upper += 1
      }
      return (lower == 0 ? 0 : begin)..<upper
    }
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

/// How many line feeds stand before some places of a stretch, so that they need not be counted from
/// its start for each place that is asked for.
struct LineMarks {
  /// The count before each block of bytes, of those that were asked for.
  private var counts = [0]

  private static let blockBytes = 1 << 12

  /// How many line feeds stand before a place.
  ///
  /// - Parameter count: Counts those of a range.
  mutating func count(upTo end: Int, _ count: (Range<Int>) -> Int) -> Int {
    let block = end / LineMarks.blockBytes
    while counts.count <= block {
      let start = (counts.count - 1) * LineMarks.blockBytes
      counts.append(counts[counts.count - 1] + count(start..<start + LineMarks.blockBytes))
    }
    return counts[block] + count(block * LineMarks.blockBytes..<end)
  }
}
