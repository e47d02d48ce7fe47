import Foundation
import TabularDiet
import TestSupport
import Testing

/// Values as Foundation has them, tables as text, and CSV: what a program that calls the library sees.
@Suite struct LibraryValueTests {
  @Test func datesGoInAndOut() throws {
    let dates = [0, 1.5, -1e9, 4e9].map { Date(timeIntervalSince1970: $0) } + [nil]
    let column = try Column("at", dates)
    #expect(column.type == .timestamp(unit: .microsecond, zone: "UTC"))
    #expect(try column.values(as: Date.self).elementsEqual(dates))
    let days = try Column("day", integers: [0, 15_706, nil], type: .date)
    #expect(
      try days.values(as: Date.self).elementsEqual([
        Date(timeIntervalSince1970: 0), Date(timeIntervalSince1970: 15_706 * 86_400), nil,
      ]))
    for number in [1e300, -1e300, .infinity, .nan] as [Double] {
      #expect(throws: FrameError.self) { try Column("at", [Date(timeIntervalSince1970: number)]) }
    }
    #expect(throws: ElementError.self) { try Column("n", [1]).values(as: Date.self) }
  }

  @Test func decimalsGoInAndOut() throws {
    let numbers = ["12.30", "-0.5", "0", "999999999999999.99"].map { Decimal(string: $0) } + [nil]
    let column = try Column("price", numbers)
    #expect(column.type == .decimal(scale: 2))
    #expect(try column.values(as: Decimal.self).elementsEqual(numbers))
    #expect(try column.sum().description == "1000000000000011.79")
    #expect(try Column("n", [Int64.min, 7]).values(as: Decimal.self)[0] == Decimal(Int64.min))
    let wide = #expect(throws: FrameError.self) {
      try Column("price", [Decimal(string: "1.5"), Decimal(string: "99999999999999999999")])
    }
    #expect(wide?.row == 1)
    #expect(throws: FrameError.self) { try Column("price", [Decimal.nan]) }
    #expect(throws: FrameError.self) { try Column("price", [Decimal(string: "1e-19")]) }
  }

  private struct Sale: Decodable {
    var day: Date
    var shop: String
    var price: Decimal
    var pieces: Int?
  }

  @Test func rowsOfAFileAreStructs() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file(
      "sales.csv",
      Data("day,shop,price,pieces\n2024-01-02,Rome,12.30,1\n2024-01-03,\"Os,lo\",9.95,\n".utf8))
    let frame = try DataFrame(contentsOfCSVFile: file.path)
    let sales = try frame.rows(as: Sale.self)
    #expect(sales.map(\.shop) == ["Rome", "Os,lo"] && sales.map(\.pieces) == [1, nil])
    #expect(sales.map(\.price) == [Decimal(string: "12.30"), Decimal(string: "9.95")])
    #expect(sales[1].day.timeIntervalSince(sales[0].day) == 86_400)

    let copy = folder.url.appending(path: "copy.csv").path
    try frame.write(toCSVFile: copy)
    #expect(try DataFrame(contentsOfCSVFile: copy) == frame)
    #expect(
      frame.description == """
        2 rows × 4 columns
        day         shop         price   pieces
        date        string  decimal(2)  integer
        2024-01-02  Rome         12.30        1
        2024-01-03  Os,lo         9.95     null
        """)
  }

  @Test func oddRecordsAreCounted() throws {
    let folder = try TemporaryFolder()
    let file = try folder.file("odd.csv", "a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11\n")
    let table = try TableReader(file.path).read()
    #expect(table.anomalies.short.count == 2 && table.anomalies.short.firstRow == 1)
    #expect(table.anomalies.long.count == 1 && table.anomalies.long.firstRow == 2)
    #expect(table.anomalies == (try TableReader(file.path).profile().anomalies))
    #expect(throws: OutputError.self) { try table.plan.write(toFile: "a\u{0}b") }
  }

  @Test func longTablesAreShownInPart() throws {
    let frame = try DataFrame(
      [
        Column("n", Array(0..<2000)),
        Column("s", (0..<2000).map { "\($0)\n" + String(repeating: "x", count: 40) }),
      ] + (0..<20).map { place in Column("column \(place)", [Int?](repeating: nil, count: 2000)) })
    let lines = frame.description.split(separator: "\n")
    #expect(lines[0] == "2,000 rows × 22 columns" && lines.count == 15)
    #expect(
      lines[3].hasPrefix("      0  0␊") && lines[8].contains("…") && lines[9].hasPrefix("   1995"))
    #expect(lines[14] == "and 14 more columns")
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(try DataFrame([]).description == "0 rows × 0 columns")
    #expect(Column("x", [1.5, nil]).description == "x: float, 2 rows: 1.5, null")
  }
}
