import Foundation
import TabularDiet
import TestSupport
import Testing

/// What the library writes to files that have types, it reads as it was: every type, with nulls, without values, without
/// rows.
@Suite struct FileRoundTripTests {
  enum Format: CaseIterable { case parquet, arrow, arrowStream }

  private static let types: [LogicalType] =
    [.integer, .date] + [0, 2, 9, 18].map { .decimal(scale: $0) }
    + TimeUnit.allCases.flatMap { unit -> [LogicalType] in
      [
        .time(unit: unit), .duration(unit: unit), .timestamp(unit: unit, zone: nil),
        .timestamp(unit: unit, zone: "UTC"), .timestamp(unit: unit, zone: "Europe/Berlin"),
      ]
    }

  /// Columns of every type; every `nullPeriod`-th row has no value.
  private static func frame(rowCount: Int, nullPeriod: Int, seed: UInt64) throws -> DataFrame {
    var random = SeededGenerator(seed: seed)
    func isNull(_ row: Int) -> Bool { nullPeriod > 0 && row % nullPeriod == 0 }
    func values<T>(_ value: (inout SeededGenerator) -> T) -> [T?] {
      (0..<rowCount).map { row in
        let value = value(&random)
        return isNull(row) ? nil : value
      }
    }
    var columns = try types.flatMap { type -> [Column] in
      // Small and large; whole seconds, too, which a coarser unit could tell.
      try [1 as Int64, 1000, 1_000_000_007].map { factor in
        let range: ClosedRange<Int64> =
          switch type {
          case .time: 0...80
          default: -8_000...8_000
          }
        let isSmall = type == .date || type.name == "time"
        return try Column(
          "\(type) × \(factor)",
          integers: values { Int64.random(in: range, using: &$0) * (isSmall ? 1 : factor) },
          type: type)
      }
    }
    columns.append(
      Column("text", values { ["a", "", "ü", "long text"].randomElement(using: &$0)! }))
    columns.append(Column("float", values { Double.random(in: -1...1, using: &$0) }))
    columns.append(Column("tenths", values { Double(Int.random(in: 0...99, using: &$0)) / 10 }))
    columns.append(Column("flag", values { Bool.random(using: &$0) }))
    columns.append(
      Column("single", values { Float(Int.random(in: 0...99, using: &$0)) / 8 }))
    columns.append(Column("huge", values { UInt64.random(in: 0 ... .max, using: &$0) }))
    return try DataFrame(columns)
  }

  private static func again(
    _ frame: DataFrame, _ format: Format, _ folder: TemporaryFolder, plan: DietPlan? = nil
  ) throws -> DataFrame {
    let path = folder.path(
      "table." + ["parquet", "arrow", "arrows"][Format.allCases.firstIndex(of: format)!])
    if format == .parquet {
      try frame.write(toParquetFile: path)
      return try DataFrame(contentsOfParquetFile: path, plan: plan)
    }
    try frame.write(toArrowFile: path)
    return try DataFrame(contentsOfArrowFile: path, plan: plan)
  }

  private static func differences(_ a: DataFrame, _ b: DataFrame) -> [String] {
    guard a.columns.map(\.name) == b.columns.map(\.name) else { return ["names"] }
    return zip(a.columns, b.columns).filter { $0 != $1 }.map {
      "\($0.description) and \($1.description)"
    }
  }

  @Test(arguments: Format.allCases, [0, 1, 2, 300])
  func whatIsWrittenIsRead(_ format: Format, _ rowCount: Int) throws {
    let folder = try TemporaryFolder()
    for (nullPeriod, seed) in [(0, 1), (3, 2), (1, 3)] as [(Int, UInt64)] {
      let frame = try Self.frame(rowCount: rowCount, nullPeriod: nullPeriod, seed: seed)
      let read = try Self.again(frame, format, folder)
      let note: Comment = "\(rowCount) rows, nulls every \(nullPeriod), seed \(seed)"
      #expect(Self.differences(read, frame) == [], note)
      #expect(read == frame, note)
      // Once more: what was read writes the same.
      #expect(try Self.again(read, format, folder) == frame, note)
      #expect(
        try Self.differences(Self.again(frame, format, folder, plan: DietPlan(for: frame)), frame)
          == [],
        note)
      #expect(try DataFrame(concatenating: [frame, read]).rowCount == 2 * rowCount, note)
    }
  }

  private static let sales = """
    id,price,qty,at,day,took,who,address,zip
    4d0e0f6e-5b0a-4d7c-9d0c-0a4b5f3c2d10,1.50,1,2024-01-31 10:00:00Z,2024-01-31,36:15:00,ann,10.0.0.1,007
    4d0e0f6e-5b0a-4d7c-9d0c-0a4b5f3c2d11,0.10,,2024-01-31 10:00:01Z,,00:00:01,bob,10.0.0.2,010
    4d0e0f6e-5b0a-4d7c-9d0c-0a4b5f3c2d12,0.20,3,,2024-02-01,,,10.0.0.3,
    """

  /// A month of a CSV goes to Parquet and back: its plan applies, and it stands behind the next month.
  @Test(arguments: Format.allCases)
  func monthsAreOneTable(_ format: Format) throws {
    let folder = try TemporaryFolder()
    let month = try DataFrame(
      contentsOfCSVFile: try folder.file("jan.csv", Self.sales).path)
    for part in [month, month.head(0), month.head(1)] {
      let read = try Self.again(part, format, folder)
      #expect(Self.differences(read, part) == [])
      #expect(
        try Self.differences(Self.again(part, format, folder, plan: DietPlan(for: month)), part)
          == [])
      let both = try DataFrame(concatenating: [month, read])
      #expect(both.rowCount == 3 + part.rowCount && both["price"]?.type == .decimal(scale: 2))
    }
    let read = try Self.again(month, format, folder)
    #expect(try read["price"]?.sum() == .decimal(unscaled: 180, scale: 2))
    #expect(try read.applying(DietPlan(for: month)) == month)
  }

  /// `diet apply` is `TableReader.write`.
  @Test(arguments: ["parquet", "arrow"])
  func whatApplyWritesIsRead(_ suffix: String) throws {
    let folder = try TemporaryFolder()
    let source = try folder.file("jan.csv", Self.sales).path
    let month = try DataFrame(contentsOfCSVFile: source)
    let path = folder.path("lean.\(suffix)")
    _ = try TableReader(source).write(to: path)
    let read =
      suffix == "parquet"
      ? try DataFrame(contentsOfParquetFile: path) : try DataFrame(contentsOfArrowFile: path)
    #expect(Self.differences(read, month) == [])
  }
}
