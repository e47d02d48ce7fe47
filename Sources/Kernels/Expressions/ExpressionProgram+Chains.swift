import CKernels
import Columnar

/// Arithmetic as steps of a chain. Operands that no step computes are computed before, each in a
/// register of its own beyond that of the chain.
extension ExpressionProgram {
  /// Whether steps compute the value in this lane, from values of this lane or of a narrower one.
  func isComputed<T: ExactLane>(_ value: Exact, in lane: T.Type) -> Bool {
    let width = MemoryLayout<T>.size
    switch value.node {
    case .binary(.remainder, _, _), .constant, .column, .changed, .choice, .length: return false
    // 64 bits at a time are quicker than 128.
    case .binary, .square:
      return width == 16 ? Self.laneWidth(value) == 16 : Self.laneWidth(value) <= width
    }
  }

  /// The steps that leave `value` as the value of the chain at `depth`.
  func append<T: ExactLane>(_ value: Exact, to chain: inout LaneChain<T>, _ depth: Int) {
    var register = depth
    append(value, to: &chain, &register)
  }

  private func append<T: ExactLane>(
    _ value: Exact, to chain: inout LaneChain<T>, _ register: inout Int
  ) {
    if isComputed(value, in: T.self) {
      switch value.node {
      case .binary(let operation, let a, let b):
        return combine(operation.step, a, b, &chain, &register)
      case .square(let a):
        append(a, to: &chain, &register)
        return chain.add(DIET_STEP_SQUARE)
      case .column, .constant, .changed, .choice, .length: break
      }
    }
    if case .column(let rows) = value.node, append(rows, to: &chain) { return }
    add(DIET_STEP_LOAD, value, to: &chain, &register)
  }

  /// Changes what `a` leaves by `b`, or, where sides may be exchanged, the other way round.
  private func combine<T: ExactLane>(
    _ operation: diet_step_operation, _ a: Exact, _ b: Exact, _ chain: inout LaneChain<T>,
    _ register: inout Int
  ) {
    if isOperand(b, in: T.self) {
      append(a, to: &chain, &register)
      add(operation, b, to: &chain, &register)
    } else if isOperand(a, in: T.self), let mirrored = operation.mirrored {
      append(b, to: &chain, &register)
      add(mirrored, a, to: &chain, &register)
    } else {
      append(b, to: &chain, &register)
      let tile = chain.saved()
      append(a, to: &chain, &register)
      chain.add(operation, tile: tile)
    }
  }

  /// Whether a step takes the value as it is stored, or as it was computed before.
  private func isOperand<T: ExactLane>(_ value: Exact, in lane: T.Type) -> Bool {
    if case .column(let rows) = value.node, case .scaled(_, let offsets) = rows.view {
      if case .packed = offsets { return true }
      return false
    }
    return !isComputed(value, in: lane)
  }

  private func add<T: ExactLane>(
    _ operation: diet_step_operation, _ value: Exact, to chain: inout LaneChain<T>,
    _ register: inout Int
  ) {
    if case .constant(let constant) = value.node {
      return chain.add(operation, T(truncatingIfNeeded: constant))
    }
    if case .column(let rows) = value.node, let operand = rows.stepOperand, T.loads(operand.type) {
      return chain.add(operation, operand)
    }
    register += 1
    if let operand = unpacked(value, in: T.self, register) {
      return chain.add(operation, operand)
    }
    chain.add(operation, operand(exact(value, as: T.self, register)))
  }

  /// The steps for a column of offsets from a base; false where they do not read it.
  func append<T: ExactLane>(_ rows: ColumnRows, to chain: inout LaneChain<T>) -> Bool {
    if let operand = rows.stepOperand, T.loads(operand.type) {
      chain.add(DIET_STEP_LOAD, operand)
      return true
    }
    guard case .scaled(let base, let offsets) = rows.view,
      let operand = rows.stepOperand(offsets), T.loads(operand.type)
    else { return false }
    chain.add(DIET_STEP_LOAD, operand)
    chain.add(DIET_STEP_ADD, T(truncatingIfNeeded: base))
    return true
  }

