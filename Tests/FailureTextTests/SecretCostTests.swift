import FailureText
import Testing

/// Texts in which every few bytes something begins that might be a secret.
///
/// Looking at each to the end of the text would take hours: the limits of time are no measure of
/// speed, they only tell a search that goes through the text once from one that begins anew at each
/// place.
@Suite("The cost of finding secrets")
struct SecretCostTests {
  private static let byteCount = 1 << 18

  @Test(
    "a message is gone through once", .timeLimit(.minutes(1)),
    arguments: [
      "a://b:c/", "token=$", "token:[", "password={", "auth=realm=", "token:a:", "Bearer $",
      "--password=$", "-u a:$", "auth:a[", "\"auth\":\"$", "-----BEGIN x", "%", "token=x",
    ])
  func secrets(_ unit: String) {
    let text = Array(
      String(repeating: unit, count: Self.byteCount / unit.utf8.count).utf8)
    let mask = SecretMask(text, 0..<text.count)
    #expect(mask.secrets.allSatisfy { $0.upperBound <= text.count })
  }

  @Test(
    "sequences of a terminal that do not end are passed over once", .timeLimit(.minutes(1)),
    arguments: ["\u{1B}]", "\u{1B}P", "\u{1B}]8;;", "\u{1B}[", "\u{9B}1;", "\u{1B}]\u{1B}\u{1B}"])
  func sequences(_ unit: String) {
    let text = String(repeating: unit, count: 4 * Self.byteCount / unit.utf8.count) + "end"
    let normalized = NormalizedText(Array(text.utf8))
    #expect(String(decoding: normalized.text, as: UTF8.self).hasSuffix("nd\n"))
  }

  @Test("a link's address is dropped, with a secret in it; its text stays")
  func links() {
    let link = "\u{1B}]8;;https://a.b/?token=hunter2hunter2\u{1B}\\shown\u{1B}]8;;\u{1B}\\"
    let text = NormalizedText(Array(link.utf8)).text
    #expect(String(decoding: text, as: UTF8.self) == "\nshown\n")
  }
}
