import Foundation
import KnowledgeFormat

/// Compiles a folder of knowledge to a Swift file that carries it as one string literal.
///
/// Usage: `compile-knowledge FOLDER OUTPUT.swift`. A base with anything wrong in it is not
/// compiled: every complaint is printed, as compilers print theirs, and the build fails.
@main
enum CompileKnowledgeTool {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { fail("usage: compile-knowledge FOLDER OUTPUT.swift") }
    let source = KnowledgeSource(path: arguments[1], isBounded: false)
    let knowledge = LoadedKnowledge(source, mode: .strict)
    for complaint in knowledge.complaints { report(complaint.description) }
    do throws(OversizedKnowledge) {
      guard knowledge.isFlawless, let bytes = try knowledge.compiled() else {
        fail("the knowledge base is not compiled; mend what is reported above")
      }
      write(swiftFile(holding: bytes), to: arguments[2])
    } catch {
      fail("the knowledge base is not compiled: \(error)")
    }
  }

  /// The text of a Swift file with the bytes as one escaped literal on one line: a literal of
  /// several lines would have its line ends normalised.
  private static func swiftFile(holding bytes: [UInt8]) -> [UInt8] {
    var text = Array(
      "// Generated from KnowledgeBase/ at each build.\n\nlet compiledBase: StaticString = \"".utf8)
    text.reserveCapacity(bytes.count * 5 / 4)
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
      case 0: text += [UInt8(ascii: "\\"), UInt8(ascii: "0")]
      case 0x20...0x7E, 0x80...: text.append(byte)
      default: text += Array("\\u{\(String(byte, radix: 16))}".utf8)
      }
    }
    return text + Array("\"\n".utf8)
  }

  /// Writes a file, unless it holds just that already: an untouched file spares the compiler its
  /// work.
  private static func write(_ bytes: [UInt8], to path: String) {
    let data = Data(bytes)
    let url = URL(filePath: path)
    if let old = try? Data(contentsOf: url), old == data { return }
    do {
      try data.write(to: url, options: .atomic)
    } catch {
      fail("cannot write \(path): \(error)")
    }
  }

  private static func report(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }

  private static func fail(_ message: String) -> Never {
    report("error: " + message)
    exit(1)
  }
}
