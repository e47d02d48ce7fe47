package import ArrowFormat
package import Columnar
import DelimitedText
package import FileIO

/// Inputs of one format that has types, opened: a table.
package struct TypedInputs {
  private let format: any TypedFileFormat
  private let inputs: [CSVInput]
  private let tables: [any ArrayTable]

  /// `nil` where the inputs are text.
  ///
  /// - Parameters:
  ///   - formats: Of each input; `nil` for text.
  ///   - maximumExpansion: How many times their size compressed data may grow to.
  /// - Throws: `ReadingError`, where only some of them are text, too.
  package init?(
    _ inputs: [CSVInput], formats: [(any TypedFileFormat)?], maximumExpansion: Int = .max
  ) throws {
    guard let typed = formats.firstIndex(where: { $0 != nil }), let format = formats[typed] else {
      return nil
    }
    if let text = formats.firstIndex(where: { $0 == nil }) {
      throw ReadingError(
        .invalidValue, file: inputs[text].name,
        "this is text, and \(inputs[typed].name) is none; read them one by one")
    }
    self.format = format
    self.inputs = inputs
    tables = try zip(inputs, formats).map { input, format in
      try format!.open(
        format!.readsPacked
          ? ArrowFileBytes(unpacking: input, maximumExpansion: maximumExpansion)
          : ArrowFileBytes(input))
    }
  }

  /// - Parameters:
  ///   - files: How several inputs make one table.
  ///   - typing: How the keys of paths are typed, which are text.
  ///   - digestAlgorithm: How the files' digests are made, where they are asked for: the files are then
  ///     read once more.
  package func load(
    _ options: ArrayTableLoader.Options, files: FileOptions = FileOptions(),
    typing: TypingOptions = TypingOptions(), digestAlgorithm: DigestAlgorithm? = nil
  ) throws -> LoadedTable {
    var options = options
    let united = try Self.united(tables, inputs, files, typing)
    options.notes = files.notes + united.notes
    let finished = try inputs.map { input in
      CSVChunkReader.FinishedInput(
        name: input.name, stored: try input.stored(digestAlgorithm: digestAlgorithm))
    }
    let table = try ArrayTableLoader(
      united.tables, format: format.name, inputs: finished, paths: inputs.map(\.path),
      options: options
    ).load()
    if digestAlgorithm != nil {
      // What was read must be what the digests are of.
      for (input, before) in zip(inputs, finished) {
        if try input.stored(digestAlgorithm: nil).version != before.stored.version {
          throw ReadingError.changedWhileRead(file: input.name)
        }
      }
    }
    return table
  }
}

extension CSVInput {
  /// What is stored: its size, its version, and its digest where that is asked for.
  package func stored(digestAlgorithm: DigestAlgorithm?) throws -> StoredInput {
    let source: any ByteSource
    switch self {
    case .partition(let input, _): return try input.stored(digestAlgorithm: digestAlgorithm)
    case .stream(let spool, _):
      _ = try spool.readAll()
      return spool.storedInput
    case .bytes(let bytes, let name):
      source = MemorySource(bytes, name: name, digestAlgorithm: digestAlgorithm)
    case .remote(let text):
      // Nobody else's copy is hashed.
      return StoredInput(byteCount: text.byteCount)
    case .path(let path):
      let file = try FileSource(path: path, digestAlgorithm: digestAlgorithm)
      if digestAlgorithm == nil {
        var stored = file.storedInput
        stored.byteCount = file.byteCount ?? 0
        return stored
      }
      source = file
    }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { block.deallocate() }
    while try source.read(into: block) > 0 {}
    return source.storedInput
  }
}
