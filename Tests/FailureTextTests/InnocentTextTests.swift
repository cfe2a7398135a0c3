import FailureText
import Foundation
import PlantedSecrets
import Testing

/// How much of what is no secret is eaten: at most one identifier in a thousand.
@Suite("Identifiers beside secrets")
struct InnocentTextTests {
  private static let error = "Error response from daemon: toomanyrequests: Rate exceeded"

  private func shown(_ text: String, isMasked: Bool = true) -> String {
    let normalized = NormalizedText(Array(text.utf8))
    return normalized.messages.map { message in
      let mask =
        isMasked
        ? SecretMask(normalized.text, message.range) : SecretMask(hidingNothingOf: normalized.text)
      return mask.string(message.range)
    }.joined(separator: "\n")
  }

  @Test("identifiers that programs print survive")
  func generated() {
    let identifiers = InnocentText.identifiers(rounds: 50, seed: 5)
    let eaten = identifiers.filter { word, text in
      !shown("\(Self.error): \(text)").contains(word)
        || !shown("\(text): \(Self.error)").contains(word)
    }
    print("innocent identifiers eaten: \(eaten.count) of \(identifiers.count) generated")
    #expect(identifiers.count >= 2000)
    #expect(eaten.count * 1000 <= identifiers.count, "\(eaten.prefix(5))")
  }

  /// A digest, an id, a host, an image, an ARN, a time.
  private static var identifier: Regex<Substring> {
    #/
    sha256:[0-9a-f]{12,64}
    | \b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b
    | \b[0-9a-f]{40}\b | \b[0-9a-f]{64}\b | \b[0-9a-f]{12}\b
    | arn:aws[a-z-]*:[a-z]+:[a-z0-9-]*:[0-9]*:[A-Za-z0-9\/_.-]+
    | \b[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]+)?(?:\/[a-z0-9._-]+)+(?::[A-Za-z0-9._-]+)?
    | \b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z?
    /#
  }

  private func pastes(_ name: String) throws -> [String] {
    struct Case: Decodable { let input: String }
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Corpus/\(name).jsonl").standardized
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Case.self, from: Data($0.utf8)).input
    }
  }

  @Test("identifiers of real pastes survive")
  func collected() throws {
    let identifier = Self.identifier
    var count = 0
    var eaten: [Substring] = []
    for paste in try pastes("collected") + pastes("development") {
      var masked = shown(paste)[...]
      for match in shown(paste, isMasked: false).matches(of: identifier) {
        count += 1
        if let place = masked.range(of: match.output) {
          masked = masked[place.upperBound...]
        } else {
          eaten.append(match.output)
        }
      }
    }
    print("innocent identifiers eaten: \(eaten.count) of \(count) in real pastes: \(eaten)")
    #expect(count >= 2000)
    #expect(eaten.count * 1000 <= count)
  }
}
