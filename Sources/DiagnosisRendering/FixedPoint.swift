/// Numbers with three decimals, the same on every machine.
enum FixedPoint {
  /// A number rounded to three decimals, halves away from zero: `0.970`, `-0.125`.
  ///
  /// What is no finite number, or too large to be a score or a weight, becomes `0.000`.
  ///
  /// - Parameter isSigned: Whether a positive number gets a plus sign.
  static func text(_ value: Double, isSigned: Bool = false) -> String {
    let half = value < 0 ? -0.5 : 0.5
    let isUsable = value.isFinite && value.magnitude < 1e12
    let thousandths = isUsable ? Int(value * 1000 + half) : 0
    let magnitude = thousandths.magnitude
    let decimals = String(magnitude % 1000)
    let sign = thousandths < 0 ? "-" : isSigned ? "+" : ""
    let zeros = String(repeating: "0", count: 3 - decimals.utf8.count)
    return "\(sign)\(magnitude / 1000).\(zeros)\(decimals)"
  }
}
