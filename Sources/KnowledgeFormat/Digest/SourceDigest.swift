import FailurePatterns

/// What tells one knowledge base from another: the SHA-256 of its sources.
///
/// It is that of the manifest, the vocabulary and each entry in the order of ids; of each the path
/// (`manifest.json`, `vocabulary.json`, `entries/ID/entry.json`), a zero byte, the JSON without the
/// white space between its tokens, and another zero byte. So it does not depend on the program that
/// compiles the base, nor on how the files are indented. Examples are not part of it.
private struct SourceDigest {
  private var digest = SHA256()

  mutating func append(_ path: String, _ json: [UInt8]) {
    digest.append(Array(path.utf8) + [0])
    digest.append(json + [0])
  }

  consuming func finish() -> SHA256.Digest { digest.finish() }
}

extension CompiledKnowledge {
  /// The digest of the sources that the base was compiled from, as it carries them.
  ///
  /// - Complexity: O(size of the base).
  package var sourceDigest: SHA256.Digest {
    var digest = SourceDigest()
    digest.append("manifest.json", manifestJSON)
    digest.append("vocabulary.json", vocabularyJSON)
    for number in 0..<entryCount {
      digest.append("entries/\(entryID(number))/entry.json", entryJSON(number))
    }
    return digest.finish()
  }

  /// Whether the base is what its own sources compile to.
  ///
  /// - Complexity: O(size of the base), as long as compiling it takes.
  package var isCompiledFromItsSources: Bool {
    guard let compiled = try? loaded().compiled() else { return false }
    return bytes.count == compiled.count && bytes.bytes(at: 0, length: bytes.count) == compiled
  }
}

extension LoadedKnowledge {
  /// The digest of a whole base; `nil` where the manifest or the vocabulary is missing.
  ///
  /// - Complexity: O(size of the base).
  package var sourceDigest: SHA256.Digest? {
    guard let frame else { return nil }
    var digest = SourceDigest()
    digest.append("manifest.json", frame.manifestJSON)
    digest.append("vocabulary.json", frame.vocabularyJSON)
    for source in sources {
      digest.append("entries/\(source.entry.id)/entry.json", source.json)
    }
    return digest.finish()
  }
}
