/// What an entry says to people about a failure, which is decoded only when it is shown.
package struct EntryProse: Sendable, Equatable {
  package let summary: String
  package let causes: [Cause]
  package let solutions: [Solution]
  package let references: [Reference]
}
