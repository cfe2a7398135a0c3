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

  private let state: GuardedValue<State>

  package init(_ make: @escaping @Sendable () -> Value) { state = GuardedValue(.asked(make)) }

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
