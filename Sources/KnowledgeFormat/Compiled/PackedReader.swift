import FailurePatterns

/// Reads packed values one after the other, as ``PackedWriter`` wrote them.
struct PackedReader {
  private let bytes: PackedBytes
  private var offset: Int

  init(_ bytes: PackedBytes, at offset: Int) {
    self.bytes = bytes
    self.offset = offset
  }

  mutating func integer() -> Int {
    defer { offset += 4 }
    return bytes.integer(at: offset)
  }

  mutating func text() -> String {
    let length = integer()
    defer { offset += length }
    return bytes.string(at: offset, length: length)
  }

  /// As many values as the integer before them says.
  mutating func list<Value>(_ value: (inout PackedReader) -> Value) -> [Value] {
    let count = integer()
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(value(&self)) }
    return values
  }

  /// A value, or `nil` where a zero stands for it.
  mutating func optional<Value>(_ value: (inout PackedReader) -> Value) -> Value? {
    integer() == 0 ? nil : value(&self)
  }

  mutating func texts() -> [String] { list { $0.text() } }
  mutating func optionalText() -> String? { optional { $0.text() } }
}

extension PackedWriter {
  mutating func text(_ text: String) {
    integer(text.utf8.count)
    raw(text.utf8)
  }

  mutating func list<Value>(_ values: [Value], _ write: (inout PackedWriter, Value) -> Void) {
    integer(values.count)
    for value in values { write(&self, value) }
  }

  mutating func optional<Value>(_ value: Value?, _ write: (inout PackedWriter, Value) -> Void) {
    integer(value == nil ? 0 : 1)
    if let value { write(&self, value) }
  }

  mutating func texts(_ texts: [String]) { list(texts) { $0.text($1) } }
  mutating func optionalText(_ text: String?) { optional(text) { $0.text($1) } }
}
