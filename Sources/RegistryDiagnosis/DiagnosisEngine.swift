import FailureText
import KnowledgeFormat

/// Diagnoses container-registry failures in the output of programs.
///
/// ```swift
/// import RegistryDiagnosis
/// import RegistryKnowledge
///
/// let engine = DiagnosisEngine(knowledge: .builtIn)
/// let report = engine.diagnose("toomanyrequests: Rate exceeded")
/// print(report.diagnoses.first?.title ?? "nothing recognised")
/// ```
///
/// An engine holds no state and may be shared between tasks; to copy it costs next to nothing. It
/// never touches the network, files or the environment. An input of more than a mebibyte is searched
/// on a second thread, where the machine has a second core, while the caller's thread goes on.
public struct DiagnosisEngine: Sendable {
  let knowledge: CompiledKnowledge
  private let warnings: [String]
  private let showsSecrets: Bool

  /// Makes an engine that knows what a knowledge base holds.
  ///
  /// - Parameters:
  ///   - knowledge: What it knows.
  ///   - showsSecrets: Whether passwords, tokens and keys of an input may stand in its report. They
  ///     are replaced by `[redacted]` otherwise.
  public init(knowledge: KnowledgeBase, showsSecrets: Bool = false) {
    self.init(
      knowledge: ExtendedKnowledge(base: knowledge, warnings: []), showsSecrets: showsSecrets)
  }

  /// Makes an engine that knows what a base with entries of one's own holds.
  ///
  /// - Parameters:
  ///   - knowledge: What it knows; its warnings stand in each report.
  ///   - showsSecrets: Whether passwords, tokens and keys of an input may stand in its report.
  public init(knowledge: ExtendedKnowledge, showsSecrets: Bool = false) {
    self.knowledge = knowledge.base.compiled
    warnings = knowledge.warnings
    self.showsSecrets = showsSecrets
  }

  /// Diagnoses a text, as ``diagnose(bytes:)`` does its UTF-8.
  ///
  /// - Complexity: O(length of the text).
  public func diagnose(_ text: String) -> Report { diagnose(bytes: Array(text.utf8)) }

  /// Diagnoses the bytes of a text in any of the encodings that terminals and log files come in.
  ///
  /// UTF-16 is known by its byte order mark or its zeros; what is no UTF-8 is taken for Windows-1252.
  /// ``Report/input`` says which it was. Bytes never make it fail.
  ///
  /// - Complexity: O(*n*) for *n* bytes; memory beside the bytes themselves is bounded.
  public func diagnose(bytes: [UInt8]) -> Report {
    var session = makeSession()
    session.append(bytes)
    return session.finish()
  }

  /// Begins to diagnose an input that comes in pieces.
  ///
  /// Any number of sessions of an engine may be open at a time.
  public func makeSession() -> DiagnosisSession { makeSession(usesSecondThread: nil) }

  /// Begins to diagnose an input that comes in pieces.
  ///
  /// - Parameter usesSecondThread: Whether a second thread takes its share of a large input; `nil`: where
  ///   there is a second core.
  package func makeSession(usesSecondThread: Bool?) -> DiagnosisSession {
    DiagnosisSession(
      knowledge, warnings: warnings, showsSecrets: showsSecrets, usesSecondThread: usesSecondThread)
  }

  /// Begins to watch a stream that may never end, such as the log of a pod.
  ///
  /// - Parameter quietTime: How long a failure must not have been seen to be told again; the
  ///   program `regdiag watch` takes five minutes.
  public func makeWatch(quietTime: Duration) -> DiagnosisWatch {
    DiagnosisWatch(
      knowledge, quietTime: quietTime, warnings: warnings, showsSecrets: showsSecrets)
  }
}
