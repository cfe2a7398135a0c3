import DiagnosisRendering
import FailureText
import KnowledgeCatalog
import KnowledgeFormat
import RegistryDiagnosis
import RegistryKnowledge

/// The knowledge base, opened, and all that the commands ask of it.
///
/// The only file of the command that knows how an answer is found.
struct Engine: Sendable {
  /// Whether entries were to be added to the built-in ones.
  let hasAdditions: Bool
  private let extended: ExtendedKnowledge

  /// Opens the built-in base.
  ///
  /// - Parameter paths: Files and folders whose entries are added or replace others, in order.
  /// - Throws: When an overlay cannot be read at all.
  init(overlays paths: [String]) throws(KnowledgeError) {
    extended = try KnowledgeBase.builtIn.adding(entriesAt: paths)
    hasAdditions = !paths.isEmpty
  }

  /// What was wrong with entries that were added, a sentence each; broken ones were skipped.
  var warnings: [String] { extended.warnings }

  var knowledge: KnowledgeSummary { catalog.knowledge }

  /// Begins to diagnose an input; what was wrong with added entries is in its report.
  func makeSession(showsSecrets: Bool) -> DiagnosisSession {
    DiagnosisEngine(knowledge: extended, showsSecrets: showsSecrets).makeSession()
  }

  /// Diagnoses a text that is there as a whole.
  func diagnose(_ text: String, showsSecrets: Bool) -> Report {
    var session = makeSession(showsSecrets: showsSecrets)
    session.append(Array(text.utf8))
    return session.finish()
  }

  /// Begins to watch a stream.
  func makeWatch(quietTime: Duration, showsSecrets: Bool) -> DiagnosisWatch {
    DiagnosisEngine(knowledge: extended, showsSecrets: showsSecrets)
      .makeWatch(quietTime: quietTime)
  }

  // MARK: Entries

  private var catalog: EntryCatalog { EntryCatalog(extended.base) }

  /// The entries that a code, a status, an id or a wording leads to; what may have been meant where
  /// there is none.
  func lookup(_ query: String) -> LookupAnswer { catalog.lookup(query) }

  /// - Returns: The entry with an id or an alias, or nil when there is none.
  func entry(_ id: String) -> EntryView? { catalog.entry(id) }

  /// - Parameters:
  ///   - registry: Only entries about it; any when absent.
  ///   - client: Only entries it prints; any when absent.
  func list(registry: String?, client: String?) -> [EntryListItem] {
    catalog.list(registry: registry, client: client)
  }

  /// The words of a kind, sorted.
  func words(_ kind: WordKind) -> [String] {
    switch kind {
    case .ids: catalog.ids
    case .codes: catalog.codes
    case .registries: catalog.registries
    case .clients: catalog.clients
    case .commands: []
    }
  }
}
