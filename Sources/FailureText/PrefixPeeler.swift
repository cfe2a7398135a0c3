/// Peels prefixes off a line, one after the other, as deep as they go.
struct PrefixPeeler {
  let bytes: UnsafePointer<UInt8>
  var position: Int
  var end: Int
  var kinds: LinePrefix.Kinds = []
  var level: LinePrefix.Level?
  var source: Range<Int>?

  private static let maximumDepth = 10

  init(bytes: UnsafePointer<UInt8>, line: Range<Int>) {
    self.bytes = bytes
    position = line.lowerBound
    end = line.upperBound
  }

  mutating func run() {
    for _ in 0..<PrefixPeeler.maximumDepth {
      let start = afterSpaces(position)
      guard start < end, let after = peelOne(at: start) else { return }
      position = after
    }
  }

  private mutating func peelOne(at start: Int) -> Int? {
    switch bytes[start] {
    case UInt8(ascii: ">"): return quote(start)
    case UInt8(ascii: "#"): return marker(start) ?? buildStep(start)
    case UInt8(ascii: "{"): return jsonFile(start)
    case UInt8(ascii: "["): return bracket(start)
    case UInt8(ascii: ":"): return workflowCommand(start)
    case UInt8(ascii: "|"): return gutter(start)
    case 0x30...0x39: return timestamp(start) ?? column(start)
    case UInt8(ascii: "t"), UInt8(ascii: "l"):
      return logfmt(start) ?? column(start)
    case UInt8(ascii: "s"): return streamTag(start) ?? section(start) ?? column(start)
    case UInt8(ascii: "I"), UInt8(ascii: "W"), UInt8(ascii: "E"), UInt8(ascii: "F"),
      UInt8(ascii: "D"):
      return klog(start) ?? logrus(start) ?? syslog(start) ?? column(start)
    default:
      return syslog(start) ?? column(start)
    }
  }

  // MARK: Reading

  func afterSpaces(_ place: Int) -> Int {
    var place = place
    while place < end, bytes[place] == 0x20 { place += 1 }
    return place
  }

  func digits(_ place: Int, _ count: ClosedRange<Int>) -> Int? {
    var after = place
    while after < end, after - place < count.upperBound, bytes[after] &- 0x30 < 10 { after += 1 }
    return after - place >= count.lowerBound ? after : nil
  }

  func byte(_ scalar: Unicode.Scalar, _ place: Int) -> Int? {
    place < end && UInt32(bytes[place]) == scalar.value ? place + 1 : nil
  }

  func word(_ text: StaticString, _ place: Int) -> Int? {
    let count = text.utf8CodeUnitCount
    guard place + count <= end else { return nil }
    for index in 0..<count where bytes[place + index] != text.utf8Start[index] { return nil }
    return place + count
  }

  /// One space, which the content keeps none of.
  func separator(_ place: Int) -> Int? {
    guard place < end else { return place }
    return bytes[place] == 0x20 ? place + 1 : nil
  }

  // MARK: Kinds of prefix

  private mutating func quote(_ start: Int) -> Int? {
    // A prompt `>` and a quoted line look alike; both go.
    guard start + 1 >= end || bytes[start + 1] == 0x20 || bytes[start + 1] == UInt8(ascii: ">")
    else {
      return nil
    }
    kinds.insert(.quote)
    return min(end, bytes[min(start + 1, end - 1)] == 0x20 ? start + 2 : start + 1)
  }

  /// `##[error]`, `##[group]`.
  private mutating func marker(_ start: Int) -> Int? {
    guard let name = word("##[", start) else { return nil }
    var after = name
    while after < end, after - name < 12, bytes[after] | 0x20 &- 0x61 < 26 { after += 1 }
    while after < end, after - name < 12, bytes[after] != UInt8(ascii: "]") { after += 1 }
    guard let closed = byte("]", after) else { return nil }
    level = PrefixPeeler.level(of: bytes, name..<after) ?? level
    kinds.insert(.marker)
    return closed
  }

  /// `::error::`, `::error file=…::`.
  private mutating func workflowCommand(_ start: Int) -> Int? {
    guard let name = word("::", start) else { return nil }
    var after = name
    while after < end, after - name < 120, bytes[after] != UInt8(ascii: ":") { after += 1 }
    guard let closed = word("::", after) else { return nil }
    level = PrefixPeeler.level(of: bytes, name..<min(after, name + 7)) ?? level
    kinds.insert(.marker)
    return closed
  }

