#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Synchronization

/// A value that whoever asks for it first works out, on whichever thread.
package final class SharedResult<Value: Sendable>: Sendable {
  private enum State {
    case asked(@Sendable () -> Value)
    case made(Value)

    /// The value; what it is made from is let go of.
    mutating func take() -> Value {
      switch self {
      case .made(let value): return value
      case .asked(let make):
        let value = make()
        self = .made(value)
        return value
      }
    }
  }

  private let state: Mutex<State>

  package init(_ make: @escaping @Sendable () -> Value) { state = Mutex(.asked(make)) }

  /// The value.
  ///
  /// Who asks while another thread works it out waits for that.
  package var value: Value { state.withLock { $0.take() } }

  /// Whether the value is worked out.
  package var isMade: Bool {
    let isMade = state.withLockIfAvailable { state in
      if case .made = state { true } else { false }
    }
    return isMade ?? false
  }

  /// Works the value out, unless it is there or another thread does.
  package func prepare() { _ = state.withLockIfAvailable { $0.take() } }
}

/// Work that one other thread does, a piece after the other.
///
/// The thread ends when nothing is left, and another is started for what comes then. Where the system
/// has none, nothing is done.
package final class BackgroundWork: Sendable {
  private struct State {
    var pieces: [@Sendable () -> Void] = []
    var isRunning = false
  }

  private let state = Mutex(State())

  package init() {}

  /// Adds a piece to be done.
  package func add(_ piece: @escaping @Sendable () -> Void) {
    let isRunning = state.withLock { state in
      defer { state.isRunning = true }
      state.pieces.append(piece)
      return state.isRunning
    }
    if !isRunning { BackgroundThread.start { self.run() } }
  }

  private func run() {
    while let piece = next() { piece() }
  }

  private func next() -> (@Sendable () -> Void)? {
    state.withLock { state in
      if state.pieces.isEmpty {
        state.isRunning = false
        return nil
      }
      return state.pieces.removeFirst()
    }
  }
}

/// Threads that do a piece of work and end.
package enum BackgroundThread {
  /// How many can run at once beside the one that asks.
  package static let spareCores = max(0, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) - 1)

  private final class Work: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts one.
  ///
  /// Where the system has none left, nothing is done: work that must be done is left to
  /// ``SharedResult/value``.
  package static func start(_ run: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return }
    defer { _ = pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    let work = Unmanaged.passRetained(Work(run))
    if create(&attributes, work.toOpaque()) != 0 { work.release() }
  }

  #if canImport(Darwin)
    private static func create(
      _ attributes: inout pthread_attr_t, _ work: UnsafeMutableRawPointer
    ) -> Int32 {
      var thread: pthread_t?
      return pthread_create(
        &thread, &attributes,
        {
          Unmanaged<Work>.fromOpaque($0).takeRetainedValue().run()
          return nil
        }, work)
    }
  #else
    private static func create(
      _ attributes: inout pthread_attr_t, _ work: UnsafeMutableRawPointer
    ) -> Int32 {
      var thread = pthread_t()
      return pthread_create(
        &thread, &attributes,
        { work in
          if let work { Unmanaged<Work>.fromOpaque(work).takeRetainedValue().run() }
          return nil
        }, work)
    }
  #endif
}
