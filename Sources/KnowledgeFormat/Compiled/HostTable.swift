import FailurePatterns

/// The host patterns of a compiled base by one of their labels.
///
/// Whatever the slots of a pattern stand for, its labels without slots are labels of the host too; the
/// table has each pattern under the one of them that the fewest patterns share. A host is looked up
/// label by label.
struct HostTable {
  private let bytes: PackedBytes
  private let offset: Int

  init(_ bytes: PackedBytes, at offset: Int) {
    self.bytes = bytes
    self.offset = offset
  }

  /// Whose the first pattern is, in the order in which they were written, that a host matches.
  ///
  /// As ``CompiledKnowledge/firstHostPattern(for:_:)``.
  func first(
    for host: UnsafeBufferPointer<UInt8>, _ matches: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> CompiledKnowledge.HostOwner? {
    bytes.withBytes { base in
      var best = Best()
      var key = HostTable.keySeed
      for byte in host {
        if byte == UInt8(ascii: ".") {
          look(under: key, in: base, matches, &best)
          key = HostTable.keySeed
        } else {
          key = HostTable.key(key, byte)
        }
      }
      look(under: key, in: base, matches, &best)
      look(under: HostTable.keySeed, in: base, matches, &best)
      guard best.number < .max else { return nil }
      return best.owner == 0 ? .excluded : .registry(best.owner - 1)
    }
  }

  /// The first pattern of those looked at so far.
  private struct Best {
    var number = Int.max
    /// A registry's number with one added, or 0.
    var owner = 0
  }

  @inline(__always)
  private func look(
    under key: Int, in base: UnsafePointer<UInt8>,
    _ matches: (UnsafeBufferPointer<UInt8>) -> Bool, _ best: inout Best
  ) {
    let mask = base.packedInteger(at: offset) - 1
    let heads = offset + 4
    let records = heads + 4 * (mask + 2)
    let bucket = heads + 4 * (key & mask)
    for place in base.packedInteger(at: bucket)..<base.packedInteger(at: bucket + 4) {
      let record = records + HostTable.recordBytes * place
      let number = base.packedInteger(at: record + 4)
      guard base.packedInteger(at: record) == key, number < best.number else { continue }
      let text = base.packedPlace(at: record + 12)
      let pattern = UnsafeBufferPointer(start: base + text + 4, count: base.packedInteger(at: text))
      guard matches(pattern) else { continue }
      best = Best(number: number, owner: base.packedInteger(at: record + 8))
    }
  }

  // MARK: Writing

  /// Writes the table of a vocabulary.
  ///
  /// - Returns: Where it begins.
  static func write(_ vocabulary: Vocabulary, into records: inout RecordWriter) -> Int {
    var patterns: [(owner: Int, text: String)] = []
    for (number, registry) in vocabulary.registries.enumerated() {
      patterns += registry.hosts.map { (number + 1, $0.text) }
    }
    patterns += vocabulary.notRegistryHosts.map { (0, $0.text) }
    let labels = patterns.map { literalLabels(of: $0.text) }
    var uses: [Int: Int] = [:]
    for label in labels.joined() { uses[label, default: 0] += 1 }
    let keys = labels.map { labels in
      // Of several that are as rare, the first.
      labels.min { uses[$0, default: 0] < uses[$1, default: 0] } ?? keySeed
    }
    var bucketCount = 1
    while bucketCount < 2 * patterns.count { bucketCount *= 2 }
    let order = patterns.indices.sorted {
      (keys[$0] & (bucketCount - 1), $0) < (keys[$1] & (bucketCount - 1), $1)
    }
    let texts = patterns.map { records.string($0.text) }
    let start = records.packed.begin()
    records.packed.integer(bucketCount)
    var next = 0
    for bucket in 0...bucketCount {
      while next < order.count, keys[order[next]] & (bucketCount - 1) < bucket { next += 1 }
      records.packed.integer(next)
    }
    for number in order {
      records.packed.integer(keys[number])
      records.packed.integer(number)
      records.packed.integer(patterns[number].owner)
      records.packed.place(texts[number])
    }
    return start
  }

  /// The keys of the labels of a pattern in which nothing varies.
  private static func literalLabels(of pattern: String) -> [Int] {
    pattern.utf8.split(separator: UInt8(ascii: "."))
      .filter { label in
        !label.contains { [UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "*")].contains($0) }
      }
      .map { $0.reduce(keySeed, key) }
  }

  private static let recordBytes = 16

  /// The key of no label: patterns in whose every label something varies are found under it.
  private static let keySeed = 0x2B

  /// The key of a label with one byte more; it fits into a packed integer.
  @inline(__always)
  private static func key(_ key: Int, _ byte: UInt8) -> Int {
    (key &* 0x1003F ^ Int(byte)) & 0x0FFF_FFFF
  }
}
