import DiagnosisRendering
import KnowledgeChecking
import KnowledgeFormat
import RegistryDiagnosis
import RegistryKnowledge

/// What the program consists of, and whether it is what it should be: `--version`, `kb verify`.
extension Session {
  mutating func version(isVerbose: Bool) throws(KnowledgeError) -> ExitStatus {
    let base = KnowledgeBase.builtIn
    write("regdiag \(Self.version)\nknowledge base \(base.version)\n")
    guard isVerbose else { return .found }
    let lines = [
      ("entries", String(base.entryCount)),
      ("sha256 of the base's sources", base.compiled.sourceDigest.description),
      ("schema of the base", base.compiled.schemaVersion),
      ("schema of reports", JSONReport.schemaVersion),
      ("compiled layout", String(CompiledKnowledge.layout)),
      ("compiler", Toolchain.name),
    ]
    write(lines.map { "\($0.0) \($0.1)\n" }.joined())
    return .found
  }

  /// `kb verify`: whether the program carries what somebody has the sources of; with `--checksums`,
  /// whether these are what they were when the list was made.
  mutating func verify(_ invocation: Invocation) throws(KnowledgeError) -> ExitStatus {
    if let list = invocation.value(of: .checksums) {
      return try verifyChecksums(in: InputFile(path: list), invocation)
    }
    let result = try Engine.verify(invocation.arguments.first)
    switch invocation.format {
    case "json":
      let json = KnowledgeJSON(
        toolVersion: Self.version, knowledge: try Engine(overlays: []).knowledge)
      write(json.verification(result))
    case "markdown": write(KnowledgeMarkdown().verification(result))
    default: write(KnowledgeText(style: invocation.style).verification(result))
    }
    return result.isVerified ? .found : .nothing
  }
}

extension Engine {
  /// - Parameter path: The sources of a base or of a part of it; the program's own when absent.
  static func verify(_ path: String?) throws(KnowledgeError) -> BaseVerification {
    // Leniently, so that a part of a base may be without what only a whole one needs.
    let sources = try openFlawless(path, mode: .lenient)
    let comparison = BaseComparison(of: .builtIn, with: sources)
    return BaseVerification(
      carriedDigest: comparison.carried.description,
      givenDigest: path == nil ? nil : comparison.given?.description,
      entryCount: comparison.entryCount,
      isCompiledFromItsSources: KnowledgeBase.builtIn.compiled.isCompiledFromItsSources,
      hasSameSources: comparison.isEqual,
      differences: comparison.changes.map {
        BaseChanges.EntryChange(id: $0.id, kind: $0.kind.rawValue, keys: $0.keys)
      })
  }
}

/// What the program was built with.
private enum Toolchain {
  /// The compiler, as far as a program can know its own.
  static var name: String {
    #if compiler(>=6.4)
      "Swift 6.4 or later"
    #else
      "Swift 6.3"
    #endif
  }
}
