import FailurePatterns
import FailureText
package import KnowledgeFormat

/// Says which parts of a large input are worth a look, from its raw bytes.
///
/// - Complexity: O(n) for *n* bytes. Where no trigger stands, that is all; each trigger costs a
///   look at the few KiB around it, but together they cost no more than looking at everything.
package final class LargeInputSearch: Sendable {
  private let knowledge: CompiledKnowledge
  /// None when the base has patterns that it could not find.
  private let triggers: TriggerIndex?

  /// How much to each side of a trigger is looked at, to see whether it is part of anything: more
  /// where its message is longer.
  private static let closeBytes = [512, 2048]
  /// From how many bytes on triggers that follow each other closely are not looked at twice.
  private static let denseBytes = 8192

  package init(_ knowledge: CompiledKnowledge) {
    self.knowledge = knowledge
    triggers = knowledge.triggerIndex()
  }

  /// What was found in a window.
  package struct Findings: Sendable {
    /// Places in the bytes, ascending, that may be part of a failure; `nil` when any may be.
    ///
    /// Of a failure's message there is one at least.
    package let places: [Int]?
    let isUTF8: Bool
  }

  /// Searches a window; of what is not written in single bytes, any place may be part of a failure.
  ///
  /// - Parameters:
  ///   - locator: The window and what stands around it.
  ///   - window: The places that are answered for; what begins in it may end after it.
  func findings(in locator: SourceLocator, _ window: Range<Int>) -> Findings {
    locator.encoding.unitWidth == 1
      ? findings(in: locator.bytes, window) : Findings(places: nil, isUTF8: true)
  }

  /// Searches a window.
  ///
  /// - Parameters:
  ///   - bytes: The window and what stands around it, in an encoding of single bytes.
  ///   - window: The places that are answered for; what begins in it may end after it.
  package func findings(in bytes: [UInt8], _ window: Range<Int>) -> Findings {
    Findings(
      places: bytes.withUnsafeBufferPointer { places(in: $0, window) },
      isUTF8: bytes.withUnsafeBytes {
        UnsafeRawBufferPointer(rebasing: $0[window]).isPartOfUTF8
      })
  }

  private func places(in bytes: UnsafeBufferPointer<UInt8>, _ window: Range<Int>) -> [Int]? {
    guard let triggers else { return nil }
    var places: [Int] = []
    // Those that follow each other closely are one group; where the last of them begins.
    var group = 0
    // Where triggers are many, a look at each would cost more than one at all that is there.
    var looks = window.count / (2 * LargeInputSearch.closeBytes[1])
    func endGroup() {
      guard group < places.count, looks > 0 else { return }
      looks -= 1
      if !mayFail(bytes, near: places[group...], triggers) { places.removeSubrange(group...) }
    }
    let end = min(bytes.count, window.upperBound + DiagnosisSession.contextBytes)
    triggers.forEach(in: bytes, window.lowerBound..<end) { place in
      if group < places.count, place - places[places.count - 1] > LargeInputSearch.closeBytes[0] {
        endGroup()
        group = places.count
      }
      places.append(place)
      return true
    }
    endGroup()
    return places
  }

  /// Whether a signal's wording, or a status one may rest on, stands around some triggers.
  private func mayFail(
    _ bytes: UnsafeBufferPointer<UInt8>, near places: ArraySlice<Int>, _ triggers: TriggerIndex
  ) -> Bool {
    guard let first = places.first, let last = places.last,
      last - first < LargeInputSearch.denseBytes
    else { return true }
    let reach = LargeInputSearch.closeBytes[1]
    guard places.contains(where: { triggers.isBacked(at: $0, in: bytes, reach: reach) }) else {
      return false
    }
    let encoding = InputEncoding.utf8
    for reach in LargeInputSearch.closeBytes {
      let lower = encoding.characterStart(in: bytes, before: max(0, first - reach))
      let upper = encoding.characterStart(in: bytes, before: min(bytes.count, last + reach))
      let text = NormalizedText(
        UnsafeBufferPointer(rebasing: bytes[lower..<upper]), base: lower, encoding: encoding)
      let messages = text.messages(at: places)
      let isWhole =
        (lower == 0 || messages.first.map { $0 > 0 } ?? true)
        && (upper == bytes.count || messages.last.map { $0 + 1 < text.messages.count } ?? true)
      guard isWhole || reach == LargeInputSearch.closeBytes.last else { continue }
      var search = PatternSearch(
        knowledge.patterns, in: text.text, messageCount: text.messages.count)
      return messages.contains { message in
        let matches = search.matches(in: message, text.messages[message].range)
        return search.found[matches].contains { knowledge.isSought($0.pattern) }
      }
    }
    return false
  }
}
