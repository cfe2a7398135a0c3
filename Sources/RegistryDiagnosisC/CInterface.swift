public import CRegistryDiagnosis
import DiagnosisRendering
import RegistryDiagnosis
import RegistryKnowledge

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// What regdiag.h declares, and no more: each function takes C values apart, asks the library, and
// hands text out.

/// What an engine pointer points to.
private final class Engine: Sendable {
  let base: KnowledgeBase
  let engine: DiagnosisEngine

  init(_ base: KnowledgeBase) {
    self.base = base
    engine = DiagnosisEngine(knowledge: base)
  }

  static func at(_ pointer: OpaquePointer?) -> Engine? {
    pointer.map { Unmanaged<Engine>.fromOpaque(UnsafeRawPointer($0)).takeUnretainedValue() }
  }

  var knowledge: KnowledgeSummary {
    KnowledgeSummary(version: base.version, entryCount: base.entryCount)
  }
}

/// The version of the interface.
@c @implementation
public func regdiag_abi_version() -> UInt32 { UInt32(REGDIAG_ABI_VERSION) }

/// Opens the built-in base, with entries added.
@c @implementation
public func regdiag_open(
  _ paths: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int,
  _ engine: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> regdiag_status {
  message?.pointee = nil
  guard let engine else { return REGDIAG_BAD_ARGUMENT }
  engine.pointee = nil
  guard paths != nil || count == 0 else { return REGDIAG_BAD_ARGUMENT }
  var names: [String] = []
  for index in 0..<count {
    guard let path = paths?[index] else { return REGDIAG_BAD_ARGUMENT }
    names.append(String(cString: path))
  }
  do throws(KnowledgeError) {
    let extended = try KnowledgeBase.builtIn.adding(entriesAt: names)
    engine.pointee = OpaquePointer(Unmanaged.passRetained(Engine(extended.base)).toOpaque())
    if !extended.warnings.isEmpty {
      message?.pointee = strdup(extended.warnings.joined(separator: "\n"))
    }
    return REGDIAG_OK
  } catch {
    message?.pointee = strdup(error.message)
    return REGDIAG_BAD_KNOWLEDGE
  }
}

/// Diagnoses bytes.
@c @implementation
public func regdiag_explain(
  _ engine: OpaquePointer?, _ bytes: UnsafeRawPointer?, _ count: Int,
  _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> regdiag_status {
  json?.pointee = nil
  guard let engine = Engine.at(engine), let json, bytes != nil || count == 0 else {
    return REGDIAG_BAD_ARGUMENT
  }
  var session = engine.engine.makeSession()
  session.append(UnsafeRawBufferPointer(start: bytes, count: count))
  let report = session.finish()
  json.pointee = strdup(
    JSONReport(of: report, toolVersion: Release.version, isIndented: false).text)
  return REGDIAG_OK
}

/// Finds entries by an id, a code, a status or a wording.
@c @implementation
public func regdiag_lookup(
  _ engine: OpaquePointer?, _ query: UnsafePointer<CChar>?,
  _ json: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> regdiag_status {
  json?.pointee = nil
  guard let engine = Engine.at(engine), let query, let json else { return REGDIAG_BAD_ARGUMENT }
  let words = String(cString: query)
  json.pointee = strdup(
    JSONLookup(
      of: words, hits: engine.base.lookup(words), toolVersion: Release.version,
      knowledge: engine.knowledge
    ).text)
  return REGDIAG_OK
}

/// Gives a text back.
@c @implementation
public func regdiag_free(_ text: UnsafeMutablePointer<CChar>?) { free(text) }

/// Closes an engine.
@c @implementation
public func regdiag_close(_ engine: OpaquePointer?) {
  if let engine { Unmanaged<Engine>.fromOpaque(UnsafeRawPointer(engine)).release() }
}
