/// A place in a text file, as editors count it.
package struct SourcePosition: Sendable, Hashable, Comparable {
  /// The line, one-based; lines end with a line feed.
  package let line: Int
  /// The column, one-based, in Unicode scalars; a byte-order mark is not counted.
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The place of a byte of a file.
  ///
  /// - Parameters:
  ///   - offset: The byte, zero-based; one that lies behind the end stands for the end.
  ///   - bytes: The whole file. Invalid UTF-8 does no harm: its continuation bytes are not counted.
  /// - Complexity: O(`offset`).
  package init(ofByte offset: Int, in bytes: [UInt8]) {
    var line = 1
    var column = 1
    let start = bytes.starts(with: JSONScanner.byteOrderMark) ? JSONScanner.byteOrderMark.count : 0
    for index in start..<max(start, min(offset, bytes.count)) {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.init(line: line, column: column)
  }

  package static func < (first: SourcePosition, second: SourcePosition) -> Bool {
    (first.line, first.column) < (second.line, second.column)
  }
}
