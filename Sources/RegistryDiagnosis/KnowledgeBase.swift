package import KnowledgeFormat

/// A knowledge base, ready for use.
///
/// `KnowledgeBase.builtIn` of the module `RegistryKnowledge` is the one that ships;
/// ``adding(entriesAt:)`` gives one with entries of one's own. A value is immutable and may be shared
/// between tasks.
public struct KnowledgeBase: Sendable {
  package let compiled: CompiledKnowledge

  package init(_ compiled: CompiledKnowledge) { self.compiled = compiled }

  /// The content's calendar version, such as `2026.11.0`.
  public var version: String { compiled.version }

  /// How many entries it holds, withdrawn ones included.
  public var entryCount: Int { compiled.entryCount }
}

extension KnowledgeBase {
  /// Whether a host is one of a registry service, or of pages about them.
  package func knowsHost(_ host: String) -> Bool {
    let standing = Array(host.lowercased().utf8).withUnsafeBufferPointer {
      HostDirectory(knowledge: compiled).standing(of: $0)
    }
    if case .unknown = standing { return false }
    return true
  }
}
