package import Columnar

/// Numbers that the user said have something beside them.
extension ColumnParser {
  /// Reads one chunk. The values are `nil` where they are not kept.
  package func parse(
    _ fields: FieldSlice, _ scratch: ColumnScratch
  ) throws(Misfit) -> (ChunkReport, ColumnChunk?) {
    guard let affixes, readsNumbers else { return try parse(fields, of: fields, scratch) }
    if let (row, problem) = affixes.remove(from: fields) {
      affixes.forget()
      guard affixes.isStrict else { return try parse(fields, of: fields, scratch) }
      throw Misfit(row: row, problem: problem)
    }
    guard affixes.found != nil else { return try parse(fields, of: fields, scratch) }
    let read = try affixes.withPlainNumbers(of: fields) {
      numbers throws(Misfit) -> (ChunkReport, ColumnChunk?) in
      try parse(numbers, of: fields, scratch)
    }
    if affixes.isStrict, read.0.kind == .string {
      throw Misfit(row: 0, problem: "the values are no numbers that 64 bits hold")
    }
    return read
  }

  /// Whether the column may be numbers at all.
  private var readsNumbers: Bool {
    switch target {
    case .inferred, .inferredUntold, .kind(.integer), .kind(.decimal), .kind(.float): true
    default: false
    }
  }

  /// Adds to the report of a chunk what stood beside its numbers.
  func noteAffixes(_ scratch: ColumnScratch) {
    guard let found = affixes?.found else { return }
    scratch.report.affixes = found
    // The numbers were written anew to be read.
    scratch.byteCounts = nil
    if found.isAffixed { scratch.report.facts.formUnion([.nonCanonical, .grouped, .notPhone]) }
  }
}
