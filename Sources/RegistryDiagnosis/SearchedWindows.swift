/// The windows of a large input: each is searched, then what was found in it is looked at, in their
/// order.
///
/// A second thread does both, while whoever brings the windows goes on to the next. Where it falls
/// behind, that one searches too, so that two cores share the work however it is spread.
final class SearchedWindows: Sendable {
  private struct Window {
    /// The offsets of the input that it answers for.
    let core: Range<Int>
    let locator: SourceLocator
    let found: SharedResult<LargeInputSearch.Findings>
  }

  private struct Queue {
    var windows: [Window] = []
    /// Buffers that are done with, to be used again.
    var spares: [[UInt8]] = []
  }

  private let search: LargeInputSearch
  private let usesSecondThread: Bool
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

  /// Takes the next window.
  ///
  /// - Parameter core: The offsets of the input that it answers for.
  func add(_ core: Range<Int>, _ locator: SourceLocator) {
    let places = (core.lowerBound - locator.start)..<(core.upperBound - locator.start)
    let search = search
    let found = SharedResult { search.findings(in: locator.bytes, places) }
    let waiting = queue.withLock { queue in
      queue.windows.append(Window(core: core, locator: locator, found: found))
      return queue.windows.count { !$0.found.isMade }
    }
    if usesSecondThread, waiting <= SearchedWindows.mostWaiting {
      background.add {
        found.prepare()
        self.lookAtSearched()
      }
    } else {
      found.prepare()
    }
  }

  /// Looks at windows where no other thread does, or where there are too many.
  func goOn() {
    guard usesSecondThread else { return lookAtSearched() }
    while queue.withLock({ $0.windows.count }) > SearchedWindows.most {
      ledger.withLock { ledger in
        if let first = takeFirst(isSearched: false) { lookAt(first, &ledger) }
      }
    }
  }

  /// An empty buffer, if there is one with the room of an earlier window.
  func emptyBuffer() -> [UInt8] {
    // The last one may be in use still.
    var buffer = queue.withLock { $0.spares.isEmpty ? [] : $0.spares.removeFirst() }
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
    let buffer = window.locator.bytes
    queue.withLock { queue in
      if queue.spares.count < SearchedWindows.most { queue.spares.append(buffer) }
    }
  }
}
