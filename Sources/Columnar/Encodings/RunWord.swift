import CKernels

/// What the rows of runs are written out as.
package protocol RunWord: FixedWidthInteger {
  /// Writes the value of each row, as run_rows.h has it.
  static func expand(
    _ values: UnsafePointer<Self>, _ starts: UnsafePointer<UInt64>, _ count: Int,
    _ rows: UnsafeMutablePointer<Self>)
}

extension Int8: RunWord {
  package static func expand(
    _ values: UnsafePointer<Int8>, _ starts: UnsafePointer<UInt64>, _ count: Int,
    _ rows: UnsafeMutablePointer<Int8>
  ) { diet_expand_runs_i8(values, starts, count, rows) }
}

extension Int16: RunWord {
  package static func expand(
    _ values: UnsafePointer<Int16>, _ starts: UnsafePointer<UInt64>, _ count: Int,
    _ rows: UnsafeMutablePointer<Int16>
  ) { diet_expand_runs_i16(values, starts, count, rows) }
}

extension Int32: RunWord {
  package static func expand(
    _ values: UnsafePointer<Int32>, _ starts: UnsafePointer<UInt64>, _ count: Int,
    _ rows: UnsafeMutablePointer<Int32>
  ) { diet_expand_runs_i32(values, starts, count, rows) }
}

extension Int64: RunWord {
  package static func expand(
    _ values: UnsafePointer<Int64>, _ starts: UnsafePointer<UInt64>, _ count: Int,
    _ rows: UnsafeMutablePointer<Int64>
  ) { diet_expand_runs_i64(values, starts, count, rows) }
}
