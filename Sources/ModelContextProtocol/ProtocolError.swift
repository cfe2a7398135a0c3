import DiagnosisRendering
import FailureText

/// Why a request is not answered with a result.
///
/// Messages repeat nothing of what the client sent but the revision it asked for, without secrets.
enum ProtocolError: Error, Equatable {
  /// It is no JSON.
  case parse(String)
  /// It is JSON, but no message.
  case invalidRequest(String)
  case methodNotFound
  case invalidParameters(String)
  /// There is no such resource. Until 2025-11-25 it had a code of its own.
  case resourceNotFound(ProtocolRevision)
  /// A stateless request names a revision that is not, or not so, spoken here.
  case unsupportedRevision(String)

  var code: Int {
    switch self {
    case .parse: -32700
    case .invalidRequest: -32600
    case .methodNotFound: -32601
    case .invalidParameters: -32602
    case .resourceNotFound(let revision): revision.isStateless ? -32602 : -32002
    case .unsupportedRevision: -32022
    }
  }

  var message: String {
    switch self {
    case .parse(let what): "Parse error: \(what)"
    case .invalidRequest(let what): "Invalid request: \(what)"
    case .methodNotFound: "Method not found"
    case .invalidParameters(let what): "Invalid params: \(what)"
    case .resourceNotFound: "Resource not found"
    case .unsupportedRevision: "Unsupported protocol version"
    }
  }
}

extension JSONWriter {
  mutating func write(_ error: ProtocolError) {
    object { object in
      object.member("code", error.code)
      object.member("message", error.message)
      guard case .unsupportedRevision(let requested) = error else { return }
      object.member("data") { data in
        data.object {
          $0.member("supported", ProtocolRevision.allCases.reversed().map(\.rawValue))
          $0.member("requested", SecretMask.masking(requested))
        }
      }
    }
  }
}
