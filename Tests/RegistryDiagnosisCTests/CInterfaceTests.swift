import CRegistryDiagnosis
import Foundation
import PlantedSecrets
import RegistryDiagnosis
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

  private func explain(_ engine: OpaquePointer?, _ text: String, limit: Int = 0) -> String? {
    let bytes = Array(text.utf8)
    return self.text { regdiag_explain(engine, bytes, bytes.count, limit, $0) }
  }

  private func text(_ call: (TextPlace) -> regdiag_status) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard call(&text) == REGDIAG_OK else { return nil }
    defer { regdiag_free(text) }
    return text.map { String(cString: $0) }
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

  @Test func noMoreDiagnosesAreWrittenThanAskedFor() throws {
    let (_, engine, _) = open()
    defer { regdiag_close(engine) }
    let paste = Self.paste + "\nmanifest for nginx:9.9 not found: manifest unknown\n"
    let all = try #require(explain(engine, paste))
    let first = try #require(explain(engine, paste, limit: 1))
    #expect(all.split(separator: "\"confidence\"").count == 3)
    #expect(first.split(separator: "\"confidence\"").count == 2)
    #expect(all.contains(first.prefix { $0 != "[" }))
  }

  @Test func whatTheCatalogKnowsIsOneLineOfJSON() throws {
    let (_, engine, _) = open()
    defer { regdiag_close(engine) }
    let lookup = try #require(text { regdiag_lookup(engine, "MANIFEST_UNKNOWN", $0) })
    #expect(
      lookup.contains("\"lookups\":[{\"query\":\"MANIFEST_UNKNOWN\",\"hits\":[{\"id\":\""))
    #expect(lookup.contains("{\"id\":\"oci/manifest-unknown\""))
    #expect(lookup.contains("\"basis\":\"code\""))
    let misspelt = try #require(text { regdiag_lookup(engine, "MANIFEST_UNKOWN", $0) })
    #expect(misspelt.contains("\"hits\":[],\"nearest\":[\"MANIFEST_UNKNOWN\"]"))
    let entry = try #require(text { regdiag_show(engine, "oci/manifest-unknown", $0) })
    #expect(entry.contains("\"solutions\":[{"))
    let everything = try #require(text { regdiag_list(engine, nil, nil, $0) })
    let some = try #require(text { regdiag_list(engine, "acr", "az", $0) })
    #expect(everything.contains("\"id\":\"ecr/") && !some.contains("\"id\":\"ecr/"))
    #expect(some.contains("\"id\":\"a"))
    for answer in [lookup, misspelt, entry, everything, some] {
      #expect(answer.hasPrefix("{\"schemaVersion\":\"1.0\",\"tool\":{\"name\":\"regdiag\""))
      #expect(answer.hasSuffix("}\n") && !answer.dropLast().contains("\n"))
    }
  }

  @Test func namesThatNobodyKnowsAreTold() {
    let (_, engine, _) = open()
    defer { regdiag_close(engine) }
    var json: UnsafeMutablePointer<CChar>?
    #expect(regdiag_show(engine, "ecr/nothing", &json) == REGDIAG_UNKNOWN_NAME)
    #expect(regdiag_show(engine, "", &json) == REGDIAG_UNKNOWN_NAME)
    #expect(regdiag_list(engine, "ecrr", nil, &json) == REGDIAG_UNKNOWN_NAME)
    #expect(regdiag_list(engine, nil, "dokcer", &json) == REGDIAG_UNKNOWN_NAME)
    #expect(json == nil)
    #expect(regdiag_lookup(engine, "", &json) == REGDIAG_OK)
    regdiag_free(json)
  }

  @Test func everyStatusHasASentence() {
    #expect(String(cString: regdiag_version()) == Release.version)
    let sentences = (REGDIAG_OK...REGDIAG_UNKNOWN_NAME + 1).map {
      String(cString: regdiag_status_message($0))
    }
    #expect(Set(sentences).count == sentences.count)
    #expect(String(cString: regdiag_status_message(-7)) == sentences.last)
  }

  @Test func whatCannotBeReadIsToldInWords() throws {
    let (status, engine, message) = open(["/nowhere/at\u{1B}[2J/all"])
    #expect(status == REGDIAG_BAD_KNOWLEDGE)
    #expect(engine == nil)
    #expect(try #require(message).hasPrefix("cannot read '/nowhere/at\u{241B}[2J/all'"))
  }

  @Test func skippedEntriesAreToldAtOnceAndInEachReport() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "regdiag-c-\(UUID())")
    let entry = folder.appending(path: "own/bro\u{1B}ken")
    try FileManager.default.createDirectory(at: entry, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("{ \"id\": \"own/broken\"".utf8)
      .write(to: entry.appending(path: "entry.json"))
    let (status, engine, message) = open([folder.path])
    defer { regdiag_close(engine) }
    #expect(status == REGDIAG_OK)
    let told = try #require(message)
    #expect(told.contains("ken/entry.json:1:"))
    #expect(!told.contains("\u{1B}"))
    let report = try #require(explain(engine, Self.paste))
    #expect(report.contains("ken/entry.json:1:"))
    #expect(report.contains("\"id\":\"ecr/rate-exceeded\""))
  }

  @Test func noSecretComesBack() throws {
    let (_, engine, _) = open()
    defer { regdiag_close(engine) }
    let forms = PlantedSecret.forms(520, seed: 34)
    let answers = try forms.enumerated().map { number, form in
      try #require(explain(engine, form.paste(number: number)))
    }
    #expect(answers.count { $0.contains("oci/manifest-unknown") } >= 500)
    #expect(answers.count { $0.contains("[redacted]") } >= 500)
    let messages = try forms.prefix(23).flatMap { form in
      let refusal = open(["/nowhere/at/all: \(form.line)"])
      let lookup = text { regdiag_lookup(engine, form.line, $0) }
      return [try #require(refusal.2), try #require(lookup)]
    }
    let leaked = PlantedSecret.leaked(forms, in: (answers + messages).joined(separator: "\n"))
    print("planted secrets leaked: \(leaked.count) of \(forms.count) by the C interface")
    #expect(leaked.isEmpty, "\(leaked.prefix(3))")
  }

  @Test func entriesMayBeInMemory() throws {
    func open(_ name: String, _ json: String) throws -> (OpaquePointer?, String) {
      var engine: OpaquePointer?
      var message: UnsafeMutablePointer<CChar>?
      let status = name.withCString { name in
        json.withCString { text in
          var entry = regdiag_entry(name: name, json: text, count: json.utf8.count)
          return regdiag_open_with(nil, 0, &entry, 1, &engine, &message)
        }
      }
      defer { regdiag_free(message) }
      #expect(status == (engine == nil ? REGDIAG_BAD_KNOWLEDGE : REGDIAG_OK))
      return (engine, try #require(message.map { String(cString: $0) }))
    }
    let (engine, told) = try open("row 7", #"{ "id": "ours/closed" "#)
    defer { regdiag_close(engine) }
    #expect(told.hasPrefix("row 7:1:"))
    #expect(try #require(explain(engine, Self.paste)).contains("\"row 7:1:"))
    let (nothing, refusal) = try open("row 8", String(repeating: " ", count: 5 << 20))
    #expect(nothing == nil)
    #expect(refusal.hasPrefix("cannot read 'row 8': the entry is larger than 4 MiB"))
    var other: OpaquePointer?
    var nameless = regdiag_entry(name: nil, json: nil, count: 0)
    #expect(regdiag_open_with(nil, 0, &nameless, 1, &other, nil) == REGDIAG_BAD_ARGUMENT)
    #expect(regdiag_open_with(nil, 0, nil, 1, &other, nil) == REGDIAG_BAD_ARGUMENT)
    #expect(other == nil)
  }

  @Test func missingPointersAndImpossibleSizesAreRefused() {
    var engine: OpaquePointer?
    let nothing: [UnsafePointer<CChar>?] = [nil]
    #expect(regdiag_open(nil, 0, nil, nil) == REGDIAG_BAD_ARGUMENT)
    #expect(regdiag_open(nil, 1, &engine, nil) == REGDIAG_BAD_ARGUMENT)
    #expect(regdiag_open(nothing, 1, &engine, nil) == REGDIAG_BAD_ARGUMENT)
    #expect(regdiag_open(nothing, -1, &engine, nil) == REGDIAG_BAD_ARGUMENT)
    #expect(engine == nil)
    #expect(regdiag_open(nil, 0, &engine, nil) == REGDIAG_OK)
    defer { regdiag_close(engine) }
    var json: UnsafeMutablePointer<CChar>?
    for other in [nil, engine] {
      #expect(regdiag_explain(other, nil, 1, 0, &json) == REGDIAG_BAD_ARGUMENT)
      #expect(regdiag_explain(other, "x", -1, 0, &json) == REGDIAG_BAD_ARGUMENT)
      #expect(regdiag_explain(other, "x", 1, -1, &json) == REGDIAG_BAD_ARGUMENT)
      #expect(regdiag_explain(other, "x", 1, 0, nil) == REGDIAG_BAD_ARGUMENT)
      #expect(regdiag_lookup(other, nil, &json) == REGDIAG_BAD_ARGUMENT)
      #expect(regdiag_lookup(other, "x", nil) == REGDIAG_BAD_ARGUMENT)
      #expect(regdiag_show(other, nil, &json) == REGDIAG_BAD_ARGUMENT)
      #expect(regdiag_show(other, "x", nil) == REGDIAG_BAD_ARGUMENT)
      #expect(regdiag_list(other, nil, nil, nil) == REGDIAG_BAD_ARGUMENT)
    }
    #expect(regdiag_explain(nil, "x", 1, 0, &json) == REGDIAG_BAD_ARGUMENT)
    #expect(regdiag_lookup(nil, "x", &json) == REGDIAG_BAD_ARGUMENT)
    #expect(regdiag_show(nil, "x", &json) == REGDIAG_BAD_ARGUMENT)
    #expect(regdiag_list(nil, nil, nil, &json) == REGDIAG_BAD_ARGUMENT)
    #expect(json == nil)
    #expect(regdiag_explain(engine, nil, 0, 0, &json) == REGDIAG_OK)
    regdiag_free(json)
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
