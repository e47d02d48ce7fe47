package import Columnar

/// pandas 3.1: `read_csv(F)`.
package struct PandasLoading: LoadingEngine {
  package let name = "pandas"
  package let refusesLongRecords = true

  package init() {}

  package func bytes(of table: LoadingTable) -> LoadingBytes {
    let parts = PandasParts(table.profiles)
    var peak = PeakEstimate(constant: 8_000_000)
    // What was parsed is put together from parts.
    peak.add(1.4, table.textByteCount)
    peak.add(2.1, parts.fixedByteCount)
    peak.add(1.05, parts.textByteCount)
    parts.addParsing(of: table.rowCount, to: &peak)
    return peak.bytes(held: parts.heldByteCount)
  }
}

/// Dask 2026.8, one worker of one thread that goes through `dask.dataframe.read_csv(F)` block by block: what one
/// block takes. A worker of more threads takes as much for each, and what is kept (`persist`) beside it.
package struct DaskLoading: LoadingEngine {
  package let name = "dask"
  package let refusesLongRecords = true
  /// The bytes of text of a block, unless the machine is small.
  static let blockByteCount = 64_000_000

  package init() {}

  package func bytes(of table: LoadingTable) -> LoadingBytes {
    let parts = PandasParts(table.profiles)
    let text = table.textByteCount
    let hasBlocks = text > Self.blockByteCount
    let share = hasBlocks ? Double(Self.blockByteCount) / Double(text) : 1
    // Something of the block before is still there.
    let factor = hasBlocks ? 1.5 * share : 1
    var peak = PeakEstimate(constant: 16_000_000)
    // The block is there as it was read, and as it was cut at line ends.
    peak.add(3 * factor, text)
    peak.add(0.7 * factor, parts.fixedByteCount)
    peak.add(0.9 * factor, parts.textByteCount)
    // What Dask knows of each column.
    peak.add(6_000, table.profiles.count)
    parts.addParsing(of: Int(share * Double(table.rowCount)), to: &peak)
    return peak.bytes(held: Int((share * Double(parts.heldByteCount)).rounded()))
  }
}

/// The bytes of columns in pandas, by how they are put together.
private struct PandasParts {
  /// By pandas' own measure.
  var heldByteCount = 0
  /// Of numbers and truth values, as they are resident.
  var fixedByteCount = 0
  var textByteCount = 0
  private var fixedCount = 0
  private var textCount = 0

  init(_ profiles: [ColumnProfile]) {
    for profile in profiles {
      let column = PandasColumn(plain: profile)
      heldByteCount += column.heldByteCount
      if column.isText {
        textCount += 1
        textByteCount += column.residentByteCount
      } else {
        fixedCount += 1
        fixedByteCount += column.residentByteCount
      }
    }
  }

  /// `read_csv` takes so many rows at a time, a power of two, that they have fewer than 2^20 fields: it notes where
  /// their lines and fields begin, and makes an array for each column, all of which are there in the end.
  func addParsing(of rowCount: Int, to peak: inout PeakEstimate) {
    let columnCount = fixedCount + textCount
    guard rowCount > 0, columnCount > 0 else { return }
    var atOnce = 1
    while atOnce * 2 < (1 << 20) / columnCount { atOnce *= 2 }
    let notedCount = min(rowCount, atOnce)
    peak.add(31, notedCount)
    peak.add(17, notedCount * columnCount)
    let times = (rowCount - 1) / atOnce + 1
    peak.add(8_500, times * fixedCount)
    peak.add(1_350, times * textCount)
  }
}

/// One column in pandas: as it is read from text, or from an Arrow file that has it lean.
package struct PandasColumn: Hashable, Sendable {
  /// pandas' name of the type.
  package let typeName: String
  /// `memory_usage(deep=True)`.
  package let heldByteCount: Int
  /// The same without objects that rows share.
  let residentByteCount: Int
  /// Whether it is text that is held as Arrow does.
  let isText: Bool
  /// The categories that there are.
  let categoryCount: Int

  /// As `read_csv` makes it.
  package init(plain profile: ColumnProfile) {
    let baseline = PandasBaseline()
    typeName = baseline.typeName(of: profile)
    heldByteCount = baseline.bytes(of: profile)
    isText = typeName == "str"
    categoryCount = 0
    // True, False and NaN are there once.
    let isShared = profile.stored == nil && PandasTyping(profile.source) == .boolean
    residentByteCount = isShared ? min(heldByteCount, 8 * profile.rowCount) : heldByteCount
  }

  /// As `read_feather` makes it of a lean column.
  package init(_ column: HandedColumn) {
    let pandas = LeanPandas()
    typeName = pandas.typeName(of: column)
    heldByteCount = pandas.bytes(of: column)
    isText = typeName == "str"
    categoryCount = column.typing.dictionary?.count ?? 0
    residentByteCount = heldByteCount
  }

  /// An estimate of what the column adds to the peak while it is read from an Arrow file: numbers are there
  /// twice, as in the file and as pandas has them, and categories in a table of Python's words. The column itself is
  /// described by pyarrow, and is a block of pandas'.
  package var arrowPeakByteCount: Int {
    let table = 300 * categoryCount + 8_500
    return isText
      ? residentByteCount + residentByteCount * 3 / 10 + table : 2 * residentByteCount + table
  }

  /// An estimate of what reading any Arrow file adds.
  package static let arrowPeakConstant = 14_000_000
}
