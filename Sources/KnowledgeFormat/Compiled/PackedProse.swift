import FailurePatterns

// What an entry says to people, packed. Each `init(packed:)` reads what the `write(to:)` beside it
// wrote, value by value.

extension EntryProse {
  init(packed reader: inout PackedReader) {
    summary = reader.text()
    causes = reader.list { Cause(packed: &$0) }
    solutions = reader.list { Solution(packed: &$0) }
    references = reader.list { Reference(title: $0.text(), url: $0.text()) }
  }

  func write(to writer: inout PackedWriter) {
    writer.text(summary)
    writer.list(causes) { $1.write(to: &$0) }
    writer.list(solutions) { $1.write(to: &$0) }
    writer.list(references) { writer, reference in
      writer.text(reference.title)
      writer.text(reference.url)
    }
  }
}

extension Cause {
  fileprivate init(packed reader: inout PackedReader) {
    id = reader.text()
    text = reader.text()
    check = reader.optional {
      Check(text: $0.text(), command: $0.optionalText(), expectation: $0.optionalText())
    }
    decidedBy = reader.optional { DecidedBy(packed: &$0) }
    appliesTo = reader.optional { Applicability(packed: &$0) }
    retry = reader.optional { Retry.allCases[$0.integer()] }
  }

  fileprivate func write(to writer: inout PackedWriter) {
    writer.text(id)
    writer.text(text)
    writer.optional(check) { writer, check in
      writer.text(check.text)
      writer.optionalText(check.command)
      writer.optionalText(check.expectation)
    }
    writer.optional(decidedBy) { $1.write(to: &$0) }
    writer.optional(appliesTo) { $1.write(to: &$0) }
    writer.optional(retry) { $0.integer(Retry.allCases.firstIndex(of: $1) ?? 0) }
  }
}

extension DecidedBy {
  fileprivate init(packed reader: inout PackedReader) {
    captures = reader.list { CaptureCondition(name: $0.text(), values: $0.texts()) }
    facts = reader.optional { FactCondition(packed: &$0) }
    patterns = reader.texts()
    signals = reader.texts()
    isRequired = reader.integer() == 1
  }

  fileprivate func write(to writer: inout PackedWriter) {
    writer.list(captures) { writer, capture in
      writer.text(capture.name)
      writer.texts(capture.values)
    }
    writer.optional(facts) { $1.write(to: &$0) }
    writer.texts(patterns)
    writer.texts(signals)
    writer.integer(isRequired ? 1 : 0)
  }
}

extension Applicability {
  fileprivate init(packed reader: inout PackedReader) {
    registries = reader.texts()
    clients = reader.texts()
    operations = reader.texts()
    signals = reader.texts()
    isSelfHosted = reader.integer() == 1
  }

  fileprivate func write(to writer: inout PackedWriter) {
    writer.texts(registries)
    writer.texts(clients)
    writer.texts(operations)
    writer.texts(signals)
    writer.integer(isSelfHosted ? 1 : 0)
  }
}

extension FactCondition {
  fileprivate init(packed reader: inout PackedReader) {
    httpStatus = reader.list { $0.integer() }
    engineStatus = reader.list { $0.integer() }
    ociCodes = reader.texts()
    clients = reader.texts()
    operations = reader.texts()
    registries = reader.texts()
  }

  fileprivate func write(to writer: inout PackedWriter) {
    writer.list(httpStatus) { $0.integer($1) }
    writer.list(engineStatus) { $0.integer($1) }
    writer.texts(ociCodes)
    writer.texts(clients)
    writer.texts(operations)
    writer.texts(registries)
  }
}

extension Solution {
  fileprivate init(packed reader: inout PackedReader) {
    text = reader.text()
    commands = reader.texts()
    causes = reader.texts()
    appliesTo = reader.optional { Applicability(packed: &$0) }
    verification = reader.optional {
      Verification(text: $0.optionalText(), command: $0.text())
    }
  }

  fileprivate func write(to writer: inout PackedWriter) {
    writer.text(text)
    writer.texts(commands)
    writer.texts(causes)
    writer.optional(appliesTo) { $1.write(to: &$0) }
    writer.optional(verification) { writer, verification in
      writer.optionalText(verification.text)
      writer.text(verification.command)
    }
  }
}
