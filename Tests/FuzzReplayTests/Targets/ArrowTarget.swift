import Columnar
import MemoryDiet

@testable import TableIO

/// Any bytes as an Arrow file: an error, or a table that can be compared with another.
struct ArrowTarget: FuzzTarget {
  let name = "arrow"

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

  func check(_ bytes: [UInt8]) -> String? {
    do {
      let reader = try ArrowFileReader(ArrowFileBytes(bytes, name: "test.arrow"))
      let comparison = try ArrowFileComparison(reader, with: Self.frame)
      for difference in comparison.differences where "\(difference)".isEmpty {
        return "a difference without words"
      }
    } catch {
      return "\(error)".isEmpty ? "an error without words" : nil
    }
    return nil
  }
}
