import FailurePatterns

/// Writes the strings, lists and records of a compiled base, each string once.
struct RecordWriter {
  /// The block as written so far.
  var packed: PackedWriter
  private var strings: [String: Int] = [:]

  init(_ packed: PackedWriter) { self.packed = packed }

  /// What stands in a list or a record.
  enum Field {
    case number(Int)
    /// A reference to what begins at an offset.
    case place(Int)
  }

  /// Sets a reference that was left open.
  mutating func setPlace(_ offset: Int, at place: Int) { packed.setPlace(offset, at: place) }

  /// Writes a string, unless it stands there already.
  ///
  /// - Returns: Where it begins, as the other methods do.
  mutating func string(_ text: String) -> Int {
    if let offset = strings[text] { return offset }
    let offset = data(Array(text.utf8))
    strings[text] = offset
    return offset
  }

  /// Writes bytes behind their number.
  mutating func data(_ bytes: [UInt8]) -> Int {
    let offset = packed.begin()
    packed.integer(bytes.count)
    packed.raw(bytes)
    return offset
  }

  /// Writes fields whose number the reader knows.
  mutating func record(_ fields: [Field]) -> Int {
    let offset = packed.begin()
    for field in fields {
      switch field {
      case .number(let number): packed.integer(number)
      case .place(let offset): packed.place(offset)
      }
    }
    return offset
  }

  /// Writes numbers behind their count.
  mutating func list(_ numbers: [Int]) -> Int { list(numbers.map { .number($0) }) }

  /// Writes references behind their count.
  mutating func list(ofPlaces offsets: [Int]) -> Int { list(offsets.map { .place($0) }) }

  /// Writes pairs behind their count.
  mutating func list(ofPairs pairs: [(Field, number: Int)]) -> Int {
    record([.number(pairs.count)] + pairs.flatMap { [$0, .number($1)] })
  }

  private mutating func list(_ fields: [Field]) -> Int {
    record([.number(fields.count)] + fields)
  }
}
