import Columnar
import MemoryDiet

@testable import ArrowFormat
@testable import DelimitedText
@testable import Pipeline

/// Any bytes as an Arrow file or stream, plain or compressed: an error, or a table that can be
/// compared with another, and that can go on a diet.
struct ArrowTarget: FuzzTarget {
  let name = "arrow"
  let byteLimit = 1 << 13

  /// What the files to start from were written from.
  static let table = Array(
    """
    i,p,f,d,t,c,s,b,u,n
    1,1.50,0.1234567890123456789,2024-02-29,2024-02-29T10:00:00.5Z,10:20:30,NA,true,x,
    -300,2.25,1e-5,2024-03-01,2024-03-01T10:00:00.25Z,00:00:00,x,false,yy,
    70000,,,,,,,,zzz,
    5,3.00,2.5,2024-03-01,2024-03-01T10:00:00.25Z,00:00:01,x,true,zzz zzz zzz zzz,
    """.utf8)

  static let frame: DataFrame = {
    let options = CSVReadingOptions(delimiter: 0x2C, hasHeader: true, threads: 1)
    let loader = TableLoader(
      inputs: [.bytes(table, name: "test.csv")], reading: options, typing: TypingOptions(),
      keepsValues: true, countsDistinct: false)
    do {
      var loaded = try loader.load()
      let rowCount = loaded.rowCount
      let typed = loaded.takeColumns()
      let columns = try typed.map { column in
        try column.encode(layout: Recommendation(for: column.profile).layout)
      }
      return DataFrame(columns: columns, profiles: typed.map(\.profile), rowCount: rowCount)
    } catch {
      fatalError("\(error)")
    }
  }()

  private enum Question: CaseIterable { case comparison, diet }

  func check(_ input: FuzzInput) -> String? {
    do {
      let reader = try ArrowFileReader(ArrowFileBytes(Array(input.rest), name: "test.arrow"))
      for question in input.questions(Question.self) {
        switch question {
        case .comparison:
          let comparison = try ArrayComparison(reader, with: Self.frame)
          for difference in comparison.differences where "\(difference)".isEmpty {
            return "a difference without words"
          }
        case .diet:
          // Rows of the type null take no bytes of the file, however many.
          guard reader.rowCount <= 1 << 16 else { continue }
          if let finding = try diet(reader) { return finding }
        }
      }
      return nil
    } catch {
      return "\(error)".isEmpty ? "an error without words" : nil
    }
  }

  /// Reads the table into lean columns, of which the formulas must know the bytes.
  private func diet(_ reader: ArrowFileReader) throws -> String? {
    var options = ArrayTableLoader.Options(keepsValues: true, countsDistinct: true)
    options.threads = 1
    var loaded = try ArrayTableLoader([reader], format: "arrow", options: options).load()
    for column in loaded.takeColumns() {
      let recommendation = Recommendation(for: column.profile)
      let lean = try column.encode(layout: recommendation.layout)
      guard lean.footprint == recommendation.footprint else {
        return "column \(column.profile.name): \(lean.footprint), not \(recommendation.footprint)"
      }
    }
    return nil
  }
}
