import RegistryDiagnosis

extension Session {
  /// `regdiag explain --batch`: many inputs, several at once, a line of JSON for each in their order.
  mutating func explainBatch(_ invocation: Invocation) throws(KnowledgeError) -> ExitStatus {
    if let format = invocation.value(of: .format), format != "json" {
      throw KnowledgeError(
        message: UsageError.conflict("--batch", "'--format \(format)': it writes JSON").message)
    }
    if invocation.has(.null), !invocation.arguments.isEmpty {
      throw KnowledgeError(
        message: UsageError.conflict("--null", "FILE: it reads standard input").message)
    }
    let standardInputs = invocation.paths.count { $0 == "-" }
    guard standardInputs < 2 else {
      throw KnowledgeError(message: "'-' stands for standard input, which can be read only once")
    }
    let engine = try openEngine(invocation)
    if standardInputs > 0 { hintAtPaste() }
    let batch = Batch(engine: engine, invocation: invocation)
    var queue = BatchQueue(invocation)
    var hasDiagnosis = false
    var hasFailed = false
    do throws(InputFile.Failure) {
      while let inputs = try queue.next(Batch.maximumInputs) {
        for outcome in batch.outcomes(of: inputs) {
          for warning in outcome.warnings { complain(warning, as: "warning: ") }
          if let failure = outcome.failure { complain(failure.message) }
          write(outcome.line)
          hasDiagnosis = hasDiagnosis || outcome.hasDiagnosis
          hasFailed = hasFailed || outcome.failure != nil
        }
      }
    } catch {
      complain(error.message)
      hasFailed = true
    }
    if hasFailed { return .failure }
    return hasDiagnosis || invocation.has(.exitZero) ? .found : .nothing
  }
}

/// One input of a batch.
enum BatchInput: Sendable {
  case file(InputFile)
  case text(NullSeparatedInput.Text)
}

/// The inputs of a batch that were not worked on yet.
private enum BatchQueue: ~Copyable {
  case files(ArraySlice<String>)
  case standardInput(NullSeparatedInput)

  init(_ invocation: Invocation) {
    if invocation.has(.null) {
      self = .standardInput(NullSeparatedInput())
    } else {
      self = .files(invocation.paths[...])
    }
  }

  /// The next inputs, in order; absent when there are no more.
  mutating func next(_ maximum: Int) throws(InputFile.Failure) -> [BatchInput]? {
    switch consume self {
    case .files(let paths):
      self = .files(paths.dropFirst(maximum))
      return paths.isEmpty ? nil : paths.prefix(maximum).map { .file(InputFile(path: $0)) }
    case .standardInput(var input):
      do throws(InputFile.Failure) {
        let texts = try input.next(maximum)
        self = .standardInput(input)
        return texts?.map { .text($0) }
      } catch {
        self = .files([])
        throw error
      }
    }
  }
}

/// Explains several inputs at once.
private struct Batch: Sendable {
  let engine: Engine
  let invocation: Invocation

  /// How many inputs are held at a time: enough that no core waits for long where one of them is
  /// large.
  static let maximumInputs = 8 * (1 + BackgroundThread.spareCores)

  /// What became of an input.
  struct Outcome: Sendable {
    /// The report with a line feed; empty where the input could not be read.
    var line = ""
    var hasDiagnosis = false
    var warnings: [String] = []
    var failure: InputFile.Failure?
  }

  /// What became of each of some inputs, in their order; as many are worked on at once as there are
  /// cores.
  func outcomes(of inputs: [BatchInput]) -> some Sequence<Outcome> {
    let results = inputs.map { input in SharedResult { outcome(of: input) } }
    for _ in 0..<min(BackgroundThread.spareCores, results.count - 1) {
      BackgroundThread.start {
        for result in results { result.prepare() }
      }
    }
    return results.lazy.map(\.value)
  }

  private func outcome(of input: BatchInput) -> Outcome {
    var session = engine.makeSession(showsSecrets: invocation.has(.noRedact))
    var path: String?
    switch input {
    case .text(let text):
      session.append(text.bytes)
      session.noteOmission(of: text.omittedByteCount)
    case .file(let file):
      path = file.givenPath
      do throws(InputFile.Failure) {
        try file.read(into: &session)
      } catch {
        return Outcome(failure: error)
      }
    }
    let report = session.finish()
    return Outcome(
      line: invocation.json(of: report, path: path, isIndented: false),
      hasDiagnosis: !report.diagnoses.isEmpty,
      warnings: report.warnings.filter { !engine.warnings.contains($0) })
  }
}
