/// How a line goes on with the one before it.
enum LineJoint: Equatable {
  /// It does not: a message begins.
  case none
  /// At a space.
  case soft
  /// In mid-word, where a terminal cut.
  case hard

  typealias Line = MessageAssembler.Line

  /// Decides how line `number + 1` goes on with line `number`.
  ///
  /// - Parameters:
  ///   - lines: All lines.
  ///   - number: The earlier line.
  ///   - first: The first line of the message that the earlier line belongs to.
  ///   - bytes: The cleaned bytes.
  /// - Complexity: O(1); at most ``neighbourhood`` lines to each side are looked at.
  init(_ lines: [Line], _ number: Int, first: Int, bytes: UnsafePointer<UInt8>) {
    let earlier = lines[number]
    let later = lines[number + 1]
    guard !earlier.isBlank, !later.isBlank, !LineJoint.isTimed(earlier, bytes) else {
      self = .none
      return
    }
    let samePrefix = earlier.prefix.kinds == later.prefix.kinds
    let laterBegins = LineStart(bytes, later.words)
    if !samePrefix, !later.prefix.kinds.isEmpty,
      !later.prefix.kinds.isSubset(of: earlier.prefix.kinds) || later.prefix.kinds.hasRecordMark
    {
      self = .none
      return
    }
    if LineJoint.isHardCut(lines, number, bytes: bytes, laterBegins: laterBegins) {
      self = .hard
      return
    }
    if laterBegins.isRecord || laterBegins.isProgress {
      self = .none
      return
    }
    if LineStart(bytes, earlier.words).isCommand {
      // What follows a command is its output, unless the command itself goes on.
      self = bytes[earlier.words.upperBound - 1] == UInt8(ascii: "\\") ? .soft : .none
      return
    }
    if later.indentation > earlier.indentation || laterBegins.isStackFrame
      || (!samePrefix && earlier.prefix.kinds.hasRecordMark)
      || LineJoint.isUnfinished(earlier, isFirst: number == first, bytes)
      || LineJoint.isParagraph(lines, number, first: first, bytes: bytes)
      || LineJoint.isWrapped(lines, number)
    {
      self = .soft
      return
    }
    self = .none
  }

  /// How many lines around a pair tell at which column the text is wrapped.
  private static let neighbourhood = 5

  /// Columns at which terminals and log viewers cut.
  private static let usualWidths = [
    76, 78, 79, 80, 100, 110, 120, 128, 132, 140, 150, 160, 180, 200,
  ]

  private static func isHardCut(
    _ lines: [Line], _ number: Int, bytes: UnsafePointer<UInt8>, laterBegins: LineStart
  ) -> Bool {
    let earlier = lines[number].prefix.kinds
    let later = lines[number + 1].prefix.kinds
    // A record begins at the margin: behind a single space it is what a terminal cut before that.
    let isRecord = laterBegins.isRecord && lines[number + 1].indentation != 1
    guard !isRecord, !laterBegins.isProgress else { return false }
    // A terminal counts a prefix and repeats none; a log writer writes one before each half.
    return later.isEmpty && isHardCut(lines, number, countsPrefix: true, bytes)
      || later == earlier && isHardCut(lines, number, countsPrefix: false, bytes)
  }

  private static func isHardCut(
    _ lines: [Line], _ number: Int, countsPrefix: Bool, _ bytes: UnsafePointer<UInt8>
  ) -> Bool {
    func width(_ index: Int) -> Int {
      countsPrefix ? lines[index].width : lines[index].contentWidth
    }
    let column = width(number)
    guard column >= 40, width(number + 1) <= column else { return false }
    var others = 0
    var widest = 0
    for index in max(0, number - neighbourhood)..<min(lines.count, number + neighbourhood + 2) {
      widest = max(widest, width(index))
      // A line that is printed twice is as wide both times, whatever the terminal.
      guard index != number, width(index) == column,
        !isSame(lines[index], lines[number], bytes)
      else { continue }
      // A text seldom ends just where the terminal cuts: the later line counts when another
      // follows.
      if index != number + 1 || index + 1 < lines.count && !lines[index + 1].isBlank { others += 1 }
    }
    let isUsual = usualWidths.contains(column)
    if isUsual && others > 0 { return true }
    guard isUsual || others > 0 && column >= 60 && widest == column else { return false }
    // The width alone shows little: the halves must look like halves of a word or a sentence.
    let last = bytes[lines[number].prefix.content.upperBound - 1]
    let later = lines[number + 1].prefix.content
    let next = bytes[later.lowerBound]
    guard next &- 0x41 < 26, last != 0x20 else { return true }
    // A capital goes on only where capitals were, as in the middle of a code.
    let isCapitalised = later.count > 1 && bytes[later.lowerBound + 1] &- 0x61 < 26
    return last &- 0x41 < 26 && !isCapitalised
  }

