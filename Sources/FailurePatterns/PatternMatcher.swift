/// Runs a pattern's program at a place in a message.
///
/// The machine tries the choices of a program in order and goes back to the last one that has another
/// option when it gets stuck. It remembers which pairs of instruction and place it has been at, as RE2's bit-state
/// matcher does, and never tries one twice in a message, from whichever start: so all runs of a
/// program over a message together cost at most O(instructions × bytes of the message), however the
/// text is made. Remembering begins only after ``freeSteps`` steps in a message, which text that no
/// one made up for the purpose does not take.
package struct PatternMatcher {
  /// Ends of the captures of the last successful run: start and end for each, -1 where it took no
  /// part.
  package private(set) var captures: [Int]
  /// The open choices are the first ``depth``: what is behind them is room for more.
  private var stack: [Choice] = []
  private var depth = 0
  private var visited = VisitedStates()
  private var vain = VainEnds()
  private var pattern = 0
  private var steps = 0

  private static let freeSteps = 1 << 14

  private struct Choice {
    var instruction: Int
    var place: Int
    /// The next branch, end of a slot or end of a gap to try.
    var next: Int
    /// The longest end of a slot.
    var longest = 0
    /// Whether the option taken is the last one.
    var isExhausted = false
    /// How many entries of the trail are kept when this choice is tried again.
    var trail: Int
  }

  /// Captures that were overwritten: index and former value, in turn.
  private var trail: [Int] = []

  /// - Parameter recordsCaptures: Whether ``captures`` is wanted; a search that only asks whether a
  ///   pattern holds spares the work.
  package init(recordsCaptures: Bool) {
    self.recordsCaptures = recordsCaptures
    // Never empty: the compiler makes sure of an array's own storage before a loop that may write to
    // it, and an empty array has none.
    captures = [Int](repeating: -1, count: recordsCaptures ? 2 * PatternParser.maximumSlots : 1)
  }

  private let recordsCaptures: Bool

  /// Makes the next runs forget what earlier ones learned.
  ///
  /// Call it for each message.
  @inline(__always)
  package mutating func beginMessage() {
    if steps > PatternMatcher.freeSteps { visited.forget() }
    steps = 0
    vain.removeAll()
  }

  /// Matches a program at one place.
  ///
  /// - Parameters:
  ///   - packed: The pattern.
  ///   - text: Normalised text.
  ///   - start: Where the match is to begin.
  ///   - lower: Where the message begins.
  ///   - upper: Where it ends.
  /// - Returns: Where the match ends, or `nil`.
  mutating func end(
    of packed: PackedProgram, in text: UnsafePointer<UInt8>, from start: Int, lower: Int, upper: Int
  ) -> Int? {
    pattern = packed.number
    let program = packed.code
    if recordsCaptures {
      for index in captures.indices { captures[index] = -1 }
    }
    depth = 0
    if !trail.isEmpty { trail.removeAll(keepingCapacity: true) }
    var pc = 0
    var place = start
    while true {
      if let end = advance(
        &pc, &place, program: program, text: text, lower: lower, upper: upper)
      {
        return end
      }
      guard retry(&pc, &place, program: program, text: text, upper: upper) else { return nil }
    }
  }

  /// Follows the program until it matches (the end is returned) or gets stuck (`nil`).
  @inline(__always)
  private mutating func advance(
    _ pc: inout Int, _ place: inout Int, program: UnsafePointer<UInt8>,
    text: UnsafePointer<UInt8>, lower: Int, upper: Int
  ) -> Int? {
    while true {
      switch program[pc] {
      case PatternProgram.Opcode.literal:
        let count = Int(program[pc + 1]) | Int(program[pc + 2]) << 7
        guard place + count <= upper, holds(program + pc + 3, count, text + place) else {
          return nil
        }
        place += count
        pc += 3 + count
      case PatternProgram.Opcode.exactLiteral:
        let count = Int(program[pc + 1]) | Int(program[pc + 2]) << 7
        guard place + count <= upper else { return nil }
        for index in 0..<count where program[pc + 3 + index] != text[place + index] { return nil }
        place += count
        pc += 3 + count
      case PatternProgram.Opcode.space:
        guard place < upper, text[place].isSpace else { return nil }
        while place < upper, text[place].isSpace { place += 1 }
        pc += 1
      case PatternProgram.Opcode.optionalSpace:
        while place < upper, text[place].isSpace { place += 1 }
        pc += 1
      case PatternProgram.Opcode.quotes:
        while place < upper, text[place].isQuote { place += 1 }
        pc += 1
      case PatternProgram.Opcode.slot, PatternProgram.Opcode.gap, PatternProgram.Opcode.choose:
        var choice = Choice(instruction: pc, place: place, next: -1, trail: trail.count)
        guard take(&choice, &pc, &place, program: program, text: text, upper: upper) else {
          return nil
        }
        if !choice.isExhausted { push(choice) }
      case PatternProgram.Opcode.jump:
        pc = Int(program[pc + 1]) | Int(program[pc + 2]) << 7
      case PatternProgram.Opcode.captureStart:
        record(2 * Int(program[pc + 1]), place)
        pc += 2
      case PatternProgram.Opcode.captureEnd:
        record(2 * Int(program[pc + 1]) + 1, place)
        pc += 2
      case PatternProgram.Opcode.messageStart:
        guard isLineStart(place, text, lower) else { return nil }
        pc += 1
      case PatternProgram.Opcode.messageEnd:
        guard isLineEnd(place, text, upper) else { return nil }
        pc += 1
      case PatternProgram.Opcode.boundary:
        if place > lower, place < upper, text[place - 1].isAlphanumeric, text[place].isAlphanumeric
        {
          return nil
        }
        pc += 1
      default:
        return place
      }
    }
  }

  /// Goes back to the last open choice that has another option, and takes it.
  ///
  /// Returns false when none has.
  @inline(__always)
  private mutating func retry(
    _ pc: inout Int, _ place: inout Int, program: UnsafePointer<UInt8>,
    text: UnsafePointer<UInt8>, upper: Int
  ) -> Bool {
    while depth > 0 {
      depth -= 1
      var choice = stack[depth]
      if recordsCaptures { undo(to: choice.trail) }
      if take(&choice, &pc, &place, program: program, text: text, upper: upper) {
        if !choice.isExhausted { push(choice) }
        return true
      }
    }
    return false
  }

  @inline(__always)
  private mutating func push(_ choice: Choice) {
    if depth < stack.count { stack[depth] = choice } else { stack.append(choice) }
    depth += 1
  }

  /// Takes the next option of a choice.
  ///
  /// Returns false when none is left.
  @inline(__always)
  private mutating func take(
    _ choice: inout Choice, _ pc: inout Int, _ place: inout Int, program: UnsafePointer<UInt8>,
    text: UnsafePointer<UInt8>, upper: Int
  ) -> Bool {
    let instruction = choice.instruction
    switch program[instruction] {
    case PatternProgram.Opcode.slot:
      repeat {
        guard nextSlotEnd(&choice, program: program, text: text, upper: upper) else { return false }
      } while !isNew(instruction, choice.next)
      record(2 * Int(program[instruction + 2]), choice.place)
      record(2 * Int(program[instruction + 2]) + 1, choice.next)
      pc = instruction + 3
      place = choice.next
    case PatternProgram.Opcode.gap:
      repeat {
        guard nextGapEnd(&choice, program: program, text: text, upper: upper) else { return false }
      } while !isNew(instruction, choice.next)
      if program[instruction + 1] > 0 {
        record(2 * Int(program[instruction + 1] - 1), choice.place)
        record(2 * Int(program[instruction + 1] - 1) + 1, choice.next)
      }
      pc = instruction + 2
      place = choice.next
    default:
      let count = Int(program[instruction + 1])
      let byte = choice.place < upper ? text[choice.place] : 0
      var branch = choice.next
      var first: Int
      repeat {
        branch = firstBranch(program, instruction, from: branch + 1, beginningWith: byte)
        guard branch < count else { return false }
        let target = instruction + 2 + 2 * branch
        first = Int(program[target]) | Int(program[target + 1]) << 7
      } while !isNew(first, choice.place)
      choice.next = branch
      choice.isExhausted =
        firstBranch(program, instruction, from: branch + 1, beginningWith: byte) == count
      pc = first
      place = choice.place
    }
    return true
  }

  /// Finds the next shorter end of a slot; false when none is left.
  @inline(__always)
  private mutating func nextSlotEnd(
    _ choice: inout Choice, program: UnsafePointer<UInt8>, text: UnsafePointer<UInt8>, upper: Int
  ) -> Bool {
    let tried = vain.ends(of: choice.instruction, in: pattern)
    var end = choice.next - 1
    if choice.next == -1 {
      let type = SlotType.byCode[Int(program[choice.instruction + 1])]
      choice.longest = type.runEnd(in: text, from: choice.place, limit: upper, knownEnds: tried)
      end = choice.longest
    }
    while end > choice.place {
      if tried.contains(end) {
        end = Int(tried.lower) - 1
      } else if canFollow(program, choice.instruction + 3, text, end, upper) {
        choice.next = end
        return true
      } else {
        end -= 1
      }
    }
    if choice.longest > choice.place {
      let ends = TriedPlaces(lower: Int32(choice.place + 1), upper: Int32(choice.longest + 1))
      vain.set(ends, of: choice.instruction, in: pattern)
    }
    return false
  }

  /// Finds the next longer end of a gap; false when none is left.
  @inline(__always)
  private mutating func nextGapEnd(
    _ choice: inout Choice, program: UnsafePointer<UInt8>, text: UnsafePointer<UInt8>, upper: Int
  ) -> Bool {
    let tried = vain.ends(of: choice.instruction, in: pattern)
    let limit = min(upper, choice.place + PatternMatcher.maximumGap)
    var next = choice.next == -1 ? choice.place : choice.next + 1
    while next <= limit {
      if tried.contains(next) {
        next = Int(tried.upper)
        continue
      }
      let most = next < Int(tried.lower) ? min(limit, Int(tried.lower) - 1) : limit
      // A boundary always stands between a gap and what follows.
      let end = firstFollower(
        program, choice.instruction + 3, text, from: next, through: most, upper)
      if let end {
        choice.next = end
        return true
      }
      next = most + 1
    }
    let ends = TriedPlaces(lower: Int32(choice.place), upper: Int32(limit + 1))
    vain.set(tried.adding(ends), of: choice.instruction, in: pattern)
    return false
  }

  /// How many bytes `{...}` spans at most.
  package static let maximumGap = 512

  /// Notes a pair of instruction and place.
  ///
  /// False when a run over this message has been there before.
  @inline(__always)
  private mutating func isNew(_ instruction: Int, _ place: Int) -> Bool {
    steps += 1
    guard steps > PatternMatcher.freeSteps else { return true }
    return visited.insert(pattern: pattern, instruction: instruction, place: place)
  }

  private mutating func undo(to count: Int) {
    while trail.count > count, let value = trail.popLast(), let index = trail.popLast() {
      captures[index] = value
    }
  }

  @inline(__always)
  private mutating func record(_ index: Int, _ value: Int) {
    guard recordsCaptures else { return }
    trail.append(index)
    trail.append(captures[index])
    captures[index] = value
  }
}
