import CArrowData
import CDiet
import Foundation
import Testing

@testable import DietC

/// The C interface, called as a program in C calls it.
@Suite(.serialized, CountsLiveObjects()) struct InterfaceTests {
  /// What a consumer may do with structures: move children out, release parents before them, stop
  /// in the middle.
  @Test func structuresAreReleasedInAnyOrder() throws {
    let before = diet_live_object_count()
    let table = try read("n,w\n1,one\n,two\n3,one\n")
    var stream = ArrowArrayStream()
    #expect(diet_table_export_stream(table, &stream, nil))
    diet_table_free(table)

    var schema = CArrowData.ArrowSchema()
    #expect(stream.get_schema(&stream, &schema) == 0)
    #expect(String(cString: schema.format) == "+s")
    #expect(schema.n_children == 2)
    var number = schema.children[0]!.pointee
    schema.children[0]!.pointee.release = nil
    schema.release(&schema)
    #expect(schema.release == nil)
    #expect(String(cString: number.name) == "n")
    #expect(String(cString: number.format) == "c")
    number.release(&number)

    var batch = ArrowArray()
    #expect(stream.get_next(&stream, &batch) == 0)
    #expect(batch.length == 3)
    var words = batch.children[1]!.pointee
    batch.children[1]!.pointee.release = nil
    batch.release(&batch)
    var end = ArrowArray()
    #expect(stream.get_next(&stream, &end) == 0)
    #expect(end.release == nil)
    stream.release(&stream)
    #expect(stream.release == nil)

    #expect(words.length == 3)
    #expect(words.null_count == 0)
    words.release(&words)
    #expect(diet_live_object_count() == before)
  }

  @Test func errorsHaveACodeAndAMessage() throws {
    let before = diet_live_object_count()
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "diet-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let cases: [(path: String?, options: String?, code: Int, words: String)] = [
      ("/no/such.csv", nil, DIET_ERROR_FILE_NOT_FOUND, "/no/such.csv: there is no such file"),
      (folder, nil, DIET_ERROR_FILE_NOT_FOUND, "there is no file in this folder"),
      (nil, nil, DIET_ERROR_ARGUMENT, "path 1 is NULL"),
      ("/no/such.csv", "{", DIET_ERROR_ARGUMENT, "no JSON object"),
      ("/no/such.csv", "[]", DIET_ERROR_ARGUMENT, "no JSON object"),
      ("/no/such.csv", "{\"sep\": 1}", DIET_ERROR_ARGUMENT, "there is no option 'sep'"),
      ("/no/such.csv", "{\"skip\": \"\"}", DIET_ERROR_ARGUMENT, "skip: the value is not"),
    ]
    for (path, options, code, words) in cases {
      var error: OpaquePointer?
      let table = withPath(path) { diet_read_csv($0, 1, options, nil, &error) }
      #expect(table == nil)
      let fault = try #require(error)
      #expect(diet_error_get_code(fault) == diet_error_code(code), "\(words)")
      let message = String(cString: diet_error_get_message(fault))
      #expect(message.contains(words), "\(message)")
      diet_error_free(error)
      // Who does not ask is told by the result alone.
      #expect(withPath(path) { diet_analyze_csv($0, 1, options, nil, nil) } == nil)
    }
    #expect(diet_read_csv(nil, 0, nil, nil, nil) == nil)
    #expect(diet_read_csv(nil, -5, nil, nil, nil) == nil)
    for free in [diet_table_free, diet_report_free, diet_error_free, diet_cancellation_free] {
      free(nil)
    }
    diet_text_free(nil)
    diet_schema_free(nil)
    diet_stream_free(nil)
    #expect(diet_live_object_count() == before)
  }

  @Test func reportsComeInEveryFormat() throws {
    let table = try read("<b>&\"'\n1\n")
    let report = try #require(diet_table_report(table, nil))
    for format in ["table", "json", "markdown", "csv", "page", "html"] {
      let text = try #require(diet_report_text(report, format, nil))
      #expect(String(cString: text).hasSuffix("\n"), "\(format)")
      diet_text_free(text)
    }
    #expect(diet_report_text(report, "pdf", nil) == nil)
    diet_report_free(report)
    diet_table_free(table)
  }

  @Test func aCallThatIsCancelledGivesNothing() throws {
    let before = diet_live_object_count()
    let cancellation = diet_cancellation_new()
    diet_cancellation_cancel(cancellation)
    let file = try file("n\n1\n")
    defer { try? FileManager.default.removeItem(at: file) }
    for call in [diet_read_csv, diet_analyze_csv] {
      var error: OpaquePointer?
      #expect(withPath(file.path) { call($0, 1, nil, cancellation, &error) } == nil)
      let fault = try #require(error)
      #expect(diet_error_get_code(fault) == diet_error_code(DIET_ERROR_CANCELLED))
      diet_error_free(error)
    }
    diet_cancellation_free(cancellation)
    #expect(diet_live_object_count() == before)
  }

  private func withPath<R>(
    _ path: String?, _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> R
  ) -> R {
    guard let path else { return withUnsafePointer(to: nil, body) }
    return path.withCString { withUnsafePointer(to: $0, body) }
  }

  private func read(_ text: String) throws -> OpaquePointer {
    let file = try file(text)
    defer { try? FileManager.default.removeItem(at: file) }
    return try #require(withPath(file.path) { diet_read_csv($0, 1, nil, nil, nil) })
  }

  private func file(_ text: String) throws -> URL {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("diet-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: file)
    return file
  }
}