  private static func isSame(
    _ first: Line, _ second: Line, _ bytes: UnsafePointer<UInt8>
  ) -> Bool {
    let first = first.words
    let second = second.words
    guard first.count == second.count else { return false }
    let one = UnsafeRawPointer(bytes + first.lowerBound)
    let other = UnsafeRawPointer(bytes + second.lowerBound)
    // Lines may be long, and all alike.
    var place = 0
    while place + 8 <= first.count {
      guard
        one.loadUnaligned(fromByteOffset: place, as: UInt64.self)
          == other.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      else { return false }
      place += 8
    }
    return (place..<first.count).allSatisfy {
      one.load(fromByteOffset: $0, as: UInt8.self) == other.load(fromByteOffset: $0, as: UInt8.self)
    }
  }

  /// Whether a line ends in a column of times, as rows of progress do: `web Pulling      5.6s`.
  private static func isTimed(_ line: Line, _ bytes: UnsafePointer<UInt8>) -> Bool {
    var place = line.words.upperBound - 1
    guard bytes[place] == UInt8(ascii: "s") else { return false }
    while place > line.words.lowerBound,
      bytes[place - 1] &- 0x30 < 10 || bytes[place - 1] == UInt8(ascii: ".")
    {
      place -= 1
    }
    return place < line.words.upperBound - 1 && place - 2 > line.words.lowerBound
      && bytes[place - 1] == 0x20 && bytes[place - 2] == 0x20
  }

  /// Whether the later line's first word would not have fit on the earlier line.
  private static func isWrapped(_ lines: [Line], _ number: Int) -> Bool {
    let earlier = lines[number]
    let later = lines[number + 1]
    // A word that would fit nowhere shows little; one that is long shows more.
    guard earlier.contentWidth >= (later.firstWordWidth >= 30 ? 16 : 40) else { return false }
    var column = 0
    var second = 0
    for index in max(0, number - neighbourhood)..<min(lines.count, number + neighbourhood + 1) {
      let line = lines[index]
      // A single long word stands over any column.
      guard line.firstWordWidth + line.indentation < line.contentWidth else { continue }
      second = max(second, min(column, line.width))
      column = max(column, line.width)
    }
    // One line alone shows no column.
    guard second >= column - 16 || later.firstWordWidth >= 30 else { return false }
    return column >= 56 && column <= 140 && earlier.width + 1 + later.firstWordWidth > column
  }

  /// Whether both lines are the indented rest of a wrapped one.
  private static func isParagraph(
    _ lines: [Line], _ number: Int, first: Int, bytes: UnsafePointer<UInt8>
  ) -> Bool {
    number > first && lines[number].indentation > lines[first].indentation
      && lines[number + 1].indentation == lines[number].indentation
      && !LineStart(bytes, lines[number + 1].words).isField
      && !LineStart(bytes, lines[number].words).isField
  }

  /// Whether a line stops where a sentence cannot.
  private static func isUnfinished(
    _ line: Line, isFirst: Bool, _ bytes: UnsafePointer<UInt8>
  ) -> Bool {
    let last = bytes[line.words.upperBound - 1]
    if last == UInt8(ascii: ":") || last == UInt8(ascii: ",") || last == UInt8(ascii: "(")
      || last == UInt8(ascii: "=")
    {
      // A short line of this kind is a heading: `Events:`.
      return !isFirst || line.contentWidth >= 20
    }
    var start = line.words.upperBound
    while start > line.words.lowerBound, bytes[start - 1] > 0x20, line.words.upperBound - start < 6
    {
      start -= 1
    }
    guard start > line.words.lowerBound, bytes[start - 1] == 0x20 else { return false }
    let word = UnsafeBufferPointer(start: bytes + start, count: line.words.upperBound - start)
    return connectors.contains { $0.elementsEqual(word) }
  }

  /// Words a sentence does not end in.
  private static let connectors: [String.UTF8View] = [
    "to", "the", "a", "an", "of", "for", "from", "with", "on", "in", "at", "is", "by", "and", "or",
    "not", "be",
  ].map(\.utf8)
}

extension LinePrefix.Kinds {
  /// Whether a log writer, which writes one prefix a record, was at work.
  var hasRecordMark: Bool {
    !isDisjoint(with: [.timestamp, .syslog, .klog, .logfmt, .logrus, .level, .marker, .step])
  }
}
