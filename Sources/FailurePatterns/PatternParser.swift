/// Reads the pattern language.
struct PatternParser {
  private let bytes: [UInt8]
  private let isCaseExact: Bool
  private var position = 0
  private var gapCount = 0
  private(set) var slots: [PatternSlot] = []
  /// The slots of the choices that the position is in.
  private var openChoices: [Int] = []

  /// How many `{...}` one pattern may hold.
  static let maximumGaps = 3
  /// How many slots one pattern may hold.
  static let maximumSlots = 24
  /// How deep alternatives may stand in each other.
  static let maximumDepth = 4

  /// How many branches a choice may have: as many as a byte below 0x80 can count.
  static let maximumBranches = 127

  init(_ text: String, isCaseExact: Bool) {
    self.bytes = Array(text.utf8)
    self.isCaseExact = isCaseExact
  }

  mutating func parse() throws(PatternSyntaxError) -> [Pattern.Element] {
    var elements: [Pattern.Element] = []
    if peek == UInt8(ascii: "^") {
      position += 1
      elements.append(.messageStart)
    }
    elements += try sequence(depth: 0)
    if elements.isEmpty {
      throw error("the pattern is empty", "write the words of the message")
    }
    return PatternParser.withoutFirstQuotes(elements)
  }

  /// A sequence without the quotes that it may begin with.
  ///
  /// They may be missing in a text, and a match is looked for from the latest place on: where a
  /// literal follows, it never begins with them.
  private static func withoutFirstQuotes(_ elements: [Pattern.Element]) -> [Pattern.Element] {
    let rest = elements.drop { if case .quotes = $0 { true } else { false } }
    switch rest.first {
    case .literal: return Array(rest)
    case .alternatives(let branches, nil):
      return elements.dropLast(rest.count)
        + [.alternatives(branches.map(withoutFirstQuotes), capture: nil)] + rest.dropFirst()
    default: return elements
    }
  }

  /// Adds white space to a sequence.
  ///
  /// Behind a choice that another space stands before, and of which one branch is empty, the others
  /// end in it: `to {a|} repository` is `to {a |}repository`.
  private static func append(space: Pattern.Element, to elements: inout [Pattern.Element]) {
    guard elements.count > 1, case .space(isOptional: false) = elements[elements.count - 2],
      case .alternatives(let branches, let capture) = elements[elements.count - 1],
      let empty = branches.firstIndex(where: \.isEmpty)
    else { return elements.append(space) }
    // Of a choice that holds nothing at all, the white space before it is that behind it.
    guard branches.contains(where: { !$0.isEmpty }) else { return }
    var spaced = branches
    if capture != nil {
      // What is captured is the branch alone.
      let named = Pattern.Element.alternatives(branches.filter { !$0.isEmpty }, capture: capture)
      spaced = empty == 0 ? [[], [named]] : [[named], []]
    }
    for index in spaced.indices where !spaced[index].isEmpty {
      append(space: space, to: &spaced[index])
    }
    elements[elements.count - 1] = .alternatives(spaced, capture: nil)
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func error(_ message: String, _ remedy: String) -> PatternSyntaxError {
    PatternSyntaxError(offset: position, message: message, remedy: remedy)
  }

  /// Reads up to the end of the pattern or, inside alternatives, up to `|` or `}`.
  private mutating func sequence(depth: Int) throws(PatternSyntaxError) -> [Pattern.Element] {
    var elements: [Pattern.Element] = []
    var literal: [UInt8] = []
    func flush(_ elements: inout [Pattern.Element], _ literal: inout [UInt8]) {
      guard !literal.isEmpty else { return }
      elements.append(.literal(literal, isCaseExact: isCaseExact))
      literal = []
    }
    scan: while let byte = peek {
      switch byte {
      case UInt8(ascii: "|") where depth > 0:
        break scan
      case UInt8(ascii: "}"):
        if depth > 0 { break scan }
        guard next(is: UInt8(ascii: "}")) else {
          throw error("a closing brace without an opening one", "write }} for a brace")
        }
        literal.append(byte)
        position += 2
      case UInt8(ascii: "{"):
        if next(is: UInt8(ascii: "{")) {
          literal.append(byte)
          position += 2
        } else {
          flush(&elements, &literal)
          elements.append(try brace(depth: depth))
        }
      case 0x20, 0x09, 0x0A, 0x0D:
        let isOptional = literal.last == UInt8(ascii: ":") || literal.last == UInt8(ascii: ",")
        flush(&elements, &literal)
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
          position += 1
        }
        PatternParser.append(space: .space(isOptional: isOptional), to: &elements)
      case UInt8(ascii: "$") where depth == 0 && position == bytes.count - 1:
        flush(&elements, &literal)
        position += 1
        elements.append(.messageEnd)
      default:
        if let length = quoteLength {
          flush(&elements, &literal)
          position += length
          elements.append(.quotes)
        } else {
          literal.append(isCaseExact ? byte : byte.folded)
          position += 1
        }
      }
    }
    flush(&elements, &literal)
    return elements
  }

  private func next(is byte: UInt8) -> Bool {
    position + 1 < bytes.count && bytes[position + 1] == byte
  }

