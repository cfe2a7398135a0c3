/// The commands there are; the raw value is what is typed.
enum CommandName: String, Sendable, CaseIterable {
  case explain, run, watch, lookup, show, list, mcp
  case new = "kb new"
  case validate = "kb validate"
  case test = "kb test"
  case statistics = "kb stats"
  case difference = "kb diff"
  case verify = "kb verify"
  case checksums = "kb checksums"
  case completions, help
  case manual = "man"
  /// Hidden: what completion scripts call for the words of the knowledge base.
  case words = "__complete"

  /// The compiler's own builds a dictionary of all names at its first call, which takes a twentieth of
  /// a short run.
  init?(rawValue: String) {
    guard let name = CommandName.allCases.first(where: { $0.rawValue == rawValue }) else {
      return nil
    }
    self = name
  }

  /// Those a person is told of.
  static var visible: [CommandName] { allCases.filter { $0 != .words } }

  /// What the group of commands that begin with `kb` is for.
  static let groupSummary = "extend, check, test and measure a knowledge base"

  /// The command that a command line begins with.
  init?(leading arguments: [String]) {
    let names = [1, 2].map { arguments.prefix($0).joined(separator: " ") }
    guard let name = names.lazy.compactMap({ CommandName(rawValue: $0) }).first else { return nil }
    self = name
  }

  /// The words that are typed: one, or a group and a command of it.
  var path: [Substring] { rawValue.split(separator: " ") }
}

/// What a command is: the one description from which come its parser, its help, its completions and
/// its error messages.
struct CommandSpec: Sendable {
  let name: CommandName
  /// What it does, in a few words without a full stop.
  let summary: String
  let arguments: [ArgumentSpec]
  /// All but `--help`, which every command has.
  let options: [OptionSpec]
  // What only help shows is made when help asks.
  private let makeDiscussion: @Sendable () -> [String]
  private let makeExamples: @Sendable () -> [Example]
  private let makeExitStatuses: @Sendable () -> [Outcome]

  init(
    _ name: CommandName, _ summary: String,
    discussion: @autoclosure @escaping @Sendable () -> [String] = [],
    arguments: [ArgumentSpec] = [], options: [OptionSpec] = [],
    examples: @autoclosure @escaping @Sendable () -> [Example] = [],
    exitStatuses: @autoclosure @escaping @Sendable () -> [Outcome] = []
  ) {
    self.name = name
    self.summary = summary
    self.arguments = arguments
    self.options = options + [.help]
    makeDiscussion = discussion
    makeExamples = examples
    makeExitStatuses = exitStatuses
  }

  /// More than the summary, a paragraph each.
  var discussion: [String] { makeDiscussion() }
  var examples: [Example] { makeExamples() }
  var exitStatuses: [Outcome] { makeExitStatuses() }

  /// A command line worth copying.
  struct Example: Sendable {
    let remark: String
    let command: String

    init(_ remark: String, _ command: String) {
      self.remark = remark
      self.command = command
    }
  }

  /// What an exit status means.
  struct Outcome: Sendable {
    /// The number, or what it is made of.
    let status: String
    let meaning: String

    init(_ status: ExitStatus, _ meaning: String) { self.init("\(status.rawValue)", meaning) }

    init(_ status: String, _ meaning: String) {
      self.status = status
      self.meaning = meaning
    }
  }
}

/// How the program ends: as grep does, or as the command that it ran.
struct ExitStatus: RawRepresentable, Sendable {
  let rawValue: Int32

  /// What was asked for was found.
  static let found = ExitStatus(rawValue: 0)
  /// It was not.
  static let nothing = ExitStatus(rawValue: 1)
  /// The program could not do its work.
  static let failure = ExitStatus(rawValue: 2)
  /// The command to run may not be run.
  static let commandNotExecutable = ExitStatus(rawValue: 126)
  /// There is no such command to run.
  static let commandNotFound = ExitStatus(rawValue: 127)
}

/// The options there are.
enum OptionName: String, Sendable {
  case format, color, width, why, kb, strict, max, registry, client, corpus, checksums, into, batch,
    null, help, version
  case exitZero = "exit-zero"
  case quietTime = "quiet-time"
  case noRedact = "no-redact"
  case noPager = "no-pager"
}

/// An option: what it is called, what it takes, what it does.
struct OptionSpec: Sendable {
  let name: OptionName
  let short: Character?
  /// What it takes; absent for a switch.
  let value: ValueSpec?
  /// What holds when it is not given, in words.
  let standard: String?
  /// Whether several add up; of others the last one counts.
  let isRepeatable: Bool
  let help: String

  init(
    _ name: OptionName, short: Character? = nil, takes value: ValueSpec? = nil,
    standard: String? = nil, isRepeatable: Bool = false, help: String
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.standard = standard
    self.isRepeatable = isRepeatable
    self.help = help
  }

  /// `--format`.
  var long: String { "--" + name.rawValue }
  /// `--format`, and `-f` where there is one.
  var spellings: [String] { [long] + (short.map { ["-\($0)"] } ?? []) }
}

/// What stands behind the options.
struct ArgumentSpec: Sendable {
  let value: ValueSpec
  let isOptional: Bool
  let isRepeatable: Bool
  let help: String

  init(_ value: ValueSpec, isOptional: Bool = false, isRepeatable: Bool = false, _ help: String) {
    self.value = value
    self.isOptional = isOptional
    self.isRepeatable = isRepeatable
    self.help = help
  }

  /// Whether it, and all behind it, is a command line of its own.
  var beginsCommandLine: Bool {
    if case .program = value.kind { true } else { false }
  }

  /// How it stands in a usage line.
  var usage: String {
    let name = (beginsCommandLine ? "-- " : "") + value.name + (isRepeatable ? "..." : "")
    return isOptional ? "[\(name)]" : name
  }
}

/// A value of an option or an argument.
struct ValueSpec: Sendable {
  /// What it is called in help, in capitals.
  let name: String
  let kind: Kind

  init(_ name: String, _ kind: Kind) {
    self.name = name
    self.kind = kind
  }

  /// What may be typed.
  enum Kind: Sendable {
    case text
    case path
    case choice([String])
    case integer(ClosedRange<Int>)
    /// A word the knowledge base knows.
    case word(WordKind)
    /// The name of a program; what stands behind it is the program's.
    case program
  }
}

/// The words of a knowledge base that completion offers.
enum WordKind: String, Sendable, CaseIterable {
  case ids, codes, registries, clients, commands
}
