/// How much less a fragment is worth for what the patterns of a base have in common.
///
/// ``FragmentRarity`` tells what healthy logs hold. Failing text is made of the patterns' own wordings:
/// what many of them hold stands in each of its lines, and what many are found by has them all tried.
struct FragmentBurden {
  /// How many patterns hold a fragment.
  private var holders: [[UInt8]: Int] = [:]
  /// How many patterns are found by a fragment, of those by which many are.
  private var finders: [[UInt8]: Int] = [:]

  /// How many patterns may hold a fragment before others are preferred: a share of them, for of a large
  /// base many hold each stretch that words are made of.
  private let manyHolders: Int

  /// How many may be found by one.
  private static let manyFinders = 64

  /// - Parameter patternCount: How many patterns there are.
  init(patternCount: Int = 1) { manyHolders = max(8, patternCount / 400) }

  /// Counts a pattern that holds some fragments.
  mutating func addHolder(of fragments: Set<[UInt8]>) {
    for fragment in fragments { holders[fragment, default: 0] += 1 }
  }

  /// Counts the patterns by what each is found by.
  ///
  /// - Returns: The fragments by which many are.
  mutating func addFinders(by fragments: [[[UInt8]]]) -> Set<[UInt8]> {
    var found: [[UInt8]: Int] = [:]
    for fragment in fragments.joined() { found[fragment, default: 0] += 1 }
    found = found.filter { $0.value >= FragmentBurden.manyFinders }
    finders.merge(found) { max($0, $1) }
    return Set(found.keys)
  }

  /// What is taken off a fragment's score.
  ///
  /// - Complexity: O(1).
  func cost(of fragment: [UInt8]) -> Int {
    2 * doublings(of: holders[fragment, default: 0], from: manyHolders)
      + 4 * doublings(of: finders[fragment, default: 0], from: FragmentBurden.manyFinders / 2)
  }

  /// How often a number can be halved before it is less than another; one more than its logarithm.
  private func doublings(of number: Int, from least: Int) -> Int {
    Int.bitWidth - (number / least).leadingZeroBitCount
  }
}
