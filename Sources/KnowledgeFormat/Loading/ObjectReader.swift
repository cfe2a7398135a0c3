/// Reads the fields of one JSON object.
///
/// Each field is asked for by its key and ``Shape``. What was never asked for is an unknown key, so
/// the questions are the list of known keys.
final class ObjectReader {
  let node: JSONNode
  let complaints: ComplaintCollector
  private let members: [JSONMember]
  /// Which members were asked for.
  private var isKnown: [Bool]
  private var knownKeys: [String] = []
  /// The member behind the last one that was found: fields are asked for in about the order in
  /// which they are written.
  private var nextMember = 0

  init(_ node: JSONNode, _ complaints: ComplaintCollector) {
    self.node = node
    self.complaints = complaints
    self.members = Array(node.members)
    self.isKnown = Array(repeating: false, count: members.count)
  }

  /// A field that may be absent.
  ///
  /// - Returns: `nil` when it is absent, and when it is wrong, which is reported.
  func optional<Value>(_ key: String, _ shape: Shape<Value>) -> Value? {
    find(key).flatMap { shape.read($0, complaints) }
  }

  /// A field that must be there.
  ///
  /// - Returns: `nil` when it is absent or wrong; either is reported.
  func required<Value>(_ key: String, _ shape: Shape<Value>) -> Value? {
    guard let value = find(key) else {
      reportMissing(key)
      return nil
    }
    return shape.read(value, complaints)
  }

  /// A field that is checked for its form only.
  func ignored<Value>(_ key: String, _ shape: Shape<Value>) {
    _ = optional(key, shape)
  }

  /// Reports that a key is needed that is not there.
  func reportMissing(_ key: String, because reason: String? = nil) {
    complaints.report(
      .missingKey, at: node, "\"\(key)\" is missing" + (reason.map { ", for \($0)" } ?? ""),
      "add it")
  }

  /// Reports the keys that were not asked for.
  func reportUnknownKeys() {
    guard !complaints.ignoresUnknownKeys else { return }
    let known = knownKeys.filter { $0 != "$schema" }
    for (member, isKnown) in zip(members, isKnown)
    where !isKnown && !knownKeys.contains(member.key) {
      complaints.report(
        .unknownKey, at: member.name, "\(quoted(member.key)) is no key of this object",
        NearestName.remedy(
          for: member.key, among: known, otherwise: "known are: \(known.joined(separator: ", "))"))
    }
  }

  var memberCount: Int { members.count }

  /// The value of the first member of a name.
  private func find(_ key: String) -> JSONNode? {
    knownKeys.append(key)
    var found: Int?
    for step in members.indices where found == nil {
      let index = (nextMember + step) % members.count
      if members[index].name.isEqual(to: key) { found = index }
    }
    guard let found else { return nil }
    isKnown[found] = true
    nextMember = found + 1
    return members[found].value
  }
}
