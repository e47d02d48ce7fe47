import MemoryDiet
import Options
import Platform
import TabularDiet

// What calls for parts have in common.

/// A part of the table in a file.
func partReader(
  _ path: UnsafePointer<CChar>, _ start: Int64, _ end: Int64, _ scan: OpaquePointer?,
  _ options: UnsafePointer<CChar>?
) throws -> TableReader {
  guard let path = String(validatingCString: path) else {
    throw OptionError("the path is not UTF-8: rename the file, or link to it")
  }
  guard 0 <= start, start <= end else {
    throw OptionError("the range of bytes ends before it begins: \(start) to \(end)")
  }
  var reader = try TableReader([path], options: readingOptions(options))
  if start > 0 || end < .max { reader.byteRange = Int(start)..<Int(end) }
  reader.fileScan = scan.map { Handle<FileScan>.value($0) }
  return reader
}

func dietPlan(_ json: UnsafePointer<CChar>) throws -> DietPlan {
  try DietPlan(json: Array(String(cString: json).utf8), path: "plan")
}

func array(_ bytes: UnsafePointer<UInt8>?, _ count: Int64) -> [UInt8] {
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
