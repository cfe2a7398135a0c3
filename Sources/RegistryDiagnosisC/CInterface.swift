public import CRegistryDiagnosis
import DiagnosisRendering
import FailureText
import KnowledgeCatalog
import RegistryDiagnosis

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// What regdiag.h declares, and no more: each function takes C values apart, asks the engine, and
// hands text out. A `size_t` is an `Int` here, so that one which no object can have is negative.

/// Where a caller wants a text.
public typealias TextPlace = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

/// A message in which paths may be quoted, without secrets and with what acts on a terminal shown.
private func shown(_ message: String) -> String {
  HiddenScalars.revealed(in: SecretMask.masking(message), isUnicode: true)
}

/// Hands a text to the caller, who gives it back with `regdiag_free`.
private func hand(_ text: String, to place: TextPlace) -> regdiag_status {
  place.pointee = strdup(text)
  return REGDIAG_OK
}

private func characters(_ text: StaticString) -> UnsafePointer<CChar> {
  UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
}

/// The version of the interface.
@c @implementation
public func regdiag_abi_version() -> UInt32 { UInt32(REGDIAG_ABI_VERSION) }

/// The version of the library.
@c @implementation
public func regdiag_version() -> UnsafePointer<CChar>? { characters(Release.versionLiteral) }

/// What a status means.
@c @implementation
public func regdiag_status_message(_ status: regdiag_status) -> UnsafePointer<CChar>? {
  switch status {
  case REGDIAG_OK: characters("it went well")
  case REGDIAG_BAD_ARGUMENT: characters("an argument that must be given is missing or impossible")
  case REGDIAG_BAD_KNOWLEDGE: characters("an added file, folder or entry cannot be used")
  case REGDIAG_UNKNOWN_NAME: characters("no entry, registry or client has that name")
  default: characters("a status that this version of the library does not know")
  }
}

/// Opens the built-in base, with entries added.
@c @implementation
public func regdiag_open(
  _ paths: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int,
  _ engine: UnsafeMutablePointer<OpaquePointer?>?, _ message: TextPlace?
) -> regdiag_status {
  regdiag_open_with(paths, count, nil, 0, engine, message)
}

/// Opens the built-in base, with entries added, of which some are in memory.
@c @implementation
public func regdiag_open_with(
  _ paths: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int,
  _ entries: UnsafePointer<regdiag_entry>?, _ entryCount: Int,
  _ engine: UnsafeMutablePointer<OpaquePointer?>?, _ message: TextPlace?
) -> regdiag_status {
  message?.pointee = nil
  guard let engine else { return REGDIAG_BAD_ARGUMENT }
  engine.pointee = nil
  guard count == 0 || count > 0 && paths != nil, entryCount == 0 || entryCount > 0 && entries != nil
  else { return REGDIAG_BAD_ARGUMENT }
  var names: [String] = []
  for index in 0..<count {
    guard let path = paths?[index] else { return REGDIAG_BAD_ARGUMENT }
    names.append(String(cString: path))
  }
  var texts: [(name: String, json: [UInt8])] = []
  for entry in UnsafeBufferPointer(start: entries, count: entryCount) {
    guard let name = entry.name, entry.count == 0 || entry.count > 0 && entry.json != nil else {
      return REGDIAG_BAD_ARGUMENT
    }
    let json = UnsafeRawBufferPointer(start: entry.json, count: entry.count)
    texts.append((String(cString: name), Array(json)))
  }
  do throws(KnowledgeError) {
    let opened = try Engine(overlays: names, entries: texts)
    engine.pointee = opened.retainedPointer()
    if let message, !opened.warnings.isEmpty {
      let lines = opened.warnings.map { shown($0) }
      return hand(lines.joined(separator: "\n"), to: message)
    }
    return REGDIAG_OK
  } catch {
    message?.pointee = strdup(shown(error.message))
    return REGDIAG_BAD_KNOWLEDGE
  }
}

/// Diagnoses bytes.
@c @implementation
public func regdiag_explain(
  _ engine: OpaquePointer?, _ bytes: UnsafeRawPointer?, _ count: Int, _ maximumDiagnoses: Int,
  _ json: TextPlace?
) -> regdiag_status {
  json?.pointee = nil
  guard let engine = Engine.at(engine), let json, maximumDiagnoses >= 0,
    count == 0 || count > 0 && bytes != nil
  else { return REGDIAG_BAD_ARGUMENT }
  let report = engine.diagnose(UnsafeRawBufferPointer(start: bytes, count: count))
  let limit = maximumDiagnoses == 0 ? nil : maximumDiagnoses
  return hand(
    JSONReport(
      of: report, toolVersion: Release.version, maximumDiagnoses: limit, isIndented: false
    ).text, to: json)
}

/// Finds entries by an id, a code, a status or a wording.
@c @implementation
public func regdiag_lookup(
  _ engine: OpaquePointer?, _ query: UnsafePointer<CChar>?, _ json: TextPlace?
) -> regdiag_status {
  json?.pointee = nil
  guard let engine = Engine.at(engine), let query, let json else { return REGDIAG_BAD_ARGUMENT }
  return hand(engine.json.lookups([engine.catalog.lookup(String(cString: query))]), to: json)
}

/// All that is known of an entry.
@c @implementation
public func regdiag_show(
  _ engine: OpaquePointer?, _ id: UnsafePointer<CChar>?, _ json: TextPlace?
) -> regdiag_status {
  json?.pointee = nil
  guard let engine = Engine.at(engine), let id, let json else { return REGDIAG_BAD_ARGUMENT }
  guard let entry = engine.catalog.entry(String(cString: id)) else { return REGDIAG_UNKNOWN_NAME }
  return hand(engine.json.entries([entry]), to: json)
}

/// Lists entries.
@c @implementation
public func regdiag_list(
  _ engine: OpaquePointer?, _ registry: UnsafePointer<CChar>?, _ client: UnsafePointer<CChar>?,
  _ json: TextPlace?
) -> regdiag_status {
  json?.pointee = nil
  guard let engine = Engine.at(engine), let json else { return REGDIAG_BAD_ARGUMENT }
  let registry = registry.map { String(cString: $0) }
  let client = client.map { String(cString: $0) }
  guard registry.map({ engine.catalog.registries.contains($0) }) ?? true,
    client.map({ engine.catalog.clients.contains($0) }) ?? true
  else { return REGDIAG_UNKNOWN_NAME }
  return hand(engine.json.list(engine.catalog.list(registry: registry, client: client)), to: json)
}

/// Gives a text back.
@c @implementation
public func regdiag_free(_ text: UnsafeMutablePointer<CChar>?) { free(text) }

/// Closes an engine.
@c @implementation
public func regdiag_close(_ engine: OpaquePointer?) { Engine.release(engine) }
