#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import KnowledgeFormat

/// The file that GitHub Actions shows as the summary of a step.
struct StepSummary {
  private let path: String

  /// How large the file may be; GitHub shows nothing at all of a larger one.
  static let maximumBytes = 1 << 20

  /// The file of the step that the program runs in; absent anywhere else.
  init?() {
    guard let path = Terminal.variable("GITHUB_STEP_SUMMARY") else { return nil }
    self.path = path
  }

  /// Why the file could not be written, in a sentence without a full stop.
  struct Failure: Error {
    let message: String
  }

  enum Outcome {
    case written
    /// There was no room for it: a sentence that says so was written instead.
    case replaced
    /// There was no room for that either.
    case full
  }

  /// Appends Markdown as a block of its own, whole or not at all.
  ///
  /// - Parameters:
  ///   - markdown: What to append.
  ///   - replacement: What to append where there is no room for it.
  /// - Throws: When the file cannot be written.
  func append(_ markdown: String, orElse replacement: String) throws(Failure) -> Outcome {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(errno) }
    defer { _ = close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(errno) }
    let room = StepSummary.maximumBytes - Int(status.st_size)
    for (text, outcome) in [(markdown, Outcome.written), (replacement, Outcome.replaced)] {
      let block = (status.st_size > 0 ? "\n" : "") + text
      guard block.utf8.count <= room else { continue }
      var output = StandardOutput(descriptor: descriptor)
      output.write(block)
      if let number = output.errorNumber {
        // What there was room for is no report.
        _ = ftruncate(descriptor, status.st_size)
        throw failure(number)
      }
      return outcome
    }
    return .full
  }

  private func failure(_ number: Int32) -> Failure {
    Failure(
      message: "cannot write the step's summary '\(path)': \(SystemError.description(of: number))")
  }
}
