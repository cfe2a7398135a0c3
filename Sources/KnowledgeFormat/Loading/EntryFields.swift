// The fields of entry.json, each declared once: schema/entry.schema.json in Swift.

extension Entry {
  static var shape: Shape<Entry> { .object(Entry.init) }

  private init?(_ object: ObjectReader) {
    object.ignored("$schema", .text())
    let id = object.required("id", .entryID)
    let title = object.required("title", .text(8...80))
    let summary = object.required("summary", .text(20...400))
    let status: Status? = object.required("status", .word)
    let withdrawal = object.optional("withdrawn", .object(Withdrawal.init))
    let aliases = object.optional(
      "aliases", .distinctList(of: .entryID, atMost: ListLimit.links))
    let codes = object.required("codes", .distinctList(of: .text(1...80)))
    let httpStatus = object.optional("httpStatus", .distinctList(of: .status))
    let role: Role? = object.required("role", .word)
    let retry: Retry? = object.required("retry", .word)
    let severity: Severity? = object.required("severity", .word)
    let match = object.required("match", .object { MatchSection($0, role: role ?? .cause) })
    let refines = object.optional(
      "refines", .distinctList(of: .entryID, atMost: ListLimit.links))
    let causes = object.required("causes", .list(of: .object(Cause.init), atLeast: 1))
    let solutions = object.required("solutions", .list(of: .object(Solution.init), atLeast: 1))
    let examples = object.required("examples", .list(of: .object(Example.init), atLeast: 1))
    let nonExamples = object.required(
      "nonExamples", .list(of: .object(NonExample.init), atLeast: 1))
    let references = object.required("references", .list(of: .object(Reference.init), atLeast: 1))
    let documents = object.optional("documents", .list(of: .object(DocumentMention.init)))
    let history = object.required("history", .object(History.init))

    if let status { Entry.checkWithdrawal(of: object, status) }
    guard let id, let title, let summary, let status, let codes, let role, let retry, let severity,
      let match, let causes, let solutions, let examples, let nonExamples, let references,
      let history
    else { return nil }
    self.init(
      id: id, title: title, summary: summary, status: status, withdrawal: withdrawal,
      aliases: aliases ?? [], codes: codes, httpStatus: httpStatus ?? [], role: role, retry: retry,
      severity: severity, registries: match.registries, signals: match.signals,
      refines: refines ?? [], causes: causes, solutions: solutions, examples: examples,
      nonExamples: nonExamples, references: references, documents: documents ?? [],
      history: history)
  }

  /// Withdrawn entries say why, and only they do.
  private static func checkWithdrawal(of object: ObjectReader, _ status: Status) {
    let withdrawal = object.node["withdrawn"]
    if status == .withdrawn, withdrawal == nil {
      object.reportMissing("withdrawn", because: "the status is withdrawn")
    }
    if status != .withdrawn, let withdrawal {
      object.complaints.report(
        .unexpectedKey, at: withdrawal, "the status is \(status.rawValue), not withdrawn",
        "remove it, or set the status to withdrawn")
    }
  }
}

extension Withdrawal {
  fileprivate init?(_ object: ObjectReader) {
    let since = object.required("since", .contentVersion)
    let reason = object.required("reason", .text(10...Int.max))
    let replacement = object.optional("replacedBy", .entryID)
    guard let since, let reason else { return nil }
    self.init(since: since, reason: reason, replacement: replacement)
  }
}

extension Cause {
  fileprivate init?(_ object: ObjectReader) {
    let id = object.required("id", .slug)
    let text = object.required("text", .text(10...400))
    let check = object.optional("check", .object(Check.init))
    let decidedBy = object.optional("decidedBy", .object(atLeast: 1, DecidedBy.init))
    let appliesTo = object.optional("appliesTo", Applicability.shape)
    let retry: Retry? = object.optional("retry", .word)
    guard let id, let text else { return nil }
    self.init(
      id: id, text: text, check: check, decidedBy: decidedBy, appliesTo: appliesTo, retry: retry)
  }
}

