import CKernels
import Columnar

/// The lane of 128 bits, where bounds leave no other. Its operands are of its own type.
extension Int128: ExactLane {
  static var rowsType: diet_rows_type { DIET_ROWS_I128 }

  static func loads(_ type: diet_rows_type) -> Bool { type == DIET_ROWS_I128 }

  static func take(_ steps: Steps, _ count: Int, _ bits: Answers?, _ room: UnsafeMutableRawPointer)
  {
    let tile = LaneChain<Int128>.tileRowCount
    withUnsafeTemporaryAllocation(of: Int128.self, capacity: tile) { values in
      values.initialize(repeating: 0)
      for start in stride(from: 0, to: count, by: tile) {
        var step = steps
        while step.pointee.operation != DIET_STEP_END {
          step.pointee.take(start, Swift.min(tile, count - start), values.baseAddress!, bits)
          step += 1
        }
      }
    }
  }

  static func choose(
    _ bits: UnsafePointer<UInt64>, _ a: UnsafePointer<Int128>, _ b: UnsafePointer<Int128>,
    _ count: Int, _ out: UnsafeMutablePointer<Int128>
  ) {
    for row in 0..<count {
      out[row] = bits[row >> 6] >> UInt64(row & 63) & 1 == 1 ? a[row] : b[row]
    }
  }
}

extension diet_step {
  var operation: diet_step_operation {
    diet_step_operation(rawValue: code / UInt32(DIET_STEP_TYPES))
  }

  /// Changes the values of a tile, whose rows begin with `start`, a multiple of 64.
  fileprivate func take(
    _ start: Int, _ count: Int, _ values: UnsafeMutablePointer<Int128>,
    _ bits: UnsafeMutablePointer<UInt64>?
  ) {
    @inline(__always) func change(_ result: (Int128, Int128) -> Int128) {
      let operand = rows!.assumingMemoryBound(to: Int128.self) + (start & Int(mask))
      for row in 0..<count { values[row] = result(values[row], operand[row]) }
    }
    @inline(__always) func answer(_ holds: (Int128, Int128) -> Bool) {
      let operand = rows!.assumingMemoryBound(to: Int128.self) + (start & Int(mask))
      var word: UInt64 = 0
      for row in 0..<count where holds(values[row], operand[row]) { word |= 1 << UInt64(row) }
      bits![start / 64] = word
    }
    switch operation {
    case DIET_STEP_LOAD: change { $1 }
    case DIET_STEP_ADD: change { $0 &+ $1 }
    case DIET_STEP_SUBTRACT: change { $0 &- $1 }
    case DIET_STEP_MULTIPLY: change { $0 &* $1 }
    case DIET_STEP_SQUARE: for row in 0..<count { values[row] = values[row] &* values[row] }
    case DIET_STEP_LESSER: change { Swift.min($0, $1) }
    case DIET_STEP_GREATER: change { Swift.max($0, $1) }
    case DIET_STEP_IS_EQUAL: answer { $0 == $1 }
    case DIET_STEP_IS_LESS: answer { $0 < $1 }
    case DIET_STEP_IS_AT_MOST: answer { $0 <= $1 }
    case DIET_STEP_IS_GREATER: answer { $0 > $1 }
    case DIET_STEP_IS_AT_LEAST: answer { $0 >= $1 }
    case DIET_STEP_STORE:
      let target = rows!.assumingMemoryBound(to: Int128.self) + (start & Int(mask))
      target.update(from: values, count: count)
    default: fatalError("no such step of 128 bits: \(code)")
    }
  }
}
