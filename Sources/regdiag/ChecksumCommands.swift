import DiagnosisRendering
import FailureText
import KnowledgeFormat
import RegistryDiagnosis

/// The checksums of a base's files: `kb checksums`, `kb verify --checksums`.
extension Session {
  mutating func listChecksums(_ invocation: Invocation) throws(KnowledgeError) -> ExitStatus {
    // The shell has made the file of the list before its folder is read.
    write(
      try Engine.checksums(
        of: invocation.arguments.first ?? ".", list: FileIdentity(descriptor: 1)
      ).text)
    return .found
  }

  mutating func verifyChecksums(
    in list: InputFile, _ invocation: Invocation
  ) throws(KnowledgeError) -> ExitStatus {
    guard let folder = invocation.arguments.first else {
      throw KnowledgeError(message: "'--checksums' needs PATH, the folder whose files are listed")
    }
    let result = try Engine.verify(folder, against: list)
    switch invocation.format {
    case "json":
      let json = KnowledgeJSON(
        toolVersion: Self.version, knowledge: try Engine(overlays: []).knowledge)
      write(json.checksums(result))
    case "markdown": write(KnowledgeMarkdown().checksums(result))
    default: write(KnowledgeText(style: invocation.style).checksums(result))
    }
    return result.isVerified ? .found : .nothing
  }
}

extension Engine {
  /// - Parameter list: The file that the list will be written to.
  static func checksums(
    of folder: String, list: FileIdentity?
  ) throws(KnowledgeError) -> ChecksumList {
    do throws(FolderChecksums.Failure) {
      return try FolderChecksums(of: folder, list: list).makeList()
    } catch {
      throw KnowledgeError(message: error.message)
    }
  }

  static func verify(
    _ folder: String, against file: InputFile
  ) throws(KnowledgeError) -> ChecksumVerification {
    let list = try checksumList(in: file)
    let checksums = FolderChecksums(
      of: folder,
      list: file.isStandardInput ? FileIdentity(descriptor: 0) : FileIdentity(path: file.path))
    do throws(FolderChecksums.Failure) {
      return ChecksumVerification(
        listedCount: list.entries.count,
        differences: try checksums.differences(from: list).map {
          ChecksumVerification.Difference(
            path: SecretMask.masking($0.path), kind: $0.kind.rawValue)
        })
    } catch {
      throw KnowledgeError(message: error.message)
    }
  }

  private static func checksumList(in file: InputFile) throws(KnowledgeError) -> ChecksumList {
    let bytes: [UInt8]
    do throws(InputFile.Failure) {
      bytes = try file.bytes(maximum: ChecksumList.maximumBytes)
    } catch {
      throw KnowledgeError(message: error.message)
    }
    let list: ChecksumList
    do throws(ChecksumList.LineError) {
      list = try ChecksumList(bytes)
    } catch {
      throw KnowledgeError(message: "\(file.quotedName) is no list of checksums: \(error)")
    }
    guard !list.entries.isEmpty else {
      throw KnowledgeError(message: "\(file.quotedName) lists no file")
    }
    return list
  }
}
