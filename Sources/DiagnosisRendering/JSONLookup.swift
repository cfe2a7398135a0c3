public import RegistryDiagnosis

/// What a look-up found, as JSON on one line.
public struct JSONLookup: Sendable {
  /// The document; it ends with a line feed.
  public let text: String

  /// Renders what was found.
  ///
  /// - Parameters:
  ///   - query: What was asked for.
  ///   - hits: What was found.
  ///   - toolVersion: The version of the program that answers.
  ///   - knowledge: The base that was asked.
  public init(
    of query: String, hits: [LookupHit], toolVersion: String, knowledge: KnowledgeSummary
  ) {
    var writer = JSONWriter(isIndented: false)
    writer.object { root in
      root.preamble(toolVersion: toolVersion, knowledge: knowledge)
      root.member("query", query)
      root.member("hits", hits) { array, hit in
        array.object {
          $0.member("id", hit.id)
          $0.member("title", hit.title)
          $0.member("basis", hit.basis.rawValue)
        }
      }
    }
    writer.finish()
    text = writer.text
  }
}
