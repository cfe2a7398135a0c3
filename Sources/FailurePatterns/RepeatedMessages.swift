/// The messages of a text that were looked at last, so that one that comes again and again, as in the
/// log of a program that tries for ever, is matched once.
struct RepeatedMessages {
  private struct Known {
    let hash: UInt64
    let range: Range<Int>
    /// Where its matches stand among all that were found.
    let matches: Range<Int>
  }

  private var table: [Known?]
  private static let size = 64

  /// - Parameter messageCount: How many messages the text has; of few, none is worth remembering.
  init(messageCount: Int) {
    table =
      messageCount < RepeatedMessages.size
      ? [] : Array(repeating: nil, count: RepeatedMessages.size)
  }

  /// A message that is to be looked at.
  struct Place {
    fileprivate let hash: UInt64
    fileprivate let range: Range<Int>
  }

  /// The place of a message; `nil` when none is remembered.
  ///
  /// - Complexity: O(n), eight bytes at a time.
  func place(of range: Range<Int>, in text: UnsafePointer<UInt8>) -> Place? {
    guard !table.isEmpty else { return nil }
    var hash = UInt64(range.count)
    var index = range.lowerBound
    while index + 8 <= range.upperBound {
      let word = UnsafeRawPointer(text).loadUnaligned(fromByteOffset: index, as: UInt64.self)
      hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
      index += 8
    }
    for rest in index..<range.upperBound {
      hash = (hash ^ UInt64(text[rest])) &* 0x9E37_79B9_7F4A_7C15
    }
    return Place(hash: hash, range: range)
  }

  /// Where the matches stand of the same message, and how far it stands before this one.
  func matches(
    of place: Place, in text: UnsafePointer<UInt8>
  ) -> (matches: Range<Int>, distance: Int)? {
    guard let known = table[slot(place.hash)], known.hash == place.hash,
      known.range.count == place.range.count,
      UnsafeBufferPointer(start: text + known.range.lowerBound, count: known.range.count)
        .elementsEqual(
          UnsafeBufferPointer(start: text + place.range.lowerBound, count: place.range.count))
    else { return nil }
    return (known.matches, place.range.lowerBound - known.range.lowerBound)
  }

  /// Remembers a message.
  mutating func remember(_ place: Place, matches: Range<Int>) {
    table[slot(place.hash)] = Known(hash: place.hash, range: place.range, matches: matches)
  }

  private func slot(_ hash: UInt64) -> Int { Int(hash >> 32) & (RepeatedMessages.size - 1) }
}
