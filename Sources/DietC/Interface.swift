// swift-format-ignore-file: AlwaysUseLowerCamelCase

import ArrowFormat
public import CArrowData
public import CDiet
import Columnar
import DietReport
import Options
import Platform
import TabularDiet

// What `CDiet.h` declares, and says. The compiler holds each function to its declaration, its name
// included.

// Sound: nobody changes or frees it.
nonisolated(unsafe) private let version = UnsafePointer(cText(dietVersion))

@c @implementation
public func diet_version() -> UnsafePointer<CChar> { version }

@c @implementation
public func diet_live_object_count() -> Int64 { Int64(Handles.liveCount + ArrowOwners.liveCount) }

// MARK: - Tables

@c @implementation
public func diet_read_csv(
  _ paths: UnsafePointer<UnsafePointer<CChar>?>?, _ pathCount: Int64,
  _ options: UnsafePointer<CChar>?, _ cancellation: OpaquePointer?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
  reporting(to: error, unless: cancellation) {
    Handle(try ReadTable.read(reader(paths, pathCount, options))).retained
  }
}

@c @implementation
public func diet_read_stream(
  _ stream: UnsafeMutablePointer<ArrowArrayStream>, _ name: UnsafePointer<CChar>,
  _ options: UnsafePointer<CChar>?, _ cancellation: OpaquePointer?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
  reporting(to: error, unless: cancellation) {
    Handle(try ReadTable.read(reader(stream, name, options))).retained
  }
}

@c @implementation
public func diet_table_free(_ table: OpaquePointer?) { Handle<ReadTable>.free(table) }

@c @implementation
public func diet_table_row_count(_ table: OpaquePointer) -> Int64 {
  Int64(Handle<ReadTable>.value(table).frame.rowCount)
}

@c @implementation
public func diet_table_column_count(_ table: OpaquePointer) -> Int64 {
  Int64(Handle<ReadTable>.value(table).frame.columns.count)
}

@c @implementation
public func diet_table_byte_count(_ table: OpaquePointer) -> Int64 {
  Int64(Handle<ReadTable>.value(table).frame.footprint.total)
}

@c @implementation
public func diet_table_notes(_ table: OpaquePointer) -> UnsafeMutablePointer<CChar> {
  cText(Handle<ReadTable>.value(table).notes.json)
}

@c @implementation
public func diet_report_notes(_ report: OpaquePointer) -> UnsafeMutablePointer<CChar> {
  cText(Handle<AnalysisReport>.value(report).programNotes.json)
}

@c @implementation
public func diet_table_anomalies(_ table: OpaquePointer) -> UnsafeMutablePointer<CChar> {
  cText((Handle<ReadTable>.value(table).frame.anomalies ?? TableAnomalies()).json)
}

