/// Random texts that are the same in every run.
package struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package static let lower = "abcdefghijklmnopqrstuvwxyz"
  package static let digits = "0123456789"
  package static let mixed = lower + lower.uppercased() + digits
  package static let hex = "0123456789abcdef"

  package mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 11 ^ state
  }

  /// A text of letters of an alphabet.
  package mutating func text(_ count: Int, of alphabet: String) -> String {
    let letters = Array(alphabet)
    return String((0..<count).map { _ in letters.randomElement(using: &self) ?? "a" })
  }
}
