// swift-format-ignore-file: AlwaysUseLowerCamelCase

import CDiet
import Columnar
import FileIO
import Options
import TabularDiet

// Computing with tables: what `CDiet.h` declares of it.

private func operandTables(_ tables: [ReadTable]) throws(OptionError) -> OperandTables {
  try OperandTables(
    tables.map(\.frame), policy: tables.first?.policy ?? LayoutPolicy(),
    isLeanest: tables.first?.isLeanest ?? false)
}

@c @implementation
public func diet_table_compute(
  _ tables: UnsafePointer<OpaquePointer?>?, _ tableCount: Int64, _ operation: UnsafePointer<CChar>,
  _ cancellation: OpaquePointer?, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
  reporting(to: error, unless: cancellation) {
    let tables = try handed(tables, tableCount)
    let operands = try operandTables(tables)
    let operation = try TableOperations.operation(json: String(cString: operation))
    try Cancellation.current?.check()
    let frame = try operation.table(of: operands)
    try Cancellation.current?.check()
    let made = ReadTable(
      frame, of: tables[0], changesRows: type(of: operation).changesRows,
      isLeanest: operation.givesLeanest)
    return Handle(made).retained
  }
}

@c @implementation
public func diet_table_answer(
  _ tables: UnsafePointer<OpaquePointer?>?, _ tableCount: Int64, _ question: UnsafePointer<CChar>,
  _ cancellation: OpaquePointer?, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> UnsafeMutablePointer<CChar>? {
  reporting(to: error, unless: cancellation) {
    let tables = try handed(tables, tableCount)
    let question = try TableQuestions.question(json: String(cString: question))
    try Cancellation.current?.check()
    let answer = try question.answer(of: operandTables(tables))
    try Cancellation.current?.check()
    return cText(answer.document)
  }
}

@c @implementation
public func diet_table_write(
  _ table: OpaquePointer, _ path: UnsafePointer<CChar>, _ compression: UnsafePointer<CChar>?,
  _ cancellation: OpaquePointer?, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> Bool {
  reporting(to: error, unless: cancellation) { () throws -> Void in
    guard let path = String(validatingCString: path) else {
      throw OptionError("the output's path is not UTF-8")
    }
    let compression = try compression.map { name throws(OptionError) in
      let name = String(cString: name)
      guard let known = FileCompression(rawValue: name) else {
        throw OptionError(invalid: name, expected: FileCompression.allCases.map(\.rawValue))
          .of("compression")
      }
      return known
    }
    try Handle<ReadTable>.value(table).frame.write(toFile: path, compression)
  } != nil
}

@c @implementation
public func diet_table_verify(
  _ table: OpaquePointer, _ path: UnsafePointer<CChar>, _ cancellation: OpaquePointer?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> Bool {
  reporting(to: error, unless: cancellation) { () throws -> Void in
    try WrittenTable.verify(String(cString: path), against: Handle<ReadTable>.value(table).frame)
  } != nil
}

extension DataFrame {
  /// Writes the table in the format that the name tells.
  fileprivate func write(toFile path: String, _ compression: FileCompression?) throws {
    guard path != "-", let format = LeanFormats.format(of: path) else {
      throw OptionError("\(path): the name tells no format; it ends in \(LeanFormats.suffixList)")
    }
    if let compression, !format.compressions.contains(compression) {
      throw OptionError(
        "\(format.name) files are not compressed by `\(compression.rawValue)`; leave that out"
      ).of("compression")
    }
    switch format.name {
    case "parquet": try write(toParquetFile: path, compression: compression ?? .zstd)
    case "csv": try write(toCSVFile: path)
    default: try write(toArrowFile: path, compression: compression ?? .none)
    }
  }
}

/// The tables that the pointers of a caller stand for.
private func handed(
  _ tables: UnsafePointer<OpaquePointer?>?, _ count: Int64
) throws(OptionError) -> [ReadTable] {
  var handed: [ReadTable] = []
  for place in 0..<Int(max(0, count)) {
    guard let table = tables?[place] else { throw OptionError("table \(place + 1) is NULL") }
    handed.append(Handle<ReadTable>.value(table))
  }
  return handed
}
