/// What log writers, terminals and quoting put before (and after) what a program said on a line.
struct LinePrefix: Sendable {
  /// Where the program's own words begin and end, in the cleaned bytes.
  ///
  /// Indentation counts as content.
  var content: Range<Int>
  /// What was peeled off.
  var kinds: Kinds = []
  /// The level a log writer gave the line.
  var level: Level?
  /// The name of the unit or program a log writer gave, such as `dockerd`; in the cleaned bytes.
  var source: Range<Int>?

  /// The kinds of prefix.
  ///
  /// Two lines of one record carry the same ones.
  struct Kinds: OptionSet, Sendable {
    let rawValue: UInt16
    static let timestamp = Kinds(rawValue: 1)
    static let syslog = Kinds(rawValue: 2)
    static let klog = Kinds(rawValue: 4)
    static let logfmt = Kinds(rawValue: 8)
    static let logrus = Kinds(rawValue: 16)
    static let column = Kinds(rawValue: 32)
    static let quote = Kinds(rawValue: 64)
    static let step = Kinds(rawValue: 128)
    static let level = Kinds(rawValue: 256)
    static let jsonFile = Kinds(rawValue: 512)
    static let marker = Kinds(rawValue: 1024)
    static let stream = Kinds(rawValue: 2048)
  }

  /// How a log writer classed a line.
  ///
  /// Levels lie; they are kept as facts, not as verdicts.
  enum Level: UInt8, Sendable, Comparable {
    case trace, debug, info, warning, error, fatal

    static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }

  /// Peels a line.
  ///
  /// - Parameters:
  ///   - bytes: Cleaned bytes.
  ///   - line: The line in them, without its line feed.
  /// - Complexity: O(length of what is peeled off).
  init(peeling bytes: UnsafePointer<UInt8>, line: Range<Int>) {
    var peeler = PrefixPeeler(bytes: bytes, line: line)
    peeler.run()
    content = peeler.position..<max(peeler.position, peeler.end)
    kinds = peeler.kinds
    level = peeler.level
    source = peeler.source
  }
}
