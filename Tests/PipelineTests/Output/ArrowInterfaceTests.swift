import CArrowData
import Columnar
import TestSupport
import Testing

@testable import ArrowFormat
@testable import Pipeline

/// Tables that are handed over in the process: every layout, out and back in.
@Suite(CountsLiveObjects()) struct ArrowInterfaceTests {
  @Test(arguments: [0, 1, 65, 1000], [0, 4])
  func everyLayout(_ rowCount: Int, _ nullPeriod: Int) throws {
    let frame = try sampleFrame(rowCount: rowCount, nullPeriod: nullPeriod)
    for (threadCount, textLimit) in [(1, Int(Int32.max)), (2, 2000)] {
      let table = try ArrowTable(
        frame, threadCount: threadCount, batchTextByteCount: textLimit)
      let back = try handedOver(table)
      #expect(back.fields.map(\.name) == frame.columns.map(\.name))
      #expect(back.batchRowCounts.count > 1 || textLimit > 2000 || rowCount < 1000)
      #expect(try ArrayComparison(back, with: frame).differences.map(\.description) == [])
    }
  }

  /// The fields are those of the file that the writer makes.
  @Test func fieldsAreThoseOfTheFile() throws {
    let frame = try sampleFrame(rowCount: 100, nullPeriod: 3)
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let path = "\(folder.path)/fields.arrow"
    try ArrowFileWriter(frame).write(to: path)
    let file = try ArrowFileReader(path: path)
    let back = try handedOver(try ArrowTable(frame))
    for (field, written) in zip(back.fields, file.fields) {
      #expect(field.typeDescription == written.typeDescription, "\(field.name)")
    }
  }

  /// A planted difference is seen: the test above can fail.
  @Test func anotherValueIsSeen() throws {
    let frame = try DataFrame([Column("n", integers: [1, nil, 3])])
    let other = try DataFrame([Column("n", integers: [1, nil, 4])])
    let back = try handedOver(try ArrowTable(frame))
    #expect(try ArrayComparison(back, with: frame).isEqual)
    #expect(try !ArrayComparison(back, with: other).isEqual)
  }

  /// What lies as Arrow wants it is lent.
  @Test func memoryIsShared() throws {
    let column = Column("n", integers: [1, nil, 300])
    let table = try ArrowTable(DataFrame([column]))
    var stream = CArrowData.ArrowArrayStream()
    table.exportStream(to: &stream)
    var batch = CArrowData.ArrowArray()
    #expect(stream.get_next(&stream, &batch) == 0)
    let buffers = try #require(batch.children[0]?.pointee.buffers)
    #expect(buffers[0] == column.validity.map { UnsafeRawPointer($0.bits.base) })
    #expect(buffers[1] == column.values.map { UnsafeRawPointer($0.base) })
    batch.release(&batch)
    stream.release(&stream)
  }

  /// What a column's stream gives is held by nothing else: neither what the column lies in, nor what
  /// was made of it for Arrow.
  @Test func columnsAreGivenBackOneByOne() throws {
    weak var values: Buffer?
    weak var scaled: Buffer?
    var streams = [CArrowData.ArrowArrayStream](repeating: .init(), count: 2)
    try streams.withUnsafeMutableBufferPointer { streams in
      let integers = Column("n", integers: [1, nil, 300])
      let decimals = try Column("d", integers: [100, 250, 301], type: .decimal(scale: 2))
      (values, scaled) = (integers.values, decimals.values)
      let targets = streams.indices.map { streams.baseAddress! + $0 }
      let table = try ArrowTable(DataFrame([integers, decimals]))
      targets.withUnsafeBufferPointer { table.exportColumns(to: $0) }
    }
    #expect(values != nil)
    #expect(scaled == nil, "the column was made anew, and its own memory is kept beside")
    var arrays = [CArrowData.ArrowArray](repeating: .init(), count: 2)
    for index in streams.indices {
      var schema = CArrowData.ArrowSchema()
      #expect(streams[index].get_schema(&streams[index], &schema) == 0)
      #expect(String(cString: schema.name) == ["n", "d"][index])
      schema.release(&schema)
      #expect(streams[index].get_next(&streams[index], &arrays[index]) == 0)
      #expect(arrays[index].length == 3)
      var end = CArrowData.ArrowArray()
      #expect(streams[index].get_next(&streams[index], &end) == 0)
      #expect(end.release == nil)
    }
    arrays[0].release(&arrays[0])
    #expect(values == nil, "the stream, or the other column, keeps it")
    arrays[1].release(&arrays[1])
    for index in streams.indices { streams[index].release(&streams[index]) }
  }

  private func handedOver(_ table: ArrowTable) throws -> ArrowStreamTable {
    var stream = CArrowData.ArrowArrayStream()
    table.exportStream(to: &stream)
    defer { #expect(stream.release == nil) }
    return try ArrowStreamTable(taking: &stream, name: "table")
  }
}

/// Types as the C data interface spells them.
struct ArrowFormatTests {
  @Test(arguments: [
    ("n", "null"), ("b", "bool"), ("c", "int8"), ("L", "uint64"), ("e", "halffloat"),
    ("f", "float"), ("g", "double"), ("d:19,10", "decimal128(19, 10)"),
    ("d:9,2,32", "decimal32(9, 2)"), ("tdD", "date32[day]"), ("tdm", "date64[ms]"),
    ("tts", "time32[s]"), ("ttn", "time64[ns]"), ("tsu:", "timestamp[us]"),
    ("tsm:Europe/Berlin", "timestamp[ms, tz=Europe/Berlin]"), ("u", "string"),
    ("tDn", "duration[ns]"),
    ("U", "large_string"), ("vu", "string_view"),
    // What no column of ours is.
    ("z", "binary"), ("w:16", "fixed_size_binary"), ("+l", "list"), ("+s", "struct"),
    ("d:40,2,256", "decimal"), ("d:40,-2", "decimal"), ("d:x", "decimal"),
    ("ts", "'ts'"), ("tsx:", "'tsx:'"), ("tt", "'tt'"), ("", "''"), ("C8", "'C8'"),
  ])
  func isRead(_ format: String, _ type: String) {
    let own = ArrowFormat(format)
    let field = ArrowField(name: "", type: own.type, storage: own.storage)
    #expect(field.typeDescription == type)
    if case .usual = own.storage { #expect(own.type.formatString == format) }
  }
}
