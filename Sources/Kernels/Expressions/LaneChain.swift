import CKernels
import Columnar

/// A part of an expression as steps over a value that stays in the processor's registers.
///
/// `a * b + c` is three steps: load a, multiply by b, add c. Columns are read as they are stored, some
/// hundred rows at a time (a tile), and results alone are written. What no step computes is an operand
/// that was computed before, for the whole block.
struct LaneChain<T: ExpressionLane> {
  /// A whole word of answers, and as many rows as the loops in C take at a time.
  static var tileRowCount: Int { max(64, DIET_TILE_BYTES / MemoryLayout<T>.stride) }

  private var steps: [diet_step] = []
  fileprivate var operands: [(step: Int, StepOperand)] = []
  fileprivate var tiles: [(steps: [Int], constant: T?)] = []

  private mutating func push(_ operation: diet_step_operation, _ type: diet_rows_type, mask: UInt32)
  {
    steps.append(
      diet_step(
        code: operation.rawValue * UInt32(DIET_STEP_TYPES) + type.rawValue, mask: mask, rows: nil))
  }

  /// A step without an operand.
  mutating func add(_ operation: diet_step_operation) {
    push(operation, diet_rows_type(rawValue: 0), mask: 0)
  }

  mutating func add(_ operation: diet_step_operation, _ operand: StepOperand) {
    if !T.takes(operation, operand.type) {
      let value = saved()
      add(DIET_STEP_LOAD, operand)
      let widened = saved()
      add(DIET_STEP_LOAD, tile: value)
      add(operation, tile: widened)
      return
    }
    operands.append((steps.count, operand))
    push(operation, operand.type, mask: .max)
  }

  mutating func add(_ operation: diet_step_operation, _ constant: T) {
    tiles.append(([], constant))
    add(operation, tile: tiles.count - 1)
  }

  mutating func add(_ operation: diet_step_operation, tile: Int) {
    tiles[tile].steps.append(steps.count)
    push(operation, T.rowsType, mask: 0)
  }

  /// Keeps the value as a tile.
  mutating func saved() -> Int {
    tiles.append(([], nil))
    add(DIET_STEP_STORE, tile: tiles.count - 1)
    return tiles.count - 1
  }

  /// Writes the value where each run says: rows of this type.
  mutating func store(as type: diet_rows_type) { push(DIET_STEP_STORE, type, mask: .max) }

  fileprivate var all: [diet_step] {
    var chain = self
    chain.add(DIET_STEP_END)
    return chain.steps
  }
}

/// The steps of a chain with the memory of one thread, ready to be taken block by block.
final class LaneRun<T: ExpressionLane> {
  private let operands: [(step: Int, operand: StepOperand)]
  private let stepCount: Int
  // Sound: memory of its own, which lives as long as steps that point to it.
  private let steps: UnsafeMutablePointer<diet_step>
  private let tiles: UnsafeMutablePointer<T>
  private let room: UnsafeMutableRawPointer

  init(_ chain: LaneChain<T>) {
    let all = chain.all
    operands = chain.operands
    stepCount = all.count
    steps = .allocate(capacity: stepCount)
    steps.initialize(from: all, count: stepCount)
    let rowCount = LaneChain<T>.tileRowCount
    tiles = UnsafeMutableRawPointer.allocate(
      byteCount: (chain.tiles.count + 1) * rowCount * MemoryLayout<T>.stride, alignment: 64
    ).assumingMemoryBound(to: T.self)
    for (index, tile) in chain.tiles.enumerated() {
      let start = tiles + index * rowCount
      if let constant = tile.constant { start.initialize(repeating: constant, count: rowCount) }
      for step in tile.steps { steps[step].rows = UnsafeMutableRawPointer(start) }
    }
    room = .allocate(byteCount: stepCount * DIET_STEP_ROOM, alignment: 64)
  }

  deinit {
    steps.deallocate()
    UnsafeMutableRawPointer(tiles).deallocate()
    room.deallocate()
  }

  /// Takes all steps for the rows of a block. The last of them stores to `target`, or writes `bits`.
  ///
  /// - Returns: the rows of which all operands are known, in `known` where several say so; `nil`
  ///   where all are.
  func callAsFunction(
    _ block: ExpressionBlock, known: UnsafeMutablePointer<UInt64>,
    target: UnsafeMutableRawPointer? = nil, bits: UnsafeMutablePointer<UInt64>? = nil
  ) -> UnsafePointer<UInt64>? {
    var valid: UnsafePointer<UInt64>?
    for (step, operand) in operands {
      let (rows, present) = operand.read(block)
      steps[step].rows = UnsafeMutableRawPointer(mutating: rows)
      guard let present else { continue }
      if let others = valid, others != present {
        for word in 0..<block.wordCount { known[word] = others[word] & present[word] }
        valid = UnsafePointer(known)
      } else {
        valid = present
      }
    }
    // The end comes after the step that stores.
    if let target { steps[stepCount - 2].rows = target }
    T.take(steps, block.count, bits, room)
    return valid
  }
}
