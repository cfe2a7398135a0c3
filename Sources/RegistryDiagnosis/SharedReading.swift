extension DiagnosisSession {
  /// Reads an input to its end.
  ///
  /// Where there is a second core, two threads take turns at reading a window of a large input: who
  /// has read it searches it too, while its core's cache holds it.
  ///
  /// - Parameters:
  ///   - note: Is told now and then how many bytes were read so far; on the thread that calls.
  ///   - source: Writes the next piece, on either thread, one at a time; where it writes nothing,
  ///     the input ends.
  /// - Throws: What the source does; what was read before is taken.
  package mutating func read<Failure>(
    noting note: (Int) -> Void,
    from source: @escaping @Sendable (inout OutputSpan<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    guard let first = try readWindow(from: source), let windows else { return }
    note(byteCount)
    guard windows.usesSecondThread else {
      windows.make(first)
      while let next = try readWindow(from: source) {
        note(byteCount)
        windows.make(next)
      }
      return
    }
    let reading = SharedReading(handOver(), source)
    BackgroundThread.start { reading.goOn() }
    windows.make(first)
    reading.goOn(noting: note)
    let (session, failure) = reading.end()
    self = session
    if let failure { throw failure }
  }
}

/// An input that several threads read and search, window by window.
private final class SharedReading<Failure: Error>: Sendable {
  private struct State {
    var session: DiagnosisSession
    var isAtEnd = false
    var failure: Failure?
  }

  /// Who holds it reads.
  private let state: GuardedValue<State>
  private let source: @Sendable (inout OutputSpan<UInt8>) throws(Failure) -> Void

  init(
    _ session: consuming DiagnosisSession,
    _ source: @escaping @Sendable (inout OutputSpan<UInt8>) throws(Failure) -> Void
  ) {
    state = GuardedValue(State(session: session))
    self.source = source
  }

  /// Reads and searches windows until the input ends.
  func goOn(noting note: (Int) -> Void = { _ in }) {
    while let (window, windows, byteCount) = next() {
      note(byteCount)
      windows.make(window)
    }
  }

  private func next() -> (SearchedWindows.Search, SearchedWindows, byteCount: Int)? {
    state.withLock { state in
      guard !state.isAtEnd else { return nil }
      do throws(Failure) {
        if let window = try state.session.readWindow(from: source),
          let windows = state.session.windows
        {
          return (window, windows, state.session.byteCount)
        }
      } catch {
        state.failure = error
      }
      state.isAtEnd = true
      return nil
    }
  }

  /// The session, once the input has ended, and what ended it if not its end.
  func end() -> (DiagnosisSession, Failure?) {
    state.withLock { state in (state.session.handOver(), state.failure) }
  }
}