  /// The numbers of a chain in the register `depth`.
  func kept<T: ExpressionLane>(_ chain: LaneChain<T>, _ depth: Int) -> NumberStep<T> {
    keeps(depth)
    var chain = chain
    chain.store(as: T.rowsType)
    let run = LaneRun(chain)
    return { block in
      let target = block.numbers(depth, as: T.self)
      let valid = run(block, known: block.bits(depth), target: target)
      return BlockNumbers(
        values: UnsafePointer(target), valid: block.kept(valid, in: block.bits(depth)))
    }
  }

  /// What leaves the numbers of a value in the narrower type of a column; `nil` if no step does.
  /// Answers which of them are not null.
  func stored<T: ExactLane>(
    _ value: Exact, as lane: T.Type, in type: diet_rows_type
  ) -> ((ExpressionBlock, UnsafeMutableRawPointer) -> UnsafePointer<UInt64>?)? {
    guard T.self != Int128.self, isComputed(value, in: lane) else { return nil }
    uses(0)
    var chain = LaneChain<T>()
    append(value, to: &chain, 0)
    chain.store(as: type)
    let run = LaneRun(chain)
    return { block, target in run(block, known: block.bits(0), target: target) }
  }

  // MARK: - Comparisons

  /// The answers to a comparison, which ends the chain of its sides.
  func compared<T: ExactLane>(
    _ operation: diet_step_operation, _ a: Exact, _ b: Exact, as lane: T.Type, _ depth: Int
  ) -> TruthStep {
    var chain = LaneChain<T>()
    var register = depth
    combine(operation, a, b, &chain, &register)
    return answered(chain, depth)
  }

  func compared(
    _ operation: diet_step_operation, _ a: FloatNode, _ b: FloatNode, _ depth: Int
  ) -> TruthStep {
    var chain = LaneChain<Double>()
    var register = depth
    combine(operation, a, b, &chain, &register)
    return answered(chain, depth)
  }

  private func answered<T: ExpressionLane>(_ chain: LaneChain<T>, _ depth: Int) -> TruthStep {
    uses(depth)
    let run = LaneRun(chain)
    return { block in
      let isTrue = block.bits(depth)
      let known = block.kept(
        run(block, known: block.known(depth), bits: isTrue), in: block.known(depth))
      if let known { for word in 0..<block.wordCount { isTrue[word] &= known[word] } }
      return BlockTruth(isTrue: isTrue, known: known)
    }
  }

  // MARK: - Floats

  func isComputed(_ node: FloatNode) -> Bool {
    switch node {
    case .binary(.power, _, _), .binary(.remainder, _, _), .constant, .column, .choice: false
    case .binary: true
    case .exact(let value): value.scale > 0 || Self.laneWidth(value) <= 8
    case .function(let function, _):
      switch function {
      case .absolute, .square, .squareRoot: true
      default: false
      }
    }
  }

  func append(_ node: FloatNode, to chain: inout LaneChain<Double>, _ depth: Int) {
    var register = depth
    append(node, to: &chain, &register)
  }

  private func append(
    _ node: FloatNode, to chain: inout LaneChain<Double>, _ register: inout Int
  ) {
    switch node {
    case .binary(let operation, let a, let b):
      if let step = operation.step { return combine(step, a, b, &chain, &register) }
    case .exact(let value) where value.scale > 0:
      let units = Exact(node: value.node, scale: 0, low: value.low, high: value.high)
      append(.exact(units), to: &chain, &register)
      return chain.add(DIET_STEP_DIVIDE, Double(powerOfTen(value.scale)))
    case .function(let function, let operand):
      let step: diet_step_operation? =
        switch function {
        case .absolute: DIET_STEP_ABSOLUTE
        case .square: DIET_STEP_SQUARE
        case .squareRoot: DIET_STEP_SQUARE_ROOT
        default: nil
        }
      if let step {
        append(operand, to: &chain, &register)
        return chain.add(step)
      }
    case .constant, .column, .exact, .choice: break
    }
    add(DIET_STEP_LOAD, node, to: &chain, &register)
  }

