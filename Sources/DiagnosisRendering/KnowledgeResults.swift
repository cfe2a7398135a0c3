/// The size of a knowledge base.
package struct BaseStatistics: Sendable, Equatable {
  package var schemaVersion: String
  package var version: String
  package var released: String
  package var entryCount: Int
  package var patternCount: Int
  package var codeCount: Int
  package var exampleCount: Int
  package var nonExampleCount: Int
  /// Numbers of entries by status, role and scope: the name of the division, then its parts in
  /// order.
  package var divisions: [Division]
  /// What entries lack, and which those are.
  package var gaps: [Gap]

  package init(
    schemaVersion: String, version: String, released: String, entryCount: Int, patternCount: Int,
    codeCount: Int, exampleCount: Int, nonExampleCount: Int, divisions: [Division],
    gaps: [Gap] = []
  ) {
    self.schemaVersion = schemaVersion
    self.version = version
    self.released = released
    self.entryCount = entryCount
    self.patternCount = patternCount
    self.codeCount = codeCount
    self.exampleCount = exampleCount
    self.nonExampleCount = nonExampleCount
    self.divisions = divisions
    self.gaps = gaps
  }

  /// What some entries lack.
  package struct Gap: Sendable, Equatable {
    /// What, such as `a reference`.
    package var name: String
    package var ids: [String]

    package init(name: String, ids: [String]) {
      self.name = name
      self.ids = ids
    }
  }

  /// How the entries fall into parts.
  package struct Division: Sendable, Equatable {
    package var name: String
    package var parts: [(name: String, count: Int)]

    package init(name: String, parts: [(name: String, count: Int)]) {
      self.name = name
      self.parts = parts
    }

    package static func == (one: Division, other: Division) -> Bool {
      one.name == other.name
        && one.parts.elementsEqual(other.parts) { $0.name == $1.name && $0.count == $1.count }
    }
  }

  /// The sizes, a name and a number each.
  var sizes: [(name: String, count: Int)] {
    [
      ("entries", entryCount), ("patterns", patternCount), ("codes", codeCount),
      ("examples", exampleCount), ("nonExamples", nonExampleCount),
    ]
  }
}

/// What the examples of a base, and a corpus, came to.
package struct ExampleResults: Sendable, Equatable {
  /// How many example files were run.
  package var fileCount: Int
  /// How many diagnoses that took: each file is run in every disguise.
  package var runCount: Int
  package var failures: [Failure]
  /// One row for each disguise the corpus was run in; empty without a corpus.
  package var scores: [CorpusScore]

  package init(fileCount: Int, runCount: Int, failures: [Failure], scores: [CorpusScore]) {
    self.fileCount = fileCount
    self.runCount = runCount
    self.failures = failures
    self.scores = scores
  }

  /// An example that was not diagnosed as it must be.
  package struct Failure: Sendable, Equatable {
    package var file: String
    /// The disguise it was run in; absent when as it stands.
    package var disguise: String?
    /// What must be, in words: `ecr/rate-exceeded on top`.
    package var expected: String
    /// What was, in words.
    package var found: String

    package init(file: String, disguise: String?, expected: String, found: String) {
      self.file = file
      self.disguise = disguise
      self.expected = expected
      self.found = found
    }
  }

  /// The figures of a corpus: shares between 0 and 1, and counts.
  package struct CorpusScore: Sendable, Equatable {
    package var disguise: String
    package var positives: Int
    package var negatives: Int
    /// Names and shares in the order to show them: `top1`, `primary`, `top3`, `mrr` and so on.
    package var shares: [(name: String, value: Double)]
    package var crashed: Int
    /// How many first diagnoses had each confidence, and how many of those were right.
    package var calibration: [Calibration]

    /// The answers of one confidence.
    package struct Calibration: Sendable, Equatable {
      package var confidence: String
      package var answers: Int
      package var right: Int

      package init(confidence: String, answers: Int, right: Int) {
        self.confidence = confidence
        self.answers = answers
        self.right = right
      }

      /// The share of right answers; a dash where there are none.
      var share: String {
        answers == 0 ? "-" : FixedPoint.text(Double(right) / Double(answers))
      }
    }

    package init(
      disguise: String, positives: Int, negatives: Int,
      shares: [(name: String, value: Double)], crashed: Int, calibration: [Calibration] = []
    ) {
      self.disguise = disguise
      self.positives = positives
      self.negatives = negatives
      self.shares = shares
      self.crashed = crashed
      self.calibration = calibration
    }

    package static func == (one: CorpusScore, other: CorpusScore) -> Bool {
      one.disguise == other.disguise && one.positives == other.positives
        && one.negatives == other.negatives && one.crashed == other.crashed
        && one.calibration == other.calibration
        && one.shares.elementsEqual(other.shares) { $0.name == $1.name && $0.value == $1.value }
    }
  }
}

/// What a check of a base's files found.
package struct ValidationResults: Sendable, Equatable {
  /// How many files were read.
  package var fileCount: Int
  package var complaints: [Complaint]

  package init(fileCount: Int, complaints: [Complaint]) {
    self.fileCount = fileCount
    self.complaints = complaints
  }

  /// Whether the base can be used as it is.
  package var isValid: Bool { !complaints.contains(where: \.isError) }

  /// Something wrong in a file.
  package struct Complaint: Sendable, Equatable {
    /// A stable code, such as `unknown-key`.
    package var code: String
    package var isError: Bool
    package var file: String
    /// One-based; absent when it concerns the whole file.
    package var line: Int?
    package var column: Int?
    /// The JSON pointer of the value; empty for the whole file.
    package var pointer: String
    /// What is wrong.
    package var message: String
    /// What would be right; absent where the message says it.
    package var remedy: String?

    package init(
      code: String, isError: Bool, file: String, line: Int?, column: Int?, pointer: String,
      message: String, remedy: String?
    ) {
      self.code = code
      self.isError = isError
      self.file = file
      self.line = line
      self.column = column
      self.pointer = pointer
      self.message = message
      self.remedy = remedy
    }

    var place: String {
      file + (line.map { ":\($0)" } ?? "") + (line == nil ? "" : column.map { ":\($0)" } ?? "")
    }
  }
}

/// How one state of a knowledge base differs from another.
package struct BaseChanges: Sendable, Equatable {
  package var entries: [EntryChange]
  /// The cases of a corpus that are answered differently.
  package var answers: [AnswerChange]

  package init(entries: [EntryChange], answers: [AnswerChange]) {
    self.entries = entries
    self.answers = answers
  }

  /// An entry that differs.
  package struct EntryChange: Sendable, Equatable {
    package var id: String
    /// `added`, `changed`, `withdrawn` or `removed`.
    package var kind: String
    /// What of it changed.
    package var keys: [String]

    package init(id: String, kind: String, keys: [String]) {
      self.id = id
      self.kind = kind
      self.keys = keys
    }
  }

  /// A case that is answered differently.
  package struct AnswerChange: Sendable, Equatable {
    package var caseID: String
    /// The ids on top; absent where there was no diagnosis.
    package var before: String?
    package var after: String?
    /// `better`, `worse` or `same`.
    package var verdict: String

    package init(caseID: String, before: String?, after: String?, verdict: String) {
      self.caseID = caseID
      self.before = before
      self.after = after
      self.verdict = verdict
    }
  }
}
