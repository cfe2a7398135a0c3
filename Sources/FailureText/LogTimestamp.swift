// The times that log writers put before a line.

extension PrefixPeeler {
  /// A time, with what some writers put after it.
  mutating func timestamp(_ start: Int) -> Int? {
    guard let after = timestampBody(start) else { return nil }
    kinds.insert(.timestamp)
    let space = afterSpaces(after)
    if let hash = byte("#", space), let blank = byte(" ", hash) { return blank }
    if let dash = byte("-", space), let blank = byte(" ", dash) { return blank }
    // A log collector writes one space; more belong to the content.
    return separator(after) ?? after
  }

  /// A date with a time, or a time to the second.
  func timestampBody(_ start: Int) -> Int? {
    if let year = digits(start, 4...4), let dash = byte("-", year) ?? byte("/", year),
      let month = digits(dash, 1...2), let second = byte("-", month) ?? byte("/", month),
      let day = digits(second, 1...2)
    {
      if let time = byte("T", day) ?? byte("t", day) ?? byte(" ", day) { return clock(time) }
      return nil
    }
    if let first = digits(start, 1...2), let slash = byte("/", first),
      let second = digits(slash, 1...2), let next = byte("/", second),
      let year = digits(next, 4...4), let space = byte(" ", year)
    {
      return clock(space)
    }
    return clock(start)
  }

  /// `10:11:12`, with a fraction and an offset where there are any.
  func clock(_ start: Int) -> Int? {
    guard let hour = digits(start, 1...2), let colon = byte(":", hour),
      let minute = digits(colon, 2...2), let next = byte(":", minute),
      var after = digits(next, 2...2)
    else { return nil }
    if let point = byte(".", after) ?? byte(",", after), let fraction = digits(point, 1...9) {
      after = fraction
    }
    if let zulu = byte("Z", after) ?? word(" UTC", after) ?? word(" GMT", after) { return zulu }
    let sign = byte(" ", after).flatMap { byte("+", $0) } ?? byte("+", after) ?? byte("-", after)
    if let sign, let hours = digits(sign, 2...2) {
      if let colon = byte(":", hours), let minutes = digits(colon, 2...2) { return minutes }
      if let minutes = digits(hours, 2...2) { return minutes }
    }
    return after
  }
}
