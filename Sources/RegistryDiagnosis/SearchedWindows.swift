/// The windows of a large input that are being searched, in their order.
///
/// A second thread searches them. While enough wait for it, whoever brings the next window searches
/// that one, so that two cores share the work however it is spread.
struct SearchedWindows: Sendable {
  /// A window and what is found in it.
  struct Window {
    /// The offsets of the input that it answers for.
    let core: Range<Int>
    let locator: SourceLocator
    let found: SharedResult<LargeInputSearch.Findings>
  }

  private var windows: [Window] = []
  private let background = BackgroundWork()
  /// Buffers that are done with, to be used again.
  private var spares: [[UInt8]] = []

  /// How many windows wait for the second thread, and how many there are, at most.
  private static let mostWaiting = 3
  private static let most = 6

  /// Searches a window, or begins to.
  mutating func search(
    _ core: Range<Int>, _ locator: SourceLocator, with search: LargeInputSearch,
    usesSecondThread: Bool
  ) {
    let window = (core.lowerBound - locator.start)..<(core.upperBound - locator.start)
    let found = SharedResult { search.findings(in: locator.bytes, window) }
    let waiting = windows.count { !$0.found.isMade }
    if usesSecondThread, waiting < SearchedWindows.mostWaiting {
      background.add { found.prepare() }
    } else {
      found.prepare()
    }
    windows.append(Window(core: core, locator: locator, found: found))
  }

  /// Takes the first window away when it is searched, or when too many wait.
  mutating func takeFirstSearched() -> Window? {
    guard let first = windows.first, first.found.isMade || windows.count >= SearchedWindows.most
    else { return nil }
    return windows.removeFirst()
  }

  /// Takes the first window away.
  mutating func takeFirst() -> Window? { windows.isEmpty ? nil : windows.removeFirst() }

  /// Keeps the bytes of a window to be used again.
  mutating func keep(_ buffer: [UInt8]) {
    if spares.count < SearchedWindows.most { spares.append(buffer) }
  }

  /// An empty buffer, if there is one with the room of an earlier window.
  mutating func emptyBuffer() -> [UInt8] {
    var buffer = spares.popLast() ?? []
    buffer.removeAll(keepingCapacity: true)
    return buffer
  }
}
