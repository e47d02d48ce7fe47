/// Writes the integers of one chunk, less `base`, to `target` and reads them back.
///
/// Returns the first row of the chunk whose value `target` cannot hold, `nil` when all fit. Null
/// rows become 0. This is the loop under every integer layout, so it is generic over both widths
/// and dispatched once a chunk.
package func transferIntegers<Target: FixedWidthInteger>(
  _ chunk: ColumnChunk, base: Int64, to target: UnsafeMutablePointer<Target>
) -> Int? {
  let count = chunk.rowCount
  guard case .integers(let integers) = chunk.values else {
    target.update(repeating: 0, count: count)
    return nil
  }
  let failed: Bool
  if integers.multiplier == 1 {
    let add = integers.base &- base
    switch integers.width {
    case 0: failed = fill(add, target, count)
    case 1: failed = shift(integers.offsets!.pointer(as: UInt8.self), add, target, count)
    case 2: failed = shift(integers.offsets!.pointer(as: UInt16.self), add, target, count)
    case 4: failed = shift(integers.offsets!.pointer(as: UInt32.self), add, target, count)
    default: failed = shift(integers.offsets!.pointer(as: UInt64.self), add, target, count)
    }
  } else {
    var differences: Int64 = 0
    for row in 0..<count {
      let value = integers.value(at: row) &- base
      target[row] = Target(truncatingIfNeeded: value)
      differences |= Int64(truncatingIfNeeded: target[row]) ^ value
    }
    failed = differences != 0
  }
  if failed {
    for row in 0..<count where !chunk.isNull(row) {
      let value = integers.value(at: row) &- base
      if Int64(truncatingIfNeeded: Target(truncatingIfNeeded: value)) != value { return row }
    }
  }
  if chunk.nullCount > 0 {
    for row in 0..<count where chunk.isNull(row) { target[row] = 0 }
  }
  return nil
}

@inline(__always)
private func fill<Target: FixedWidthInteger>(
  _ value: Int64, _ target: UnsafeMutablePointer<Target>, _ count: Int
) -> Bool {
  let narrow = Target(truncatingIfNeeded: value)
  target.update(repeating: narrow, count: count)
  return Int64(truncatingIfNeeded: narrow) != value
}

@inline(__always)
private func shift<Source: FixedWidthInteger & UnsignedInteger, Target: FixedWidthInteger>(
  _ source: UnsafeMutablePointer<Source>, _ add: Int64, _ target: UnsafeMutablePointer<Target>,
  _ count: Int
) -> Bool {
  var row = 0
  while row < count {
    let value = Int64(truncatingIfNeeded: source[row]) &+ add
    target[row] = Target(truncatingIfNeeded: value)
    row &+= 1
  }
  // The check reads back what was written: the certificate rests on it.
  var differences: Int64 = 0
  row = 0
  while row < count {
    let value = Int64(truncatingIfNeeded: source[row]) &+ add
    differences |= Int64(truncatingIfNeeded: target[row]) ^ value
    row &+= 1
  }
  return differences != 0
}