@c @implementation
public func diet_table_export_schema(
  _ table: OpaquePointer, _ schema: UnsafeMutablePointer<CArrowData.ArrowSchema>,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> Bool {
  reporting(to: error) {
    try Handle<ReadTable>.value(table).arrowTable().exportSchema(to: schema)
  } != nil
}

@c @implementation
public func diet_table_export_stream(
  _ table: OpaquePointer, _ stream: UnsafeMutablePointer<ArrowArrayStream>,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> Bool {
  reporting(to: error) {
    try Handle<ReadTable>.value(table).arrowTable().exportStream(to: stream)
  } != nil
}

@c @implementation
public func diet_table_export_columns(
  _ table: OpaquePointer, _ engine: UnsafePointer<CChar>?,
  _ streams: UnsafePointer<UnsafeMutablePointer<ArrowArrayStream>>,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> Bool {
  reporting(to: error) { () throws -> Void in
    let table = try Handle<ReadTable>.value(table).arrowTable(for: targetEngine(engine))
    table.exportColumns(to: UnsafeBufferPointer(start: streams, count: table.columnCount))
  } != nil
}

// MARK: - Cancellation

@c @implementation
public func diet_cancellation_new() -> OpaquePointer { Handle(Cancellation()).retained }

@c @implementation
public func diet_cancellation_cancel(_ cancellation: OpaquePointer) {
  Handle<Cancellation>.value(cancellation).cancel()
}

@c @implementation
public func diet_cancellation_free(_ cancellation: OpaquePointer?) {
  Handle<Cancellation>.free(cancellation)
}

// MARK: - Reports

@c @implementation
public func diet_table_report(
  _ table: OpaquePointer, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
  reporting(to: error) { Handle(try Handle<ReadTable>.value(table).report()).retained }
}

@c @implementation
public func diet_analyze_csv(
  _ paths: UnsafePointer<UnsafePointer<CChar>?>?, _ pathCount: Int64,
  _ options: UnsafePointer<CChar>?, _ cancellation: OpaquePointer?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
  reporting(to: error, unless: cancellation) {
    Handle(try reader(paths, pathCount, options).profile().programReport()).retained
  }
}

@c @implementation
public func diet_plan_csv(
  _ paths: UnsafePointer<UnsafePointer<CChar>?>?, _ pathCount: Int64,
  _ options: UnsafePointer<CChar>?, _ cancellation: OpaquePointer?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> UnsafeMutablePointer<CChar>? {
  reporting(to: error, unless: cancellation) {
    cText(
      String(decoding: try reader(paths, pathCount, options).profile().plan().json(), as: UTF8.self)
    )
  }
}

@c @implementation
public func diet_analyze_stream(
  _ stream: UnsafeMutablePointer<ArrowArrayStream>, _ name: UnsafePointer<CChar>,
  _ options: UnsafePointer<CChar>?, _ cancellation: OpaquePointer?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
  reporting(to: error, unless: cancellation) {
    Handle(try reader(stream, name, options).profile().programReport()).retained
  }
}

@c @implementation
public func diet_why_csv(
  _ paths: UnsafePointer<UnsafePointer<CChar>?>?, _ pathCount: Int64,
  _ options: UnsafePointer<CChar>?, _ cancellation: OpaquePointer?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
  reporting(to: error, unless: cancellation) {
    Handle(try obstacles(in: reader(paths, pathCount, options))).retained
  }
}

@c @implementation
public func diet_why_stream(
  _ stream: UnsafeMutablePointer<ArrowArrayStream>, _ name: UnsafePointer<CChar>,
  _ options: UnsafePointer<CChar>?, _ cancellation: OpaquePointer?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
  reporting(to: error, unless: cancellation) {
    Handle(try obstacles(in: reader(stream, name, options))).retained
  }
}

@c @implementation
public func diet_obstacle_report_free(_ report: OpaquePointer?) {
  Handle<ObstacleReport>.free(report)
}

@c @implementation
public func diet_obstacle_report_text(
  _ report: OpaquePointer, _ format: UnsafePointer<CChar>,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> UnsafeMutablePointer<CChar>? {
  reporting(to: error) {
    let name = String(cString: format)
    guard let format = OutputFormats.named(name) else {
      throw OptionError(invalid: name, expected: OutputFormats.names).of("format")
    }
    return cText(format.text(of: Handle<ObstacleReport>.value(report), usesColor: false))
  }
}

@c @implementation
public func diet_report_free(_ report: OpaquePointer?) { Handle<AnalysisReport>.free(report) }

@c @implementation
public func diet_report_text(
  _ report: OpaquePointer, _ format: UnsafePointer<CChar>,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> UnsafeMutablePointer<CChar>? {
  reporting(to: error) {
    let name = String(cString: format)
    // A notebook asks for a piece of a page as `html`; the whole page is one file.
    let formats =
      ReportFormats.all.map { ($0.name == "html" ? "page" : $0.name, $0) }
      + [("html", ReportFormats.notebook)]
    guard let format = formats.first(where: { $0.0 == name })?.1 else {
      throw OptionError(invalid: name, expected: formats.map(\.0)).of("format")
    }
    return cText(format.text(of: Handle<AnalysisReport>.value(report), usesColor: false))
  }
}

@c @implementation
public func diet_text_free(_ text: UnsafeMutablePointer<CChar>?) { free(text) }

// MARK: - Errors

@c @implementation
public func diet_error_get_code(_ error: OpaquePointer) -> diet_error_code {
  Handle<Fault>.value(error).code
}

@c @implementation
public func diet_error_get_message(_ error: OpaquePointer) -> UnsafePointer<CChar> {
  UnsafePointer(Handle<Fault>.value(error).message)
}

@c @implementation
public func diet_error_free(_ error: OpaquePointer?) { Handle<Fault>.free(error) }

// MARK: - Structures

@c @implementation
public func diet_schema_new() -> UnsafeMutablePointer<CArrowData.ArrowSchema> {
  empty(CArrowData.ArrowSchema())
}

@c @implementation
public func diet_schema_free(_ schema: UnsafeMutablePointer<CArrowData.ArrowSchema>?) {
  guard let schema else { return }
  schema.pointee.release?(schema)
  schema.deallocate()
}

@c @implementation
public func diet_stream_new() -> UnsafeMutablePointer<ArrowArrayStream> {
  empty(ArrowArrayStream())
}

@c @implementation
public func diet_stream_free(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) {
  guard let stream else { return }
  stream.pointee.release?(stream)
  stream.deallocate()
}

/// Memory for a structure that whoever gets it fills, with `value` in it.
private func empty<Structure>(_ value: Structure) -> UnsafeMutablePointer<Structure> {
  let memory = UnsafeMutablePointer<Structure>.allocate(capacity: 1)
  memory.initialize(to: value)
  return memory
}

// MARK: - Text

/// What the pointers of a caller lead to.
private func strings(
  _ pointers: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int64
) throws(OptionError) -> [String] {
  var strings: [String] = []
  for index in 0..<Int(max(0, count)) {
    guard let pointer = pointers?[index] else { throw OptionError("path \(index + 1) is NULL") }
    guard let string = String(validatingCString: pointer) else {
      throw OptionError("path \(index + 1) is not UTF-8: rename the file, or link to it")
    }
    strings.append(string)
  }
  return strings
}

func readingOptions(_ json: UnsafePointer<CChar>?) throws -> ReadingOptions {
  guard let json else { return ReadingOptions() }
  return try ReadingOptions(json: String(cString: json))
}

/// The table in files.
private func reader(
  _ paths: UnsafePointer<UnsafePointer<CChar>?>?, _ pathCount: Int64,
  _ options: UnsafePointer<CChar>?
) throws -> TableReader {
  try TableReader(
    strings(paths, pathCount), options: readingOptions(options), digest: nil)
}

/// The table that another library has.
private func reader(
  _ stream: UnsafeMutablePointer<ArrowArrayStream>, _ name: UnsafePointer<CChar>,
  _ options: UnsafePointer<CChar>?
) throws -> TableReader {
  let options = try readingOptions(options)
  return TableReader(
    try ArrowStreamTable(taking: stream, name: String(cString: name)), options: options)
}

/// All values that keep columns wide.
private func obstacles(in reader: TableReader) throws -> ObstacleReport {
  var profiling = ProfilingOptions()
  profiling.obstacles = .all
  return try reader.profile(profiling).programObstacles()
}

private func targetEngine(_ name: UnsafePointer<CChar>?) throws(OptionError) -> TargetEngine {
  guard let name = name.map({ String(cString: $0) }) else { return .any }
  guard let engine = TargetEngine(rawValue: name) else {
    throw OptionError(invalid: name, expected: TargetEngine.allCases.map(\.rawValue)).of("engine")
  }
  return engine
}

/// `text` in memory that its owner gives back with `free`. A zero byte, with which C would end it,
/// becomes the symbol for one.
func cText(_ text: String) -> UnsafeMutablePointer<CChar> {
  guard let copy = strdup(text.replacing("\0", with: "\u{2400}")) else {
    fatalError("out of memory: \(text.utf8.count) bytes of text cannot be had")
  }
  return copy
}