  private func combine(
    _ operation: diet_step_operation, _ a: FloatNode, _ b: FloatNode,
    _ chain: inout LaneChain<Double>, _ register: inout Int
  ) {
    if isOperand(b) {
      append(a, to: &chain, &register)
      add(operation, b, to: &chain, &register)
    } else if isOperand(a), let mirrored = operation.mirrored,
      // The lesser and the greater of two zeros is that of the second side.
      operation != DIET_STEP_LESSER, operation != DIET_STEP_GREATER
    {
      append(b, to: &chain, &register)
      add(mirrored, a, to: &chain, &register)
    } else {
      append(b, to: &chain, &register)
      let tile = chain.saved()
      append(a, to: &chain, &register)
      chain.add(operation, tile: tile)
    }
  }

  private func isOperand(_ node: FloatNode) -> Bool {
    if case .exact(let value) = node { return value.scale == 0 }
    return !isComputed(node)
  }

  private func add(
    _ operation: diet_step_operation, _ node: FloatNode, to chain: inout LaneChain<Double>,
    _ register: inout Int
  ) {
    switch node {
    case .constant(let constant): return chain.add(operation, constant)
    case .column(let rows):
      if let operand = rows.stepOperand { return chain.add(operation, operand) }
    case .exact(let value):
      if let operand = value.column?.stepOperand { return chain.add(operation, operand) }
      register += 1
      if let operand = unpacked(value, in: Double.self, register) {
        return chain.add(operation, operand)
      }
      switch Self.laneWidth(value) {
      case 2: return chain.add(operation, operand(exact(value, as: Int16.self, register)))
      case 4: return chain.add(operation, operand(exact(value, as: Int32.self, register)))
      case 8: return chain.add(operation, operand(exact(value, as: Int64.self, register)))
      default: register -= 1
      }
    case .binary, .function, .choice: break
    }
    register += 1
    chain.add(operation, operand(float(node, register)))
  }
}

extension ExactNode.Operation {
  var step: diet_step_operation {
    switch self {
    case .add: DIET_STEP_ADD
    case .subtract: DIET_STEP_SUBTRACT
    case .multiply: DIET_STEP_MULTIPLY
    case .lesser: DIET_STEP_LESSER
    case .greater: DIET_STEP_GREATER
    case .remainder: fatalError("remainders are no step")
    }
  }
}

extension FloatNode.Operation {
  var step: diet_step_operation? {
    switch self {
    case .add: DIET_STEP_ADD
    case .subtract: DIET_STEP_SUBTRACT
    case .multiply: DIET_STEP_MULTIPLY
    case .divide: DIET_STEP_DIVIDE
    case .lesser: DIET_STEP_LESSER
    case .greater: DIET_STEP_GREATER
    case .power, .remainder: nil
    }
  }
}

extension TruthNode.Operation {
  var step: diet_step_operation {
    switch self {
    case .equal: DIET_STEP_IS_EQUAL
    case .less: DIET_STEP_IS_LESS
    case .atMost: DIET_STEP_IS_AT_MOST
    }
  }
}

extension diet_step_operation {
  /// The step with sides exchanged, if there is one.
  fileprivate var mirrored: diet_step_operation? {
    switch self {
    case DIET_STEP_ADD, DIET_STEP_MULTIPLY, DIET_STEP_LESSER, DIET_STEP_GREATER,
      DIET_STEP_IS_EQUAL:
      self
    case DIET_STEP_IS_LESS: DIET_STEP_IS_GREATER
    case DIET_STEP_IS_AT_MOST: DIET_STEP_IS_AT_LEAST
    default: nil
    }
  }
}

extension ExpressionProgram {
  fileprivate func operand<T: ExpressionLane>(_ step: @escaping NumberStep<T>) -> StepOperand {
    StepOperand(type: T.rowsType) { block in
      let numbers = step(block)
      return (UnsafeRawPointer(numbers.values), numbers.valid)
    }
  }
}
