/// Why a text is no JSON.
package struct JSONSyntaxError: Error, Equatable, CustomStringConvertible {
  /// The first byte that cannot stand where it stands, zero-based; the length of the text when it
  /// ends too early.
  package let offset: Int
  /// The same place as editors count it.
  package let position: SourcePosition
  /// What is wrong.
  package let message: String
  /// What would be right.
  package let remedy: String

  package var line: Int { position.line }
  package var column: Int { position.column }

  package var description: String { "\(line):\(column): \(message) (\(remedy))" }
}
