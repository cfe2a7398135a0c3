/// What a program said, freed from what terminals, log writers and pastes did to it.
///
/// The text is made of messages. A message is one logical record: a log record with its
/// continuation lines, a row of an event table, a paragraph whose wraps were joined. Inside a
/// message a line feed is a soft break: white space to a pattern. Where a terminal cut a line in
/// mid-word, the halves are joined with nothing between them.
///
/// No line is thrown away. Levels and sources that were stripped are kept beside the messages, and
/// every byte knows which bytes of the input it stands for.
package struct NormalizedText: Sendable {
  /// The text: UTF-8, lines joined to messages.
  package let text: [UInt8]
  /// The messages, ascending; they do not overlap.
  package let messages: [Message]
  /// Whether bytes were met that are no UTF-8.
  package let foundInvalidBytes: Bool

  private let origins: [Int32]
  private let lengths: [UInt8]

  /// One logical record.
  package struct Message: Sendable, Equatable {
    /// Where it stands in the text.
    package let range: Range<Int>
    /// Whether a log writer marked it as being for developers only.
    package let isDebug: Bool
    /// The unit a log writer named, such as `dockerd` or `kubelet`.
    package let source: String?
  }

  /// Normalises a part of an input.
  ///
  /// - Parameters:
  ///   - bytes: The part; it should begin and end at a line's border.
  ///   - base: Its offset in the input.
  ///   - encoding: How to read it.
  /// - Complexity: O(n) in time and memory.
  package init(_ bytes: UnsafeBufferPointer<UInt8>, base: Int = 0, encoding: InputEncoding) {
    let (cleaned, foundInvalidBytes) = CharacterCleaner.clean(bytes, encoding: encoding, base: 0)
    var assembler = MessageAssembler(cleaned)
    assembler.run()
    self.foundInvalidBytes = foundInvalidBytes
    text = assembler.output.bytes
    origins = assembler.output.origins
    lengths = assembler.output.lengths
    messages = assembler.messages
    self.base = base
  }

  private let base: Int

  /// Normalises a whole input.
  package init(_ bytes: [UInt8]) {
    let encoding = InputEncoding.detect(bytes)
    self = bytes.withUnsafeBufferPointer { NormalizedText($0, encoding: encoding) }
  }

  /// The bytes of the input that a part of the text stands for.
  ///
  /// - Parameter range: A range of ``text``.
  /// - Returns: Offsets from the start of the input. Empty for an empty range.
  /// - Complexity: O(1).
  package func sourceRange(of range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty, range.upperBound <= text.count else { return base..<base }
    let start = base + Int(origins[range.lowerBound])
    let last = range.upperBound - 1
    return start..<max(start, base + Int(origins[last]) + Int(lengths[last]))
  }

  /// The messages that stand at places of the input.
  ///
  /// - Parameter places: Offsets from the start of the input, ascending.
  /// - Returns: The numbers of the messages, ascending. What stands between two messages is taken for
  ///   the end of the first.
  /// - Complexity: O(messages + places).
  package func messages(at places: some Sequence<Int>) -> [Int] {
    var numbers: [Int] = []
    var next = 0
    for place in places {
      while next < messages.count, sourceRange(of: messages[next].range).lowerBound <= place {
        next += 1
      }
      if next > 0, numbers.last != next - 1 { numbers.append(next - 1) }
    }
    return numbers
  }

  /// A part of the text as a string, with soft breaks as spaces.
  package func string(_ range: Range<Int>) -> String {
    String(decoding: text[range].lazy.map { $0 == 0x0A ? 0x20 : $0 }, as: UTF8.self)
  }
}
