/// Runs of prose laid end to end, to be cut into words and set on lines.
///
/// The bytes are UTF-8 in which a space that must not be broken at is ``firmSpace``, a byte that
/// UTF-8 never has.
struct Prose {
  /// A space inside what stays on one line.
  static let firmSpace: UInt8 = 0xFF

  private(set) var bytes: [UInt8] = []
  private var stretches: [Stretch] = []

  /// Bytes in one role, up to `end`.
  struct Stretch {
    let role: Style.Role
    let end: Int
  }

  /// - Complexity: O(length of the runs).
  init(_ runs: [TextPage.Run], style: Style) {
    for run in runs {
      let text = HiddenScalars.revealed(in: run.text, style)
      if run.isUnbroken {
        append(text, role: run.role, isFirm: true)
        continue
      }
      for span in CodeSpan.split(text) {
        append(
          span.text, role: span.isCode && run.role == .plain ? .command : run.role,
          isFirm: span.isCode && DisplayWidth.of(span.text) <= style.proseWidth / 2)
      }
    }
  }

  private mutating func append(_ text: String, role: Style.Role, isFirm: Bool) {
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    if isFirm {
      for index in start..<bytes.count where bytes[index] == 0x20 {
        bytes[index] = Prose.firmSpace
      }
    }
    stretches.append(Stretch(role: role, end: bytes.count))
  }

  /// The next word at or after a place.
  func word(after place: Int) -> Range<Int>? {
    var start = place
    while start < bytes.count, bytes[start] == 0x20 { start += 1 }
    guard start < bytes.count else { return nil }
    var end = start
    while end < bytes.count, bytes[end] != 0x20 { end += 1 }
    return start..<end
  }

  /// The columns a word takes.
  func width(of word: Range<Int>) -> Int {
    let word = bytes[word]
    if word.allSatisfy({ $0 < 0x80 || $0 == Prose.firmSpace }) { return word.count }
    let plain = word.map { $0 == Prose.firmSpace ? 0x20 : $0 }
    return DisplayWidth.of(String(decoding: plain, as: UTF8.self))
  }

  /// The stretch that a byte belongs to.
  ///
  /// - Complexity: O(number of stretches), which is small.
  func stretch(at place: Int) -> Stretch {
    stretches.first { place < $0.end } ?? Stretch(role: .plain, end: bytes.count)
  }

  func role(at place: Int) -> Style.Role { stretch(at: place).role }
}

/// A stretch of prose: plain, or the code between two backticks, which stay with it.
struct CodeSpan {
  let text: String
  let isCode: Bool

  /// Prose cut into plain stretches and code.
  ///
  /// A backtick without a partner is plain. Nothing is lost: the stretches joined give the prose.
  static func split(_ prose: String) -> [CodeSpan] {
    let utf8 = prose.utf8
    guard utf8.withContiguousStorageIfAvailable({ $0.contains(0x60) }) ?? true else {
      return [CodeSpan(text: prose, isCode: false)]
    }
    var spans: [CodeSpan] = []
    func append(_ part: Substring.UTF8View, isCode: Bool) {
      if !part.isEmpty { spans.append(CodeSpan(text: String(Substring(part)), isCode: isCode)) }
    }
    var rest = utf8[...]
    while let open = rest.firstIndex(of: 0x60),
      let close = rest[rest.index(after: open)...].firstIndex(of: 0x60)
    {
      append(rest[..<open], isCode: false)
      append(rest[open...close], isCode: true)
      rest = rest[rest.index(after: close)...]
    }
    append(rest, isCode: false)
    return spans
  }
}
