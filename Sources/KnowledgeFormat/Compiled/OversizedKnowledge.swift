import FailurePatterns

/// A base that is too large to be compiled.
package struct OversizedKnowledge: Error, Sendable, CustomStringConvertible {
  /// How many bytes it takes compiled.
  package let byteCount: Int

  package init(byteCount: Int) { self.byteCount = byteCount }

  /// What is too much, and what to do, in a sentence without a full stop.
  package var description: String {
    let mebibyte = 1 << 20
    return "compiled, the base takes \((byteCount + mebibyte - 1) / mebibyte) MiB, and at most "
      + "\(PackedWriter.maximumBytes / mebibyte) MiB can be used: leave out entries"
  }
}
