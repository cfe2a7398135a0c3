import Foundation

/// A secret of several lines, as people paste it: a key's JSON, a client's settings, a private key.
package struct PlantedBlock: Sendable {
  package let name: String
  /// What of it must never be given back.
  package let secrets: [String]
  package let text: String

  /// Every kind in every way it is written.
  package static func blocks(seed: UInt64) -> [PlantedBlock] {
    var random = SeededRandom(seed: seed)
    return jsonKeys(&random) + settings(&random) + privateKeys(&random)
  }

  /// The block beside a failure that is recognised: in one line with it, or in lines of their own.
  package var pastes: [String] {
    let error = "Error response from daemon: manifest for nginx:9.9 not found: manifest unknown"
    return [
      "\(text): \(error)\n", "\(error): \(text)\n", "\(text)\n\(error)\n", "\(error)\n\(text)\n",
    ]
  }

  /// The pieces as secrets, to look for in an output.
  package var pieces: [PlantedSecret] {
    secrets.map { PlantedSecret(kind: name, secret: $0, line: text) }
  }

  // MARK: Kinds

  /// The key of a Google service account, as the password of `_json_key`.
  private static func jsonKeys(_ random: inout SeededRandom) -> [PlantedBlock] {
    let places = [
      "+ docker login -u _json_key -p '{}' https://gcr.io",
      "docker login -u _json_key -p \"{}\" https://gcr.io",
      "docker login -u _json_key -p {} https://gcr.io",
      "docker login --username=_json_key --password='{}' https://gcr.io",
      "docker login --username _json_key --password \"{}\" gcr.io",
      "echo '{}' | docker login -u _json_key --password-stdin https://gcr.io",
      "docker login -u _json_key --password-stdin https://gcr.io <<EOF\n{}\nEOF",
      "docker login -u _json_key --password-stdin https://gcr.io <<< '{}'",
      "helm registry login gcr.io --username _json_key --password '{}'",
      "skopeo copy --dest-creds '_json_key:{}' docker://a docker://b", "GCR_KEY='{}'",
    ]
    var blocks: [PlantedBlock] = []
    for place in places {
      for isIndented in [true, false] {
        let rows = (0..<24).map { _ in random.text(64, of: base64) }
        let id = random.text(40, of: SeededRandom.hex)
        let pem =
          "-----BEGIN PRIVATE KEY-----\\n\(rows.joined(separator: "\\n"))\\n-----END PRIVATE KEY-----\\n"
        let members = [
          "\"type\": \"service_account\"", "\"project_id\": \"acme-prod\"",
          "\"private_key_id\": \"\(id)\"", "\"private_key\": \"\(pem)\"",
          "\"client_email\": \"ci@acme-prod.iam.gserviceaccount.com\"",
        ]
        let json =
          isIndented
          ? "{\n  \(members.joined(separator: ",\n  "))\n}" : "{\(members.joined(separator: ", "))}"
        let coded = Data(json.utf8).base64EncodedString()
        blocks += [
          PlantedBlock(
            name: "JSON key in \(place)", secrets: [id] + rows,
            text: place.replacing("{}", with: json)),
          PlantedBlock(
            name: "escaped JSON key in \(place)", secrets: [id] + rows,
            text: place.replacing(
              "{}", with: json.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))),
        ]
        for width in [coded.count, 76, 64] {
          blocks.append(
            PlantedBlock(
              name: "JSON key in base64 of \(width) columns in \(place)",
              secrets: Disguise.cut(coded, at: min(width, 76)).split(separator: "\n").map {
                String($0)
              },
              text: place.replacing("_json_key", with: "_json_key_base64")
                .replacing("{}", with: Disguise.cut(coded, at: width))))
        }
      }
    }
    return blocks
  }

  /// `config.json` of a container client.
  private static func settings(_ random: inout SeededRandom) -> [PlantedBlock] {
    let styles: [(name: String, write: (String) -> String)] = [
      ("as it is", { $0 }), ("with tabs", { $0.replacing("  ", with: "\t") }),
      ("values in lines of their own", { $0.replacing("\": \"", with: "\":\n        \"") }),
      ("with times", { prefixed($0, "2026-11-20T10:11:12.123456789Z ") }),
      ("with services", { prefixed($0, "web-1  | ") }), ("quoted", { prefixed($0, "> ") }),
      ("as a difference", { prefixed($0, "+") }),
      ("in one line", { $0.replacing("\n", with: "") }),
      ("as YAML", { $0.filter { !"{}\",".contains($0) } }),
    ]
    let cuts = [16, 20, 24, 30, 32, 40, 60, 80].flatMap { width in
      [
        ("cut at \(width)", { (text: String) in Disguise.cut(text, at: width) }),
        (
          "in one line cut at \(width)",
          { Disguise.cut($0.replacing("\n", with: " "), at: width) }
        ),
      ]
    }
    return (styles + cuts).map { name, write in
      let password = random.text(20, of: base64)
      let auth = Data("me:\(password)".utf8).base64EncodedString()
      let token = random.text(40, of: base64)
      let json = """
        {
          "auths": {
            "https://index.docker.io/v1/": {
              "auth": "\(auth)"
            },
            "quay.io": {
              "username": "me",
              "password": "\(password)",
              "identitytoken": "\(token)"
            }
          },
          "credsStore": "desktop"
        }
        """
      return PlantedBlock(
        name: "settings \(name)", secrets: [password, auth, token], text: write(json))
    }
  }

  /// Private keys in rows of many widths.
  private static func privateKeys(_ random: inout SeededRandom) -> [PlantedBlock] {
    typealias Style = (
      name: String, write: (_ begin: String, _ rows: [String], _ end: String) -> String
    )
    let styles: [Style] = [
      ("as it is", { ([$0] + $1 + [$2]).joined(separator: "\n") }),
      ("without an end", { begin, rows, _ in ([begin] + rows).joined(separator: "\n") }),
      ("without a beginning", { _, rows, end in (rows + [end]).joined(separator: "\n") }),
      ("rows alone", { _, rows, _ in rows.joined(separator: "\n") }),
      ("in one line", { ([$0] + $1 + [$2]).joined(separator: " ") }),
      ("indented", { prefixed(([$0] + $1 + [$2]).joined(separator: "\n"), "    ") }),
      ("as a difference", { prefixed(([$0] + $1 + [$2]).joined(separator: "\n"), "+") }),
      ("with services", { prefixed(([$0] + $1 + [$2]).joined(separator: "\n"), "web-1  | ") }),
      (
        "with times",
        { prefixed(([$0] + $1 + [$2]).joined(separator: "\n"), "2026-11-20T10:11:12Z ") }
      ),
      ("as a variable", { "REGISTRY_KEY=\"\(([$0] + $1 + [$2]).joined(separator: "\n"))\"" }),
    ]
    let names = ["PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK"]
    var blocks: [PlantedBlock] = []
    for (number, width) in [12, 16, 20, 24, 30, 32, 36, 40, 48, 64, 76].enumerated() {
      let name = names[number % names.count]
      let (begin, end) = ("-----BEGIN \(name)-----", "-----END \(name)-----")
      for style in styles {
        let rows =
          (0..<20).map { _ in random.text(width, of: base64) } + [random.text(9, of: base64) + "="]
        blocks.append(
          PlantedBlock(
            name: "\(name) in rows of \(width), \(style.name)", secrets: rows,
            text: style.write(begin, rows, end)))
      }
      // What a terminal cuts is the head too, and the escaped line feeds of a JSON key.
      let rows = (0..<12).map { _ in random.text(64, of: base64) }
      let key = ([begin] + rows + [end])
      for text in [
        key.joined(separator: "\n"), "{\"private_key\": \"\(key.joined(separator: "\\n"))\"}",
      ] {
        blocks.append(
          PlantedBlock(
            name: "\(name) cut at \(width)", secrets: rows, text: Disguise.cut(text, at: width)))
      }
    }
    return blocks
  }

  private static let base64 = SeededRandom.mixed + "+/"

  private static func prefixed(_ text: String, _ prefix: String) -> String {
    text.split(separator: "\n").map { prefix + $0 }.joined(separator: "\n")
  }
}
