#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Errors of the operating system, in its words.
package enum SystemError {
  /// What an error number means, beginning with a small letter as in the middle of a sentence.
  package static func description(of number: CInt) -> String {
    guard let text = strerror(number) else { return "error \(number)" }
    let message = String(cString: text)
    return message.prefix(1).lowercased() + message.dropFirst()
  }
}
