import Columnar

/// polars 2.1: `read_ipc(F)`, by the lengths of its Arrow buffers, and of its categories' text.
package struct LeanPolars: LeanEngine {
  package let name = "polars"

  package init() {}

  package func bytes(of column: HandedColumn) -> Int {
    let n = column.rowCount
    // Dictionaries of anything but text are decoded. Codes are those of the categories of the whole
    // process, which all tables share.
    if column.isText, let dictionary = column.typing.dictionary {
      return 4 * n + column.validityByteCount
        + 16 * dictionary.count + column.dictionaryLongByteCount
    }
    switch column.typing.type {
    case .null: return 0
    // Nanoseconds of the day, whatever the unit.
    case .time: return 8 * n + column.validityByteCount
    // A view of 16 bytes holds up to 12 of text. Longer text stays where it is in the file's
    // buffer, and the short text between it too.
    case .utf8:
      let text = column.longestTextByteCount > 12 ? column.textByteCount : 0
      return 16 * n + text + column.validityByteCount
    default: return column.valueByteCount(n) + column.validityByteCount
    }
  }

  package func typeName(of column: HandedColumn) -> String {
    if column.isText, column.typing.dictionary != nil { return "Categorical" }
    switch column.typing.type {
    case .null: return "Null"
    case .boolean: return "Boolean"
    case .integer(let bits, let isSigned): return (isSigned ? "Int" : "UInt") + "\(bits)"
    case .float(let bits): return "Float\(bits)"
    case .decimal(let precision, let scale):
      return "Decimal(precision=\(precision), scale=\(scale))"
    case .date: return "Date"
    case .time: return "Time"
    case .timestamp(let unit, let zone):
      let unit = unit == .second ? TimeUnit.millisecond : unit
      let zoneText = zone.map { "'\($0)'" } ?? "None"
      return "Datetime(time_unit='\(unit.rawValue)', time_zone=\(zoneText))"
    case .duration(let unit):
      return "Duration(time_unit='\((unit == .second ? .millisecond : unit).rawValue)')"
    case .utf8: return "String"
    }
  }
}
