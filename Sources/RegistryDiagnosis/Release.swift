/// What this release is called.
public enum Release: Sendable {
  /// The version of the library and of the programs built on it, such as `0.1.0`.
  ///
  /// The knowledge base has a version of its own.
  public static let version = "0.1.0"
}
