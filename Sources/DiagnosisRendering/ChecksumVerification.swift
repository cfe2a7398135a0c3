/// Whether the files of a folder are those that a list of checksums names.
package struct ChecksumVerification: Sendable, Equatable {
  /// How many files are listed.
  package var listedCount: Int
  /// What is not as listed, in the order of paths.
  package var differences: [Difference]

  package init(listedCount: Int, differences: [Difference]) {
    self.listedCount = listedCount
    self.differences = differences
  }

  /// A file that is not as listed.
  package struct Difference: Sendable, Equatable {
    /// Relative to the folder.
    package var path: String
    /// `missing`, `changed` or `unlisted`.
    package var kind: String

    package init(path: String, kind: String) {
      self.path = path
      self.kind = kind
    }
  }

  /// Whether all is as listed, and nothing else there.
  package var isVerified: Bool { differences.isEmpty }

  /// What was found, in a sentence.
  var verdict: String {
    let files = listedCount == 1 ? "1 file" : "\(listedCount) files"
    if isVerified { return "The folder holds just what is listed: \(files)." }
    let counts = ["missing", "changed", "unlisted"].compactMap { kind in
      let count = differences.count { $0.kind == kind }
      return count == 0 ? nil : "\(count) \(kind)"
    }
    return "The folder is not what is listed: \(counts.joined(separator: ", "))."
  }
}
