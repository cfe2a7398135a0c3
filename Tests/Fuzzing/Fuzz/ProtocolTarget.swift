import KnowledgeFormat
import ModelContextProtocol

extension Target {
  /// Whatever a client sends, each line gets one answer of one line that is JSON, or none.
  func serve(_ bytes: [UInt8]) {
    let echo = Tool(
      name: "echo", title: "Echo", description: "Repeats a text.",
      parameters: [
        ToolParameter("text", .text(maximum: 64), isRequired: true, "what to repeat"),
        ToolParameter("times", .integer(1...3, standard: 1), "how often"),
        ToolParameter("case", .choice(["upper", "lower"]), "in which letters"),
      ], outputSchema: "{}"
    ) { arguments throws(ToolError) in
      guard let text = arguments.text("text") else { throw ToolError("no text") }
      return ToolAnswer(markdown: text, json: "{}")
    }
    var session = ServerSession(
      identity: ServerIdentity(name: "fuzz", version: "0", instructions: "", isPublic: true),
      tools: [echo], resources: NoResources())
    var reader = MessageReader(limit: 2048)
    let cut = bytes.count / 2
    let lines =
      reader.append(Array(bytes[..<cut])) + reader.append(Array(bytes[cut...])) + reader.finish()
    for line in lines {
      guard let answer = session.answer(to: line) else { continue }
      require((try? JSONDocument.parse(Array(answer.utf8))) != nil)
      require(!answer.utf8.dropLast().contains(0x0A))
    }
  }
}

/// A catalogue without entries.
private struct NoResources: ResourceCatalog {
  var templates: [ResourceTemplate] { [] }

  func page(after cursor: String?) -> ResourcePage? {
    cursor == nil ? ResourcePage(resources: [], nextCursor: nil) : nil
  }

  func contents(of uri: String) -> ResourceContents? { nil }
}
