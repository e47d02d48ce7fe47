import Columnar
import Wording

/// A schema of pandera for a pandas frame of the table.
struct PanderaExport: SchemaExport {
  let name = "pandera"
  let isOfFrame = true

  func text(of contract: TableContract, loadingCode: String?) -> String {
    var text = ""
    if let loadingCode {
      text += FrameReading.sentences.map { "# \($0)\n" }.joined() + "#\n"
      for line in loadingCode.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        text += line.isEmpty ? "#\n" : "#     \(line)\n"
      }
    }
    text += "import pandera.pandas as pa\n\n"
    text += "# Columns are cast to these types; what does not fit is an error.\n"
    text += "schema = pa.DataFrameSchema(\n    {\n"
    for column in contract.exportedColumns { text += "        \(line(column))\n" }
    text += "    },\n    name=\(Self.literal(.string(contract.table))),\n"
    return text + "    strict=True,\n    ordered=True,\n    coerce=True,\n)\n"
  }

  private func line(_ column: ExportedColumn) -> String {
    var arguments = ["\"\(Self.type(of: column))\""]
    var checks: [String] = []
    if let range = column.integers {
      checks.append("pa.Check.in_range(\(range.low), \(range.high))")
    }
    if let words = column.words { checks.append("pa.Check.isin(\(Self.literal(.strings(words))))") }
    if column.needsCharacters { checks.append("pa.Check.str_length(min_value=1)") }
    if !checks.isEmpty { arguments.append("checks=[\(checks.joined(separator: ", "))]") }
    arguments.append("nullable=\(column.isRequiredInFrames ? "False" : "True")")
    if column.terms.isUnique { arguments.append("unique=True") }
    let name = Self.literal(.string(column.terms.name))
    return "\(name): pa.Column(\(arguments.joined(separator: ", "))),"
  }

  /// What JSON says of texts and lists of them means the same in Python.
  private static func literal(_ value: JSONText) -> String { String(value.document.dropLast()) }

  /// pandas' types that hold nulls.
  private static func type(of column: ExportedColumn) -> String {
    switch column.type {
    case .null: "object"
    case .boolean: "boolean"
    case .integer:
      if let format = column.terms.format, format.bitCount <= 64 {
        "\(format.rawValue.hasPrefix("u") ? "UInt" : "Int")\(format.bitCount)"
      } else {
        "object"
      }
    case .decimal, .float: "Float64"
    case .date: "datetime64[ns]"
    case .timestamp(let unit, let zone):
      zone.map { "datetime64[\(unit.rawValue), \($0)]" } ?? "datetime64[\(unit.rawValue)]"
    case .time, .duration, .uuid, .ipv4, .string: "string"
    }
  }
}
