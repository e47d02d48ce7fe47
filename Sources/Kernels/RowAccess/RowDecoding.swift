public import Columnar

extension DataFrame {
  /// All rows as values of a type of yours, which takes its properties from the columns of their names.
  ///
  ///     struct Flight: Decodable {
  ///       var carrier: String
  ///       var dep_delay: Int?
  ///     }
  ///     let flights = try frame.rows(as: Flight.self)
  ///
  /// Properties are whole numbers, `Double`, `Float`, `Bool`, `String`, with Foundation `Date` and
  /// `Decimal`, and enumerations of such raw values; optional where the column has nulls. Coding keys
  /// give other names. Takes some 150 ns a value, more for enumerations: fewer rows and columns first.
  ///
  /// Every property has its column, optional ones, too: a name that is misspelt would be `nil` in all rows
  /// otherwise. An `init(from:)` of your own may ask whether its container has a key.
  ///
  /// - Throws: `DecodingError`, which names the column and the row.
  public func rows<Row: Decodable>(as type: Row.Type = Row.self) throws -> [Row] {
    let source = RowSource(self)
    defer { source.finish() }
    let decoder: any Decoder = source
    var rows: [Row] = []
    rows.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      source.begin(row)
      rows.append(try Row(from: decoder))
    }
    return rows
  }
}