  /// BuildKit's `#12 1.234 ` and `#12 `.
  private mutating func buildStep(_ start: Int) -> Int? {
    guard let hash = byte("#", start), let number = digits(hash, 1...4),
      let space = byte(" ", number)
    else { return nil }
    kinds.insert(.step)
    if let whole = digits(space, 1...6), let point = byte(".", whole),
      let fraction = digits(point, 1...3), let after = byte(" ", fraction)
    {
      return after
    }
    return space
  }

  /// Docker's json-file driver: `{"log":"…\n","stream":"stderr","time":"…"}`.
  private mutating func jsonFile(_ start: Int) -> Int? {
    guard
      let content = word("{\"log\":\"", start) ?? word("{\"log\": \"", start)
    else { return nil }
    // The tail holds no quote within the last two values, so the third last comma-separated field
    // ends the log.
    var tail = end
    var quotes = 0
    while tail > content, quotes < 8 {
      tail -= 1
      if bytes[tail] == 0x22 { quotes += 1 }
    }
    while tail > content, bytes[tail] != UInt8(ascii: ",") { tail -= 1 }
    if tail > content, bytes[tail - 1] == 0x22 {
      var last = tail - 1
      while last > content,
        bytes[last - 1] == CharacterCleaner.escapedLineFeed || bytes[last - 1] == 0x20
      {
        last -= 1
      }
      end = last
    }
    kinds.insert(.jsonFile)
    return content
  }

  private mutating func bracket(_ start: Int) -> Int? {
    // `[2024-05-18T06:54:20Z] `, `[19:38:50.126] `.
    if let after = timestampBody(start + 1), let closed = byte("]", after) {
      kinds.insert(.timestamp)
      return separator(closed) ?? closed
    }
    // `[ERROR] `, `[Container] 2019/03/26 06:48:55 `.
    var after = start + 1
    while after < end, after - start < 12, (bytes[after] | 0x20) &- 0x61 < 26 { after += 1 }
    guard after > start + 1, let closed = byte("]", after), let space = byte(" ", closed) else {
      return nil
    }
    if let found = PrefixPeeler.level(of: bytes, start + 1..<after) {
      level = found
      kinds.insert(.level)
      return space
    }
    guard timestampBody(space) != nil else { return nil }
    kinds.insert(.marker)
    return space
  }

  /// A leading `| `.
  private mutating func gutter(_ start: Int) -> Int? {
    guard let after = byte(" ", start + 1) else { return nil }
    kinds.insert(.column)
    return after
  }

  /// `time="…" level=error msg="`.
  private mutating func logfmt(_ start: Int) -> Int? {
    var place = start
    var pairs = 0
    while pairs < 6, let equals = key(place) {
      let name = place..<equals - 1
      if isMessageKey(name) {
        guard pairs > 0 else { return nil }
        kinds.insert(.logfmt)
        guard let open = byte("\"", equals) else { return equals }
        if end > open, bytes[end - 1] == 0x22 { end -= 1 }
        return open
      }
      guard isLogKey(name), let after = value(equals) else { return nil }
      if bytes[name.lowerBound] == UInt8(ascii: "l") {
        level = PrefixPeeler.level(of: bytes, equals..<after) ?? level
      }
      pairs += 1
      place = afterSpaces(after)
    }
    return nil
  }

  /// Where the value of a `key=` begins.
  private func key(_ start: Int) -> Int? {
    var after = start
    while after < end, after - start < 12, (bytes[after] | 0x20) &- 0x61 < 26 { after += 1 }
    return after > start ? byte("=", after) : nil
  }

  private func value(_ start: Int) -> Int? {
    guard start < end else { return nil }
    if let open = byte("\"", start) {
      var after = open
      while after < end, after - open < 80, bytes[after] != 0x22 { after += 1 }
      return byte("\"", after)
    }
    var after = start
    while after < end, after - start < 80, bytes[after] > 0x20 { after += 1 }
    return after
  }

  private func isMessageKey(_ name: Range<Int>) -> Bool {
    matches(name, "msg") || matches(name, "message")
  }

  private func isLogKey(_ name: Range<Int>) -> Bool {
    matches(name, "time") || matches(name, "ts") || matches(name, "t") || matches(name, "level")
      || matches(name, "lvl") || matches(name, "logger") || matches(name, "caller")
      || matches(name, "component")
  }

  private func matches(_ range: Range<Int>, _ text: StaticString) -> Bool {
    range.count == text.utf8CodeUnitCount && word(text, range.lowerBound) != nil
  }

  /// `stderr F `, after the time that the CRI writes.
  private mutating func streamTag(_ start: Int) -> Int? {
    guard kinds.contains(.timestamp), let stream = word("stdout ", start) ?? word("stderr ", start),
      let tag = byte("F", stream) ?? byte("P", stream)
    else { return nil }
    kinds.insert(.stream)
    return separator(tag)
  }

