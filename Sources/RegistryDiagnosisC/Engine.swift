import DiagnosisRendering
import KnowledgeCatalog
import RegistryDiagnosis
import RegistryKnowledge

/// What an engine pointer points to.
final class Engine: Sendable {
  /// What was wrong with entries that were added, a sentence each; broken ones were skipped.
  let warnings: [String]
  let catalog: EntryCatalog
  private let engine: DiagnosisEngine

  /// Opens the built-in base.
  ///
  /// - Parameters:
  ///   - paths: Files and folders whose entries are added or replace others, in order.
  ///   - entries: Entries that are added after them.
  /// - Throws: When an overlay cannot be read at all.
  init(
    overlays paths: [String], entries: [(name: String, json: [UInt8])]
  ) throws(KnowledgeError) {
    let read = try KnowledgeBase.builtIn.adding(entriesAt: paths)
    let extended = try read.base.adding(entries: entries)
    warnings = read.warnings + extended.warnings
    catalog = EntryCatalog(extended.base)
    engine = DiagnosisEngine(
      knowledge: ExtendedKnowledge(base: extended.base, warnings: warnings))
  }

  /// Writes what the catalog answers.
  var json: KnowledgeJSON {
    KnowledgeJSON(toolVersion: Release.version, knowledge: catalog.knowledge, isIndented: false)
  }

  /// Diagnoses bytes, which are taken in pieces so that there is never a second copy of them all.
  func diagnose(_ bytes: UnsafeRawBufferPointer) -> Report {
    var session = engine.makeSession()
    var rest = bytes[...]
    while !rest.isEmpty {
      session.append(UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 16)))
      rest = rest.dropFirst(1 << 16)
    }
    return session.finish()
  }

  // MARK: Pointers

  /// A pointer to this engine, for C to hold until it is released.
  func retainedPointer() -> OpaquePointer {
    OpaquePointer(Unmanaged.passRetained(self).toOpaque())
  }

  static func at(_ pointer: OpaquePointer?) -> Engine? {
    pointer.map { Unmanaged<Engine>.fromOpaque(UnsafeRawPointer($0)).takeUnretainedValue() }
  }

  static func release(_ pointer: OpaquePointer?) {
    if let pointer { Unmanaged<Engine>.fromOpaque(UnsafeRawPointer(pointer)).release() }
  }
}