extension Applicability {
  fileprivate static var shape: Shape<Applicability> { .object(atLeast: 1, Applicability.init) }

  private enum Hosting: String, CaseIterable, Sendable { case own }

  private init(_ object: ObjectReader) {
    let hosting: Hosting? = object.optional("hosting", .word)
    self.init(
      registries: object.optional("registry", .words) ?? [],
      clients: object.optional("client", .words) ?? [],
      operations: object.optional("operation", .words) ?? [],
      signals: object.optional("signals", .list(of: .slug, atLeast: 1)) ?? [],
      isSelfHosted: hosting == .own)
  }
}

extension Check {
  fileprivate init?(_ object: ObjectReader) {
    let text = object.required("text", .text(5...400))
    let command = object.optional("command", .command)
    let expectation = object.optional("expect", .text(3...300))
    guard let text else { return nil }
    self.init(text: text, command: command, expectation: expectation)
  }
}

extension DecidedBy {
  fileprivate init(_ object: ObjectReader) {
    let isRequired = object.optional("required", .boolean)
    if isRequired != nil, object.memberCount == 1 {
      object.reportMissing("text", because: "nothing else says when it holds")
    }
    self.init(
      captures: object.optional(
        "captures", .keyed(.list(of: .text(), atLeast: 1), CaptureCondition.init)) ?? [],
      facts: object.optional("facts", FactCondition.shape),
      patterns: object.optional("text", .list(of: .pattern, atLeast: 1)) ?? [],
      signals: object.optional("signals", .list(of: .slug, atLeast: 1)) ?? [],
      isRequired: isRequired ?? false)
  }
}

extension Solution {
  fileprivate init?(_ object: ObjectReader) {
    let text = object.required("text", .text(5...400))
    let commands = object.optional("commands", .list(of: .command))
    let causes = object.optional("for", .distinctList(of: .slug))
    let appliesTo = object.optional("appliesTo", Applicability.shape)
    let verification = object.optional("verify", .object(Verification.init))
    guard let text else { return nil }
    self.init(
      text: text, commands: commands ?? [], causes: causes ?? [], appliesTo: appliesTo,
      verification: verification)
  }
}

extension Verification {
  fileprivate init?(_ object: ObjectReader) {
    let text = object.optional("text", .text(5...300))
    let command = object.required("command", .command)
    guard let command else { return nil }
    self.init(text: text, command: command)
  }
}

extension Example {
  fileprivate init?(_ object: ObjectReader) {
    let file = object.required("file", .text(as: .exampleFile(prefix: "match-")))
    let source = object.optional("source", .httpsURL)
    let captures = object.optional("captures", .keyed(.text(), ExpectedCapture.init))
    guard let file else { return nil }
    self.init(file: file, source: source, captures: captures ?? [])
  }
}

extension NonExample {
  fileprivate init?(_ object: ObjectReader) {
    let file = object.required("file", .text(as: .exampleFile(prefix: "nomatch-")))
    let source = object.optional("source", .httpsURL)
    let isInstead = object.optional("isInstead", .entryID)
    guard let file else { return nil }
    self.init(file: file, source: source, isInstead: isInstead)
  }
}

extension Reference {
  fileprivate init?(_ object: ObjectReader) {
    let title = object.required("title", .text(3...120))
    let url = object.required("url", .httpsURL)
    guard let title, let url else { return nil }
    self.init(title: title, url: url)
  }
}

extension DocumentMention {
  fileprivate init?(_ object: ObjectReader) {
    let document = object.required("document", .slug)
    let revisions = object.required(
      "revisions", .distinctList(of: .text(1...Int.max), atLeast: 1))
    guard let document, let revisions else { return nil }
    self.init(document: document, revisions: revisions)
  }
}

extension History {
  fileprivate init?(_ object: ObjectReader) {
    let added = object.required("added", .contentVersion)
    let modified = object.required("modified", .contentVersion)
    guard let added, let modified else { return nil }
    self.init(added: added, modified: modified)
  }
}
