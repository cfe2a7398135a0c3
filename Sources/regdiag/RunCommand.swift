#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import DiagnosisRendering
import KnowledgeFormat
import RegistryDiagnosis

extension Session {
  /// `regdiag run`: the command as if we were not there; an explanation on standard error where it
  /// failed.
  ///
  /// - Throws: Before the command starts, where `--strict` was given and a base is broken.
  mutating func runCommand(_ invocation: Invocation) throws(KnowledgeError) -> ExitStatus {
    let (engine, troubles) = try openQuietly(invocation)
    var terminalSettings = TerminalSettings()
    let channels = OutputChannel.all()
    guard let mask = SignalPipe.listen(to: OutputRelay.signals) else {
      complain("cannot run a command: \(SystemError.description(of: errno))")
      return .commandNotExecutable
    }
    let child: ChildProcess
    do throws(ChildProcess.StartFailure) {
      let streams = channels.flatMap { channel in
        channel.streams.map { (number: $0, descriptor: channel.far) }
      }
      child = try ChildProcess(invocation.arguments, streams: streams, mask: mask)
    } catch {
      complain(error.message)
      return error.status
    }
    for channel in channels { channel.commandHasStarted() }
    var transcript = Transcript(
      engine.makeSession(showsSecrets: invocation.has(.noRedact)), channelCount: channels.count)
    var relay = OutputRelay(child, channels: channels)
    let termination = relay.run { transcript.append($0, from: $1) }

    if case .killed = termination { terminalSettings?.restore() }
    var remarks = relay.channels.compactMap(\.errorNumber).map {
      "cannot pass on the command's output: \(SystemError.description(of: $0))"
    }
    var explanation: [UInt8] = []
    if termination.isWorthExplaining {
      remarks += troubles.map { "warning: \($0)" }
      let report = transcript.finish(
        commandLine: engine.clientCommandLine(invocation.arguments))
      lastAnswer = Answer(diagnosis: transcript.diagnosis, report: report)
      explanation = self.explanation(report, invocation)
    }
    let isInMidLine = relay.channels.contains { $0.streams.contains(2) && $0.endsInMidLine }
    if isInMidLine, !remarks.isEmpty || !explanation.isEmpty { show("\n") }
    for remark in remarks { complain(remark) }
    show(explanation)
    // A shell then knows that its script or loop was meant too.
    if relay.wasInterrupted, case .killed(SIGINT) = termination { SignalPipe.succumb(to: SIGINT) }
    return termination.exitStatus
  }

  /// Opens the knowledge base, and keeps what is wrong with added entries for later: that must not
  /// keep the command from running, unless `--strict` was given.
  private mutating func openQuietly(
    _ invocation: Invocation
  ) throws(KnowledgeError) -> (engine: Engine, troubles: [String]) {
    if invocation.has(.strict) { return (try openEngine(invocation), []) }
    do throws(KnowledgeError) {
      let engine = try Engine(overlays: invocation.overlays)
      return (engine, engine.warnings)
    } catch {
      return (try Engine(overlays: []), [error.message])
    }
  }

  /// What is said of a failure: nothing to a person where nothing was recognised; to a machine
  /// always a report, in one line.
  private func explanation(_ report: Report, _ invocation: Invocation) -> [UInt8] {
    let isForMachine = invocation.format == "json"
    guard isForMachine || !report.diagnoses.isEmpty else { return [] }
    let style = Terminal.style(
      of: 2, color: invocation.value(of: .color), width: invocation.integer(of: .width))
    let answer = invocation.presentation(
      of: report, source: "output", path: nil, isAlone: !isForMachine, style: style)
    return isForMachine ? answer : [UInt8(ascii: "\n")] + answer
  }
}

extension Engine {
  /// A command line as a paste would show it, where it is that of a program that the base knows.
  ///
  /// Words that hold more than a name, an option or a reference are left out: they may be anything,
  /// an error's text too.
  fileprivate func clientCommandLine(_ words: [String]) -> String? {
    let words = words.first == "sudo" ? words.dropFirst() : words[...]
    guard let name = words.first?.split(separator: "/").last,
      self.words(.clients).contains(String(name))
    else { return nil }
    let plain = words.dropFirst().filter { $0.utf8.allSatisfy { 0x21...0x7E ~= $0 } }
    return ([String(name)] + plain).joined(separator: " ")
  }
}

extension ChildProcess.Termination {
  /// Whether the command failed, rather than found that nobody reads it any more.
  fileprivate var isWorthExplaining: Bool {
    switch self {
    case .exited(let status): status != 0
    case .killed(let signal): signal != SIGPIPE
    }
  }
}
