import DiagnosisRendering
import FailureText
import KnowledgeChecking
import KnowledgeDrafting
import KnowledgeFormat
import RegistryDiagnosis
import RegistryKnowledge

/// The commands for those who change a base: `kb new`, `kb diff`.
extension Session {
  /// `kb new`: writes the folder of a new entry, and says what is still to be written.
  mutating func draft(_ invocation: Invocation) throws(KnowledgeError) -> ExitStatus {
    let name = invocation.arguments.first ?? ""
    guard let id = EntryID(name) else {
      throw KnowledgeError(
        message: "'\(name)' is no id: it must be scope/slug, of small letters, digits and dashes")
    }
    let file = InputFile(path: invocation.arguments.dropFirst().first ?? "-")
    if file.isStandardInput, Terminal.isTerminal(0) {
      hint("Paste the output, then press Ctrl-D.")
    }
    let paste: [UInt8]
    do throws(InputFile.Failure) {
      // It becomes a file of the base.
      paste = try file.bytes(maximum: KnowledgeDirectory.maximumFileBytes)
    } catch {
      throw KnowledgeError(message: error.message)
    }
    guard paste.contains(where: { $0 > 0x20 }) else {
      throw KnowledgeError(message: "there was nothing to read: the paste is empty")
    }
    let root = invocation.value(of: .into) ?? "."
    let folder = EntryFolder(base: root, id: id)
    let draft = EntryDraft(
      id: id, paste: paste, base: .builtIn, schemaPath: folder.schemaPath)
    try folder.write(draft.files)
    write(text(of: draft, in: folder, style: invocation.style))
    let results = try Engine.validate(folder.path)
    write(KnowledgeText(style: invocation.style).complaints(results))
    return .found
  }

  private func text(of draft: EntryDraft, in folder: EntryFolder, style: Style) -> String {
    var page = TextPage(style: style)
    page.line([.init("Drafted ", .heading), .init(SecretMask.masking(folder.path))])
    page.rows(
      [.init(.init("pattern", .dim), [.init(draft.pattern ?? "none found: write it yourself")])]
        + draft.replacements.map {
          .init(.init("replaced", .dim), [.init("\($0.original) -> \($0.substitute)")])
        }, indent: 2)
    if let known = draft.knownAs {
      page.paragraph(
        [.init("This paste is known already, as \(known): should that entry rather be mended?")],
        indent: 2, lead: .init("! ", .medium))
    }
    page.heading("Still to write")
    return page.text
  }

  /// `kb diff`: what changed from one state of a base to another.
  mutating func difference(_ invocation: Invocation) throws(KnowledgeError) -> ExitStatus {
    let changes = try Engine.changes(
      from: invocation.arguments[0], to: invocation.arguments[1],
      corpus: invocation.value(of: .corpus))
    switch invocation.format {
    case "json":
      let json = KnowledgeJSON(
        toolVersion: Self.version, knowledge: try Engine(overlays: []).knowledge)
      write(json.changes(changes))
    case "markdown": write(KnowledgeMarkdown().changes(changes))
    default: write(KnowledgeText(style: invocation.style).changes(changes))
    }
    return changes.entries.isEmpty && changes.answers.isEmpty ? .nothing : .found
  }
}

extension Engine {
  /// - Parameters:
  ///   - old: The older state: a path, or `-` for the built-in base.
  ///   - new: The newer state, likewise.
  ///   - corpus: A file with a labelled paste a line.
  static func changes(
    from old: String, to new: String, corpus: String?
  ) throws(KnowledgeError) -> BaseChanges {
    let states = (try open(old == "-" ? nil : old), try open(new == "-" ? nil : new))
    var answers: [AnswerDiff.Change] = []
    if let corpus {
      answers =
        AnswerDiff(
          of: try Engine.corpus(at: corpus),
          from: DiagnosisEngine(knowledge: try compile(states.0)),
          to: DiagnosisEngine(knowledge: try compile(states.1))
        ).changes
    }
    return BaseChanges(
      entries: KnowledgeDiff(from: states.0, to: states.1).changes.map {
        BaseChanges.EntryChange(id: $0.id, kind: $0.kind.rawValue, keys: $0.keys)
      },
      answers: answers.map {
        BaseChanges.AnswerChange(
          caseID: $0.caseID, before: $0.before, after: $0.after,
          verdict: $0.isRight == $0.wasRight ? "same" : $0.isRight ? "better" : "worse")
      })
  }
}
