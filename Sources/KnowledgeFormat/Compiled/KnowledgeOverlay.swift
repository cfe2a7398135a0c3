import FailurePatterns

extension LoadedKnowledge {
  /// Compiles a whole base.
  ///
  /// - Returns: `nil` when it has no manifest or no vocabulary.
  /// - Throws: When it is too large.
  /// - Complexity: O(size of the base).
  package func compiled() throws(OversizedKnowledge) -> [UInt8]? {
    guard let frame else { return nil }
    return try KnowledgeCompiler.compile(sources, in: frame)
  }

  /// Its manifest and vocabulary; `nil` when one of them is missing.
  package var frame: KnowledgeCompiler.Frame? {
    guard let manifest, let vocabulary else { return nil }
    return KnowledgeCompiler.Frame(
      manifest: manifest.model, manifestJSON: manifest.document.root.minified(),
      vocabulary: vocabulary.model, vocabularyJSON: vocabulary.document.root.minified())
  }

  /// Its entries, ready to compile.
  package var sources: [KnowledgeCompiler.Source] {
    entries.map {
      KnowledgeCompiler.Source(entry: $0.entry, json: $0.document.root.minified())
    }
  }
}

extension CompiledKnowledge {
  /// This base as it was before it was compiled, without the examples, which are not carried along.
  ///
  /// - Complexity: O(size of the base).
  package func loaded() -> LoadedKnowledge {
    var files = [
      KnowledgeFile(path: "built-in/manifest.json", bytes: manifestJSON),
      KnowledgeFile(path: "built-in/vocabulary.json", bytes: vocabularyJSON),
    ]
    for number in 0..<entryCount {
      files.append(
        KnowledgeFile(
          path: "built-in/entries/\(entryID(number))/entry.json", bytes: entryJSON(number)))
    }
    return LoadedKnowledge(KnowledgeSource(root: "built-in", files: files), mode: .lenient)
  }

  /// This base with the entries of others added; of two entries with one id the later stands.
  ///
  /// An overlay that is a whole base also brings its own vocabulary and manifest.
  ///
  /// - Returns: A new base, compiled anew; `nil` when this one was not whole.
  /// - Throws: When they are too large together.
  /// - Complexity: O(size of all bases).
  package func overlaid(
    with overlays: [LoadedKnowledge]
  ) throws(OversizedKnowledge) -> CompiledKnowledge? {
    let base = loaded()
    guard var frame = base.frame else { return nil }
    var sources = base.sources
    for overlay in overlays {
      let ids = Set(overlay.entries.map(\.entry.id))
      sources.removeAll { ids.contains($0.entry.id) }
      sources += overlay.sources
      frame = overlay.frame ?? frame
    }
    sources.sort { $0.entry.id < $1.entry.id }
    return CompiledKnowledge(PackedBytes(try KnowledgeCompiler.compile(sources, in: frame)))
  }
}
