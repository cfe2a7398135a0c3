import RegistryDiagnosis

/// The parts that a diagnosis and an entry have in common: why it happens, what to do, where to
/// read on.
extension TextPage {
  /// Appends causes and solutions.
  mutating func append(_ advice: Advice) {
    let labels = CauseLabels(of: advice)
    appendCauses(advice.causes, labels: labels)
    appendSolutions(advice.solutions, labels: labels, retry: advice.retry)
  }

  /// Appends the causes with their checks.
  ///
  /// Where the paste decides for one, the others are named without their checks.
  private mutating func appendCauses(_ causes: [Diagnosis.Cause], labels: CauseLabels) {
    guard !causes.isEmpty else { return }
    let isDecided = causes.contains(where: \.isDecided)
    heading(causes.count == 1 || isDecided ? "Why" : "Why: one of these")
    for cause in causes {
      let lead = labels[cause.id].map { "\($0)  " } ?? "\(style.bullet) "
      if cause.isDecided {
        let mark = style.sign(" ✓ your paste says so", " <- your paste says so")
        paragraph(
          [.init(cause.text), .init(mark, .high)], indent: 2, lead: .init(lead, .high))
        continue
      }
      let isAside = isDecided
      paragraph([.init(cause.text, isAside ? .dim : .plain)], indent: 2, lead: .init(lead))
      if let check = cause.check, !isAside {
        appendCheck(check, indent: 2 + lead.count)
      }
    }
  }

  private mutating func appendCheck(_ check: Diagnosis.Check, indent: Int) {
    paragraph([.init(check.text)], indent: indent, lead: .init("Check: ", .dim))
    if let command = check.command {
      verbatim(command, indent: indent + 4)
    }
    if let expect = check.expect {
      paragraph([.init(expect)], indent: indent, lead: .init("If so: ", .dim))
    }
  }

  /// Appends the solutions as numbered steps, and whether to try again.
  private mutating func appendSolutions(
    _ solutions: [Diagnosis.Solution], labels: CauseLabels, retry: Diagnosis.Retry
  ) {
    guard !solutions.isEmpty else { return }
    heading("What to do")
    for index in solutions.indices {
      let solution = solutions[index]
      if index > 0 { blank() }
      appendStep(
        solution, lead: solutions.count == 1 ? "" : "\(index + 1). ",
        target: labels.text(for: solution))
    }
    blank()
    paragraph([.init(retry.advice)], indent: 2, lead: .init(style.sign("↻ ", "> "), .dim))
  }

  /// Appends one step.
  ///
  /// - Parameters:
  ///   - solution: What to do.
  ///   - lead: The step's number; empty when it is the only one.
  ///   - target: The labels of the causes it is for; empty when for all.
  mutating func appendStep(_ solution: Diagnosis.Solution, lead: String, target: String) {
    let aim: [Run] = target.isEmpty ? [] : [.init("For \(target): ", .dim)]
    paragraph(aim + [.init(solution.text)], indent: 2, lead: .init(lead, .heading))
    let margin = 2 + lead.count
    for command in solution.commands {
      verbatim(command, indent: margin + 4)
    }
    guard let verify = solution.verify else { return }
    if let text = verify.text {
      paragraph([.init(text)], indent: margin, lead: .init("It worked if: ", .dim))
    } else {
      line([.init("To see whether it worked:", .dim)], indent: margin)
    }
    verbatim(verify.command, indent: margin + 4)
  }

  /// Appends where to read on: titles, and URLs on lines of their own.
  mutating func appendReferences(_ references: [Diagnosis.Reference]) {
    guard !references.isEmpty else { return }
    heading("Documentation")
    for reference in references {
      line([.init(reference.title)], indent: 2)
      line([.init(reference.url, .link)], indent: 4)
    }
  }
}
