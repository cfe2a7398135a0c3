/// What a typed slot of a pattern accepts.
///
/// A slot takes the longest run of its characters and gives back characters from the end while the
/// rest of the pattern does not fit. Where a poster blotted a value out (`***`, `<redacted>`,
/// `######`, `$VAR`) every type but the numeric ones accepts that in place of its own characters.
package enum SlotType: String, Sendable, CaseIterable {
  /// A run of anything but white space: the type of a slot that names none.
  case any
  /// A host name or address, a port included.
  case host
  /// A registry's host, a port included.
  case registry
  /// A repository path without host, tag or digest.
  case repository
  /// A whole image reference.
  case reference
  /// A tag.
  case tag
  /// A digest with its algorithm, `sha256:…`; a bare run of hexadecimal digits too.
  case digest
  /// An Amazon resource name.
  case arn
  /// An account or subscription number.
  case account
  /// A cloud region, such as `eu-west-1`.
  case region
  /// An IPv4 or IPv6 address.
  case ip
  /// A port number.
  case port
  /// A URL with its scheme.
  case url
  /// A path or anything else up to white space or a quote.
  case path
  /// Decimal digits.
  case int
  /// A number of bytes with its unit.
  case size
  /// A span of time as Go prints it, such as `1m30s`.
  case duration
  /// Letters, digits, `_` and `-`.
  case word
  /// Anything up to what follows in the pattern, white space included: a captured gap.
  case text

  /// The types in the order of their codes in a compiled program.
  package static let byCode: [SlotType] = allCases

  /// The code of the type in a compiled program.
  package var code: UInt8 {
    UInt8(truncatingIfNeeded: SlotType.byCode.firstIndex(of: self) ?? 0)
  }

  /// Where the longest run of this type that starts at a position ends.
  ///
  /// - Parameters:
  ///   - text: The bytes to read.
  ///   - start: Where the run begins.
  ///   - limit: Where the message ends.
  /// - Returns: The end of the run, or `start` when nothing of this type stands there.
  /// - Complexity: O(length of the run), at most ``maximumLength`` bytes.
  @inline(__always)
  package func runEnd(in text: UnsafePointer<UInt8>, from start: Int, limit: Int) -> Int {
    let stop = min(limit, start + SlotType.maximumLength)
    var end = start
    switch self {
    case .url:
      guard let scheme = SlotType.schemeEnd(in: text, from: start, limit: stop) else {
        return start
      }
      end = scheme
    case .arn:
      guard stop - start > 4, text[start] | 0x20 == 0x61, text[start + 1] | 0x20 == 0x72,
        text[start + 2] | 0x20 == 0x6E, text[start + 3] == 0x3A
      else { return start }
    default:
      break
    }
    while end < stop {
      let byte = text[end]
      if accepts(byte) {
        end += 1
      } else if toleratesRedaction,
        let after = SlotType.redactionEnd(in: text, from: end, limit: stop)
      {
        end = after
      } else {
        break
      }
    }
    return end
  }

  /// Where the longest run that starts at a position ends, as ``runEnd(in:from:limit:)`` has it.
  ///
  /// - Parameter known: The ends that a run can have which begins just before the first of them, when
  ///   there is one: often it is the later part of this one.
  @inline(__always)
  func runEnd(
    in text: UnsafePointer<UInt8>, from start: Int, limit: Int, knownEnds known: TriedPlaces
  ) -> Int {
    let later = Int(known.lower) - 1
    let end = Int(known.upper) - 1
    guard start < later, end - start < SlotType.maximumLength - SlotType.longestRedaction,
      self != .url, self != .arn,
      (start..<later).allSatisfy({ accepts(text[$0]) })
    else { return runEnd(in: text, from: start, limit: limit) }
    return end
  }

  /// Where the earliest run that covers all bytes up to a place can begin.
  ///
  /// - Parameters:
  ///   - text: The bytes to read.
  ///   - end: A place that the run reaches, or goes beyond.
  ///   - limits: Where to stop looking, and where the message ends.
  /// - Returns: A place from the lower limit to `end`: no run that begins before it reaches `end`.
  /// - Complexity: O(length of the run).
  func runStart(
    in text: UnsafePointer<UInt8>, before end: Int, within limits: Range<Int>
  ) -> Int {
    var start = end
    while start > limits.lowerBound {
      if accepts(text[start - 1]) {
        start -= 1
        continue
      }
      // What was blotted out in brackets may hold anything.
      let openings = max(limits.lowerBound, start - SlotType.longestRedaction)..<start
      guard toleratesRedaction,
        let opening = openings.last(where: {
          SlotType.redactionEnd(in: text, from: $0, limit: limits.upperBound) ?? 0 >= start
        })
      else { break }
      start = opening
    }
    return start
  }

  /// What of a run is the value: without the punctuation of the sentence around it.
  ///
  /// - Returns: The range without quotes at its ends and without trailing `.`, `,`, `:`, `;`, `]`
  ///   and `)` (one that closes nothing inside); of ``text``, the range itself.
  package func value(in text: [UInt8], _ range: Range<Int>) -> Range<Int> {
    guard self != .text else { return range }
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, text[start].isQuote { start += 1 }
    while end > start {
      let last = text[end - 1]
      if last == UInt8(ascii: ")"), text[start..<end].contains(UInt8(ascii: "(")) { break }
      if last == UInt8(ascii: "]"), text[start..<end].contains(UInt8(ascii: "[")) { break }
      guard last.isQuote || last.isOne(of: ".", ",", ":", ";", ")", "]") else { break }
      end -= 1
    }
    return start..<end
  }

  /// The longest run a slot takes, in bytes; a longer one does not match.
  package static let maximumLength = 2048

  @inline(__always)
  private func accepts(_ byte: UInt8) -> Bool {
    switch self {
    case .any: byte > 0x20
    case .host, .registry: byte.isWordCharacter || byte.isOne(of: ".", ":", "[", "]", "%")
    case .repository: byte.isWordCharacter || byte.isOne(of: ".", "/", "+")
    case .reference: byte.isWordCharacter || byte.isOne(of: ".", "/", ":", "@", "+")
    case .tag: byte.isWordCharacter || byte == UInt8(ascii: ".")
    case .digest: byte.isWordCharacter || byte.isOne(of: ":", "+", ".")
    case .arn: byte > 0x20 && !byte.isQuote && !byte.isOne(of: ",", ")", ";")
    case .int, .port: byte.isDigit
    case .account: byte.isDigit || byte.isOne(of: "x", "X")
    case .region, .word: byte.isWordCharacter
    case .ip: byte.isHexDigit || byte.isOne(of: ".", ":", "x", "X")
    case .url, .path: byte > 0x20 && !byte.isQuote && byte != UInt8(ascii: "<")
    case .size:
      byte.isDigit || byte == UInt8(ascii: ".") || byte.isOne(of: "k", "K", "M", "G", "T", "i", "B")
    case .duration: byte.isDigit || byte.isOne(of: ".", "h", "m", "s", "n", "u")
    case .text: false
    }
  }

  private var toleratesRedaction: Bool {
    switch self {
    case .int, .port, .size, .duration, .text, .any: false
    default: true
    }
  }

  private static func schemeEnd(
    in text: UnsafePointer<UInt8>, from start: Int, limit: Int
  ) -> Int? {
    var end = start
    while end < limit, text[end].isAlphanumeric || text[end] == UInt8(ascii: "+") { end += 1 }
    guard end > start, end + 3 <= limit, text[end] == UInt8(ascii: ":"),
      text[end + 1] == UInt8(ascii: "/"), text[end + 2] == UInt8(ascii: "/")
    else { return nil }
    return end + 3
  }

  /// How many bytes what was blotted out in brackets spans at most.
  private static let longestRedaction = 64

  /// Where a blotted-out value ends: `***`, `####`, `<…>`, `[…]`, `$VAR`, `${VAR}`, `$(…)`,
  /// `{{…}}`.
  private static func redactionEnd(
    in text: UnsafePointer<UInt8>, from start: Int, limit: Int
  ) -> Int? {
    let first = text[start]
    switch first {
    case UInt8(ascii: "*"), UInt8(ascii: "#"):
      return start + 1
    case UInt8(ascii: "<"):
      return closing(
        UInt8(ascii: ">"), in: text, from: start + 1, limit: min(limit, start + longestRedaction))
    case UInt8(ascii: "["):
      // `[redacted]`, and no list: `[host/name]` is one.
      guard
        let end = closing(
          UInt8(ascii: "]"), in: text, from: start + 1, limit: min(limit, start + 48)),
        !(start..<end).contains(where: { text[$0].isOne(of: "/", ".", ":") })
      else { return nil }
      return end
    case UInt8(ascii: "{"):
      return closing(
        UInt8(ascii: "}"), in: text, from: start + 1, limit: min(limit, start + longestRedaction))
    case UInt8(ascii: "}"):
      return start + 1
    case UInt8(ascii: "$"):
      guard start + 1 < limit else { return start + 1 }
      if text[start + 1] == UInt8(ascii: "{") {
        return closing(
          UInt8(ascii: "}"), in: text, from: start + 2, limit: min(limit, start + longestRedaction))
      }
      if text[start + 1] == UInt8(ascii: "(") {
        return closing(
          UInt8(ascii: ")"), in: text, from: start + 2, limit: min(limit, start + longestRedaction))
      }
      return start + 1
    default:
      return nil
    }
  }

  private static func closing(
    _ byte: UInt8, in text: UnsafePointer<UInt8>, from start: Int, limit: Int
  ) -> Int? {
    var end = start
    while end < limit {
      if text[end] == byte { return end + 1 }
      if text[end] == 0x0A { return nil }
      end += 1
    }
    return nil
  }
}
