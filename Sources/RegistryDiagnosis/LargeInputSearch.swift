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

  /// How much to each side of a trigger is looked at to see whether it is part of anything.
  private static let closeBytes = 2048
  /// How much to each side of a trigger is answered for with it.
  private static let reachBytes = 1 << 12

  package init(_ knowledge: CompiledKnowledge) {
    self.knowledge = knowledge
    triggers = knowledge.triggerIndex()
  }

  /// What was found in a window.
  package struct Findings: Sendable {
    /// The parts worth a look, as places in the bytes, apart from each other.
    package let stretches: [Range<Int>]
    let isUTF8: Bool
  }

  /// Searches a window.
  ///
  /// - Parameters:
  ///   - bytes: The window and what stands around it, in an encoding of single bytes.
  ///   - window: The places that are answered for.
  package func findings(in bytes: [UInt8], _ window: Range<Int>) -> Findings {
    Findings(
      stretches: bytes.withUnsafeBufferPointer { stretches(of: $0, in: window) },
      isUTF8: bytes.withUnsafeBytes {
        UnsafeRawBufferPointer(rebasing: $0[window]).isPartOfUTF8
      })
  }

  /// The parts of a window that are worth a look, apart from each other.
  private func stretches(of bytes: UnsafeBufferPointer<UInt8>, in window: Range<Int>) -> [Range<
    Int
  >] {
    guard let triggers else { return [window] }
    var stretches: [Range<Int>] = []
    // What stands after the window may belong to a message that begins in it.
    let end = min(bytes.count, window.upperBound + DiagnosisSession.contextBytes)
    var place = window.lowerBound
    // Where triggers are many, a look at each would cost more than one at all that is there.
    var looks = window.count / (2 * LargeInputSearch.closeBytes)
    while place < end, let hit = triggers.first(in: bytes, place..<end) {
      // What is close to what will be looked at is looked at with it.
      let isClose = (stretches.last?.upperBound).map {
        hit < $0 + DiagnosisSession.contextBytes
      }
      looks -= 1
      guard isClose == true || looks < 0 || mayFail(bytes, near: hit) else {
        place = hit + LargeInputSearch.closeBytes / 4
        continue
      }
      let lower = max(window.lowerBound, hit - LargeInputSearch.reachBytes)
      let upper = min(window.upperBound, hit + LargeInputSearch.reachBytes)
      if lower < upper {
        // Two that are near share their neighbourhood: what is between them costs less than it.
        let near = 2 * DiagnosisSession.contextBytes
        if let last = stretches.last, lower <= last.upperBound + near {
          stretches[stretches.count - 1] = last.lowerBound..<max(upper, last.upperBound)
        } else {
          stretches.append(lower..<upper)
        }
      }
      // What stands near it is looked at with it.
      place = max(hit + 2, hit + LargeInputSearch.reachBytes / 2)
    }
    return stretches
  }

  /// Whether a signal's wording, or a status one may rest on, stands around a trigger.
  private func mayFail(_ bytes: UnsafeBufferPointer<UInt8>, near hit: Int) -> Bool {
    let encoding = InputEncoding.utf8
    let lower = encoding.characterStart(
      in: bytes, before: max(0, hit - LargeInputSearch.closeBytes))
    let upper = encoding.characterStart(
      in: bytes, before: min(bytes.count, hit + LargeInputSearch.closeBytes))
    let text = NormalizedText(
      UnsafeBufferPointer(rebasing: bytes[lower..<upper]), base: 0, encoding: encoding)
    let matches = knowledge.patterns.matches(
      in: text.text, messageCount: text.messages.count, range: { text.messages[$0].range })
    return matches.contains { knowledge.isSought($0.pattern) }
  }
}
