import PlantedSecrets
import Testing

@testable import FailureText

/// What goes across a border is looked for in a part of what stands around it.
@Suite("Secrets across borders")
struct BorderSecretsTests {
  @Test(
    "The part that is looked at tells as much as all of it",
    arguments: zip([1, 2] as [UInt64], [0, 3]))
  func part(seed: UInt64, rest: Int) {
    var crossed = 0
    for block in PlantedBlock.blocks(seed: seed) {
      for (number, paste) in block.pastes.enumerated() where number % 6 == rest {
        let text = NormalizedText(Array(paste.utf8)).text
        for border in text.indices.dropFirst()
        where text[border - 1] == 0x0A || text[border] == 0x0A {
          let around = max(0, border - 400)..<min(text.count, border + 400)
          var finder = SecretFinder(text, around)
          let secret = finder.secrets().first {
            $0.lowerBound < (text[border] == 0x0A ? border + 1 : border) && $0.upperBound > border
          }
          var word = text[border...].drop { $0 <= 0x20 }.prefix { $0 > 0x20 }
          while word.last == 0x3A || word.last == 0x2C { word.removeLast() }
          var borders = BorderSecrets(text)
          #expect(
            borders.secret(across: border) == (SecretLook.isRest(word) ? secret : nil),
            "\(block.name), seed \(seed), at \(border) of \(paste)")
          crossed += secret == nil ? 0 : 1
        }
      }
    }
    #expect(crossed > 100)
  }

  @Test(
    "A value that stands behind a line feed alone is hidden there",
    arguments: ["password=\"\nhunter2hunter2\" failed", "--password '\nhunter2hunter2' failed"])
  func behindLineFeed(_ line: String) throws {
    let text = Array("\n\(line)\n".utf8)
    let border = try #require(text.dropFirst().firstIndex(of: 0x0A)) + 1
    let mask = SecretMask(text, border..<text.count - 1)
    #expect(mask.string(border..<text.count - 1).hasSuffix("[redacted]\(line.suffix(8))"))
  }
}
