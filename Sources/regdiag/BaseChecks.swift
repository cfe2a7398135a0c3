import DiagnosisRendering
import FailureText
import KnowledgeCatalog
import KnowledgeChecking
import KnowledgeFormat
import RegistryDiagnosis
import RegistryKnowledge

/// What `kb validate`, `kb test`, `kb stats` and `kb diff` ask of a base.
extension Engine {
  /// - Parameter path: The base; the built-in one when absent.
  static func validate(_ path: String?) throws(KnowledgeError) -> ValidationResults {
    let loaded = try open(path)
    let builtIn = loaded.frame == nil ? KnowledgeBase.builtIn.compiled.loaded() : nil
    let found =
      loaded.complaints + KnowledgeFormat.validate(loaded, against: builtIn)
      + loaded.entries.flatMap { PatternCoverage.complaints(of: $0) }
    return ValidationResults(
      fileCount: loaded.entries.count + loaded.rejectedIDs.count,
      complaints: found.sorted().map {
        ValidationResults.Complaint(
          code: $0.code.rawValue, isError: $0.severity == .error,
          file: SecretMask.masking($0.file), line: $0.line, column: $0.column,
          pointer: SecretMask.masking($0.pointer), message: SecretMask.masking($0.message),
          remedy: $0.remedy)
      })
  }

  /// Runs the examples of a base in every disguise, and a corpus where one is named.
  ///
  /// - Parameters:
  ///   - path: The base; without one only the corpus is run, against the built-in base.
  ///   - corpus: A file with a labelled paste a line.
  static func test(_ path: String?, corpus: String?) throws(KnowledgeError) -> ExampleResults {
    guard path != nil || corpus != nil else {
      throw KnowledgeError(
        message:
          "there is nothing to run: the built-in base carries no examples; name a folder, or --corpus FILE"
      )
    }
    let loaded = try path.map { path throws(KnowledgeError) in try openFlawless(path) }
    let base = try loaded.map { loaded throws(KnowledgeError) in try compile(loaded) } ?? .builtIn
    let check = ExampleCheck(knowledge: base)
    let entries = loaded?.entries ?? []
    let files = entries.reduce(0) { $0 + $1.entry.examples.count + $1.entry.nonExamples.count }
    let failures = entries.flatMap { check.failures(of: $0) }
    return ExampleResults(
      fileCount: files, runCount: files * Disguise.allCases.count,
      failures: failures.map {
        ExampleResults.Failure(
          file: SecretMask.masking($0.file),
          disguise: $0.disguise == .none ? nil : $0.disguise.rawValue,
          expected: $0.expected, found: $0.found)
      },
      scores: try corpus.map { corpus throws(KnowledgeError) in try scores(corpus, base) } ?? [])
  }

  static func compile(_ loaded: LoadedKnowledge) throws(KnowledgeError) -> KnowledgeBase {
    guard let base = try KnowledgeBase.builtIn.overlaid(with: [loaded]) else {
      throw KnowledgeError(message: "the base could not be compiled; kb validate says why")
    }
    return base
  }

  /// How large a corpus may be; it is held as a whole.
  private static let maximumCorpusBytes = 256 << 20

  static func corpus(at path: String) throws(KnowledgeError) -> Corpus {
    let bytes: [UInt8]
    do throws(InputFile.Failure) {
      bytes = try InputFile(path: path).bytes(maximum: maximumCorpusBytes)
    } catch {
      throw KnowledgeError(message: error.message)
    }
    do throws(Corpus.LineError) {
      return try Corpus(jsonLines: bytes)
    } catch {
      throw KnowledgeError(message: "'\(path)' is no corpus: \(error)")
    }
  }

  private static func scores(
    _ path: String, _ base: KnowledgeBase
  ) throws(KnowledgeError) -> [ExampleResults.CorpusScore] {
    let corpus = try corpus(at: path)
    let engine = DiagnosisEngine(knowledge: base)
    return Disguise.allCases.map { disguise in
      let score = CorpusScore(of: corpus, in: disguise, with: engine)
      return ExampleResults.CorpusScore(
        disguise: disguise.rawValue, positives: score.positives, negatives: score.negatives,
        shares: [
          ("top1", score.top1), ("primary", score.primary), ("top3", score.top3),
          ("mrr", score.meanReciprocalRank), ("misled", score.misled), ("silent", score.silent),
          ("confident", score.confident),
        ], crashed: 0,
        calibration: score.calibration.map {
          ExampleResults.CorpusScore.Calibration(
            confidence: $0.confidence.rawValue, answers: $0.answers, right: $0.right)
        })
    }
  }

  static func statistics(_ path: String?) throws(KnowledgeError) -> BaseStatistics {
    let loaded = try open(path)
    let entries = loaded.entries.map(\.entry)
    let manifest = loaded.manifest?.model
    func division(_ name: String, _ key: (Entry) -> [String]) -> BaseStatistics.Division {
      var counts: [String: Int] = [:]
      for word in entries.flatMap(key) { counts[word, default: 0] += 1 }
      return BaseStatistics.Division(
        name: name, parts: counts.sorted { $0.key < $1.key }.map { (name: $0.key, count: $0.value) }
      )
    }
    func gap(_ name: String, _ has: (Entry) -> Bool) -> BaseStatistics.Gap {
      BaseStatistics.Gap(
        name: name, ids: entries.filter { $0.status != .withdrawn && !has($0) }.map(\.id.text))
    }
    return BaseStatistics(
      schemaVersion: manifest?.schemaVersion.description ?? "-", version: manifest?.version ?? "-",
      released: manifest?.released ?? "-", entryCount: entries.count,
      patternCount: entries.reduce(0) { $0 + $1.signals.count { $0.pattern != nil } },
      codeCount: Set(entries.flatMap(\.codes)).count,
      exampleCount: entries.reduce(0) { $0 + $1.examples.count },
      nonExampleCount: entries.reduce(0) { $0 + $1.nonExamples.count },
      divisions: [
        division("status") { [$0.status.rawValue] }, division("role") { [$0.role.rawValue] },
        division("scope") { [$0.id.scope] },
        division("registry") { $0.registries.isEmpty ? ["any"] : $0.registries },
        division("client") { entry in
          (0..<KnowledgeBase.builtIn.compiled.clientCount)
            .map { KnowledgeBase.builtIn.compiled.client($0).id }.filter(entry.isAbout(client:))
        },
        division("httpStatus") { $0.httpStatus.map { String($0) } },
        division("modified") { [$0.history.modified] },
      ],
      gaps: [
        gap("a reference") { !$0.references.isEmpty },
        gap("a check") { $0.causes.contains { $0.check != nil } },
        gap("a command") { $0.solutions.contains { !$0.commands.isEmpty } },
        gap("an example from life") { $0.examples.contains { $0.source != nil } },
        gap("a near miss") { !$0.nonExamples.isEmpty },
      ])
  }

  /// Opens a base for what a broken one is of no use for.
  static func openFlawless(
    _ path: String?, mode: LoadingMode = .strict
  ) throws(KnowledgeError) -> LoadedKnowledge {
    let loaded = try open(path, mode: mode)
    if let broken = loaded.complaints.first(where: { $0.severity == .error }) {
      throw KnowledgeError(
        message: "the base is not in order, run kb validate: \(broken.description)")
    }
    return loaded
  }

  static func open(
    _ path: String?, mode: LoadingMode = .strict
  ) throws(KnowledgeError) -> LoadedKnowledge {
    guard let path else { return KnowledgeBase.builtIn.compiled.loaded() }
    return try LoadedKnowledge.reading(path, mode: mode)
  }
}
