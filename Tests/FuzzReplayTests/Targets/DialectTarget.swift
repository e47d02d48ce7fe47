@testable import DelimitedText
@testable import FileIO

/// Whatever is detected, it is one answer: the same for every cut and, where libcsv can read it, for
/// both engines.
struct DialectTarget: FuzzTarget {
  let name = "dialect"
  let byteLimit = 400

  private enum Question: CaseIterable { case cut, libcsv }

  func check(_ input: FuzzInput) -> String? {
    var choices = input
    let chunkByteCount = choices.choice(Array(1...96) + [200, 1 << 10, 1 << 16])
    let skippedLineCount = choices.choice([0, 0, 0, 1, 3])
    let encoding = choices.choice(
      [TextEncoding?](arrayLiteral: nil, .latin1, .windows1252, nil, nil, nil, nil, nil, nil))
    let file = Array(choices.rest)

    var options = CSVReadingOptions(
      encoding: encoding, skippedLineCount: skippedLineCount,
      chunkByteCount: FuzzInput.wholeByteCount, invalidUTF8: .replace)
    var dialect: CSVDialect?
    let detected = Outcome(file, options, dialect: &dialect)
    for question in input.questions(Question.self) {
      switch question {
      case .cut:
        options.chunkByteCount = chunkByteCount
        let cut = Outcome(file, options)
        if cut != detected { return "chunks of \(chunkByteCount): \(cut)\nwhole: \(detected)" }
      case .libcsv:
        // libcsv knows no escapes, comments, longer delimiters, and no text without quotes.
        guard let dialect, !dialect.needsMachine, dialect.quote != nil, case .table = detected
        else { continue }
        options.engine = .libcsv
        let reference = Outcome(file, options)
        if reference != detected { return "libcsv: \(reference)\nscan: \(detected)" }
      }
    }
    return nil
  }
}
