import KnowledgeFormat
import Testing

/// Files with one fault each: what is said of it, and where.
@Suite struct BrokenFileTests {
  @Test func theSampleIsFlawless() {
    #expect(SampleBase.complaints(about: SampleBase.source()) == [])
    #expect(SampleBase.complaints(about: SampleBase.source(), mode: .lenient) == [])
  }

  @Test(arguments: BrokenFile.ofForm + BrokenFile.ofNames)
  func oneFaultIsOneComplaintInItsPlace(_ broken: BrokenFile) throws {
    let complaints = SampleBase.complaints(
      about: SampleBase.source(replacing: [broken.path: try broken.text()]))
    let listing = Comment(rawValue: complaints.map(\.description).joined(separator: "\n"))
    let own = complaints.filter { !broken.consequences.contains($0.code) }
    #expect(own.count == 1, listing)
    #expect(Set(complaints.map(\.code)) == broken.consequences.union([broken.code]), listing)
    let complaint = try #require(own.first)
    #expect(complaint.file == broken.path)
    #expect(complaint.pointer == broken.pointer)
    #expect(complaint.line == broken.line, listing)
    #expect(!complaint.message.isEmpty && !complaint.remedy.isEmpty)
  }

  @Test(arguments: BrokenFile.ofForm)
  func aUserMayHaveUnknownKeys(_ broken: BrokenFile) throws {
    let knowledge = LoadedKnowledge(
      SampleBase.source(replacing: [broken.path: try broken.text()]), mode: .lenient)
    #expect(knowledge.isFlawless == (broken.code == .unknownKey))
  }

  @Test func everyCodeOfAFileHasACase() {
    let inTable = Set((BrokenFile.ofForm + BrokenFile.ofNames).map(\.code))
    // KnowledgeDirectoryTests, LoadingTests and HostileBaseTests have these.
    let ofFolders: Set<Complaint.Code> = [
      .unreadableFile, .notARegularFile, .fileTooLarge, .baseTooLarge, .tooMany, .folderRepeated,
      .folderTooDeep,
      .missingFile, .unexpectedFile, .noEntries, .unlistedExampleFile, .furtherComplaints,
    ]
    // Reported by KnowledgeChecking, which runs examples.
    let ofExamples: Set<Complaint.Code> = [.unmatchedPattern]
    let missing = Set(Complaint.Code.allCases).subtracting(inTable).subtracting(ofFolders)
      .subtracting(ofExamples)
    #expect(missing == [])
  }

  @Test func allFaultsAreReportedAtOnce() {
    let spoilt = SampleBase.entry
      .replacing("\"cause\",", with: "\"reason\",")
      .replacing("\"id\": \"burst\"", with: "\"name\": \"burst\"")
      .replacing("https://example.com/quotas", with: "http://example.com/quotas")
    let knowledge = LoadedKnowledge(
      SampleBase.source(replacing: [SampleBase.entryPath: spoilt]), mode: .strict)
    #expect(
      knowledge.complaints.map(\.description) == [
        "KnowledgeBase/entries/ecr/rate-exceeded/entry.json:10:11: error: /role: "
          + "\"reason\" is unknown here (one of: cause, wrapper, consequence)",
        "KnowledgeBase/entries/ecr/rate-exceeded/entry.json:51:5: error: /causes/0: "
          + "\"id\" is missing (add it)",
        "KnowledgeBase/entries/ecr/rate-exceeded/entry.json:52:7: error: /causes/0/name: "
          + "\"name\" is no key of this object (known are: id, text, check, decidedBy, appliesTo, retry)",
        "KnowledgeBase/entries/ecr/rate-exceeded/entry.json:92:46: error: /references/0/url: "
          + "\"http://example.com/quotas\" is not an https address "
          + "(write it from https:// on, without spaces)",
      ])
  }
}
