@testable import DelimitedText

/// The scan gives the same records as libcsv, wherever the file is cut; without quotes, the same as
/// a plain split.
struct ScannerTarget: FuzzTarget {
  let name = "scanner"
  let byteLimit = 512

  private enum Question: CaseIterable { case cut, libcsv, records }

  func check(_ input: FuzzInput) -> String? {
    var input = input
    let chunkByteCount = input.choice(Array(1...96) + [200, 1 << 10, 1 << 16])
    let delimiter = input.choice(Array(",;\t|a\"".utf8))
    let quoting = input.choice([UInt8?](arrayLiteral: UInt8(ascii: "\""), UInt8(ascii: "'"), nil))
    let hasHeader = input.flag()
    let isStrict = input.choice([false, false, true])
    let isEncoded = Self.isEncoded(input.rest)
    if quoting == delimiter || isEncoded { return nil }
    let file = Array(input.rest)

    func options(_ engine: CSVReadingOptions.Engine, _ chunkByteCount: Int) -> CSVReadingOptions {
      var options = CSVReadingOptions(
        delimiter: delimiter, quoting: quoting.map { .enclosed(by: $0) } ?? .none,
        hasHeader: hasHeader, engine: engine, isStrict: isStrict, chunkByteCount: chunkByteCount,
        invalidUTF8: .replace)
      // What libcsv does not know is not looked for.
      options.escaping = .doubled
      options.comments = .none
      options.spacing = .kept
      return options
    }
    let setup = "chunks of \(chunkByteCount)"
    if quoting == nil || isStrict {
      let cut = Outcome(file, options(.automatic, chunkByteCount))
      if !isStrict { return Self.splitDifference(cut, file, delimiter, hasHeader) }
      let whole = Outcome(file, options(.automatic, FuzzInput.wholeByteCount))
      return cut == whole ? nil : "\(setup): \(cut)\nwhole: \(whole)"
    }
    for question in input.questions(Question.self) {
      switch question {
      case .cut:
        let cut = Outcome(file, options(.automatic, chunkByteCount))
        let whole = Outcome(file, options(.automatic, FuzzInput.wholeByteCount))
        if cut != whole { return "\(setup): \(cut)\nwhole: \(whole)" }
      case .libcsv:
        let cut = Outcome(file, options(.automatic, chunkByteCount))
        let reference = Outcome(file, options(.libcsv, FuzzInput.wholeByteCount))
        if cut != reference { return "\(setup): \(cut)\nlibcsv: \(reference)" }
      case .records:
        let text = Self.records(file, options(.automatic, chunkByteCount))
        let expected = Self.records(file, options(.libcsv, FuzzInput.wholeByteCount))
        if text != expected { return "\(setup), as records: \(text)\nlibcsv: \(expected)" }
      }
    }
    return nil
  }

  /// UTF-16 and compressed files are another target's.
  private static func isEncoded(_ file: ArraySlice<UInt8>) -> Bool {
    file.first.map { [0xFF, 0xFE, 0x28, 0x1F, 0].contains($0) } ?? false
  }

  /// The records as JSON lines, or the error.
  private static func records(_ file: [UInt8], _ options: CSVReadingOptions) -> String {
    let sink = GatheringSink()
    do {
      try RecordText([.bytes(file, name: "test.csv")], options: options, as: JSONRecords.self)
        .write(to: sink)
      return sink.text
    } catch {
      return "\(error)"
    }
  }

  /// Compares with lines split at delimiters.
  private static func splitDifference(
    _ outcome: Outcome, _ file: [UInt8], _ delimiter: UInt8, _ hasHeader: Bool
  ) -> String? {
    guard case .table(let table) = outcome else { return "without quotes: \(outcome)" }
    var lines: [[UInt8]] = [[]]
    var index = 0
    let start = file.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if file.dropFirst(start).starts(with: "sep=".utf8) { return nil }
    index = start
    while index < file.count {
      if file[index] == 0x0D, index + 1 < file.count, file[index + 1] == 0x0A { index += 1 }
      if file[index] == 0x0A || file[index] == 0x0D {
        lines.append([])
      } else {
        lines[lines.count - 1].append(file[index])
      }
      index += 1
    }
    if lines.last == [] { lines.removeLast() }
    var records = lines.map { line in
      line.split(separator: delimiter, omittingEmptySubsequences: false)
        .map { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
    }
    let isBlank: ([String?]) -> Bool = { $0 == [nil] }
    let first = records.first { !isBlank($0) } ?? []
    if first.count != 1 { records.removeAll(where: isBlank) }
    if hasHeader || first.count == 1 {
      guard let place = records.firstIndex(where: { !isBlank($0) }) else { return nil }
      // Blank lines before the first record of a single column are none of its rows.
      records.removeSubrange(0..<place)
    }
    if hasHeader, !records.isEmpty { records.removeFirst() }
    let width = records.map { max(first.count, $0.reversed().drop { $0 == nil }.count) }.max() ?? 0
    let rows = records.map { record in
      Array((record + Array(repeating: nil, count: width)).prefix(width))
    }
    return table.rows == rows ? nil : "read: \(table.rows)\nsplit: \(rows)"
  }
}
