package import Columnar
package import DelimitedText
package import FileIO

/// What samples of a table's files say of it.
package struct SampledTable: Sendable {
  /// Records that stand together.
  package struct Sample: Sendable {
    /// The bytes of their text.
    package let byteCount: Int
    /// Whether they stand for themselves alone.
    package let isEdge: Bool
    package let profile: PartProfile
    fileprivate let fittingShare: Double
  }

  package let dialect: CSVDialect
  package let columnNames: [String]
  /// What fields mean, by the names that columns have in samples.
  package let typing: TypingOptions
  /// In the order of the files.
  package let samples: [Sample]
  /// Places whose records could not be told.
  package let droppedCount: Int
  /// The bytes that the samples which are no edges stand for.
  package let middleByteCount: Int
  /// The bytes of all files.
  package let byteCount: Int
}

/// Reads single places of the files of a table.
package struct SamplingPass: Sendable {
  private let inputs: [CSVInput]
  private let reading: CSVReadingOptions
  private let typing: TypingOptions

  package init(_ inputs: [CSVInput], reading: CSVReadingOptions, typing: TypingOptions) {
    (self.inputs, self.reading, self.typing) = (inputs, reading, typing)
  }

  /// - Parameters:
  ///   - count: The samples, beside the start and the end.
  ///   - byteCount: The bytes of each.
  /// - Returns: `nil` where samples would be half of the files or more, or there is nothing to be had from them.
  /// - Throws: `ReadingError`, where single places of a file cannot be read, too.
  package func table(count: Int, byteCount: Int, seed: UInt64) throws -> SampledTable? {
    let reader = try CSVChunkReader(inputs: [inputs[0]], options: reading)
    let (data, total) = try records(reader)
    let sampled = data.reduce(0) { $0 + $1.count }
    let names = reader.table.columnNames
    guard !names.isEmpty, sampled / 2 > (count + 2) * byteCount, data.allSatisfy({ !$0.isEmpty })
    else { return nil }
    let plan = SamplePlan(data, count: count, byteCount: byteCount, seed: seed)
    try checkHeaders(Set(plan.places.map(\.file)), names)
    let dialect = reader.table.dialect
    let forced = CSVReadingOptions(forcing: dialect, like: reading)
    let typing = typing(names)
    @Sendable func sample(_ index: Int, _ usualShare: Double) throws -> SampledTable.Sample? {
      let place = plan.places[index]
      let text = SampledText(
        input: inputs[place.file], data: data[place.file], dialect: dialect, width: names.count)
      guard let found = try text.records(in: place, usualShare: usualShare) else { return nil }
      // By their places, so that none is taken for another.
      let input = CSVInput.bytes(found.text, name: "sample \(index)")
      let profile = try ProfilingPass(
        input, reading: forced, typing: typing, findsRelations: false
      ).profile(options: [])
      return SampledTable.Sample(
        byteCount: found.byteCount, isEdge: place.isEdge, profile: profile,
        fittingShare: found.fittingShare)
    }
    guard let first = try named({ try sample(0, 0) }) else { return nil }
    let others = parallelMap(plan.places.count - 1, threads: reading.threadCount) { index in
      Result { try sample(index + 1, first.fittingShare) }
    }
    let samples = [first] + (try named({ try others.compactMap { try $0.get() } }))
    return SampledTable(
      dialect: dialect, columnNames: names, typing: typing, samples: samples,
      droppedCount: plan.places.count - samples.count, middleByteCount: plan.middleByteCount,
      byteCount: total)
  }

  /// What fields mean, of columns as samples name them.
  private func typing(_ names: [String]) -> TypingOptions {
    var typing = typing
    typing.columns = [:]
    for (index, name) in names.enumerated() {
      typing.columns[SampledText.columnName(index)] = self.typing.columns[name]
    }
    return typing
  }

  /// The bytes of each file's records, and those of all files. The headers of files that are not opened yet are taken to
  /// be as long as the first.
  private func records(_ reader: CSVChunkReader) throws -> ([Range<Int>], Int) {
    var data: [Range<Int>] = []
    var total = 0
    for (index, input) in inputs.enumerated() {
      guard let text = StoredText(input, encoding: reading.encoding),
        let first = reader.recordBytes
      else {
        throw ReadingError(
          .unsupportedInput, file: input.name,
          "single places of it cannot be read: it is compressed, not in UTF-8, or no file",
          remedy: "only the exact analysis reads it")
      }
      total += text.byteCount
      var end = text.byteCount
      if index == 0 {
        end = first.upperBound
      } else if index == inputs.count - 1 {
        end = try CSVChunkReader(inputs: [input], options: reading).recordBytes?.upperBound ?? end
      }
      data.append(min(first.lowerBound, end)..<end)
    }
    return (data, total)
  }

  /// Throws where a file that samples are taken from has other columns than the first.
  private func checkHeaders(_ files: Set<Int>, _ names: [String]) throws {
    for file in files.sorted() where file > 0 {
      let own = try CSVChunkReader(inputs: [inputs[file]], options: reading).table.columnNames
      if own == names { continue }
      throw ReadingError(
        .headerMismatch, file: inputs[file].name,
        "its columns differ from those of \(inputs[0].name)",
        remedy: "the exact analysis says in what")
    }
  }

  /// Samples know no lines: an error in one names the file alone.
  private func named<R>(_ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let error as ReadingError {
      throw ReadingError(
        error.code, file: inputs.count == 1 ? inputs[0].name : nil,
        "a sample cannot be read: \(error.message)",
        remedy: "the exact analysis names the line")
    }
  }
}