  /// The length of the quote at the position, straight or curly, or `nil`.
  private var quoteLength: Int? {
    guard let byte = peek else { return nil }
    if byte == 0x22 || byte == 0x27 || byte == 0x60 { return 1 }
    // U+2018, U+2019, U+201C, U+201D.
    guard byte == 0xE2, position + 2 < bytes.count, bytes[position + 1] == 0x80 else { return nil }
    return [0x98, 0x99, 0x9C, 0x9D].contains(bytes[position + 2]) ? 3 : nil
  }

  /// Reads what stands in braces; the position is at the opening one.
  private mutating func brace(depth: Int) throws(PatternSyntaxError) -> Pattern.Element {
    let opening = position
    position += 1
    if bytes[position...].starts(with: Array("...}".utf8)) {
      position += 4
      try countGap()
      return .gap(nil)
    }
    if peek == UInt8(ascii: "=") {
      return try exactWord(opening: opening)
    }
    let name = identifier()
    switch peek {
    case UInt8(ascii: "}") where !name.isEmpty:
      position += 1
      return try slot(name, SlotType(rawValue: name) ?? .any)
    case UInt8(ascii: ":") where !name.isEmpty && !holdsBar(from: position):
      position += 1
      let typeName = identifier()
      guard let type = SlotType(rawValue: typeName), type != .any else {
        throw error(
          "there is no slot type '\(typeName)'",
          "one of: " + SlotType.allCases.dropFirst().map(\.rawValue).joined(separator: ", "))
      }
      guard peek == UInt8(ascii: "}") else {
        throw error("the slot is not closed", "write {name:type}")
      }
      position += 1
      return try slot(name, type)
    case UInt8(ascii: "=") where !name.isEmpty:
      position += 1
      let index = try captureIndex(name, .any)
      openChoices.append(index)
      defer { openChoices.removeLast() }
      return .alternatives(try branches(depth: depth, opening: opening), capture: index)
    default:
      position = opening + 1
      guard holdsBar(from: position) else {
        throw PatternSyntaxError(
          offset: opening, message: "this is neither a slot nor a choice",
          remedy: "write {name}, {name:type}, {a|b}, {name=a|b}, {=EXACT} or {...}; {{ for a brace")
      }
      return .alternatives(try branches(depth: depth, opening: opening), capture: nil)
    }
  }

  private mutating func slot(
    _ name: String, _ type: SlotType
  ) throws(PatternSyntaxError) -> Pattern.Element {
    let index = try captureIndex(name, type)
    if type == .text {
      try countGap()
      return .gap(index)
    }
    return .slot(index, type)
  }

  private mutating func countGap() throws(PatternSyntaxError) {
    gapCount += 1
    guard gapCount <= PatternParser.maximumGaps else {
      throw error(
        "more than \(PatternParser.maximumGaps) gaps", "split it: use the decisive words, and with")
    }
  }

  private mutating func captureIndex(
    _ name: String, _ type: SlotType
  ) throws(PatternSyntaxError) -> Int {
    if let index = slots.firstIndex(where: { $0.name == name }) {
      guard !openChoices.contains(index) else {
        throw error("the choice '\(name)' holds a slot of its own name", "give it another name")
      }
      return index
    }
    guard slots.count < PatternParser.maximumSlots else {
      throw error("more than \(PatternParser.maximumSlots) slots", "split the pattern")
    }
    slots.append(PatternSlot(name: name, type: type))
    return slots.count - 1
  }

  /// Reads `a|b|c}`.
  private mutating func branches(
    depth: Int, opening: Int
  ) throws(PatternSyntaxError) -> [[Pattern.Element]] {
    guard depth < PatternParser.maximumDepth else {
      throw error("choices stand too deep in each other", "write two patterns")
    }
    var branches: [[Pattern.Element]] = []
    while true {
      guard branches.count < PatternParser.maximumBranches else {
        throw error("more than \(PatternParser.maximumBranches) branches", "split the pattern")
      }
      branches.append(try sequence(depth: depth + 1))
      guard let byte = peek else {
        throw PatternSyntaxError(
          offset: opening, message: "the brace is never closed", remedy: "close it with }")
      }
      position += 1
      if byte == UInt8(ascii: "}") { return branches }
    }
  }

  /// Reads `=EOF}`.
  private mutating func exactWord(opening: Int) throws(PatternSyntaxError) -> Pattern.Element {
    position += 1
    let start = position
    while let byte = peek, byte != UInt8(ascii: "}") {
      guard byte > 0x20, byte != UInt8(ascii: "{"), byte != UInt8(ascii: "|") else {
        throw error("an exact word holds no space, brace or bar", "write {=WORD}")
      }
      position += 1
    }
    guard peek != nil, position > start else {
      throw PatternSyntaxError(
        offset: opening, message: "the exact word is empty or not closed", remedy: "write {=WORD}")
    }
    let word = Array(bytes[start..<position])
    position += 1
    return .literal(word, isCaseExact: true)
  }

  private mutating func identifier() -> String {
    let start = position
    while let byte = peek, byte.isAlphanumeric, position > start || byte.isLetter { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// Whether a bar stands before the brace that closes the one we are in.
  private func holdsBar(from start: Int) -> Bool {
    var depth = 0
    for byte in bytes[start...] {
      switch byte {
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        if depth == 0 { return false }
        depth -= 1
      case UInt8(ascii: "|") where depth == 0: return true
      default: break
      }
    }
    return false
  }
}
