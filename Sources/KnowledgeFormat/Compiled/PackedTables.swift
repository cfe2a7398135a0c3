import FailurePatterns

// Texts and lists, as ``KnowledgeCompiler`` writes them: a count, then so many bytes, integers,
// places or pairs.

extension PackedBytes {
  func text(at offset: Int) -> String { string(at: offset + 4, length: integer(at: offset)) }

  func data(at offset: Int) -> [UInt8] { bytes(at: offset + 4, length: integer(at: offset)) }

  func list(at offset: Int) -> [Int] {
    withBytes { base in
      let count = base.packedInteger(at: offset)
      return (0..<count).map { base.packedInteger(at: offset + 4 + 4 * $0) }
    }
  }

  func places(at offset: Int) -> [Int] {
    (0..<integer(at: offset)).map { place(at: offset + 4 + 4 * $0) }
  }

  func pairs(at offset: Int) -> [(text: String, number: Int)] {
    (0..<integer(at: offset)).map { number in
      let pair = offset + 4 + 8 * number
      return (text: text(at: place(at: pair)), number: integer(at: pair + 4))
    }
  }

  /// Where a pair stands as to those that are sought.
  enum PairStanding { case before, sought, after }

  /// The numbers of the pairs that are sought, which stand together.
  ///
  /// - Parameter standing: Takes the offset of a pair.
  /// - Complexity: O(log of the pairs + result) calls of `standing`.
  func numbers(ofPairsAt offset: Int, _ standing: (Int) -> PairStanding) -> [Int] {
    func pair(_ number: Int) -> Int { offset + 4 + 8 * number }
    let end = integer(at: offset)
    var unknown = 0..<end
    while !unknown.isEmpty {
      let middle = unknown.lowerBound + unknown.count / 2
      unknown =
        standing(pair(middle)) == .before
        ? middle + 1..<unknown.upperBound : unknown.lowerBound..<middle
    }
    return (unknown.lowerBound..<end).prefix { standing(pair($0)) == .sought }.map {
      integer(at: pair($0) + 4)
    }
  }
}
