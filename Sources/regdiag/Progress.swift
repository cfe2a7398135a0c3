/// How far a long input has been read, on the terminal of somebody who waits.
///
/// Short inputs are read before anybody wonders: nothing is written for them, nor where standard
/// error is no terminal.
struct Progress {
  private let size: Int?
  private let isShown = Terminal.isTerminal(2)
  private var told = 0

  /// How much is read between two signs of life; about a second's work.
  private static let step = 1 << 28

  /// - Parameter size: How large the input is, where that is known.
  init(size: Int?) { self.size = size }

  /// Notes how much was read so far.
  ///
  /// - Returns: What to write to the terminal, or `nil`.
  mutating func note(_ count: Int) -> String? {
    guard isShown, count - told >= Progress.step else { return nil }
    told = count
    let of = size.map { " of \(Progress.text($0))" } ?? ""
    return "\r\(Progress.text(count))\(of) read\u{1B}[K"
  }

  /// What takes the sign away again, where there is one.
  var end: String? { told > 0 ? "\r\u{1B}[K" : nil }

  /// A size in gigabytes, with one decimal.
  private static func text(_ bytes: Int) -> String {
    let tenths = (bytes + 50_000_000) / 100_000_000
    return "\(tenths / 10).\(tenths % 10) GB"
  }
}
