import FailureText
import PlantedSecrets
import Testing

/// Secrets of every kind in every place they are printed in, and what must not be taken for one.
@Suite("Secrets")
struct SecretMaskTests {
  private func shown(_ text: String) -> String {
    let normalized = NormalizedText(Array(text.utf8))
    return normalized.messages.map { message in
      SecretMask(normalized.text, message.range).string(message.range)
    }.joined(separator: "\n")
  }

  private static let error = "Error response from daemon: toomanyrequests: Rate exceeded"

  @Test("None of any kind is shown, in any place", arguments: [1, 2, 3] as [UInt64])
  func planted(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for (kind, secret) in PlantedSecret.secrets(&random) {
      for place in PlantedSecret.places {
        let line = place.replacing("{}", with: secret, maxReplacements: 1)
        for text in ["\(line): \(Self.error)", "\(Self.error): \(line)"] {
          let shown = shown(text)
          #expect(
            PlantedSecret.leak(of: secret, in: shown) == nil,
            "\(kind), seed \(seed), in \(place): \(shown.prefix(300))")
          #expect(shown.contains("toomanyrequests: Rate exceeded"), "\(kind) in \(place)")
        }
      }
    }
  }

  @Test("Coloured, wrapped or escaped they are not shown either")
  func disguised() {
    var random = SeededRandom(seed: 7)
    for (kind, secret) in PlantedSecret.secrets(&random) {
      for place in PlantedSecret.places {
        let line = place.replacing("{}", with: secret, maxReplacements: 1)
        let coloured = place.replacing("{}", with: "\u{1B}[31m\(secret)\u{1B}[0m")
        let cut = Disguise.cut(
          "\(Self.error): \(line)\n\(Self.error) and so on until it is longer", at: 80)
        let escaped =
          "{\"log\":\""
          + "\(line): \(Self.error)".replacing("\\", with: "\\\\")
          .replacing("\"", with: "\\\"") + "\\n\",\"stream\":\"stderr\"}"
        for text in ["\(coloured): \(Self.error)", cut, escaped] {
          let shown = shown(text)
          #expect(
            PlantedSecret.leak(of: secret, in: shown) == nil,
            "\(kind) in \(place): \(shown.prefix(400))")
        }
      }
    }
  }

  @Test("A private key is not shown, on lines of its own or escaped")
  func privateKeys() {
    var random = SeededRandom(seed: 3)
    let rows = (0..<12).map { _ in random.text(64, of: SeededRandom.mixed + "+/") }
    for separator in ["\n", "\\n", "\\\\n", " "] {
      for name in ["RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY"] {
        let key =
          (["-----BEGIN \(name)-----"] + rows + ["-----END \(name)-----"])
          .joined(separator: separator)
        for text in ["\(Self.error): \(key)", "{\"private_key\": \"\(key)\"} \(Self.error)", key] {
          let shown = shown(text)
          for row in rows {
            #expect(PlantedSecret.leak(of: row, in: shown) == nil, "\(shown.prefix(300))")
          }
        }
      }
    }
  }

  @Test(
    "Keys and settings of several lines are not shown, however they are cut", arguments: [1, 2])
  func blocks(seed: UInt64) {
    for block in PlantedBlock.blocks(seed: seed) {
      for paste in block.pastes {
        // What is quoted is the message that holds the failure.
        let quoted = shown(paste).split(separator: "\n").filter { $0.contains("manifest unknown") }
        let leaked = PlantedSecret.leaked(block.pieces, in: quoted.joined(separator: "\n"))
        #expect(leaked.isEmpty, "\(block.name), seed \(seed): \(quoted)")
      }
    }
  }

  @Test(
    "What stands beside keys, or looks like rows, is shown",
    arguments: [
      "-----END RSA PRIVATE KEY-----\nnginx-1.2 was pulled",
      "0a1b2c3d4e5f\n1b2c3d4e5f60\n2c3d4e5f6071\n3d4e5f607182\n4e5f60718293",
      "ImagePullBackOff CrashLoopBackOff ErrImageNeverPull InvalidImageName",
      "authorization authentication configuration", "YXBwOnRlYW0xMjM0NTY3 MTIzNDU2Nzg5MA",
      "4442587FB7D0A2F9\n5553698AC8E1B3A0\n66647A9BD9F2C4B1\n7775ABACEA03D5C2",
      "-----BEGIN CERTIFICATE-----", "library/nginx1 library/nginx2 library/nginx3 library/nginx4",
      "sha256:ABCDEF0123abcdef0123\nsha256:ABCDEF0123abcdef4567\nsha256:ABCDEF0123abcdef8901",
    ])
  func noRows(_ text: String) {
    let lines = text.split(separator: "\n").filter { !$0.contains("END RSA") }
    for paste in ["\(text)\n\(Self.error)", "\(Self.error): \(text)"] {
      for line in lines { #expect(shown(paste).contains(line), "\(shown(paste))") }
      #expect(shown(paste).contains("toomanyrequests: Rate exceeded"))
    }
  }

  @Test(
    "A token that other characters stand before is not shown",
    arguments: [
      "https://registry...", "host.", "a-b+", "x/y.z-", "name=v1.", "%2F", "~",
    ])
  func tokenBehind(_ start: String) {
    let token = "ghp_" + String(repeating: "0a1B", count: 9)
    #expect(!shown("\(start)\(token) failed").contains(token))
    let key = "ASIA-PACIFIC-REGION-SERVICE"
    #expect(shown("\(start)\(key) failed").contains(key))
  }

  @Test(
    "A token that a wrapped line glued to the word before it is not shown",
    arguments: [
      "ghp_" + String(repeating: "0a1B", count: 9), "glpat-" + String(repeating: "0a1B", count: 5),
      "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJyZWdpc3RyeSJ9.c2lnbmF0dXJlMDE",
    ])
  func tokenGlued(_ token: String) {
    #expect(
      !shown("load metadata for docker.io/library/golang:1.23\(token)  CANCELED").contains(token))
    #expect(!shown("golang:1.23\(token)").contains(token))
  }

  @Test(
    "Words that hold the beginning of a token in their middle are shown",
    arguments: ["registry.example/highs_and_lows_of_the_longest_name_there_is", "beyJhbGciOiSmall"])
  func wordsLikeTokens(_ word: String) {
    #expect(shown("failed to pull \(word) now").contains(word))
  }

  @Test("A quotation that nobody closed does not hide the failure behind it")
  func openQuotation() {
    for line in ["level=info password=\"abc", "{\"auth\": \"dXNlcjpwYXNzd29yZA", "token: 'x"] {
      #expect(shown("\(line)\n\n\(Self.error)").contains(Self.error), "\(line)")
    }
  }

  @Test(
    "What people make up is hidden whole, though it is a sentence",
    arguments: ["password", "db-passwd", "PASSPHRASE", "\"pwd\"", "client_secret"])
  func sentence(key: String) {
    let shown = shown("\(Self.error): \(key): 'correct horse battery staple'")
    #expect(shown.hasSuffix("\(key): '[redacted]'"), "\(shown)")
  }

  @Test("What is no secret is shown", arguments: 1...20 as ClosedRange<UInt64>)
  func kept(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for text in InnocentText.sentences(&random) {
      let line = "\(Self.error): \(text)"
      #expect(
        shown(line) == shown(line).replacing("[redacted]", with: "") && shown(line).contains(text),
        "\(shown(line))")
    }
  }

  @Test("What was masked once is not changed when it is masked again")
  func idempotent() {
    var random = SeededRandom(seed: 11)
    for (_, secret) in PlantedSecret.secrets(&random) {
      for place in PlantedSecret.places {
        let once = shown(
          "\(place.replacing("{}", with: secret, maxReplacements: 1)): \(Self.error)")
        #expect(shown(once) == once)
      }
    }
  }
}
