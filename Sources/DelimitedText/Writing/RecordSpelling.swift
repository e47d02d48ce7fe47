/// How records are written.
package protocol RecordSpelling {
  /// Whether text that is RFC 4180 without a quote in it may be passed on as it stands.
  static var isCSV: Bool { get }
  static func begin(_ output: inout [UInt8])
  /// Appends a field; `forcesQuotes` where it must be told from a missing or a special one.
  static func append(
    _ field: UnsafeBufferPointer<UInt8>, forcesQuotes: Bool, to output: inout [UInt8])
  static func end(_ output: inout [UInt8])
}

/// RFC 4180 with commas and line feeds.
package enum CSVRecords: RecordSpelling {
  package static var isCSV: Bool { true }
  package static func begin(_ output: inout [UInt8]) {}

  @inline(__always)
  package static func append(
    _ field: UnsafeBufferPointer<UInt8>, forcesQuotes: Bool, to output: inout [UInt8]
  ) {
    output.append(csvField: field, forcesQuotes: forcesQuotes)
  }

  package static func end(_ output: inout [UInt8]) { output.append(UInt8(ascii: "\n")) }
}

/// One JSON array of strings a line.
package enum JSONRecords: RecordSpelling {
  package static var isCSV: Bool { false }
  package static func begin(_ output: inout [UInt8]) { output.append(UInt8(ascii: "[")) }

  @inline(__always)
  package static func append(
    _ field: UnsafeBufferPointer<UInt8>, forcesQuotes: Bool, to output: inout [UInt8]
  ) {
    output.append(jsonString: field)
  }

  package static func end(_ output: inout [UInt8]) { output.append(contentsOf: "]\n".utf8) }
}
