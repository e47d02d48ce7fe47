import Wording

extension AnalysisReport.Budget {
  var json: JSONText {
    var pandas: [(key: String, value: JSONText)] = [
      ("outcome", .string(outcome.rawValue)), ("changes", .array(changes.map(\.json))),
    ]
    pandas += total.members()
    pandas.append(("keep", .array(keptColumns.map { .string($0) })))
    pandas.append(("larger", .array(largerColumns.map(\.json))))
    pandas.append(("lossy", .array(lossyChanges.map(\.json))))
    if let lossyTotal { pandas += lossyTotal.members(prefix: "lossy_") }
    return .object([
      ("bytes", .integer(byteCount)), ("long_records", .integer(longRecordCount)),
      (
        "engines",
        .object(
          engines.map { engine in
            (
              key: engine.name,
              value: .object(
                engine.bytes.members() + [
                  ("fits", .bool(engine.fits)), ("refuses", .bool(engine.refuses)),
                  ("exact", .bool(!engine.isForetold)),
                ])
            )
          })
      ),
      ("pandas", .object(pandas)),
    ])
  }
}

extension AnalysisReport.Budget.Change {
  fileprivate var json: JSONText {
    .object(
      [
        ("column", .string(column)), ("from", .string(plainType)), ("to", .string(leanType)),
        ("saves", .integer(savedByteCount)), ("saves_peak_estimate", .integer(savedPeakByteCount)),
      ] + total.members())
  }
}

extension AnalysisReport.Budget.LargerColumn {
  fileprivate var json: JSONText {
    .object([
      ("column", .string(column)), ("text_type", .string(textType)),
      ("text_resident", .integer(textByteCount)), ("file_type", .string(fileType)),
      ("file_resident", .integer(fileByteCount)),
    ])
  }
}

extension AnalysisReport.Budget.LossyChange {
  fileprivate var json: JSONText {
    .object([
      ("column", .string(column)), ("from", .string(leanType)), ("to", .string(lossyType)),
      ("greatest_error", .float(greatestError)), ("saves", .integer(savedByteCount)),
    ])
  }
}

extension AnalysisReport.LoadedBytes {
  /// What is counted has a plain key, what is estimated says so.
  fileprivate func members(prefix: String = "") -> [(key: String, value: JSONText)] {
    [
      ("\(prefix)resident", .integer(held)), ("\(prefix)peak_estimate", .integer(peak)),
    ]
  }
}
