/// What the first words of a line say about it.
struct LineStart {
  /// A row of an event table, a list item, a shell prompt, a fence: never the rest of another line.
  private(set) var isRecord = false
  /// A command that was typed.
  private(set) var isCommand = false
  /// A frame of a stack trace.
  private(set) var isStackFrame = false
  /// A layer's id and a colon, as progress is told.
  private(set) var isProgress = false
  /// A name, a colon and a column of values, as descriptions are laid out.
  private(set) var isField = false

  init(_ bytes: UnsafePointer<UInt8>, _ words: Range<Int>) {
    func starts(_ text: StaticString) -> Bool {
      guard words.count >= text.utf8CodeUnitCount else { return false }
      for index in 0..<text.utf8CodeUnitCount
      where bytes[words.lowerBound + index] != text.utf8Start[index] { return false }
      return true
    }
    guard let first = words.first.map({ bytes[$0] }) else { return }
    switch first {
    case UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: "%"):
      isCommand = starts("$ ") || starts("# ") || starts("% ")
    case UInt8(ascii: "N"):
      isRecord = starts("Normal  ") || starts("Normal ")
    case UInt8(ascii: "W"):
      isRecord = starts("Warning  ") || starts("Warning ") || starts("WARNING: ") || starts("WARN ")
    case UInt8(ascii: "E"):
      isRecord =
        starts("Error: ") || starts("ERROR: ") || starts("Error response from") || starts("Events:")
    case UInt8(ascii: "-"), UInt8(ascii: "*"):
      isRecord = starts("- ") || starts("* ") || starts("--")
    case UInt8(ascii: "`"), UInt8(ascii: "~"):
      isRecord = starts("```") || starts("~~~")
    case UInt8(ascii: "a"):
      isStackFrame = starts("at ") && words.count > 6
    case UInt8(ascii: "F"):
      isStackFrame = starts("File \"")
    default:
      break
    }
    isCommand = isCommand || LineStart.isCommand(bytes, words) || LineStart.isPrompted(bytes, words)
    isRecord = isRecord || isCommand
    if let colon = words.prefix(32).firstIndex(where: { bytes[$0] == UInt8(ascii: ":") }) {
      let after = colon + 1
      isField =
        after >= words.upperBound
        || after + 1 < words.upperBound && bytes[after] == 0x20 && bytes[after + 1] == 0x20
    }
    let isHexadecimal = words.prefix(12).allSatisfy {
      bytes[$0] &- 0x30 < 10 || bytes[$0] &- 0x61 < 6
    }
    isProgress =
      words.count > 13 && isHexadecimal && bytes[words.lowerBound + 12] == UInt8(ascii: ":")
  }
}

extension LineStart {
  /// Programs, and what one tells them, as a command line without a prompt begins.
  private static let commands: [(program: String.UTF8View, words: [String.UTF8View])] = [
    ("docker", "pull push login run build tag compose buildx image manifest"),
    ("podman", "pull push login run build"), ("nerdctl", "pull push login run"),
    ("crictl", "pull images"), ("skopeo", "copy inspect login sync list-tags"),
    ("buildah", "pull push login from bud"), ("helm", "pull push install upgrade registry"),
    ("crane", "pull push copy cp ls manifest digest auth"), ("oras", "pull push login cp"),
    ("cosign", "sign verify attest"), ("kubectl", "get describe apply run create logs"),
    ("az", "acr aks"), ("aws", "ecr"), ("gcloud", "auth artifacts builds"),
    ("sudo", "docker podman crictl nerdctl ctr"),
  ].map { (program: $0.0.utf8, words: $0.1.split(separator: " ").map { String($0).utf8 }) }

  /// Whether a line begins with a program and one of its commands.
  private static func isCommand(_ bytes: UnsafePointer<UInt8>, _ words: Range<Int>) -> Bool {
    guard let space = words.prefix(8).firstIndex(where: { bytes[$0] == 0x20 }) else { return false }
    let program = UnsafeBufferPointer(
      start: bytes + words.lowerBound, count: space - words.lowerBound)
    guard let known = commands.first(where: { $0.program.elementsEqual(program) }) else {
      return false
    }
    let rest = (space + 1)..<words.upperBound
    let end = rest.prefix(16).firstIndex { bytes[$0] == 0x20 } ?? words.upperBound
    let word = UnsafeBufferPointer(start: bytes + rest.lowerBound, count: end - rest.lowerBound)
    return known.words.contains { $0.elementsEqual(word) }
  }

  /// How far a prompt reaches.
  private static let promptLength = 64

  /// Whether a line begins with a prompt: `user@host:~$ `, `[root@host ~]# `, `C:\\work>`,
  /// `PS C:\\work> `.
  private static func isPrompted(_ bytes: UnsafePointer<UInt8>, _ words: Range<Int>) -> Bool {
    var hasMark = false
    for place in words.prefix(promptLength) {
      let byte = bytes[place]
      let next = place + 1 < words.upperBound ? bytes[place + 1] : 0
      switch byte {
      case UInt8(ascii: "@"), UInt8(ascii: "~"):
        hasMark = true
      case UInt8(ascii: ":"):
        // A drive of Windows.
        hasMark = hasMark || next == UInt8(ascii: "\\") && place <= words.lowerBound + 4
      case UInt8(ascii: "$"), UInt8(ascii: "#"), UInt8(ascii: "%"):
        if hasMark, next == 0x20 { return true }
      case UInt8(ascii: ">"):
        if hasMark, bytes[words.lowerBound] != UInt8(ascii: "<") {
          return (next | 0x20) &- 0x61 < 26 || next == 0x20
        }
      case UInt8(ascii: "\""), UInt8(ascii: "="):
        return false
      default:
        break
      }
    }
    return false
  }
}
