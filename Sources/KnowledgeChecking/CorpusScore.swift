import KnowledgeFormat
package import RegistryDiagnosis

/// Labelled pastes, and how well a base does on them.
package struct Corpus: Sendable {
  package let cases: [Case]

  /// One labelled paste.
  package struct Case: Sendable {
    package let id: String
    package let isPositive: Bool
    package let input: [UInt8]
    /// Ids that are right on top, the best first.
    package let expected: [String]
    /// Ids that would mislead.
    package let rejected: [String]
  }

  /// A line that is no case.
  package struct LineError: Error, Sendable, CustomStringConvertible {
    package let line: Int
    package let message: String
    package var description: String { "line \(line): \(message)" }
  }

  /// Reads a corpus of one JSON object a line: `id`, `kind`, `input`, `expect`, `reject`.
  package init(jsonLines bytes: [UInt8]) throws(LineError) {
    var cases: [Case] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      guard line.contains(where: { $0 > 0x20 }) else { continue }
      let document: JSONDocument
      do {
        document = try JSONDocument.parse(Array(line))
      } catch {
        throw LineError(line: index + 1, message: error.message)
      }
      guard let id = document.root["id"]?.string, let kind = document.root["kind"]?.string,
        let input = document.root["input"]?.string
      else { throw LineError(line: index + 1, message: "id, kind or input is missing") }
      func words(_ key: String) -> [String] {
        document.root[key].map { $0.elements.compactMap(\.string) } ?? []
      }
      cases.append(
        Case(
          id: id, isPositive: kind == "positive", input: Array(input.utf8),
          expected: words("expect"), rejected: words("reject")))
    }
    self.cases = cases
  }
}

/// The figures of a corpus in one disguise.
package struct CorpusScore: Sendable {
  package let disguise: Disguise
  package let positives: Int
  package let negatives: Int
  /// Positives whose first diagnosis is one of those expected, or the first of those.
  package let top1: Double
  package let primary: Double
  /// Positives with an expected one among the first three, and the mean of the reciprocal ranks.
  package let top3: Double
  package let meanReciprocalRank: Double
  /// Cases of either kind whose first diagnosis misleads.
  package let misled: Double
  /// Negatives without any diagnosis, and with one of high confidence.
  package let silent: Double
  package let confident: Double
  /// What was not right, in the order of the cases.
  package let mistakes: [Mistake]
  /// How often first diagnoses of each confidence were right, the surest first.
  package let calibration: [Calibration]

  /// The first diagnoses of one confidence.
  package struct Calibration: Sendable, Equatable {
    package let confidence: Diagnosis.Confidence
    package var answers: Int
    /// How many of them the labels expect; one on a negative never is.
    package var right: Int
  }

  /// A case that was not answered as its label says.
  package struct Mistake: Sendable {
    package let caseID: String
    package let expected: [String]
    package let found: [String]
  }

  /// Diagnoses every case of a corpus.
  ///
  /// - Complexity: O(size of the corpus).
  package init(of corpus: Corpus, in disguise: Disguise, with engine: DiagnosisEngine) {
    var sums = (top1: 0, primary: 0, top3: 0, rank: 0.0, misled: 0, silent: 0, confident: 0)
    var positives = 0
    var mistakes: [Mistake] = []
    var calibration = Diagnosis.Confidence.allCases.map {
      Calibration(confidence: $0, answers: 0, right: 0)
    }
    for item in corpus.cases {
      let diagnoses = engine.diagnose(bytes: disguise.apply(to: item.input)).diagnoses
      let ids = diagnoses.map(\.id)
      let rank = ids.firstIndex { item.expected.contains($0) }
      if let first = diagnoses.first,
        let index = calibration.firstIndex(where: { $0.confidence == first.confidence })
      {
        calibration[index].answers += 1
        calibration[index].right += item.isPositive && rank == 0 ? 1 : 0
      }
      if let first = ids.first, item.rejected.contains(first) { sums.misled += 1 }
      if item.isPositive {
        positives += 1
        sums.top1 += rank == 0 ? 1 : 0
        sums.primary += ids.first == item.expected.first ? 1 : 0
        sums.top3 += rank.map { $0 < 3 ? 1 : 0 } ?? 0
        sums.rank += rank.map { 1 / Double($0 + 1) } ?? 0
      } else {
        sums.silent += ids.isEmpty ? 1 : 0
        sums.confident += diagnoses.contains { $0.confidence == .high } ? 1 : 0
      }
      if item.isPositive ? rank != 0 : !ids.isEmpty {
        mistakes.append(Mistake(caseID: item.id, expected: item.expected, found: ids))
      }
    }
    func share(_ count: Int, _ whole: Int) -> Double { Double(count) / Double(max(whole, 1)) }
    self.disguise = disguise
    self.positives = positives
    negatives = corpus.cases.count - positives
    top1 = share(sums.top1, positives)
    primary = share(sums.primary, positives)
    top3 = share(sums.top3, positives)
    meanReciprocalRank = sums.rank / Double(max(positives, 1))
    misled = share(sums.misled, corpus.cases.count)
    silent = share(sums.silent, negatives)
    confident = share(sums.confident, negatives)
    self.mistakes = mistakes
    self.calibration = calibration
  }
}
