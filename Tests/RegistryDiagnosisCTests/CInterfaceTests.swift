import CRegistryDiagnosis
import RegistryDiagnosisC
import Testing

/// The C interface, called as C calls it.
@Suite struct CInterfaceTests {
  private static let paste =
    "docker pull 123456789012.dkr.ecr.us-east-1.amazonaws.com/a\ntoomanyrequests: Rate exceeded\n"

  private func open(_ paths: [String] = []) -> (regdiag_status, OpaquePointer?, String?) {
    var engine: OpaquePointer?
    var message: UnsafeMutablePointer<CChar>?
    let owned = paths.map { Array($0.utf8CString) }
    let status = withPointers(to: owned[...], []) { pointers in
      pointers.withUnsafeBufferPointer {
        regdiag_open($0.baseAddress, pointers.count, &engine, &message)
      }
    }
    defer { regdiag_free(message) }
    return (status, engine, message.map { String(cString: $0) })
  }

  private func withPointers<R>(
    to strings: ArraySlice<[CChar]>, _ pointers: [UnsafePointer<CChar>?],
    _ body: ([UnsafePointer<CChar>?]) -> R
  ) -> R {
    guard let first = strings.first else { return body(pointers) }
    return first.withUnsafeBufferPointer {
      withPointers(to: strings.dropFirst(), pointers + [$0.baseAddress], body)
    }
  }

  private func explain(_ engine: OpaquePointer?, _ text: String) -> String? {
    var json: UnsafeMutablePointer<CChar>?
    let bytes = Array(text.utf8)
    guard regdiag_explain(engine, bytes, bytes.count, &json) == REGDIAG_OK else { return nil }
    defer { regdiag_free(json) }
    return json.map { String(cString: $0) }
  }

  @Test func aPasteBecomesAReport() throws {
    let (status, engine, message) = open()
    defer { regdiag_close(engine) }
    #expect(status == REGDIAG_OK)
    #expect(message == nil)
    let json = try #require(explain(engine, Self.paste))
    #expect(json.contains("\"id\":\"ecr/rate-exceeded\""))
    #expect(json.hasSuffix("\n") && !json.dropLast().contains("\n"))
    #expect(try #require(explain(engine, "")).contains("\"diagnoses\":[]"))
  }

  @Test func aCodeIsLookedUp() throws {
    let (_, engine, _) = open()
    defer { regdiag_close(engine) }
    var json: UnsafeMutablePointer<CChar>?
    #expect(regdiag_lookup(engine, "MANIFEST_UNKNOWN", &json) == REGDIAG_OK)
    defer { regdiag_free(json) }
    let text = String(cString: try #require(json))
    #expect(text.contains("\"id\":\"oci/manifest-unknown\""))
    #expect(text.contains("\"basis\":\"code\""))
  }

  @Test func whatCannotBeReadIsToldInWords() throws {
    let (status, engine, message) = open(["/nowhere/at/all"])
    #expect(status == REGDIAG_BAD_KNOWLEDGE)
    #expect(engine == nil)
    #expect(try #require(message).hasPrefix("cannot read '/nowhere/at/all'"))
  }

  @Test func missingPointersAreRefused() {
    var json: UnsafeMutablePointer<CChar>?
    #expect(regdiag_open(nil, 0, nil, nil) == REGDIAG_BAD_ARGUMENT)
    #expect(regdiag_explain(nil, nil, 0, &json) == REGDIAG_BAD_ARGUMENT)
    #expect(regdiag_lookup(nil, "x", &json) == REGDIAG_BAD_ARGUMENT)
    #expect(json == nil)
    regdiag_free(nil)
    regdiag_close(nil)
    #expect(regdiag_abi_version() == UInt32(REGDIAG_ABI_VERSION))
  }

  @Test func eightTasksShareAnEngine() async throws {
    let (_, engine, _) = open()
    defer { regdiag_close(engine) }
    let expected = try #require(explain(engine, Self.paste))
    let address = Int(bitPattern: engine)
    let answers = await withTaskGroup(of: String?.self) { group in
      for _ in 0..<8 {
        group.addTask { explain(OpaquePointer(bitPattern: address), Self.paste) }
      }
      return await group.reduce(into: [String?]()) { $0.append($1) }
    }
    #expect(answers == Array(repeating: expected, count: 8))
  }
}
