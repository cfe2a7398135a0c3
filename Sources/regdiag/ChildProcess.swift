#if canImport(Glibc)
  @preconcurrency import Glibc
#elseif canImport(Musl)
  @preconcurrency import Musl
#else
  @preconcurrency import Darwin
#endif
import KnowledgeFormat

/// A command that was started, in our session and process group.
struct ChildProcess {
  /// How it goes with it.
  enum State {
    case running
    case stopped(by: Int32)
    case ended(Termination)
  }

  /// How it ended.
  enum Termination {
    case exited(Int32)
    case killed(by: Int32)
  }

  /// Why it could not be started.
  struct StartFailure: Error {
    /// In a sentence without a full stop.
    let message: String
    /// What a shell exits with in this case.
    let status: ExitStatus
  }

  private let identifier: pid_t

  /// Starts a command.
  ///
  /// It gets our environment, our streams save those that are replaced, what else we inherited, and
  /// its signals as we found ours.
  ///
  /// - Parameters:
  ///   - words: Its name or path, and its arguments.
  ///   - streams: The descriptors it gets in place of ours, by the number of the stream.
  ///   - mask: The signals it is to find blocked.
  init(
    _ words: [String], streams: [(number: Int32, descriptor: Int32)], mask: sigset_t
  ) throws(StartFailure) {
    let name = words.first ?? ""
    var identifier: pid_t = 0
    var number = Self.spawn(words, streams, mask, into: &identifier)
    if number == ENOEXEC, name.contains("/") {
      // As execvp does it: a script that names no interpreter is the shell's.
      number = Self.spawn(["/bin/sh"] + words, streams, mask, into: &identifier)
    }
    guard number == 0 else { throw Self.failure(number, of: name) }
    self.identifier = identifier
  }

  /// How it goes with it by now; told once for each change.
  func state() -> State {
    var status: Int32 = 0
    while true {
      let found = waitpid(identifier, &status, WNOHANG | WUNTRACED)
      if found == identifier { break }
      guard found < 0, errno == EINTR else { return .running }
    }
    // The macros that take a status apart are not seen from here.
    let signal = status & 0x7F
    if signal == 0 { return .ended(.exited(status >> 8 & 0xFF)) }
    return signal == 0x7F ? .stopped(by: status >> 8 & 0xFF) : .ended(.killed(by: signal))
  }

  /// Sends it a signal; it must not have ended.
  func send(_ signal: Int32) {
    _ = kill(identifier, signal)
  }

  private static func failure(_ number: Int32, of name: String) -> StartFailure {
    switch number {
    case ENOENT where !InputFile.exists(name) || !name.contains("/"):
      StartFailure(message: "there is no command '\(name)'", status: .commandNotFound)
    case ENOENT:
      StartFailure(
        message: "cannot run '\(name)': the interpreter its first line names is not there",
        status: .commandNotExecutable)
    default:
      StartFailure(
        message: "cannot run '\(name)': \(SystemError.description(of: number))",
        status: .commandNotExecutable)
    }
  }

  /// - Returns: 0, or the number of the error.
  private static func spawn(
    _ words: [String], _ streams: [(number: Int32, descriptor: Int32)], _ mask: sigset_t,
    into identifier: inout pid_t
  ) -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for stream in streams {
      posix_spawn_file_actions_adddup2(&actions, stream.descriptor, stream.number)
    }
    var mask = mask
    posix_spawnattr_setsigmask(&attributes, &mask)
    // Signals with a handler are as ever in a new program; an ignored one would stay ignored.
    var restored = sigset_t()
    sigemptyset(&restored)
    for number in StandardStreams.ignored where !StandardStreams.ignoredBefore.contains(number) {
      sigaddset(&restored, number)
    }
    posix_spawnattr_setsigdefault(&attributes, &restored)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var arguments = words.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    arguments.append(nil)
    return posix_spawnp(&identifier, words.first ?? "", &actions, &attributes, arguments, environ)
  }
}

extension ChildProcess.Termination {
  /// What a shell makes of it.
  var exitStatus: ExitStatus {
    switch self {
    case .exited(let status): ExitStatus(rawValue: status)
    case .killed(let signal): ExitStatus(rawValue: 128 + signal)
    }
  }
}
