import Synchronization

/// A value that one thread at a time uses: a mutex that the thread sanitizer understands too.
///
/// Where threads contend for a mutex, the kernel hands it on, which the sanitizer does not see; it
/// does see the count of turns.
struct GuardedValue<Value: Sendable>: ~Copyable, Sendable {
  private let mutex: Mutex<Value>
  private let turns = Atomic<Int>(0)

  init(_ value: Value) { mutex = Mutex(value) }

  /// Uses the value when no other thread does.
  func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
    mutex.withLock { value in
      beginTurn()
      defer { endTurn() }
      return body(&value)
    }
  }

  /// Uses the value, unless another thread does.
  func withLockIfAvailable<Result: Sendable>(_ body: (inout Value) -> Result) -> Result? {
    mutex.withLockIfAvailable { value in
      beginTurn()
      defer { endTurn() }
      return body(&value)
    }
  }

  private func beginTurn() { _ = turns.load(ordering: .acquiring) }
  private func endTurn() { turns.add(1, ordering: .releasing) }
}
