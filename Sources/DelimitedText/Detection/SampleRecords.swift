/// The first records of some text, blank lines left out, as fields.
struct SampleRecords: RandomAccessCollection {
  private var records: [[[UInt8]]] = []
  /// The columns of which the first record is in quotes that it does not need, as are all its fields, and no other record
  /// is: names above values.
  private(set) var quotedNames: Set<Int> = []

  /// - Parameter recordLimit: records beyond it are not kept.
  init(_ text: UnsafeBufferPointer<UInt8>, dialect: CSVDialect, recordLimit: Int) {
    var count = 0
    var end = 0
    let walk = RecordWalk(text, dialect: dialect, atEndOfInput: true) { record, isBlank in
      count += isBlank ? 0 : 1
      end = record.upperBound
      return count < recordLimit
    }
    // The last record may lack its line end.
    if count < recordLimit && walk.openQuote == nil { end = text.count }
    let whole = UnsafeBufferPointer(rebasing: text[..<end])
    if dialect.needsMachine {
      let engine = MachineEngine(dialect)
      engine.tokenize(whole)
      append(engine.batch)
      return
    }
    guard let quote = dialect.quote else {
      records = Self.split(whole, delimiter: dialect.delimiter)
      return
    }
    let libcsv = LibcsvEngine(delimiter: dialect.delimiter, quote: quote)
    libcsv.tokenize(whole)
    append(libcsv.batch)
    quotedNames = Self.quotedNames(whole, dialect: dialect, quote: quote)
  }

  private static func quotedNames(
    _ text: UnsafeBufferPointer<UInt8>, dialect: CSVDialect, quote: UInt8
  ) -> Set<Int> {
    var names: Set<Int>?
    _ = RecordWalk(text, dialect: dialect, atEndOfInput: true) { record, isBlank in
      if isBlank { return true }
      let fields = Self.quotedFields(
        UnsafeBufferPointer(rebasing: text[record]), dialect.delimiter, quote)
      if let known = names {
        names = known.filter { $0 >= fields.count || fields[$0] != .quoted }
      } else {
        names =
          fields.allSatisfy { $0 == .quoted || $0 == .empty } && fields.contains(.quoted)
          ? Set(fields.indices.filter { fields[$0] == .quoted }) : []
      }
      return names?.isEmpty == false
    }
    return names ?? []
  }

  private enum Quoting { case none, empty, quoted, needed }

  /// How each field of a record is written.
  private static func quotedFields(
    _ record: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8, _ quote: UInt8
  ) -> [Quoting] {
    var fields: [Quoting] = []
    var state = Quoting.empty
    var isOpen = false
    var isAtStart = true
    for byte in record {
      if isOpen {
        if byte == quote {
          isOpen = false
        } else if byte == delimiter || byte == 0x0A || byte == 0x0D {
          state = .needed
        }
      } else if byte == delimiter {
        fields.append(state)
        (state, isAtStart) = (.empty, true)
        continue
      } else if byte == quote {
        state = isAtStart ? .quoted : .needed
        isOpen = true
      } else if byte != 0x0A, byte != 0x0D, isAtStart {
        state = .none
      }
      isAtStart = false
    }
    return fields + [state]
  }

  private mutating func append(_ batch: borrowing RecordBatch) {
    for record in 0..<batch.recordCount {
      let fields = batch.fields(ofRecord: record)
      if fields.isEmpty { continue }
      var texts: [[UInt8]] = []
      for field in fields { texts.append(Array(batch.bytes(ofField: field))) }
      records.append(texts)
    }
  }

  var startIndex: Int { records.startIndex }
  var endIndex: Int { records.endIndex }
  subscript(index: Int) -> [[UInt8]] { records[index] }

  private static func split(
    _ text: UnsafeBufferPointer<UInt8>, delimiter: UInt8
  ) -> [[[UInt8]]] {
    text.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.map { line in
      line.split(separator: delimiter, omittingEmptySubsequences: false).map(Array.init)
    }
  }
}
