import Testing

@testable import RegistryDiagnosis

@Suite("Tables of numbers")
struct NumberTableTests {
  @Test("Each value is that of its number, however many share a slot and however large it grows")
  func values() {
    var table = NumberTable<Int>()
    #expect(table[0] == nil)
    // A multiple of any size that the table has on its way shares the first slot with all others.
    let numbers = [0, 1, 31, 32, 64] + (1...200).flatMap { [$0 * 4096, $0 * 4096 - 1] }
    for (place, number) in numbers.enumerated() {
      #expect(table[number] == nil)
      table.insert(place, for: number)
      #expect(table[number] == place)
    }
    #expect(numbers.map { table[$0] } == Array(numbers.indices))
    #expect(table[2] == nil && table[33] == nil && table[4097] == nil)
  }
}
