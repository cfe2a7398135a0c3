import Foundation
import KnowledgeFormat
import Testing

@Suite final class KnowledgeDirectoryTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(
      path: "knowledge-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  private var root: String { folder.path }

  private func write(_ text: String, to path: String) throws {
    let url = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  private func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.appending(path: path).path, withDestinationPath: target)
  }

  private func paths(of source: KnowledgeSource) -> [String] {
    source.files.map { String($0.path.dropFirst(root.count)) }
  }

  private func complaints(of source: KnowledgeSource) -> [String] {
    source.complaints.map { "\($0.code.rawValue) \($0.file.dropFirst(root.count))" }
  }

  @Test func aBaseIsReadInTheOrderOfNames() throws {
    for (path, text) in SampleBase.texts {
      try write(text, to: String(path.dropFirst(SampleBase.root.count + 1)))
    }
    for name in ["ecr/rate-exceeded/match-docker", "ecr/rate-exceeded/nomatch-hub"] {
      try write("output", to: "entries/\(name).txt")
    }
    for name in ["match-plain", "nomatch-plain"] {
      try write("output", to: "entries/oci/too-many-requests/\(name).txt")
    }
    try write("{", to: ".hidden.json")
    try write("{", to: ".git/config.json")
    try write("# No JSON", to: "README.md")
    let source = KnowledgeSource(path: root + "/")
    #expect(source.root == root)
    #expect(
      paths(of: source) == [
        "/entries/ecr/rate-exceeded/entry.json",
        "/entries/ecr/rate-exceeded/match-docker.txt",
        "/entries/ecr/rate-exceeded/nomatch-hub.txt",
        "/entries/oci/too-many-requests/entry.json",
        "/entries/oci/too-many-requests/match-plain.txt",
        "/entries/oci/too-many-requests/nomatch-plain.txt",
        "/manifest.json",
        "/vocabulary.json",
      ])
    let knowledge = LoadedKnowledge(source, mode: .strict)
    #expect(knowledge.complaints + validate(knowledge) == [])
  }

  @Test func bytesComeAsTheyAre() throws {
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try Data(bytes).write(to: folder.appending(path: "match-raw.txt"))
    #expect(KnowledgeSource(path: root).files.map(\.bytes) == [bytes])
  }

  @Test func linksInACircleEnd() throws {
    try write(SampleBase.entry, to: "a/b/entry.json")
    try link("a/b/up", to: "../..")
    try link("a/b/same.json", to: "entry.json")
    let source = KnowledgeSource(path: root)
    #expect(paths(of: source) == ["/a/b/entry.json", "/a/b/same.json"])
    #expect(complaints(of: source) == ["folder-repeated /a/b/up"])
  }

  @Test func aLinkToNothingIsReported() throws {
    try link("gone.json", to: "nowhere")
    #expect(complaints(of: KnowledgeSource(path: root)) == ["unreadable-file /gone.json"])
  }

  @Test(.timeLimit(.minutes(1)))
  func aPipeInAFolderIsRefusedWithoutWaiting() throws {
    try #require(mkfifo(root + "/pipe.json", 0o600) == 0)
    try write("text", to: "match-a.txt")
    let source = KnowledgeSource(path: root)
    #expect(complaints(of: source) == ["not-a-regular-file /pipe.json"])
    #expect(paths(of: source) == ["/match-a.txt"])
  }

  @Test func aDeviceInAFolderIsRefused() throws {
    try link("null.json", to: "/dev/null")
    #expect(complaints(of: KnowledgeSource(path: root)) == ["not-a-regular-file /null.json"])
  }

  @Test func aSocketInAFolderIsRefused() throws {
    // A socket's path may not be long.
    let path = "/tmp/regdiag-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let socket = socket(AF_UNIX, numericCast(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) {
      $0.copyBytes(from: Array("\(path)/s.json".utf8))
    }
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(status == 0)
    #expect(KnowledgeSource(path: path).complaints.map(\.code) == [.notARegularFile])
  }

  @Test func aLinkToItselfIsReported() throws {
    try link("self.json", to: "self.json")
    #expect(complaints(of: KnowledgeSource(path: root)) == ["unreadable-file /self.json"])
  }

  @Test func aBaseThatIsTooLargeIsRefusedAsAWhole() throws {
    let size = KnowledgeDirectory.maximumFileBytes
    for number in 0...KnowledgeDirectory.maximumTotalBytes / size {
      let path = folder.appending(path: "\(number).txt").path
      try Data().write(to: URL(filePath: path))
      try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: UInt64(size))
    }
    let source = KnowledgeSource(path: root)
    #expect(source.complaints.map(\.code) == [.baseTooLarge])
    #expect(source.files.isEmpty)
  }

  @Test func aFolderOfTooManyFilesIsRefused() throws {
    try write("", to: "0.md")
    // Names of one file do as well as files.
    for number in 1...KnowledgeDirectory.maximumItems {
      try #require(Glibc.link("\(root)/0.md", "\(root)/\(number).md") == 0)
    }
    let source = KnowledgeSource(path: root)
    #expect(source.complaints.map(\.code) == [.baseTooLarge])
  }

  @Test(.timeLimit(.minutes(1)))
  func aPipeThatIsNamedItselfIsReadToItsEnd() throws {
    let path = root + "/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    // A thread, not a task: both ends wait for each other, on a machine with one core too.
    Thread.detachNewThread {
      let writer = FileHandle(forWritingAtPath: path)
      for part in ["{", "}"] {
        Thread.sleep(forTimeInterval: 0.05)
        writer?.write(Data(part.utf8))
      }
      writer?.closeFile()
    }
    let source = KnowledgeSource(path: path)
    #expect(source.files.map(\.bytes) == [Array("{}".utf8)])
    #expect(source.complaints == [])
  }

  @Test func aFileThatIsTooLargeIsRefused() throws {
    let limit = KnowledgeDirectory.maximumFileBytes
    for (name, size) in [("fits.json", limit), ("large.json", limit + 1)] {
      let path = folder.appending(path: name).path
      try Data().write(to: URL(filePath: path))
      try FileHandle(forWritingTo: URL(filePath: path)).truncate(atOffset: UInt64(size))
    }
    let source = KnowledgeSource(path: root)
    #expect(complaints(of: source) == ["file-too-large /large.json"])
    #expect(paths(of: source) == ["/fits.json"])
  }

  @Test func foldersThatAreTooDeepAreRefused() throws {
    let deep = Array(repeating: "d", count: KnowledgeDirectory.maximumDepth - 1)
    try write("{}", to: deep.joined(separator: "/") + "/in.json")
    try write("{}", to: deep.joined(separator: "/") + "/d/out.json")
    let source = KnowledgeSource(path: root)
    #expect(source.files.count == 1)
    #expect(source.complaints.map(\.code) == [.folderTooDeep])
  }

  @Test func whatIsNotThereIsReported() throws {
    let source = KnowledgeSource(path: root + "/none.json")
    #expect(
      source.complaints.map(\.description) == [
        "\(root)/none.json: error: it cannot be read: no such file or directory "
          + "(check its name and its permissions)"
      ])
    let knowledge = LoadedKnowledge(source, mode: .lenient)
    #expect(knowledge.complaints == source.complaints)
    #expect(!knowledge.isFlawless)
  }

  @Test func oneEntryCanBeReadByItself() throws {
    try write(SampleBase.entry, to: "mine.json")
    let knowledge = LoadedKnowledge(KnowledgeSource(path: root + "/mine.json"), mode: .lenient)
    #expect(knowledge.entries.map(\.entry.id.text) == ["ecr/rate-exceeded"])
    #expect(knowledge.complaints == [])
  }
}
