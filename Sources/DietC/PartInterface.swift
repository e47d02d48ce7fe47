// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CDiet
import Columnar
import DietReport
import FileIO
import MemoryDiet
import Options
import Platform
import TabularDiet

// Parts of tables: what `CDiet.h` declares of them.

@c @implementation
public func diet_profile_csv(
  _ path: UnsafePointer<CChar>, _ source: UnsafePointer<diet_source>?, _ start: Int64, _ end: Int64,
  _ scan: OpaquePointer?,
  _ isBrief: Bool, _ options: UnsafePointer<CChar>?,
  _ cancellation: OpaquePointer?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
  reporting(to: error, unless: cancellation) {
    try withPart(path, source, start, end, scan, options) {
      Handle(try $0.mergeableProfile(isBrief: isBrief)).retained
    }
  }
}

@c @implementation
public func diet_profile_from_bytes(
  _ bytes: UnsafePointer<UInt8>?, _ count: Int64, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
  reporting(to: error) {
    Handle(try MergeableProfile(bytes: handedBytes(bytes, count))).retained
  }
}

@c @implementation
public func diet_profile_bytes(
  _ profile: OpaquePointer, _ count: UnsafeMutablePointer<Int64>
) -> UnsafeMutablePointer<UInt8> {
  copy(of: Handle<MergeableProfile>.value(profile).bytes, count)
}

@c @implementation
public func diet_profile_merge(
  _ first: OpaquePointer, _ second: OpaquePointer, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
  reporting(to: error) {
    var all = Handle<MergeableProfile>.value(first)
    try all.formUnion(Handle<MergeableProfile>.value(second))
    return Handle(all).retained
  }
}

@c @implementation
public func diet_profile_free(_ profile: OpaquePointer?) {
  Handle<MergeableProfile>.free(profile)
}

@c @implementation
public func diet_profile_row_count(_ profile: OpaquePointer) -> Int64 {
  Int64(Handle<MergeableProfile>.value(profile).rowCount)
}

@c @implementation
public func diet_profile_is_lacking(_ profile: OpaquePointer) -> Bool {
  // What cannot be told is said where it is asked for.
  (try? Handle<MergeableProfile>.value(profile).lackingColumns())?.isEmpty == false
}

@c @implementation
public func diet_profile_report(
  _ profile: OpaquePointer, _ options: UnsafePointer<CChar>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
  reporting(to: error) {
    let options = try readingOptions(options)
    return Handle(
      try Handle<MergeableProfile>.value(profile).profile(options: options).programReport()
    ).retained
  }
}

@c @implementation
public func diet_profile_plan(
  _ profile: OpaquePointer, _ options: UnsafePointer<CChar>?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> UnsafeMutablePointer<CChar>? {
  reporting(to: error) {
    let options = try readingOptions(options)
    let plan = try Handle<MergeableProfile>.value(profile).profile(options: options).plan()
    return cText(String(decoding: try plan.json(), as: UTF8.self))
  }
}

@c @implementation
public func diet_read_csv_part(
  _ path: UnsafePointer<CChar>, _ source: UnsafePointer<diet_source>?, _ start: Int64, _ end: Int64,
  _ scan: OpaquePointer?,
  _ plan: UnsafePointer<CChar>,
  _ options: UnsafePointer<CChar>?, _ cancellation: OpaquePointer?,
  _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> OpaquePointer? {
  reporting(to: error, unless: cancellation) {
    try withPart(path, source, start, end, scan, options) {
      Handle(try ReadTable.read($0, plan: dietPlan(plan))).retained
    }
  }
}

@c @implementation
public func diet_write_csv_part(
  _ path: UnsafePointer<CChar>, _ source: UnsafePointer<diet_source>?, _ start: Int64, _ end: Int64,
  _ scan: OpaquePointer?,
  _ plan: UnsafePointer<CChar>,
  _ options: UnsafePointer<CChar>?, _ output: UnsafePointer<CChar>,
  _ engine: UnsafePointer<CChar>?,
  _ cancellation: OpaquePointer?, _ error: UnsafeMutablePointer<OpaquePointer?>?
) -> Bool {
  reporting(to: error, unless: cancellation) { () throws -> Void in
    guard let output = String(validatingCString: output) else {
      throw OptionError("the output's path is not UTF-8")
    }
    try withPart(path, source, start, end, scan, options) {
      var reader = $0
      if let name = engine.map({ String(cString: $0) }) {
        guard let engine = TargetEngine(rawValue: name) else {
          throw OptionError("there is no engine `\(name)`")
        }
        reader.engine = engine
      }
      _ = try reader.write(to: output, plan: dietPlan(plan))
    }
  } != nil
}
