import CDiet
import FileIO
import MemoryDiet
import Options
import Platform
import TabularDiet

// What calls for parts have in common.

/// Reads a part of the table in a file, or in a text that the caller reads.
func withPart<Result>(
  _ path: UnsafePointer<CChar>, _ source: UnsafePointer<diet_source>?, _ start: Int64,
  _ end: Int64, _ scan: OpaquePointer?, _ options: UnsafePointer<CChar>?,
  _ body: (TableReader) throws -> Result
) throws -> Result {
  guard let path = String(validatingCString: path) else {
    throw OptionError("the path is not UTF-8: rename the file, or link to it")
  }
  guard 0 <= start, start <= end else {
    throw OptionError("the range of bytes ends before it begins: \(start) to \(end)")
  }
  let options = try readingOptions(options)
  let text = source.map { RemoteText(name: path, $0.pointee) }
  // The caller's source is not there any longer than the call.
  defer { text?.close() }
  var reader =
    try text.map { TableReader(inputs: [.remote($0)], options: options, digest: .xxh3) }
    ?? TableReader([path], options: options)
  if start > 0 || end < .max { reader.byteRange = Int(start)..<Int(end) }
  reader.fileScan = scan.map { Handle<FileScan>.value($0) }
  return try body(reader)
}

extension RemoteText {
  fileprivate convenience init(name: String, _ source: diet_source) {
    // Sound: the caller lets several threads call at a time, and says what they are given.
    nonisolated(unsafe) let source = source
    self.init(name: name, byteCount: Int(max(0, source.byte_count))) { offset, buffer in
      guard let base = buffer.baseAddress else { return 0 }
      let bytes = base.assumingMemoryBound(to: UInt8.self)
      return Int(source.read_at(source.context, Int64(offset), bytes, Int64(buffer.count)))
    }
  }
}

func dietPlan(_ json: UnsafePointer<CChar>) throws -> DietPlan {
  try DietPlan(json: Array(String(cString: json).utf8), path: "plan")
}

func handedBytes(_ bytes: UnsafePointer<UInt8>?, _ count: Int64) -> [UInt8] {
  Array(UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : Int(max(0, count))))
}

/// Bytes that the caller frees.
func copy(
  of bytes: [UInt8], _ count: UnsafeMutablePointer<Int64>
) -> UnsafeMutablePointer<UInt8> {
  count.pointee = Int64(bytes.count)
  guard let copy = malloc(max(1, bytes.count)) else {
    fatalError("out of memory: \(bytes.count) bytes cannot be had")
  }
  bytes.withUnsafeBytes { bytes in
    if let start = bytes.baseAddress { copy.copyMemory(from: start, byteCount: bytes.count) }
  }
  return copy.assumingMemoryBound(to: UInt8.self)
}
