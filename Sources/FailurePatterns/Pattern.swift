/// A pattern as its author wrote it, parsed.
///
/// A pattern is the message of a program with slots where it varies. It is not a regular
/// expression: it has no repetition, and it matches in time linear in the message.
/// KnowledgeBase/README.md has the language.
package struct Pattern: Sendable {
  /// The text it was parsed from.
  package let text: String
  /// Its slots, in the order of their first appearance.
  package let slots: [PatternSlot]
  /// The parsed sequence.
  package let elements: [Element]

  /// Parses a pattern.
  ///
  /// - Parameters:
  ///   - text: The pattern, in the language of KnowledgeBase/README.md.
  ///     - isCaseExact: Whether its letters stand for themselves only in the case they are written
  ///     in.
  /// - Throws: The first thing that is wrong with it, with its offset in `text`.
  /// - Complexity: O(length of the text).
  package init(_ text: String, isCaseExact: Bool = false) throws(PatternSyntaxError) {
    var parser = PatternParser(text, isCaseExact: isCaseExact)
    self.elements = try parser.parse()
    self.slots = parser.slots
    self.text = text
  }

  /// The literal by which the index finds this pattern, or `nil` where it holds none that is rare
  /// enough.
  ///
  /// A literal is rare enough when it has four or more characters and is not a word that healthy
  /// logs are full of; or, in an anchored pattern, when it is written `{=…}`.
  package var rareLiteral: String? {
    guard let anchor = AnchorChoice.best(for: elements) else { return nil }
    return anchor.isRare ? anchor.literal : nil
  }

  /// Whether the index can find it: every match holds four known characters in a row, or an exact
  /// word of three.
  package var isFindable: Bool { AnchorChoice.best(for: elements) != nil }

  /// Whether the index finds it by a word of three letters alone, and so only where a space or one of
  /// a few signs stands before that.
  package var isFoundByShortWord: Bool {
    AnchorChoice.best(for: elements)?.isShortWord ?? false
  }

  /// One piece of a pattern.
  package indirect enum Element: Sendable {
    case literal([UInt8], isCaseExact: Bool)
    /// A run of white space; possibly an empty one.
    case space(isOptional: Bool)
    /// Any number of quotes and backslashes.
    case quotes
    case slot(Int, SlotType)
    /// Anything, as little as possible; captured where the index of a slot is given.
    case gap(Int?)
    case alternatives([[Element]], capture: Int?)
    case messageStart
    case messageEnd
  }
}

/// A named slot of a pattern.
package struct PatternSlot: Sendable, Equatable {
  /// The name, under which the value is captured.
  package let name: String
  /// What it accepts.
  package let type: SlotType

  package init(name: String, type: SlotType) {
    self.name = name
    self.type = type
  }
}

/// What is wrong with the text of a pattern.
package struct PatternSyntaxError: Error, Equatable {
  /// Where, in UTF-8 bytes from the start of the pattern.
  package let offset: Int
  /// What is wrong.
  package let message: String
  /// What would be right.
  package let remedy: String

  package init(offset: Int, message: String, remedy: String) {
    self.offset = offset
    self.message = message
    self.remedy = remedy
  }
}
