// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CDiet
import TabularDiet

// Where parts of tables begin: what `CDiet.h` declares of it.

@c @implementation
public func diet_scan_csv(
  _ path: UnsafePointer<CChar>, _ source: UnsafePointer<diet_source>?, _ start: Int64, _ end: Int64,
  _ options: UnsafePointer<CChar>?,
  _ cancellation: OpaquePointer?, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
  reporting(to: error, unless: cancellation) {
    try withPart(path, source, start, end, nil, options) { Handle(try $0.scan()).retained }
  }
}

@c @implementation
public func diet_scan_from_bytes(
  _ bytes: UnsafePointer<UInt8>?, _ count: Int64, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
  reporting(to: error) { Handle(try FileScan(bytes: handedBytes(bytes, count))).retained }
}

@c @implementation
public func diet_scan_bytes(
  _ scan: OpaquePointer, _ count: UnsafeMutablePointer<Int64>
) -> UnsafeMutablePointer<UInt8> {
  copy(of: Handle<FileScan>.value(scan).bytes, count)
}

@c @implementation
public func diet_scan_merge(
  _ first: OpaquePointer, _ second: OpaquePointer, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
  reporting(to: error) {
    var all = Handle<FileScan>.value(first)
    try all.formUnion(Handle<FileScan>.value(second))
    return Handle(all).retained
  }
}

@c @implementation
public func diet_scan_part(_ scan: OpaquePointer, _ start: Int64) -> OpaquePointer {
  Handle(Handle<FileScan>.value(scan).part(before: Int(max(0, start)))).retained
}

@c @implementation
public func diet_scan_free(_ scan: OpaquePointer?) {
  Handle<FileScan>.free(scan)
}
