import Columnar

// What engines hold of a column that they read from an Arrow file: `docs/before-bytes.md`, section 8.

/// A column's bytes in an engine, and what the engine calls its type.
struct EngineColumn {
  var byteCount: Int
  var typeName: String
}

extension StoredFacts {
  /// The bytes of `n` values without their bitmap, as Arrow lays them out.
  private func arrowValueBytes(_ n: Int) -> Int {
    switch kind {
    case .null: 0
    case .boolean: bitmapByteCount(n)
    case .integer(let bits, _), .float(let bits), .decimal(let bits), .date(let bits),
      .time(let bits):
      n * bits / 8
    case .timestamp: 8 * n
    case .text(let offsetBits): (n + 1) * offsetBits / 8 + byteCount
    case .textView: 16 * n + longByteCount
    case .uuid: 16 * n
    }
  }

  /// pyarrow: the file's own buffers, batches combined.
  func arrow(_ profile: ColumnProfile) -> EngineColumn {
    let n = profile.rowCount
    let validity = profile.nullCount > 0 && kind != .null ? bitmapByteCount(n) : 0
    guard let dictionary else {
      return EngineColumn(byteCount: arrowValueBytes(n) + validity, typeName: typeName)
    }
    var entries = self
    entries.dictionary = nil
    (entries.byteCount, entries.longByteCount) = (dictionary.byteCount, dictionary.longByteCount)
    return EngineColumn(
      byteCount: n * dictionary.codeBits / 8 + entries.arrowValueBytes(dictionary.entryCount)
        + validity, typeName: typeName)
  }

  /// polars: text by views, times in its own units, categories with codes of 32 bits; dictionaries of
  /// other values become plain.
  func polars(_ profile: ColumnProfile) -> EngineColumn {
    let n = profile.rowCount
    let validity = profile.nullCount > 0 && kind != .null ? bitmapByteCount(n) : 0
    let (bytes, name): (Int, String) =
      switch kind {
      case .null: (0, "Null")
      case .boolean: (bitmapByteCount(n), "Boolean")
      case .integer(let bits, let isSigned): (n * bits / 8, (isSigned ? "Int" : "UInt") + "\(bits)")
      case .float(let bits): (n * bits / 8, "Float\(bits)")
      case .decimal: (16 * n, "Decimal")
      case .date(32): (4 * n, "Date")
      case .date, .timestamp: (8 * n, "Datetime")
      case .time: (8 * n, "Time")
      case .text, .textView:
        dictionary.map { (4 * n + 16 * $0.entryCount + $0.longByteCount, "Categorical") }
          ?? (16 * n + polarsTextBytes, "String")
      // Bytes, each longer than its view.
      case .uuid: ((16 + 16) * n, "Binary")
      }
    return EngineColumn(byteCount: bytes + validity, typeName: name)
  }

  /// The bytes behind the views: those that are there stay as they are, of text with offsets all do
  /// where some value is too long for its view.
  private var polarsTextBytes: Int {
    kind == .textView || longByteCount == 0 ? longByteCount : byteCount
  }

  /// pandas: numbers with nulls become float64, days, times and decimals objects of Python's, each
  /// charged for every row.
  func pandas(_ profile: ColumnProfile) -> EngineColumn {
    let n = profile.rowCount
    let hasNulls = profile.nullCount > 0
    if let categories = categories(n) { return categories }
    switch kind {
    // `None` takes 16 bytes.
    case .null: return objects(n, 0, profile.nullCount)
    case .boolean: return hasNulls ? objects(n, 28, profile.nullCount) : .init(n, "bool")
    case .integer(let bits, let isSigned):
      return hasNulls
        ? .init(8 * n, "float64") : .init(n * bits / 8, (isSigned ? "int" : "uint") + "\(bits)")
    default: return pandasOther(profile)
    }
  }

  /// pandas with masks for missing values: a byte a row beside numbers and booleans.
  func nullablePandas(_ profile: ColumnProfile) -> EngineColumn {
    let n = profile.rowCount
    if let categories = categories(n) { return categories }
    switch kind {
    case .null: return objects(n, 0, profile.nullCount)
    case .boolean: return .init(2 * n, "boolean")
    case .integer(let bits, let isSigned):
      return .init(n * bits / 8 + n, (isSigned ? "Int" : "UInt") + "\(bits)")
    case .float(let bits) where bits > 16: return .init(n * bits / 8 + n, "Float\(bits)")
    default: return pandasOther(profile)
    }
  }

  private func pandasOther(_ profile: ColumnProfile) -> EngineColumn {
    let n = profile.rowCount
    return switch kind {
    case .null, .boolean, .integer: .init(8 * n, "object")
    case .float(let bits): .init(n * bits / 8, "float\(bits)")
    // `sys.getsizeof` of a Decimal, a date, a time, a UUID.
    case .decimal: objects(n, 104, profile.nullCount)
    case .date: objects(n, 32, profile.nullCount)
    case .time: objects(n, 40, profile.nullCount)
    case .uuid: objects(n, 56, profile.nullCount)
    case .timestamp(let unit): .init(8 * n, "datetime64[\(unit.rawValue)]")
    case .text, .textView:
      .init(8 * n + byteCount + (profile.nullCount > 0 ? bitmapByteCount(n) : 0), "str")
    }
  }

  private func objects(_ n: Int, _ size: Int, _ nullCount: Int) -> EngineColumn {
    .init(8 * n + size * (n - nullCount) + 16 * nullCount, "object")
  }

  /// Codes as narrow as there are categories, and these once; without the table that pandas looks
  /// them up in.
  private func categories(_ n: Int) -> EngineColumn? {
    guard let dictionary else { return nil }
    let count = dictionary.entryCount
    let width = count <= 1 << 7 ? 1 : count <= 1 << 15 ? 2 : 4
    let entries: Int
    switch kind {
    case .text, .textView: entries = 8 * count + dictionary.byteCount
    default:
      var plain = self
      plain.dictionary = nil
      let profile = ColumnProfile(name: "", type: .null, rowCount: count, nullCount: 0)
      entries = plain.pandas(profile).byteCount
    }
    return .init(n * width + entries, "category")
  }
}

extension EngineColumn {
  fileprivate init(_ byteCount: Int, _ typeName: String) {
    self.init(byteCount: byteCount, typeName: typeName)
  }
}
