import FailurePatterns

extension LoadedKnowledge {
  /// Compiles a whole base.
  ///
  /// - Returns: `nil` when it has no manifest or no vocabulary.
  package func compiled() -> [UInt8]? {
    frame.map { KnowledgeCompiler.compile(sources, in: $0) }
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
  /// This base with the entries of others added; of two entries with one id the later stands.
  ///
  /// An overlay that is a whole base also brings its own vocabulary and manifest.
  ///
  /// - Returns: A new base, compiled anew.
  /// - Throws: When this base's own JSON cannot be read, which the build rules out for a built-in one.
  /// - Complexity: O(size of all bases).
  package func overlaid(with overlays: [LoadedKnowledge]) throws(EntryError) -> CompiledKnowledge? {
    var sources: [KnowledgeCompiler.Source] = []
    for number in 0..<entryCount {
      let json = entryJSON(number)
      sources.append(KnowledgeCompiler.Source(entry: try Entry(json: json), json: json))
    }
    var frame = try KnowledgeCompiler.Frame(manifestJSON: manifestJSON, vocabularyJSON: vocabularyJSON)
    for overlay in overlays {
      for source in overlay.sources {
        sources.removeAll { $0.entry.id == source.entry.id }
        sources.append(source)
      }
      frame = overlay.frame ?? frame
    }
    sources.sort { $0.entry.id < $1.entry.id }
    return CompiledKnowledge(PackedBytes(KnowledgeCompiler.compile(sources, in: frame)))
  }
}

extension KnowledgeCompiler.Frame {
  /// Reads what a compiled base keeps of its manifest and vocabulary.
  package init(manifestJSON: [UInt8], vocabularyJSON: [UInt8]) throws(EntryError) {
    self.init(
      manifest: try Self.read(Manifest.shape, manifestJSON, file: "manifest.json"),
      manifestJSON: manifestJSON,
      vocabulary: try Self.read(Vocabulary.shape, vocabularyJSON, file: "vocabulary.json"),
      vocabularyJSON: vocabularyJSON)
  }

  private static func read<Model>(
    _ shape: Shape<Model>, _ bytes: [UInt8], file: String
  ) throws(EntryError) -> Model {
    let complaints = ComplaintCollector(file: file, mode: .lenient, ignoresUnknownKeys: true)
    do {
      let document = try JSONDocument.parse(bytes)
      if let model = shape.read(document.root, complaints), !complaints.hasErrors { return model }
    } catch {
      complaints.report(error)
    }
    throw EntryError(complaints: complaints.complaints)
  }
}
