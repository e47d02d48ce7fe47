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

  /// In the unit of no file: what a program adds up does not change with the next month's.
  @Test func spansGoInAndOut() throws {
    let spans: [Duration?] = [
      .seconds(130_500), .milliseconds(-1), .nanoseconds(1_500_000), .zero, nil,
    ]
    let column = try Column("worked", spans)
    #expect(column.type == .duration(unit: .microsecond))
    #expect(try column.values(as: Duration.self).elementsEqual(spans))
    for unit in TimeUnit.allCases {
      let count = 3 * unit.perSecond
      for type in [LogicalType.duration(unit: unit), .time(unit: unit)] {
        let column = try Column("t", integers: [count, nil], type: type)
        #expect(try column.values(as: Duration.self).elementsEqual([.seconds(3), nil]), "\(type)")
        let error = #expect(throws: ElementError.self) { try column.values(as: Int.self) }
        #expect(error?.description.hasSuffix("they are had as Duration, whatever the unit") == true)
        let frame = try DataFrame([column])
        #expect(throws: ElementError.self) { try frame.map("t") { (units: Int64) in units } }
        if type.name == "duration" {
          let seconds = try frame.map("t") { (seconds: Double) in seconds }
          #expect(seconds == Column("t", [3.0, nil]), "\(type)")
        } else {
          #expect(throws: ElementError.self) { try frame.map("t") { (units: Double) in units } }
        }
        #expect(try frame.rows(as: Span.self).map(\.t) == [.seconds(3), nil])
      }
    }
    let instants = try Column("t", integers: [1], type: .timestamp(unit: .second, zone: nil))
    let error = #expect(throws: ElementError.self) { try instants.values(as: Int.self) }
    #expect(error?.description.hasSuffix("they are had as Date, whatever the unit") == true)
    #expect(try Column("d", integers: [7], type: .date).values(as: Int.self)[0] == 7)
    let fine = Duration(secondsComponent: 0, attosecondsComponent: 1)
    #expect(throws: FrameError.self) { try Column("t", [fine]) }
    let unlike: [Duration?] = [.nanoseconds(1), nil, .seconds(Int64.max)]
    let far = #expect(throws: FrameError.self) { try Column("t", unlike) }
    #expect(far?.row == 2)
  }

  private struct Span: Decodable {
    var t: Duration?
  }

  /// What a column holds, files hold, too.
  @Test func unitsAreThoseOfTheType() throws {
    for unit in TimeUnit.allCases {
      let day = 86_400 * unit.perSecond
      #expect(try Column("t", integers: [day - 1, nil, 0], type: .time(unit: unit)).nullCount == 1)
      for count in [day, -1, .max, .min] {
        let error = #expect(throws: FrameError.self) {
          try Column("t", integers: [0, nil, count], type: .time(unit: unit))
        }
        #expect(error?.row == 2)
      }
    }
    for days in [1 << 31, Int64.min] {
      #expect(throws: FrameError.self) { try Column("d", integers: [days], type: .date) }
    }
    let text = Data(
      #"{"name": "t", "type": {"name": "time", "unit": "s"}, "values": [86400]}"#.utf8)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Column.self, from: text) }
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

  @Test func digitsOfDecimalsAreThoseOfTheirText() throws {
    var generator = SeededGenerator(seed: 15)
    for scale in [0, 1, 5, 18] {
      var units: [Int64?] = [.max, .min, 0, 1_000_000, -1_000, nil]
      for _ in 0..<500 {
        let shift = Int64.random(in: 0..<64, using: &generator)
        units.append(Int64(truncatingIfNeeded: generator.next()) >> shift)
      }
      var numbers: [Decimal?] = []
      for unit in units { numbers.append(unit.flatMap { decimal($0, scale) }) }
      let column = try Column("x", numbers)
      let places = column.type.scale ?? 0
      #expect(places <= scale)
      // Zeros at the end are no digits of a `Decimal`.
      let wider = try column.cast(to: .decimal(scale: scale))
      let expected = try Column("x", integers: units, type: .decimal(scale: scale))
      #expect(wider == expected, "scale \(scale), seed 15")
      #expect(try expected.values(as: Decimal.self).elementsEqual(numbers), "scale \(scale)")
    }
    for text in ["9223372036854775808", "-9223372036854775809", "1e30", "1.5e-3"] {
      let number = Decimal(string: text)
      let column = try? Column("x", [number])
      #expect((column == nil) == (text != "1.5e-3"), "\(text)")
    }
  }

  private func decimal(_ units: Int64, _ scale: Int) -> Decimal? {
    let digits = String(units.magnitude)
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    var text = units < 0 ? "-" : ""
    text += padded.dropLast(scale)
    if scale > 0 { text += "." }
    text += padded.suffix(scale)
    return Decimal(string: text)
  }

  @Test func datesComeInBlocks() throws {
    var days: [Int64?] = []
    for row: Int64 in 0..<5000 { days.append(row % 7 == 0 ? nil : row * 31 - 70_000) }
    for type in [LogicalType.date, .timestamp(unit: .millisecond, zone: nil)] {
      let dates = try Column("d", integers: days, type: type).values(as: Date.self)
      let all: [Date?] = Array(dates)
      for (row, day) in days.enumerated() {
        var seconds: Double?
        if let day { seconds = type == .date ? Double(day) * 86_400 : Double(day) / 1000 }
        let date: Date? = all[row]
        #expect(date == seconds.map { Date(timeIntervalSince1970: $0) }, "row \(row)")
        #expect(dates[row] == date)
      }
    }
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

  /// What goes in comes out, or is an error: no date is rounded in silence.
  @Test func datesAreKeptExactly() throws {
    var random = SeededGenerator(seed: 71)
    var dates: [Date?] = [
      Date(), Date(timeIntervalSinceReferenceDate: 786_000_000.000_000_1), nil,
    ]
    for range: ClosedRange<Int64> in [
      -4_000_000_000_000_000_000...4_000_000_000_000_000_000, -100_000_000_000...100_000_000_000,
    ] {
      for _ in 0..<2000 {
        let nanoseconds = Int64.random(in: range, using: &random)
        dates.append(Date(timeIntervalSinceReferenceDate: Double(nanoseconds) / 1e9))
      }
    }
    let fine = try Column("at", dates)
    #expect(fine.type == .timestamp(unit: .nanosecond, zone: "UTC"))
    #expect(try fine.values(as: Date.self).elementsEqual(dates))
    let far = [Date(timeIntervalSince1970: 1e11), Date(timeIntervalSince1970: -6e10)]
    #expect(try Column("at", far).type == .timestamp(unit: .microsecond, zone: "UTC"))
    let tiny = #expect(throws: FrameError.self) {
      try Column(
        "at",
        [Date(timeIntervalSinceReferenceDate: 1), Date(timeIntervalSinceReferenceDate: 1e-12)])
    }
    #expect(tiny?.code == .unfitValue && tiny?.row == 1)
    #expect(tiny?.message.contains("row 2") == true)
    let nan = #expect(throws: FrameError.self) { try Column("price", [Decimal(1), Decimal.nan]) }
    #expect(nan?.code == .unfitValue && nan?.message.contains("NaN, which no decimal is") == true)
  }

  @Test func datesAndDecimalsStandInExpressions() throws {
    let noon = Date(timeIntervalSince1970: 43_200)
    let frame = try DataFrame([
      Column("day", integers: [0, 1, nil], type: .date),
      Column("at", integers: [43_199, 43_200, nil], type: .timestamp(unit: .second, zone: nil)),
      Column(
        "utc", integers: [43_200_000, 0, nil], type: .timestamp(unit: .millisecond, zone: "UTC")),
      Column("price", integers: [150, 30, nil], type: .decimal(scale: 2)),
    ])
    #expect(try frame.rows(where: col("day") > noon).rows == [1])
    #expect(try frame.rows(where: col("at") >= noon).rows == [1])
    #expect(try frame.rows(where: col("utc") == noon).rows == [0])
    // Later and earlier than all, however far.
    for seconds in [1e15, 1e19, 1e300, .infinity] {
      for name in ["day", "at", "utc"] {
        let (late, early) = (
          Date(timeIntervalSince1970: seconds), Date(timeIntervalSince1970: -seconds)
        )
        #expect(try frame.rows(where: col(name) < late).rows == [0, 1], "\(name), \(seconds)")
        #expect(try frame.rows(where: col(name) > early).rows == [0, 1], "\(name), \(seconds)")
      }
    }
    #expect(
      try frame.evaluate(col("utc") - noon, named: "d")
        == Column("d", integers: [0, -43_200_000, nil], type: .duration(unit: .millisecond)))
    #expect(try frame.rows(where: col("price") == Decimal(string: "0.3")!).rows == [1])
    #expect(try frame.rows(where: col("price") < Decimal(1)).rows == [1])
    #expect(
      try frame.evaluate(col("price") * Decimal(string: "1.19")!, named: "p").type
        == .decimal(scale: 4))
  }

  /// Text says which instants, and the plan of which zone.
  @Test func zonedTablesComeBackFromTheirText() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "zoned.csv").path
    for zone in ["UTC", "Europe/Berlin"] {
      for unit in TimeUnit.allCases {
        let type = LogicalType.timestamp(unit: unit, zone: zone)
        let frame = try DataFrame([
          Column("t", integers: [0, 1, nil, 86_400 * unit.perSecond - 1], type: type),
          Column("n", [1, 2, 3, 4]),
        ])
        try frame.write(toCSVFile: path)
        let back = try DataFrame(contentsOfCSVFile: path, plan: DietPlan(for: frame))
        #expect(back == frame, "\(type)")
      }
    }
    let readings = try DataFrame([
      Column("t", integers: [7], type: .timestamp(unit: .second, zone: nil))
    ])
    try readings.write(toCSVFile: path)
    let zoned = try readings.evaluate("cast(t as timestamp(s, UTC))", named: "t")
    let plan = DietPlan(for: try DataFrame([zoned]))
    #expect(throws: ReadingError.self) { try DataFrame(contentsOfCSVFile: path, plan: plan) }
  }

  @Test func marksAndNumbersAsNamesComeBack() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("copy.csv")
    for frame in [
      try DataFrame([Column("q", ["\u{feff}x", "a\u{feff}b", "\u{feff}"])]),
      try DataFrame([
        Column("a", ["1", "2", "x"]), Column("b", ["\u{feff}x", "y", "\u{feff}z"]),
      ]),
      try DataFrame([Column("1", [5, 6]), Column("2", [7, 8])]),
      try DataFrame([Column("1", [5, 6])]),
      try DataFrame([
        Column("day", ["x,y", "z"]), Column("1", integers: [15, nil], type: .decimal(scale: 1)),
        Column("2", [2, 3]),
      ]),
      try DataFrame([
        Column("k", [1, 2]), Column("2024-01-01", [1, nil]),
        Column("true", integers: [5, 10], type: .decimal(scale: 1)),
      ]),
      try DataFrame([Column("1", ["a", "b"]), Column("null", ["c", "d"])]),
    ] {
      try frame.write(toCSVFile: path)
      let read = try DataFrame(contentsOfCSVFile: path)
      #expect(read.columns.map(\.name) == frame.columns.map(\.name))
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(read == frame, "\(text)")
    }
    let sales = try DataFrame([
      Column("shop", ["a", "a", "b"]), Column("month", [1, 2, 1]), Column("sold", [3, 4, 5]),
    ])
    let wide = try sales.pivoted(rows: ["shop"], columns: "month", values: .sum("sold"))
    try wide.write(toCSVFile: path)
    #expect(try DataFrame(contentsOfCSVFile: path) == wide)
  }

  private struct Misspelt: Decodable {
    var shop: String
    var peices: Int?
  }

  @Test func errorsSayWhatThereIs() throws {
    let frame = try DataFrame([
      Column("shop", ["a", "b"]), Column("pieces", [1, nil]), Column("x", [1, 1.5]),
    ])
    let missing = #expect(throws: DecodingError.self) { try frame.rows(as: Misspelt.self) }
    #expect("\(missing!)".contains("there is no column 'peices'; there are shop, pieces, x"))
    let unknown = #expect(throws: ElementError.self) { try frame.values("Pieces", as: Int.self) }
    #expect(unknown?.columns == ["shop", "pieces", "x"])
    #expect(
      "\(unknown!)"
        == "there is no column 'Pieces'; there are shop, pieces, x; did you mean 'pieces'?")
    let wide = try DataFrame([Column("x", [1, 300])])
    let misfit = #expect(throws: ElementError.self) { try wide.values("x", as: Int8.self) }
    #expect(misfit?.row == 1 && misfit?.value == .integer(300))
    #expect("\(misfit!)" == "column 'x' is integer: 300 in row 2 is no Int8")
    let text = #expect(throws: ElementError.self) { try frame.map("shop") { (a: Int) in a } }
    #expect(
      text?.row == nil
        && "\(text!)" == "column 'shop' is string: its values are no Int; cast it first")
  }

  /// A caller of the library is told of properties, not of the command's options.
  @Test func errorsSpeakOfTheLibrary() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("t.csv", Data("a,b\n1,2\n1,x\n".utf8)).path
    let error = #expect(throws: ReadingError.self) {
      try DataFrame(contentsOfCSVFile: path, types: ["b": .integer])
    }
    #expect("\(error!)".contains("types: [\"b\": .string]"), "\(error!)")
    let planned = #expect(throws: ReadingError.self) {
      try DataFrame(contentsOfCSVFile: path, plan: DietPlan(for: DataFrame([Column("z", [1])])))
    }
    #expect("\(planned!)".contains("PlanMatching.missingColumns = .add"), "\(planned!)")
    #expect("\(planned!)".contains("DietPlan(for: frame)"), "\(planned!)")
    for words in ["\(error!)", "\(planned!)"] { #expect(!words.contains("--"), "\(words)") }
  }
}
