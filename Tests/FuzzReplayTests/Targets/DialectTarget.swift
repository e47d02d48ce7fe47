@testable import TableIO

/// Whatever is detected, it is one answer: the same for every cut and, where libcsv can read it, for
/// both engines.
struct DialectTarget: FuzzTarget {
  let name = "dialect"

  func check(_ bytes: [UInt8]) -> String? {
    var choices = FuzzInput(bytes)
    let chunkByteCount = choices.choice(Array(1...96) + [200, 1 << 10, 1 << 16])
    let skippedLineCount = choices.choice([0, 0, 0, 1, 3])
    let encoding = choices.choice([TextEncoding?](arrayLiteral: nil, .latin1, .windows1252))
    let file = Array(choices.rest)

    var options = CSVReadingOptions(
      encoding: encoding, skippedLineCount: skippedLineCount, chunkByteCount: 1 << 20,
      invalidUTF8: .replace)
    let detected = Outcome(file, options)
    options.chunkByteCount = chunkByteCount
    let cut = Outcome(file, options)
    if cut != detected { return "chunks of \(chunkByteCount): \(cut)\nwhole: \(detected)" }
    guard case .table = detected else { return nil }
    let input = CSVInput.bytes(file, name: "test.csv")
    // libcsv knows no escapes, comments and longer delimiters.
    guard let reader = try? CSVChunkReader(inputs: [input], options: options),
      !reader.table.dialect.needsMachine
    else { return nil }
    options.engine = .libcsv
    let reference = Outcome(file, options)
    return reference == detected ? nil : "libcsv: \(reference)\nscan: \(detected)"
  }
}
