/// The second stage: from cleaned lines to messages.
///
/// Whether a line goes on with the one before is decided by what wraps and records leave behind:
/// the width at which a terminal cuts, the word that would not have fit, deeper indentation, an
/// unfinished sentence; and against it, the beginning of a record, a row, a command.
struct MessageAssembler {
  private(set) var output = MappedBytes()
  private(set) var messages: [NormalizedText.Message] = []
  private let input: MappedBytes
  private var lines: [Line] = []

  /// How long a message grows before the next line begins another one.
  static let maximumMessageBytes = 1 << 16

  /// No more than the lines of most texts have.
  private static let usualLineBytes = 64

  /// One line of the input.
  struct Line {
    var prefix: LinePrefix
    /// The width of the whole line and of its content without trailing spaces, in characters.
    var width: Int
    var contentWidth: Int
    /// Spaces before the first word of the content.
    var indentation: Int
    /// The content without the spaces around it.
    var words: Range<Int>
    /// How many characters the first word has.
    var firstWordWidth: Int
    var isBlank: Bool { words.isEmpty }
  }

  init(_ input: MappedBytes) {
    self.input = input
    output.reserveCapacity(input.count + 16)
  }

  mutating func run() {
    input.bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      split(base, count: buffer.count)
      join(base)
    }
  }

  private mutating func split(_ bytes: UnsafePointer<UInt8>, count: Int) {
    // What is not used is not touched; growing would copy.
    lines.reserveCapacity(count / MessageAssembler.usualLineBytes)
    var start = 0
    while start < count {
      var end = start
      while end < count, bytes[end] != 0x0A { end += 1 }
      lines.append(Line(bytes, start..<end))
      start = end + 1
    }
  }

  private mutating func join(_ bytes: UnsafePointer<UInt8>) {
    // Patterns look one byte behind a match.
    output.append(0x0A, origin: 0, length: 0)
    messages.reserveCapacity(lines.count)
    var start = output.count
    var first = 0
    var joint = LineJoint.none
    for (number, line) in lines.enumerated() {
      if joint == .none, number > 0 {
        close(from: start, first: first, bytes)
        start = output.count
        first = number
      } else if joint == .soft {
        append(0x0A, number)
      }
      let next = self.joint(after: number, first: first, messageStart: start, bytes)
      // Where a terminal cut in mid-word, the spaces around the cut are the program's own.
      let content = line.prefix.content
      let begin = joint == .hard ? content.lowerBound : line.words.lowerBound
      let end = next == .hard ? content.upperBound : line.words.upperBound
      write(begin..<max(begin, end), bytes)
      joint = next
    }
    close(from: start, first: first, bytes)
  }

  private func joint(
    after number: Int, first: Int, messageStart: Int, _ bytes: UnsafePointer<UInt8>
  ) -> LineJoint {
    guard number + 1 < lines.count,
      output.count - messageStart <= MessageAssembler.maximumMessageBytes
    else { return .none }
    return LineJoint(lines, number, first: first, bytes: bytes)
  }

  private mutating func write(_ range: Range<Int>, _ bytes: UnsafePointer<UInt8>) {
    var index = range.lowerBound
    while index < range.upperBound {
      // A run of white space is one space: patterns, and the index of their literals, rely on it.
      while index < range.upperBound, bytes[index] <= 0x20 {
        if let last = output.bytes.last, last > 0x20 {
          let isLineFeed = bytes[index] == CharacterCleaner.escapedLineFeed
          output.append(
            isLineFeed ? 0x0A : bytes[index], origin: Int(input.origins[index]),
            length: Int(input.lengths[index]))
        }
        index += 1
      }
      let start = index
      while index < range.upperBound,
        bytes[index] > 0x20 || bytes[index] == 0x20 && index > start && bytes[index - 1] > 0x20
      {
        index += 1
      }
      output.append(input, start..<index)
    }
  }

  /// Writes the break before a line; it stands for the line feed.
  private mutating func append(_ byte: UInt8, _ line: Int) {
    if let last = output.bytes.last, last <= 0x20 { return }
    let place = max(0, lines[line].words.lowerBound - 1)
    output.append(
      byte, origin: place < input.count ? Int(input.origins[place]) : 0, length: 1)
  }

  private mutating func close(from start: Int, first: Int, _ bytes: UnsafePointer<UInt8>) {
    if output.count > start {
      let prefix = lines[first].prefix
      let source = prefix.source.map {
        String(
          decoding: UnsafeBufferPointer(start: bytes + $0.lowerBound, count: $0.count),
          as: UTF8.self)
      }
      messages.append(
        NormalizedText.Message(
          range: start..<output.count, isDebug: prefix.level.map { $0 < .info } ?? false,
          source: source))
    }
    output.append(0x0A, origin: 0, length: 0)
  }
}

extension MessageAssembler.Line {
  init(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>) {
    prefix = LinePrefix(peeling: bytes, line: range)
    let content = prefix.content
    var end = content.upperBound
    while end > content.lowerBound,
      bytes[end - 1] == 0x20 || bytes[end - 1] == CharacterCleaner.escapedLineFeed
    {
      end -= 1
    }
    var start = content.lowerBound
    while start < end, bytes[start] == 0x20 { start += 1 }
    words = start..<end
    indentation = start - content.lowerBound
    width = MessageAssembler.Line.width(bytes, range)
    contentWidth = MessageAssembler.Line.width(bytes, content.lowerBound..<content.upperBound)
    var after = start
    while after < end, bytes[after] > 0x20 { after += 1 }
    firstWordWidth = after - start
  }

  /// The number of characters in a range.
  private static func width(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>) -> Int {
    var width = 0
    for index in range where bytes[index] & 0xC0 != 0x80 { width += 1 }
    return width
  }
}
