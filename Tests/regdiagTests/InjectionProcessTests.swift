import Foundation
import Testing

/// Names of images, hosts and errors that try to be commands, markup or sequences, in every format.
@Suite("Hostile names in what regdiag prints")
struct InjectionProcessTests {
  private static let hostile = [
    "x; rm -rf ~", "$(id)", "`id`", "a\n::set-output name=x::y", "a%0A::error::owned",
    "::add-mask::a", "##[set-output name=x]y", "]]><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "```\n# owned\n```", "![a](//evil)",
    "\u{1B}]8;;https://evil.example/\u{1B}\\click\u{1B}]8;;\u{1B}\\", "\u{1B}[2J\u{9B}2J\u{7}",
    "\\u001b]8;;https://evil.example/\\u0007", "&#27;[2J", "a\u{202E}b\u{2066}c\u{200B}",
    "a\rregdiag: fine",
  ]

  /// Says the failure of Docker Hub, ECR and an unknown registry of an image of a hostile name.
  private static let pastes = hostile.map { name in
    """
    $ docker pull ghcr.io/acme/\(name):1
    Error response from daemon: manifest for ghcr.io/acme/\(name):1 not found: manifest unknown: \(name)
    denied: User: arn:aws:iam::123456789012:user/\(name) is not authorized to perform: \
    ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:123456789012:repository/\(name)
    Head "https://\(name)/v2/\(name)/manifests/1": x509: certificate signed by unknown authority

    """
  }

  private func answers(_ words: String) throws -> [RegdiagProcess] {
    try Self.pastes.map { try RegdiagProcess(bash: "\"$REGDIAG\" \(words)", input: $0) }
  }

  private func acting(_ text: some StringProtocol) -> [UInt32] {
    text.unicodeScalars.filter {
      $0 != "\n" && ($0.value < 0x20 || 0x7F...0x9F ~= $0.value) || 0x202A...0x202E ~= $0.value
        || 0x2066...0x2069 ~= $0.value || $0.value == 0x200B
    }.map(\.value)
  }

  @Test(
    "no character of theirs acts, in any format",
    arguments: [
      "explain", "explain --why -f text", "explain -f json", "explain -f markdown",
      "explain -f sarif", "explain -f github", "explain --batch", "watch", "watch -f json",
    ])
  func characters(_ words: String) throws {
    for run in try answers(words) {
      #expect(run.status == 0)
      #expect(acting(run.output).isEmpty, "\(words): \(run.output)")
      #expect(acting(run.errors).isEmpty)
      // A quote in Markdown begins its lines as it likes: it stands between fences.
      let isFenced = words.hasSuffix("markdown")
      #expect(isFenced || !run.output.contains("\nregdiag: fine"), "\(words): \(run.output)")
    }
  }

  @Test("in colours, the only sequences are ours, and lead nowhere but to documentation")
  func links() throws {
    for run in try answers("explain --color always") {
      let sequences = run.output.split(separator: "\u{1B}").dropFirst()
      for sequence in sequences {
        let isColour = sequence.wholeMatch(of: #/\[[0-9;]*m(?s:.*)/#) != nil
        let isLink = sequence.hasPrefix("]8;;") || sequence == "\\" || sequence.hasPrefix("\\")
        #expect(isColour || isLink, "\(sequence)")
        #expect(!(isLink && sequence.contains("evil")), "\(sequence)")
      }
    }
  }

  @Test("the runner of GitHub Actions sees no command of theirs")
  func workflowCommands() throws {
    for run in try answers("explain -f github") {
      let names = Set(WorkflowRunner(reading: run.output).commands.map(\.name))
      #expect(names.isSubset(of: ["group", "endgroup", "error", "warning", "notice"]), "\(names)")
    }
  }

  @Test("Markdown has no markup of theirs outside of code")
  func markdown() throws {
    for run in try answers("explain -f markdown") {
      var fence: Substring?
      var prose = ""
      for line in run.output.split(separator: "\n", omittingEmptySubsequences: false) {
        let trimmed = line.drop { $0 == " " }
        let ticks = trimmed.prefix { $0 == "`" }
        if let open = fence {
          if trimmed == open { fence = nil }
        } else if ticks.count >= 3 {
          fence = ticks
        } else {
          prose += line + "\n"
        }
      }
      #expect(fence == nil)
      let visible = prose.replacing(#/(`+)(?:(?!\1).)+\1/#, with: "")
      for markup in ["<script", "<img", "](javascript", "![a]", "\n# owned"] {
        #expect(!visible.contains(markup), "\(visible)")
      }
    }
  }
}
