import CProcessorCount
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Work that one other thread does, a piece after the other.
///
/// The thread ends when nothing has come for a moment, and another is started for what comes then.
/// Where the system has none, nothing is done.
package final class BackgroundWork: Sendable {
  private struct State {
    var pieces: [@Sendable () -> Void] = []
    var isRunning = false
  }

  private let state = GuardedValue(State())

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

  /// How often, and how many microseconds each time, the thread waits for more before it ends: to
  /// start one costs as much as to search a good part of a window.
  private static let waiting = (most: 40, microseconds: UInt32(50))

  private func run() {
    var waits = 0
    while let step = next(mayEnd: waits == BackgroundWork.waiting.most) {
      switch step {
      case .piece(let piece):
        piece()
        waits = 0
      case .wait:
        usleep(BackgroundWork.waiting.microseconds)
        waits += 1
      }
    }
  }

  private enum Step {
    case piece(@Sendable () -> Void)
    case wait
  }

  /// What to do next; `nil` to end.
  private func next(mayEnd: Bool) -> Step? {
    state.withLock { state in
      if !state.pieces.isEmpty { return .piece(state.pieces.removeFirst()) }
      if mayEnd { state.isRunning = false }
      return mayEnd ? nil : .wait
    }
  }
}

/// Tells threads apart, as long as they run.
struct ThreadIdentity: Equatable {
  private let number: Int

  /// That of the thread which asks.
  static var current: ThreadIdentity { ThreadIdentity(number: Int(bitPattern: pthread_self())) }
}

/// Threads that do a piece of work and end.
package enum BackgroundThread {
  /// How many can run at once beside the one that asks: not more than the process is bound to.
  package static let spareCores = Int(regdiag_processor_count()) - 1

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
