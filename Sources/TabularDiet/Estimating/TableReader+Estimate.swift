import CKernels
import Columnar
import DelimitedText
public import DietReport
public import Engines
import Options
import Pipeline

/// How much of a table is looked at for an estimate.
public struct Sampling: Hashable, Sendable {
  /// How many samples are taken beside the start and the end: 8 to 4,096.
  public var count = 128
  /// The bytes of each, and of the start and the end: 1 KiB to 16 MiB. Records are read to their ends.
  public var byteCount = 1 << 15
  /// Files that have fewer bytes together are not sampled: all of them is read in as much time, and that is exact.
  public var leastFileByteCount = 64 << 20
  /// Which places of equal parts of the file are looked at: the same seed, the same places.
  public var seed: UInt64 = 1

  /// As many samples as `diet analyze --quick` takes.
  public init() {}
}

extension TableReader {
  /// What samples spread over the files say of the table, in a fraction of the time that `profile` takes.
  ///
  /// The files are text that can be read at any place: no streams, and nothing that is packed. Types are those that the
  /// samples show: one odd value between two samples makes another of them. So the intervals of sums have room for one
  /// column that turns out to be text.
  ///
  /// - Parameters:
  ///   - sampling: How much is looked at.
  ///   - baseline: The engine that "before" speaks of.
  /// - Returns: `nil` where the files are small, or samples would be half of them: then `profile` is exact in as much
  ///   time.
  /// - Throws: `OptionError` where an option is not for estimates; `ReadingError`, where a file cannot be sampled, too.
  public func estimate(
    _ sampling: Sampling = Sampling(), baseline: any Baseline = Baselines.standard
  ) throws -> EstimateReport? {
    let start = ContinuousClock.now
    let reading = try samplableReading()
    let threads = reading.reading.threadCount
    let encoding = options.text.encoding
    let sizes = try inputs.map { try $0.open(encoding: encoding) }
    // What is packed is refused below, however small it is.
    if sizes.allSatisfy(\.isStoredText),
      sizes.reduce(0, { $0 + ($1.byteCount ?? 0) }) < sampling.leastFileByteCount
    {
      return nil
    }
    let pass = SamplingPass(inputs, reading: reading.reading, typing: reading.typing)
    guard
      let table = try pass.table(
        count: min(max(sampling.count, 8), 1 << 12),
        byteCount: min(max(sampling.byteCount, 1 << 10), 1 << 24), seed: sampling.seed)
    else { return nil }
    guard table.samples.count > max(3, table.droppedCount) else {
      throw ReadingError(
        .unsupportedInput, file: paths[0], "at most places it cannot be told where records begin",
        remedy: "only the exact analysis reads it")
    }
    var columns = try ColumnSamples.columns(of: table, threads: threads)
    var names = HeaderNames.extended(table.columnNames, to: columns.count)
    let kept = try keptColumns(names)
    columns = kept.map { columns[$0].named(names[$0]) }
    names = kept.map { names[$0] }
    let assembly = EstimateAssembly(
      table: table, columns: columns, names: names, reader: self, policy: policy,
      baseline: baseline)
    var report = assembly.report(.init(wallSeconds: 0, threadCount: threads))
    report.timing.wallSeconds = (ContinuousClock.now - start).seconds
    return report
  }

  /// How samples are read.
  ///
  /// - Throws: `OptionError` where that says nothing of the table.
  private func samplableReading() throws -> TableReading {
    for (option, _) in options.given() where !Self.ofSamples.contains(option.name) {
      throw OptionError(
        "\(mention: option.name): an estimate is not made with it; leave it out, or analyze all rows"
      )
    }
    if byteRange != nil { throw OptionError("an estimate is of whole files, not of byteRange") }
    let reading = try reading()
    guard case .inputs(let formats) = reading.source else {
      throw OptionError("\(paths[0]) is no file; an estimate is made of samples of files of text")
    }
    if let (input, format) = zip(inputs, formats).first(where: { $0.1 != nil }) {
      throw OptionError(
        "\(input.name) is \(format?.words ?? ""); an estimate is made of samples of text such as CSV,"
          + " the exact analysis reads it")
    }
    if let input = inputs.first(where: { !$0.keys.isEmpty }) {
      throw OptionError(
        "\(input.name) has keys in its path, which samples do not tell; the exact analysis reads it"
      )
    }
    return reading
  }

  /// The columns that were asked for, by their numbers.
  private func keptColumns(_ names: [String]) throws -> [Int] {
    let asked = (options.columns ?? []) + options.drop + policy.keptColumns.sorted()
    if let missing = asked.first(where: { !names.contains($0) }) {
      throw ReadingError.unknownColumn(missing, among: names, file: paths.first)
    }
    return names.indices.filter {
      options.columns?.contains(names[$0]) ?? true && !options.drop.contains(names[$0])
    }
  }

  /// The options that samples can be read with.
  private static let ofSamples: Set<String> = [
    "delimiter", "quote", "escape", "comment", "spaces", "header", "encoding", "skip",
    "header-records", "null-token", "zero-padded", "thousands", "decimal", "exact", "threads",
    "columns", "drop", "keep", "unsigned", "float-error", "categories", "margin", "min-bits",
    "policy",
  ]
}

extension ColumnSamples {
  /// The same under its name in the table.
  fileprivate func named(_ name: String) -> ColumnSamples {
    var column = self
    column.all.name = name
    column.text.name = name
    return column
  }
}
