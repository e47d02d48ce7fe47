import Columnar
import Testing

/// The table of meanings, case by case: as it is written, with every field at every place of a
/// long column, and broken by a row of text.
struct TypingTableTests {
  private static let cases = Result { try TypingCase.all() }

  @Test func everyLineIsACase() throws {
    #expect(try Self.cases.get().count > 250)
  }

  @Test func holds() throws {
    for typingCase in try Self.cases.get() {
      expect(typingCase, rows: Array(typingCase.fields.indices), typingCase.setup)
    }
  }

  /// Chunks of 16 to 64 bytes and 1 to 3 threads, chosen by the place in the list.
  @Test func holdsWhereverTheOddRowStands() throws {
    for (number, typingCase) in try Self.cases.get().enumerated() {
      for odd in typingCase.fields.indices {
        for position in Position.allCases {
          var setup = typingCase.setup
          setup.chunkByteCount = 16 + (number * 7 + odd * 13) % 49
          setup.threads = 1 + (number + odd) % 3
          expect(typingCase, rows: typingCase.column(odd: odd, at: position, rowCount: 23), setup)
        }
      }
    }
  }

  @Test func oneRowOfTextTurnsEverythingIntoText() throws {
    for (number, typingCase) in try Self.cases.get().enumerated() {
      for position in Position.allCases {
        for chunkByteCount in [1 << 20, 16 + number % 49] {
          var setup = typingCase.setup
          setup.chunkByteCount = chunkByteCount
          setup.threads = 1 + number % 3
          var fields = (0..<20).map { typingCase.fields[$0 % typingCase.fields.count] }
          fields.insert(FieldText(text: "x?"), at: position.index(in: fields.count))
          let words = setup.typing.nullTokens
          let values = fields.map {
            $0 == .empty || (!$0.isQuotedEmpty && words.contains($0.text)) ? nil : $0.text
          }
          let found = Result { try ObservedColumn(fields, setup) }
          let summary = "\(typingCase) with x? at the \(position), \(setup)"
          #expect(throws: Never.self, "\(summary)") { try found.get() }
          guard let observed = try? found.get() else { continue }
          #expect(observed.type == .string, "\(summary)")
          #expect(observed.values == values, "\(summary)")
        }
      }
    }
  }

  private func expect(_ typingCase: TypingCase, rows: [Int], _ setup: ReadingSetup) {
    let fields = rows.map { typingCase.fields[$0] }
    let found = Result { try ObservedColumn(fields, setup) }
    let summary = "\(typingCase)\nas \(fields)\n\(setup)"
    #expect(throws: Never.self, "\(summary)") { try found.get() }
    guard let observed = try? found.get() else { return }
    #expect("\(observed.type)" == typingCase.type, "\(summary)")
    #expect(observed.fidelity.rawValue == typingCase.fidelity, "\(summary)")
    let values = rows.map { typingCase.values[$0] }
    #expect(observed.nullCount == values.count { $0 == nil }, "\(summary)")
    if observed.type == .float {
      #expect(
        observed.values.map { Double($0 ?? "nan")?.bitPattern }
          == values.map { Double($0 ?? "nan")?.bitPattern }, "\(summary)")
    } else {
      #expect(observed.values == values, "\(summary)")
    }
  }
}
