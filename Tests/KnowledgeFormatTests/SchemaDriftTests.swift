import Foundation
import KnowledgeFormat
import Testing

/// The JSON Schemas and the readers in Swift say the same.
///
/// The sample base has every key that the schemas have. Each rule of a schema is then broken in
/// each place of the sample where it holds, and the reader must complain there.
@Suite struct SchemaDriftTests {
  enum Subject: String, CaseIterable {
    case entry, manifest, vocabulary

    var samplePaths: [String] {
      switch self {
      case .entry: [SampleBase.entryPath, SampleBase.otherPath]
      case .manifest: [SampleBase.manifestPath]
      case .vocabulary: [SampleBase.vocabularyPath]
      }
    }

    func schema() throws -> JSONDocument {
      let url = RealBase.url.appending(path: "schema/\(rawValue).schema.json")
      return try JSONDocument.parse(Array(try Data(contentsOf: url)))
    }
  }

  @Test(arguments: Subject.allCases)
  func theSampleHasEveryKeyOfTheSchema(_ subject: Subject) throws {
    let schema = try subject.schema()
    var declared: Set<String> = []
    for index in schemaNodes(below: schema.root) {
      for member in index["properties"]?.members.map({ $0 }) ?? [] {
        declared.insert(member.value.pointer)
      }
    }
    var used: Set<String> = []
    for path in subject.samplePaths {
      let walk = try SchemaWalk(schema, sample: path)
      used.formUnion(walk.usedProperties)
    }
    #expect(!declared.isEmpty)
    #expect(declared.subtracting(used) == [], "the sample lacks these keys")
  }

  @Test(arguments: Subject.allCases)
  func everyRuleOfTheSchemaIsHeldTo(_ subject: Subject) throws {
    let schema = try subject.schema()
    var ruleCount = 0
    for path in subject.samplePaths {
      for violation in try SchemaWalk(schema, sample: path).violations {
        ruleCount += 1
        let knowledge = LoadedKnowledge(
          SampleBase.source(replacing: [path: violation.text]), mode: .strict)
        let errors = knowledge.complaints.filter { $0.severity == .error && $0.file == path }
        #expect(
          errors.contains { $0.pointer == violation.pointer },
          "\(violation.rule) broken at \(violation.pointer): \(errors.map(\.description))")
      }
    }
    #expect(ruleCount > 30)
  }

  /// All objects of a schema document, in `$defs` too; what stands under `if` declares nothing.
  private func schemaNodes(below node: JSONNode) -> [JSONNode] {
    let children = node.members.filter { $0.key != "if" }.map(\.value) + node.elements.map { $0 }
    return [node] + children.flatMap(schemaNodes)
  }
}

/// A walk through a sample together with its schema.
private struct SchemaWalk {
  /// A sample in which one rule of the schema is broken.
  struct Violation {
    let rule: String
    /// Where the complaint must be.
    let pointer: String
    let text: String
  }

  private let schema: JSONDocument
  private let sample: JSONDocument
  private(set) var violations: [Violation] = []
  /// Pointers into the schema, to the properties that the sample has.
  private(set) var usedProperties: Set<String> = []

  init(_ schema: JSONDocument, sample path: String) throws {
    self.schema = schema
    self.sample = try JSONDocument.parse(Array((SampleBase.texts[path] ?? "").utf8))
    try visit(sample.root, schema.root)
  }

  private mutating func visit(_ value: JSONNode, _ rules: JSONNode) throws {
    if let reference = rules["$ref"]?.string {
      try visit(value, try #require(schema.node(at: String(reference.dropFirst()))))
    }
    if let choices = rules["oneOf"] {
      let kind = value.kind == .string ? "string" : "object"
      for choice in choices.elements {
        let target =
          choice["$ref"]?.string.flatMap { schema.node(at: String($0.dropFirst())) } ?? choice
        if target["type"]?.isEqual(to: kind) == true { try visit(value, target) }
      }
    }
    breakScalarRules(value, rules)
    breakArrayRules(value, rules)
    breakObjectRules(value, rules)
    if let items = rules["items"] {
      for element in value.elements { try visit(element, items) }
    }
    for member in value.members {
      if let property = rules["properties"]?[member.key] {
        usedProperties.insert(property.pointer)
        try visit(member.value, property)
      } else if let rest = rules["additionalProperties"], rest.kind == .object {
        try visit(member.value, rest)
      }
    }
  }

  private mutating func breakScalarRules(_ value: JSONNode, _ rules: JSONNode) {
    if rules["type"] != nil || rules["enum"] != nil { replace(value, with: "null", "type") }
    if rules["enum"] != nil { replace(value, with: "\"zz zz\"", "enum") }
    if rules["pattern"] != nil { replace(value, with: "\"!! !!\"", "pattern") }
    if let minimum = rules["minLength"]?.integer, minimum > 0 {
      replace(value, with: "\"\(String(repeating: "é", count: minimum - 1))\"", "minLength")
    }
    if let maximum = rules["maxLength"]?.integer {
      let text =
        rules["pattern"]?.string?.contains("/") == true
        ? "a/" + String(repeating: "a", count: maximum - 1)
        : String(repeating: "a", count: maximum + 1)
      replace(value, with: "\"\(text)\"", "maxLength")
    }
    if let minimum = rules["minimum"]?.integer { replace(value, with: "\(minimum - 1)", "minimum") }
    if let maximum = rules["maximum"]?.integer { replace(value, with: "\(maximum + 1)", "maximum") }
  }

  private mutating func breakArrayRules(_ value: JSONNode, _ rules: JSONNode) {
    if rules["minItems"]?.integer == 1 { replace(value, with: "[]", "minItems") }
    let elements = Array(value.elements)
    if rules["uniqueItems"]?.boolean == true, let first = elements.first {
      let range = value.byteRange.lowerBound + 1..<value.byteRange.lowerBound + 1
      let copy = Array(sample.bytes[first.byteRange]) + [UInt8(ascii: ",")]
      splice(range, copy, "uniqueItems", at: value.pointer + "/1")
    }
  }

  private mutating func breakObjectRules(_ value: JSONNode, _ rules: JSONNode) {
    guard rules["properties"] != nil else { return }
    let start = value.byteRange.lowerBound + 1
    if rules["additionalProperties"]?.boolean == false {
      splice(
        start..<start, Array("\"zzUnknown\": 0,".utf8), "additionalProperties",
        at: value.pointer + "/zzUnknown")
    }
    if rules["minProperties"]?.integer == 1 { replace(value, with: "{}", "minProperties") }
    for key in rules["required"]?.elements.compactMap(\.string) ?? [] {
      guard let member = value.members.first(where: { $0.key == key }) else { continue }
      splice(member.name.byteRange, Array("\"zzMissing\"".utf8), "required", at: value.pointer)
    }
  }

  private mutating func replace(_ value: JSONNode, with text: String, _ rule: String) {
    splice(value.byteRange, Array(text.utf8), rule, at: value.pointer)
  }

  private mutating func splice(
    _ range: Range<Int>, _ bytes: [UInt8], _ rule: String, at pointer: String
  ) {
    var text = sample.bytes
    text.replaceSubrange(range, with: bytes)
    violations.append(
      Violation(rule: rule, pointer: pointer, text: String(decoding: text, as: UTF8.self)))
  }
}
