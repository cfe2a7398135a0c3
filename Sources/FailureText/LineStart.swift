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
    isCommand = isCommand || LineStart.isPrompted(bytes, words)
    // Without a prompt it may be the rest of a sentence: `… so that | docker tag works`.
    isRecord = isRecord || isCommand || LineStart.isTransfer(bytes, words)
    isCommand = isCommand || LineStart.isCommand(bytes, words)
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
  /// Programs and what one tells them, as a command line without a prompt begins, each ended by a
  /// bar; by the first letter.
  private static func commands(beginningWith letter: UInt8) -> StaticString? {
    switch letter {
    case UInt8(ascii: "a"): "aws ecr|az acr |az aks |"
    case UInt8(ascii: "b"): "buildah pull |buildah push |buildah login |buildah from |buildah bud |"
    case UInt8(ascii: "c"):
      "crictl pull |crictl images|crane pull |crane push |crane copy |crane cp |crane ls |crane auth |cosign sign |cosign verify |cosign attest |"
    case UInt8(ascii: "d"):
      "docker pull |docker push |docker login |docker run |docker build |docker tag |docker buildx |"
    case UInt8(ascii: "g"): "gcloud auth |gcloud artifacts |gcloud builds |"
    case UInt8(ascii: "h"): "helm pull |helm push |helm install |helm upgrade |helm registry |"
    case UInt8(ascii: "k"):
      "kubectl get |kubectl describe |kubectl apply |kubectl run |kubectl create |kubectl logs |"
    case UInt8(ascii: "n"): "nerdctl pull |nerdctl push |nerdctl login |nerdctl run |"
    case UInt8(ascii: "o"): "oras pull |oras push |oras login |oras cp |"
    case UInt8(ascii: "p"):
      "podman pull |podman push |podman login |podman run |podman build |"
    case UInt8(ascii: "s"):
      "skopeo copy |skopeo inspect |skopeo login |skopeo sync |skopeo list-tags |sudo docker |sudo podman |sudo crictl |sudo nerdctl |sudo ctr |"
    default: nil
    }
  }

  /// Whether a line begins with a program and one of its commands.
  private static func isCommand(_ bytes: UnsafePointer<UInt8>, _ words: Range<Int>) -> Bool {
    guard let first = words.first, let list = commands(beginningWith: bytes[first]) else {
      return false
    }
    return begins(bytes, words, with: list)
  }

  /// Whether a line begins with Docker and what people type most.
  private static func isTransfer(_ bytes: UnsafePointer<UInt8>, _ words: Range<Int>) -> Bool {
    guard let first = words.first, bytes[first] == UInt8(ascii: "d") else { return false }
    return begins(
      bytes, words, with: "docker pull |docker push |docker login |docker run |docker build |")
  }

  /// Whether a line begins with one of some texts, each of which a bar ends.
  private static func begins(
    _ bytes: UnsafePointer<UInt8>, _ words: Range<Int>, with list: StaticString
  ) -> Bool {
    var place = words.lowerBound
    var isEqual = true
    for index in 0..<list.utf8CodeUnitCount {
      let byte = list.utf8Start[index]
      if byte == UInt8(ascii: "|") {
        if isEqual { return true }
        place = words.lowerBound
        isEqual = true
      } else {
        isEqual = isEqual && place < words.upperBound && bytes[place] == byte
        place += 1
      }
    }
    return false
  }

  /// How far a prompt reaches.
  private static let promptLength = 64

  /// Whether a line begins with a prompt: `user@host:~$ `, `[root@host ~]# `, `C:\work>`,
  /// `PS C:\work> `.
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
