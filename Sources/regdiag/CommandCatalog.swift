extension CommandSpec {
  /// The description of a command; only the one that is needed is made.
  static func of(_ name: CommandName) -> CommandSpec {
    switch name {
    case .explain: explain
    case .run: run
    case .watch: watch
    case .lookup: lookup
    case .show: show
    case .list: list
    case .mcp: mcp
    case .validate: validate
    case .test: test
    case .statistics: statistics
    case .new: new
    case .difference: difference
    case .verify: verify
    case .checksums: checksums
    case .completions: completions
    case .help: help
    case .manual: manual
    case .words: words
    }
  }

  private static var explain: CommandSpec {
    CommandSpec(
      .explain, "say which failure a pasted output shows, and what to do",
      discussion: [
        "Reads what a program printed when it failed: a terminal copy, a CI log, the events of a pod. "
          + "With several files each is explained by itself. Nothing leaves this machine.",
        "Of ten failures in one input the text says what to do, further ones it names with their lines; "
          + "--max N says it of the first N.",
        "With --format json and several files, each report is one line. With --format sarif all files "
          + "are in one document. --format github is for a step of GitHub Actions: it annotates the "
          + "files, and adds the reports to the step's summary.",
        "--batch is for many inputs: several are worked on at once, and each report is one line of "
          + "JSON, in the order of the inputs. A file that cannot be read has no line. Texts in UTF-16 "
          + "hold NUL bytes: --null cuts them to pieces.",
      ],
      arguments: [
        ArgumentSpec(
          ValueSpec("FILE", .path), isOptional: true, isRepeatable: true,
          "a file to read; standard input when there is none, or for -")
      ],
      options: [
        OptionSpec(
          .format, short: "f",
          takes: ValueSpec("FORMAT", .choice(["text", "json", "markdown", "sarif", "github"])),
          standard: "text", help: "how to write the answer"),
        OptionSpec(.batch, help: "explain many inputs at once, each in a line of JSON"),
        OptionSpec(
          .null, short: "0",
          help: "as --batch, for inputs on standard input with a NUL byte between them"),
        .why, .maximum,
        OptionSpec(
          .exitZero, help: "exit with 0 also when nothing was recognised; failures stay 2"),
        .noRedact,
      ] + OptionSpec.knowledge + OptionSpec.display,
      examples: [
        Example("the command that fails", "docker pull app:1.2 2>&1 | regdiag explain"),
        Example("a pod that does not start", "kubectl describe pod api-0 | regdiag explain"),
        Example("for a ticket", "regdiag explain --format markdown build.log"),
        Example("for code scanning", "regdiag explain --format sarif *.log > regdiag.sarif"),
        Example("many logs", "regdiag explain --batch logs/*.log > reports.jsonl"),
      ],
      exitStatuses: [
        Outcome(.found, "at least one diagnosis"), Outcome(.nothing, "none"), couldNot,
      ])
  }

  private static var run: CommandSpec {
    CommandSpec(
      .run, "run a command, and explain what it printed if it fails",
      discussion: [
        "The command runs as if it were alone: its input, its output, its keys and signals are its own. "
          + "Nothing is added where it succeeds, nor where it fails for a reason that is not known here.",
        "The explanation follows on standard error. With --format json it is one line, the last, and "
          + "there also where nothing was recognised.",
        "What is wrong with an added entry is told only if the command fails; with --strict it keeps the "
          + "command from running.",
      ],
      arguments: [
        ArgumentSpec(ValueSpec("COMMAND", .program), "the command to run"),
        ArgumentSpec(
          ValueSpec("ARGUMENT", .path), isOptional: true, isRepeatable: true,
          "what it is given; options too"),
      ],
      options: [.format, .why, .maximum, .noRedact] + OptionSpec.knowledge + OptionSpec.display,
      examples: [
        Example("", "regdiag run -- docker push registry.example.com/app:1.2"),
        Example("in a pipeline", "regdiag run --color always -- make release"),
      ],
      exitStatuses: [
        Outcome("any", "that of the command"),
        Outcome("128+N", "the command was ended by signal N"),
        Outcome(.commandNotExecutable, "the command may not be run"),
        Outcome(.commandNotFound, "there is no such command"),
        Outcome(.failure, "also: bad usage; the command was not run"),
      ])
  }

  private static var watch: CommandSpec {
    CommandSpec(
      .watch, "say as it comes which failures a stream of logs shows",
      discussion: [
        "Reads standard input until it ends or Ctrl-C is pressed. A failure is told in short as soon as "
          + "its message is complete; the same one at the same registry again only when it was not seen "
          + "for the quiet time. At the end stands how often each was seen.",
        "With --format json each report is one line; the last is the one over all.",
      ],
      options: [
        OptionSpec(
          .format, short: "f", takes: ValueSpec("FORMAT", .choice(["text", "json"])),
          standard: "text", help: "how to write the answers"),
        OptionSpec(
          .quietTime, takes: ValueSpec("SECONDS", .integer(0...1_000_000)), standard: "300",
          help: "tell a failure again only when it was not seen for so long"),
        OptionSpec(
          .exitZero, help: "exit with 0 also when nothing was recognised; failures stay 2"),
        .noRedact,
      ] + OptionSpec.knowledge + OptionSpec.display,
      examples: [
        Example("a pod", "kubectl logs -f deploy/api | regdiag watch"),
        Example("the container engine", "journalctl -fu docker | regdiag watch"),
        Example("the cluster's events", "kubectl get events -A -w | regdiag watch"),
      ],
      exitStatuses: [
        Outcome(.found, "at least one diagnosis"), Outcome(.nothing, "none"), couldNot,
      ])
  }

  private static var lookup: CommandSpec {
    CommandSpec(
      .lookup, "find entries by a code, an HTTP status, an id or a message",
      discussion: ["A single hit is shown in full."],
      arguments: [
        ArgumentSpec(
          ValueSpec("CODE", .word(.codes)), isRepeatable: true,
          "TOOMANYREQUESTS, 429, ecr/rate-exceeded, \"manifest unknown\"")
      ],
      options: [.format] + OptionSpec.knowledge + OptionSpec.pagedDisplay,
      examples: [
        Example("an OCI code", "regdiag lookup TOOMANYREQUESTS"),
        Example("words of a message", "regdiag lookup \"manifest unknown\""),
      ],
      exitStatuses: [
        Outcome(.found, "at least one entry"), Outcome(.nothing, "none"), couldNot,
      ])
  }

  private static var show: CommandSpec {
    CommandSpec(
      .show, "show all that is known of a failure",
      arguments: [
        ArgumentSpec(
          ValueSpec("ID", .word(.ids)), isRepeatable: true,
          "an entry's id, such as ecr/rate-exceeded")
      ],
      options: [.format] + OptionSpec.knowledge + OptionSpec.pagedDisplay,
      examples: [Example("", "regdiag show ecr/rate-exceeded")],
      exitStatuses: [
        Outcome(.found, "at least one entry"), Outcome(.nothing, "none has such an id"), couldNot,
      ])
  }

  private static var list: CommandSpec {
    CommandSpec(
      .list, "list the failures that are known",
      options: [
        OptionSpec(
          .format, short: "f",
          takes: ValueSpec("FORMAT", .choice(["text", "json", "markdown", "ids"])),
          standard: "text", help: "how to write the answer; ids writes one id a line"),
        OptionSpec(
          .registry, takes: ValueSpec("REGISTRY", .word(.registries)),
          help: "only those about this registry"),
        OptionSpec(
          .client, takes: ValueSpec("CLIENT", .word(.clients)),
          help: "only those this program prints"),
      ] + OptionSpec.knowledge + OptionSpec.pagedDisplay,
      examples: [Example("", "regdiag list --registry ecr")],
      exitStatuses: [
        Outcome(.found, "at least one entry"), Outcome(.nothing, "none"), couldNot,
      ])
  }

  private static var mcp: CommandSpec {
    CommandSpec(
      .mcp, "answer a model's client, by the Model Context Protocol",
      discussion: [
        "Speaks JSON-RPC on the standard streams, one message a line, until the input ends. "
          + "Assistants and editors start it by themselves once its command line stands in their "
          + "settings: { \"command\": \"regdiag\", \"args\": [\"mcp\"] }. The tools are explain, lookup "
          + "and list_entries; each entry is a resource.",
        "Revisions 2024-11-05 to 2025-11-25 and 2026-07-28. A message may have 16 MiB.",
      ],
      options: [.noRedact] + OptionSpec.knowledge,
      examples: [
        Example("with entries of your own", "regdiag mcp --kb our-registry/")
      ],
      exitStatuses: [Outcome(.found, "the client ended it"), couldNot])
  }

  private static var validate: CommandSpec {
    CommandSpec(
      .validate, "check the files of a knowledge base",
      discussion: ["Every complaint says where it is, what is wrong and what would be right."],
      arguments: [basePath], options: [.format, .strictFiles] + OptionSpec.display,
      examples: [Example("your own entries", "regdiag kb validate my-entries/")],
      exitStatuses: [
        Outcome(.found, "no errors"), Outcome(.nothing, "at least one error"), couldNot,
      ])
  }

  private static var test: CommandSpec {
    CommandSpec(
      .test, "run the examples of a knowledge base, and a labelled corpus",
      discussion: [
        "Each example is run as it stands and in disguise: coloured, prefixed, wrapped, quoted, buried "
          + "in a log."
      ],
      arguments: [basePath],
      options: [
        .format,
        OptionSpec(
          .corpus, takes: ValueSpec("FILE.jsonl", .path),
          help: "score this corpus of labelled failures too"),
      ] + OptionSpec.display,
      examples: [Example("", "regdiag kb test KnowledgeBase --corpus dev.jsonl")],
      exitStatuses: [
        Outcome(.found, "every example is diagnosed as it must be"),
        Outcome(.nothing, "at least one is not"), couldNot,
      ])
  }

  private static var statistics: CommandSpec {
    CommandSpec(
      .statistics, "say how large a knowledge base is", arguments: [basePath],
      options: [.format] + OptionSpec.pagedDisplay,
      exitStatuses: [Outcome(.found, "done"), couldNot])
  }

  private static var new: CommandSpec {
    CommandSpec(
      .new, "draft an entry from a paste that is not diagnosed",
      discussion: [
        "What varies becomes slots, what is wrapped around the message is left out, secrets and private "
          + "names are replaced. What only you can say is left empty; the complaints that follow list it."
      ],
      arguments: [
        ArgumentSpec(
          ValueSpec("ID", .word(.ids)), "the new entry's id, such as harbor/upload-refused"),
        ArgumentSpec(
          ValueSpec("FILE", .path), isOptional: true, "the paste; standard input when there is none"
        ),
      ],
      options: [
        OptionSpec(
          .into, takes: ValueSpec("FOLDER", .path), standard: "the current folder",
          help: "the base to write to; its entries lie in FOLDER/entries")
      ] + OptionSpec.display,
      examples: [
        Example("", "regdiag kb new harbor/upload-refused build.log --into my-entries")
      ],
      exitStatuses: [Outcome(.found, "the folder is written"), couldNot])
  }

  private static var difference: CommandSpec {
    CommandSpec(
      .difference, "compare two states of a knowledge base",
      arguments: [
        ArgumentSpec(
          ValueSpec("OLD", .path), "the older state: a base's folder, or - for the built-in one"),
        ArgumentSpec(ValueSpec("NEW", .path), "the newer state, likewise"),
      ],
      options: [
        .format,
        OptionSpec(
          .corpus, takes: ValueSpec("FILE.jsonl", .path),
          help: "name the cases of this corpus that are answered differently"),
      ] + OptionSpec.display,
      examples: [
        Example("", "regdiag kb diff - KnowledgeBase --corpus Tests/Corpus/development.jsonl")
      ],
      exitStatuses: [
        Outcome(.found, "they differ"), Outcome(.nothing, "they do not"), couldNot,
      ])
  }

  private static var verify: CommandSpec {
    CommandSpec(
      .verify, "check that a base is what it should be",
      discussion: [
        "Compares sources with those that the program was compiled from, and its tables with what "
          + "these compile to. Of a part of a base only its entries are compared. Examples are not "
          + "carried, nor compared.",
        "With --checksums every file in PATH is compared with a list instead, and the program with "
          + "nothing: what is missing, changed or not listed is named. Hidden files are looked at only "
          + "where they are listed, and FILE itself not at all. The list is as sha256sum and 'kb "
          + "checksums' write it, its paths relative to PATH.",
      ],
      arguments: [
        ArgumentSpec(
          ValueSpec("PATH", .path), isOptional: true,
          "a base, a folder of entries or an entry's file; the program's own sources when there is none"
        )
      ],
      options: [
        .format,
        OptionSpec(
          .checksums, takes: ValueSpec("FILE", .path),
          help:
            "compare the files in PATH with this list of SHA-256 checksums; - for standard input"),
      ] + OptionSpec.display,
      examples: [
        Example("a checkout of the release", "regdiag kb verify KnowledgeBase"),
        Example("a base of your own", "regdiag kb verify our-registry --checksums SHA256SUMS"),
      ],
      exitStatuses: [
        Outcome(.found, "it is just that"), Outcome(.nothing, "something differs"), couldNot,
      ])
  }

  private static var checksums: CommandSpec {
    CommandSpec(
      .checksums, "list the checksums of a base's files",
      discussion: [
        "A line is the SHA-256 of a file and its path in the folder. Hidden files are left out, and the "
          + "one that the list is written to. 'sha256sum --check' in the folder reads it too."
      ],
      arguments: [ArgumentSpec(ValueSpec("PATH", .path), "the base's folder")],
      examples: [Example("", "regdiag kb checksums our-registry > SHA256SUMS")],
      exitStatuses: [Outcome(.found, "done"), couldNot])
  }

  private static var completions: CommandSpec {
    CommandSpec(
      .completions, "write a completion script for a shell",
      arguments: [
        ArgumentSpec(ValueSpec("SHELL", .choice(["bash", "zsh", "fish"])), "bash, zsh or fish")
      ],
      examples: [
        Example("bash", "source <(regdiag completions bash)"),
        Example("zsh", "regdiag completions zsh > \"${fpath[1]}/_regdiag\""),
        Example("fish", "regdiag completions fish > ~/.config/fish/completions/regdiag.fish"),
      ],
      exitStatuses: [Outcome(.found, "done"), couldNot])
  }

  private static var help: CommandSpec {
    CommandSpec(
      .help, "explain a command",
      arguments: [
        ArgumentSpec(
          ValueSpec("COMMAND", .word(.commands)), isOptional: true, isRepeatable: true,
          "the command to explain; all in brief when there is none")
      ], options: OptionSpec.display,
      exitStatuses: [Outcome(.found, "done"), couldNot])
  }

  private static var manual: CommandSpec {
    CommandSpec(
      .manual, "write a manual page",
      discussion: ["The page is written in the mdoc language, which man and mandoc read."],
      arguments: [
        ArgumentSpec(
          ValueSpec("COMMAND", .word(.commands)), isOptional: true, isRepeatable: true,
          "the command it is about; the program when there is none")
      ],
      examples: [Example("", "regdiag man kb new | man -l -")],
      exitStatuses: [Outcome(.found, "done"), couldNot])
  }

  private static var words: CommandSpec {
    CommandSpec(
      .words, "write the words a completion script offers",
      arguments: [
        ArgumentSpec(
          ValueSpec("KIND", .choice(WordKind.allCases.map(\.rawValue))), "which words")
      ])
  }

  private static var couldNot: Outcome {
    Outcome(
      .failure, "it could not be done: bad usage, a file that cannot be read, no room to write")
  }

  private static var basePath: ArgumentSpec {
    ArgumentSpec(
      ValueSpec("PATH", .path), isOptional: true,
      "the base's folder or an entry's file; the built-in base when there is none")
  }
}
