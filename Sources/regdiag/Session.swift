#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import DiagnosisRendering
import FailureText
import KnowledgeFormat
import RegistryDiagnosis

/// One run of the program: its two outputs, and how it ends.
struct Session: ~Copyable {
  /// The version of the program.
  static let version = Release.version

  private var output = StandardOutput(descriptor: 1)
  private var errors = StandardOutput(descriptor: 2)
  /// What was answered last: the process ends sooner when it need not be freed piece by piece.
  var lastAnswer: Answer?

  /// An answer with what it was made from.
  struct Answer {
    let diagnosis: DiagnosisSession
    let report: Report
  }

  /// Runs a command line to its end.
  ///
  /// - Parameter arguments: The words behind the program's name.
  /// - Returns: The exit status. An answer that could not be written makes it a failure; one that
  ///   nobody wanted to read to its end does not.
  mutating func run(_ arguments: [String]) -> ExitStatus {
    let status: ExitStatus
    do throws(UsageError) {
      let request = try CommandLineParser.request(from: arguments, isFile: InputFile.exists)
      status = answer(request)
    } catch {
      complain(error, helpOn: CommandName(leading: arguments))
      status = .failure
    }
    guard let number = output.errorNumber else { return status }
    complain("cannot write the answer: \(SystemError.description(of: number))")
    return .failure
  }

  private mutating func answer(_ request: Request) -> ExitStatus {
    do throws(KnowledgeError) {
      switch request {
      case .help(let topic):
        write(HelpText.on(topic, style: Terminal.style(of: 1, color: nil, width: nil)))
        return .found
      case .version(let isVerbose):
        return try version(isVerbose: isVerbose)
      case .run(let invocation):
        return try run(invocation)
      }
    } catch {
      complain(error.message)
      return .failure
    }
  }

  private mutating func run(_ invocation: Invocation) throws(KnowledgeError) -> ExitStatus {
    switch invocation.command {
    case .explain: try explain(invocation)
    case .run: try runCommand(invocation)
    case .watch: try watch(invocation)
    case .lookup: try lookup(invocation)
    case .show: try show(invocation)
    case .list: try list(invocation)
    case .mcp: try serve(invocation)
    case .validate: try validate(invocation)
    case .test: try test(invocation)
    case .statistics: try statistics(invocation)
    case .new: try draft(invocation)
    case .difference: try difference(invocation)
    case .verify: try verify(invocation)
    case .checksums: try listChecksums(invocation)
    case .completions: complete(invocation)
    case .help: help(invocation)
    case .manual: manual(invocation)
    case .words: try words(invocation)
    }
  }

  // MARK: Writing

  /// Whether somebody still reads the answer.
  var hasReader: Bool { output.isOpen }

  /// Writes a part of the answer.
  mutating func write(_ text: String) {
    output.write(text)
  }

  /// Whether somebody still reads the answer.
  var isHeard: Bool { output.isOpen }

  /// Writes a part of the answer, in UTF-8.
  mutating func write(_ bytes: [UInt8]) {
    output.write(bytes)
  }

  /// Writes an answer for people: screen by screen where it is longer than one.
  mutating func writePaged(_ text: String, _ invocation: Invocation) {
    if !invocation.has(.noPager), let pager = Pager(for: text), pager.show(text) { return }
    write(text)
  }

  /// Says on standard error what went wrong; where that cannot be written, nothing more can be
  /// done.
  ///
  /// What was typed may be quoted in it: secrets are replaced, whatever `--no-redact` says of the
  /// paste.
  mutating func complain(_ message: String, as kind: String = "") {
    var page = TextPage(style: Terminal.style(of: 2, color: nil, width: nil))
    page.line([.init("regdiag: ", .dim), .init(kind), .init(SecretMask.masking(message))])
    errors.write(page.text)
  }

  /// Says on standard error what is wrong with the command line, and which help explains it.
  mutating func complain(_ error: UsageError, helpOn command: CommandName?) {
    complain(error.message)
    let command = command.map { " \($0.rawValue)" } ?? ""
    var page = TextPage(style: Terminal.style(of: 2, color: nil, width: nil))
    page.line([.init("Try 'regdiag\(command) --help'.", .dim)])
    errors.write(page.text)
  }

  /// Writes a sign of life to the terminal as it is.
  mutating func show(_ sign: String) { errors.write(sign) }

  /// Writes to standard error an answer that must not stand in standard output.
  mutating func show(_ answer: [UInt8]) { errors.write(answer) }

  /// Tells somebody who sits before a terminal what is waited for.
  mutating func hint(_ text: String) {
    var page = TextPage(style: Terminal.style(of: 2, color: nil, width: nil))
    page.line([.init(text, .dim)])
    errors.write(page.text)
  }

  /// Opens the knowledge base with what `REGDIAG_KB` and `--kb` add to it.
  ///
  /// Entries that had to be skipped are named on standard error.
  ///
  /// - Throws: When the base cannot be used, or an entry is broken and `--strict` was given.
  mutating func openEngine(_ invocation: Invocation) throws(KnowledgeError) -> Engine {
    let engine = try Engine(overlays: invocation.overlays)
    for warning in engine.warnings {
      complain(warning, as: "warning: ")
    }
    if invocation.has(.strict), !engine.warnings.isEmpty {
      throw KnowledgeError(message: "an added entry is broken, and --strict was given")
    }
    return engine
  }
}

extension Invocation {
  /// The files and folders that `REGDIAG_KB` and `--kb` name.
  var overlays: [String] {
    let inherited = Terminal.variable("REGDIAG_KB")?.split(separator: ":").map { String($0) } ?? []
    return inherited + (values[.kb] ?? [])
  }

  /// The style that the options ask for.
  var style: Style {
    Terminal.style(of: 1, color: value(of: .color), width: integer(of: .width))
  }

  /// How the answer is written: one of the values the command allows.
  var format: String { value(of: .format) ?? "text" }
}

extension ExitStatus {
  /// Ends the process.
  func end() -> Never {
    exit(rawValue)
  }
}