  /// GitLab's `section_start:1560896352:my_section`.
  private mutating func section(_ start: Int) -> Int? {
    guard let name = word("section_start:", start) ?? word("section_end:", start),
      let number = digits(name, 6...12), var after = byte(":", number)
    else { return nil }
    while after < end, bytes[after] > 0x20 { after += 1 }
    kinds.insert(.marker)
    return separator(after)
  }

  /// `E0130 23:41:36.270753    3372 plugin.go:235] `.
  private mutating func klog(_ start: Int) -> Int? {
    guard let date = digits(start + 1, 4...4), let space = byte(" ", date), let time = clock(space)
    else { return nil }
    var after = afterSpaces(time)
    while after < end, after - time < 80, bytes[after] != UInt8(ascii: "]") { after += 1 }
    guard let closed = byte("]", after) else { return nil }
    kinds.insert(.klog)
    switch bytes[start] {
    case UInt8(ascii: "E"): level = .error
    case UInt8(ascii: "W"): level = .warning
    case UInt8(ascii: "F"): level = .fatal
    case UInt8(ascii: "D"): level = .debug
    default: level = .info
    }
    return separator(closed)
  }

  /// `INFO[0024] `, `ERRO[2020-05-22T00:02:11Z] `.
  private mutating func logrus(_ start: Int) -> Int? {
    guard start + 5 < end, bytes[start + 4] == UInt8(ascii: "["),
      let found = PrefixPeeler.level(of: bytes, start..<start + 4)
    else { return nil }
    var after = start + 5
    while after < end, after - start < 40, bytes[after] != UInt8(ascii: "]") { after += 1 }
    guard let closed = byte("]", after) else { return nil }
    level = found
    kinds.insert(.logrus)
    return separator(closed)
  }

  /// `Nov 20 10:11:12 worker-7 dockerd[1187]: `.
  private mutating func syslog(_ start: Int) -> Int? {
    guard start + 3 < end, bytes[start] &- 0x41 < 26, bytes[start + 1] &- 0x61 < 26,
      bytes[start + 2] &- 0x61 < 26, let space = byte(" ", start + 3)
    else { return nil }
    guard let day = digits(afterSpaces(space), 1...2), let blank = byte(" ", day),
      let time = clock(blank), let host = byte(" ", time)
    else { return nil }
    var unit = host
    while unit < end, bytes[unit] > 0x20 { unit += 1 }
    unit = afterSpaces(unit)
    var after = unit
    while after < end, after - unit < 64, bytes[after] > 0x20, bytes[after] != UInt8(ascii: ":"),
      bytes[after] != UInt8(ascii: "[")
    {
      after += 1
    }
    let name = unit..<after
    if let open = byte("[", after), let number = digits(open, 1...8), let closed = byte("]", number)
    {
      after = closed
    }
    guard let colon = byte(":", after), !name.isEmpty else { return nil }
    kinds.insert(.syslog)
    source = name
    return separator(colon) ?? colon
  }

  /// docker compose's `puller-1  | `, and numbered columns of the same look.
  private mutating func column(_ start: Int) -> Int? {
    var after = start
    while after < end, after - start < 48, isColumnName(bytes[after]) { after += 1 }
    guard after > start, let space = byte(" ", after) else { return nil }
    var bar = afterSpaces(space)
    // One space before the bar may be anything; compose writes two, or the column is a number.
    guard bar > space || digits(start, 1...9) == after else { return nil }
    if bar < end, bytes[bar] == 0x5C { bar += 1 }
    guard let blank = byte("|", bar) else { return nil }
    guard blank >= end || bytes[blank] == 0x20 else { return nil }
    kinds.insert(.column)
    return min(end, blank + 1)
  }

  private func isColumnName(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
  }

  // MARK: Levels

  private static func level(
    of bytes: UnsafePointer<UInt8>, _ range: Range<Int>
  ) -> LinePrefix.Level? {
    var start = range.lowerBound
    while start < range.upperBound, bytes[start] == 0x22 { start += 1 }
    guard range.upperBound - start >= 3 else { return nil }
    switch (bytes[start] | 0x20, bytes[start + 1] | 0x20, bytes[start + 2] | 0x20) {
    case (0x65, 0x72, 0x72): return .error
    case (0x77, 0x61, 0x72): return .warning
    case (0x69, 0x6E, 0x66): return .info
    case (0x64, 0x65, 0x62), (0x64, 0x62, 0x67): return .debug
    case (0x66, 0x61, 0x74), (0x63, 0x72, 0x69), (0x70, 0x61, 0x6E): return .fatal
    case (0x74, 0x72, 0x61): return .trace
    default: return nil
    }
  }
}
