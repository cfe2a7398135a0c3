package import KnowledgeFormat
package import RegistryDiagnosis

/// Reads a report back from its JSON and compares.
///
/// Each value is looked for under its key as `report.schema.json` has it; nothing here is shared with
/// what writes the document.
package struct ReportReader {
  private var differences: [String] = []

  /// What a document says otherwise than the report it was made of, by JSON pointer; empty when all
  /// of the report can be read from it again.
  ///
  /// - Parameters:
  ///   - document: All diagnoses of the report, as JSON.
  ///   - report: The report.
  package static func differences(of document: JSONNode, from report: Report) -> [String] {
    var reader = ReportReader()
    reader.read(document, report)
    return reader.differences
  }

  private mutating func read(_ root: JSONNode, _ report: Report) {
    expect(root["knowledgeBase"]?["version"], report.knowledge.version)
    expect(root["knowledgeBase"]?["entries"], report.knowledge.entryCount)
    expect(root["input"]?["bytes"], report.input.byteCount)
    expect(root["input"]?["lines"], report.input.lineCount)
    expect(root["input"]?["encoding"], report.input.encoding)
    expect(root["input"]?["truncated"], report.input.isTruncated)
    expect(root["warnings"], report.warnings)
    read(root["facts"], report.facts)
    each(root["diagnoses"], report.diagnoses) { $0.read($1, $2) }
    each(root["suggestions"], report.suggestions) {
      $0.expect($1["id"], $2.id)
      $0.expect($1["title"], $2.title)
      $0.expect($1["reason"], $2.reason)
    }
  }

  private mutating func read(_ node: JSONNode?, _ facts: Facts) {
    expect(node?["client"], facts.client)
    expect(node?["operation"], facts.operation)
    expect(node?["httpStatus"], facts.httpStatus)
    expect(node?["ociCode"], facts.ociCode)
    read(node?["registry"], facts.registry)
    expect(node?["reference"]?["repository"], facts.reference?.repository)
    expect(node?["reference"]?["tag"], facts.reference?.tag)
    expect(node?["reference"]?["digest"], facts.reference?.digest)
  }

  private mutating func read(_ node: JSONNode?, _ registry: Facts.Registry?) {
    expect(node?["host"], registry?.host)
    expect(node?["provider"], registry?.provider)
    expect(node?["basis"], registry?.basis)
    for part in registry?.parts ?? [] { expect(node?[part.name], part.value) }
  }

  private mutating func read(_ node: JSONNode, _ diagnosis: Diagnosis) {
    expect(node["id"], diagnosis.id)
    expect(node["title"], diagnosis.title)
    expect(node["role"], diagnosis.role.rawValue)
    expect(node["relation"], diagnosis.relation?.rawValue)
    expect(node["confidence"], diagnosis.confidence.rawValue)
    expect(node["occurrences"], diagnosis.occurrences)
    expect(node["score"], diagnosis.score)
    read(node["registry"], diagnosis.registry)
    each(node["why"], diagnosis.why) {
      $0.expect($1["signal"], $2.signal)
      $0.expect($1["detail"], $2.detail)
      $0.expect($1["weight"], $2.weight)
    }
    each(node["evidence"], diagnosis.evidence) {
      $0.expect($1["line"], $2.line)
      $0.expect($1["column"], $2.column)
      $0.expect($1["endLine"], $2.endLine)
      $0.expect($1["endColumn"], $2.endColumn)
      $0.expect($1["text"], $2.text)
      $0.expect($1["before"], $2.before)
      $0.expect($1["after"], $2.after)
    }
    var seen: Set<String> = []
    for capture in diagnosis.captures where seen.insert(capture.name).inserted {
      expect(node["captures"]?[capture.name], capture.value)
    }
    read(node, diagnosis.advice)
  }

  private mutating func read(_ node: JSONNode, _ advice: Advice) {
    expect(node["summary"], advice.summary)
    expect(node["retry"], advice.retry.rawValue)
    each(node["causes"], advice.causes) {
      $0.expect($1["id"], $2.id)
      $0.expect($1["text"], $2.text)
      $0.expect($1["decided"], $2.isDecided)
      $0.expect($1["check"]?["text"], $2.check?.text)
      $0.expect($1["check"]?["command"], $2.check?.command)
      $0.expect($1["check"]?["expect"], $2.check?.expect)
    }
    each(node["solutions"], advice.solutions) {
      $0.expect($1["text"], $2.text)
      $0.expect($1["commands"], $2.commands)
      $0.expect($1["for"], $2.causes)
      $0.expect($1["verify"]?["text"], $2.verify?.text)
      $0.expect($1["verify"]?["command"], $2.verify?.command)
    }
    each(node["references"], advice.references) {
      $0.expect($1["title"], $2.title)
      $0.expect($1["url"], $2.url)
    }
  }

  // MARK: Values

  private mutating func each<Value>(
    _ node: JSONNode?, _ values: [Value],
    _ read: (inout ReportReader, JSONNode, Value) -> Void
  ) {
    let elements = node.map { Array($0.elements) } ?? []
    note(node, elements.count == values.count, "\(values.count) elements")
    for (element, value) in zip(elements, values) { read(&self, element, value) }
  }

  private mutating func expect(_ node: JSONNode?, _ value: String?) {
    // A reader must get the same scalars, not only text that looks the same.
    let isEqual =
      node?.string.map { Array($0.unicodeScalars) } == value.map { Array($0.unicodeScalars) }
    note(node, isEqual && (value != nil || node?.kind ?? .null == .null), value as Any)
  }

  private mutating func expect(_ node: JSONNode?, _ value: Int?) {
    note(node, node?.integer == value, value as Any)
  }

  private mutating func expect(_ node: JSONNode?, _ value: Bool) {
    note(node, node?.boolean == value, value)
  }

  private mutating func expect(_ node: JSONNode?, _ value: Double) {
    let read = (node?.text).flatMap { Double($0) } ?? .nan
    // Three decimals are written.
    note(node, (read - value).magnitude < 0.00051, value)
  }

  private mutating func expect(_ node: JSONNode?, _ values: [String]) {
    each(node, values) { $0.expect($1, $2) }
  }

  private mutating func note(_ node: JSONNode?, _ holds: Bool, _ value: Any) {
    if !holds { differences.append("\(node?.pointer ?? "a missing member"): not \(value)") }
  }
}

extension JSONNode {
  fileprivate var text: String { String(decoding: document.bytes[byteRange], as: UTF8.self) }
}
