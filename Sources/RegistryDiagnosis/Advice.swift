/// What an entry says to people about a failure: why it happens and what to do.
public struct Advice: Sendable, Equatable {
  /// One or two sentences more than the title.
  public let summary: String
  /// Whether trying again can help.
  public let retry: Diagnosis.Retry
  /// Why it happens.
  public let causes: [Diagnosis.Cause]
  /// What to do, in the order to try.
  public let solutions: [Diagnosis.Solution]
  /// Where this is documented.
  public let references: [Diagnosis.Reference]

  package init(
    summary: String, retry: Diagnosis.Retry, causes: [Diagnosis.Cause],
    solutions: [Diagnosis.Solution], references: [Diagnosis.Reference]
  ) {
    self.summary = summary
    self.retry = retry
    self.causes = causes
    self.solutions = solutions
    self.references = references
  }
}

/// Advice that is at hand, or that is decoded from the base when somebody asks.
package enum AdviceSource: Sendable, Equatable {
  case written(Advice)
  case later(AdviceWriter)

  package var advice: Advice {
    switch self {
    case .written(let advice): advice
    case .later(let writer): writer.advice()
    }
  }

  package static func == (first: AdviceSource, second: AdviceSource) -> Bool {
    first.advice == second.advice
  }
}
