import Columnar
import TestSupport
import Testing

@testable import ArrowFormat
@testable import FileIO
@testable import ParquetFormat
@testable import Pipeline

/// What a field says that its lean column was is held against the values.
struct OwnTypeTests {
  /// A file of floats that says that they are of another type.
  private static func table(_ floats: [Double?], says type: String) throws -> ParquetFileReader {
    var column = Column("x", floats: floats)
    var declared = DeclaredType(whenEmpty: .float(bits: 64))
    declared.metadata = [.init(key: ArrowField.ownTypeKey, value: type)]
    column.declared = declared
    let sink = MemorySink()
    try ParquetFileWriter(
      DataFrame(columns: [column], rowCount: floats.count), options: ParquetWritingOptions()
    ).write(to: sink, path: "memory") { _ in [] }
    return try ParquetFileReader(
      ArrowFileBytes(sink.bytes.withLock { $0 }, name: "x.parquet"))
  }

  private static func profile(
    _ tables: [ParquetFileReader], keepsTypes: Bool = true, planned: LogicalType? = nil
  ) throws -> ColumnProfile {
    var options = ArrayTableLoader.Options(keepsValues: true, countsDistinct: false)
    options.keepsTypes = keepsTypes
    if let planned { options.types = ["x": planned] }
    let loaded = try ArrayTableLoader(tables, format: "parquet", options: options).load()
    return try #require(loaded.columns.first).profile
  }

  @Test func decimalsAreHadBack() throws {
    let prices = [1.5, 0.1, 0.2, nil, -3, 4_503_599_627.37]
    let table = try Self.table(prices, says: "decimal(2)")
    #expect(try Self.profile([table]).type == .decimal(scale: 2))
    #expect(try Self.profile([table]).integers?.maximum == 450_359_962_737)
    // The command reads what the file has, but for a plan.
    #expect(try Self.profile([table], keepsTypes: false).type == .float)
    let planned = try Self.profile([table], keepsTypes: false, planned: .decimal(scale: 3))
    #expect(planned.type == .decimal(scale: 3) && planned.integers?.minimum == -3000)
    let tenths = try Self.table([0.5, 7], says: "decimal(1)")
    #expect(try Self.profile([tenths, table]).type == .decimal(scale: 2))
    #expect(
      try Self.profile([Self.table([nil, nil], says: "decimal(4)")]).type == .decimal(scale: 4))
  }

  /// A program that multiplies a column may leave its metadata.
  @Test(arguments: [0.125, .nan, -0.0, 1e300, .infinity, 90_071_992_547_409.93])
  func otherValuesAreFloats(_ odd: Double) throws {
    let prices = try Self.table([1.5, 0.1, nil], says: "decimal(2)")
    for rowCount in [1, 40_000] {
      let floats = [Double?](repeating: 2.5, count: rowCount) + [odd, nil]
      let table = try Self.table(floats, says: "decimal(2)")
      #expect(try Self.profile([table]).type == .float)
      #expect(try Self.profile([prices, table]).type == .float)
      #expect(try Self.profile([prices, table]).rowCount == rowCount + 5)
      #expect(throws: ReadingError.self) {
        try Self.profile([table], planned: .decimal(scale: 2))
      }
    }
  }

  @Test(arguments: ["integer", "date", "decimal(x)", "", "string", "timestamp(s)"])
  func whatCannotBeIsNotBelieved(_ text: String) throws {
    #expect(try Self.profile([Self.table([1, 2], says: text)]).type == .float)
  }
}
