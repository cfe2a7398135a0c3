/// The windows of a large input: each is searched, then what was found in it is looked at, in their
/// order, by whichever thread is free.
final class SearchedWindows: Sendable {
  /// The search of one window, which is made once, by whoever comes first.
  typealias Search = SharedResult<LargeInputSearch.Findings>

  private struct Window {
    /// The offsets of the input that it answers for.
    let core: Range<Int>
    let locator: SourceLocator
    let found: Search
    /// Who wrote its buffer.
    let reader: ThreadIdentity
  }

  /// A buffer that is done with, to be used again.
  private struct Spare {
    let buffer: [UInt8]
    let reader: ThreadIdentity
  }

  private struct Queue {
    var windows: [Window] = []
    var spares: [Spare] = []

    /// Takes away the buffer that a thread used last, or else any.
    mutating func takeSpare(of reader: ThreadIdentity) -> [UInt8]? {
      guard let index = spares.lastIndex(where: { $0.reader == reader }) ?? spares.indices.last
      else { return nil }
      return spares.remove(at: index).buffer
    }
  }

  private let search: LargeInputSearch
  let usesSecondThread: Bool
  private let background = BackgroundWork()
  private let queue = GuardedValue(Queue())
  /// What was found; who holds it looks at the next window.
  private let ledger: GuardedValue<InputLedger>

  /// How many windows wait for the second thread, and how many there are, at most.
  private static let mostWaiting = 2
  private static let most = 12

  /// - Parameter ledger: What was found before.
  init(_ search: LargeInputSearch, _ ledger: InputLedger, usesSecondThread: Bool) {
    self.search = search
    self.usesSecondThread = usesSecondThread
    self.ledger = GuardedValue(ledger)
  }

  /// Enters the next window.
  ///
  /// - Parameter core: The offsets of the input that it answers for.
  /// - Returns: Its search, which ``share(_:)`` or ``make(_:)`` is to be asked for.
  func add(_ core: Range<Int>, _ locator: SourceLocator) -> Search {
    let places = (core.lowerBound - locator.start)..<(core.upperBound - locator.start)
    let search = search
    let found = Search { search.findings(in: locator, places) }
    let window = Window(core: core, locator: locator, found: found, reader: .current)
    queue.withLock { $0.windows.append(window) }
    return found
  }

  /// Has a window searched and looked at: on a second thread, unless that has fallen behind.
  func share(_ found: Search) {
    let waiting = queue.withLock { $0.windows.count { !$0.found.isMade } }
    guard usesSecondThread, waiting <= SearchedWindows.mostWaiting else { return make(found) }
    background.add {
      found.prepare()
      self.lookAtSearched()
    }
    lookAtTooMany()
  }

  /// Searches a window, and looks at those that are searched.
  func make(_ found: Search) {
    found.prepare()
    lookAtSearched()
    lookAtTooMany()
  }

  /// Looks at windows where there are too many, once who does so has time.
  private func lookAtTooMany() {
    while queue.withLock({ $0.windows.count }) > SearchedWindows.most {
      ledger.withLock { ledger in
        if let first = takeFirst(isSearched: false) { lookAt(first, &ledger) }
      }
    }
  }

  /// An empty buffer, if there is one with the room of an earlier window: the last that this thread
  /// wrote, which its core's cache may hold still, before one that another core's may hold.
  func emptyBuffer() -> [UInt8] {
    let reader = ThreadIdentity.current
    var buffer = queue.withLock { $0.takeSpare(of: reader) ?? [] }
    buffer.removeAll(keepingCapacity: true)
    return buffer
  }

  /// What was found in all windows so far.
  func finish() -> InputLedger {
    ledger.withLock { ledger in
      while let window = takeFirst(isSearched: false) { lookAt(window, &ledger) }
      return ledger
    }
  }

  /// Looks at the windows that are searched, unless another thread does.
  private func lookAtSearched() {
    _ = ledger.withLockIfAvailable { ledger in
      while let window = takeFirst(isSearched: true) { lookAt(window, &ledger) }
    }
  }

  /// Takes the first window away; only one that is searched, if so wished.
  private func takeFirst(isSearched: Bool) -> Window? {
    queue.withLock { queue in
      guard let first = queue.windows.first, !isSearched || first.found.isMade else { return nil }
      return queue.windows.removeFirst()
    }
  }

  private func lookAt(_ window: consuming Window, _ ledger: inout InputLedger) {
    ledger.take(window.found.value, of: window.core, window.locator)
    let spare = Spare(buffer: window.locator.bytes, reader: window.reader)
    queue.withLock { queue in
      if queue.spares.count < SearchedWindows.most { queue.spares.append(spare) }
    }
  }
}
