import CKernels
import Columnar
import Glibc

/// Makes a checked expression into steps: one closure a part, called once a block.
///
/// A part at depth d leaves its numbers in register d, or where they are stored; what it is made of
/// is at d and beyond.
final class ExpressionProgram {
  typealias NumberStep<T> = (ExpressionBlock) -> BlockNumbers<T>
  typealias TruthStep = (ExpressionBlock) -> BlockTruth

  /// Registers that are in use.
  private(set) var registers = 1

  func uses(_ register: Int) { registers = max(registers, register + 1) }

  // MARK: - Exact numbers

  /// The narrowest lane that holds a part's results and what they are made of.
  static func laneWidth(_ value: Exact) -> Int {
    func width(_ value: Exact) -> Int {
      value.fits(Int32.self) ? 4 : value.fits(Int64.self) ? 8 : 16
    }
    switch value.node {
    case .column, .constant: return width(value)
    case .binary(_, let a, let b), .choice(_, let a, let b):
      return [value, a, b].map(width).max()!
    case .changed(_, let a): return max(8, width(value), width(a))
    }
  }

  func exact<T: ExactLane>(_ value: Exact, as type: T.Type, _ depth: Int) -> NumberStep<T> {
    uses(depth)
    switch value.node {
    case .constant(let constant):
      return fill(T(truncatingIfNeeded: constant), depth)
    case .column(let rows):
      let blocks = IntegerBlocks(rows)
      return { block in
        BlockNumbers(
          values: T.read(blocks, block.range, block.numbers(depth, as: T.self)),
          valid: rows.words(from: block.range.lowerBound))
      }
    case .binary, .changed, .choice: break
    }
    switch Self.laneWidth(value) {
    case 4 where T.self != Int32.self:
      return converted(operation(value, as: Int32.self, depth + 1), depth)
    case 8 where T.self != Int64.self:
      return converted(operation(value, as: Int64.self, depth + 1), depth)
    case 16 where T.self != Int128.self:
      return converted(operation(value, as: Int128.self, depth + 1), depth)
    default: return operation(value, as: type, depth)
    }
  }

  /// A register that is filled when it is first asked for and lies beyond all others.
  private func fill<T>(_ constant: T, _ depth: Int) -> NumberStep<T> {
    { block in
      let target = block.numbers(depth, as: T.self)
      target.update(repeating: constant, count: block.count)
      return BlockNumbers(values: UnsafePointer(target), valid: nil)
    }
  }

  /// Bits in the register `depth`: those beyond are used again by what comes next.
  private static func moved(
    _ valid: UnsafePointer<UInt64>?, _ block: ExpressionBlock, _ depth: Int
  ) -> UnsafePointer<UInt64>? {
    guard let valid else { return nil }
    block.bits(depth).update(from: valid, count: block.wordCount)
    return UnsafePointer(block.bits(depth))
  }

  private func converted<S: ExactLane, T: ExactLane>(
    _ step: @escaping NumberStep<S>, _ depth: Int
  ) -> NumberStep<T> {
    uses(depth + 1)
    return { block in
      let source = step(block)
      let target = block.numbers(depth, as: T.self)
      for row in 0..<block.count { target[row] = T(truncatingIfNeeded: source.values[row]) }
      return BlockNumbers(
        values: UnsafePointer(target), valid: Self.moved(source.valid, block, depth))
    }
  }

  private func operation<T: ExactLane>(
    _ value: Exact, as type: T.Type, _ depth: Int
  ) -> NumberStep<T> {
    switch value.node {
    case .column, .constant: return exact(value, as: type, depth)
    case .changed(let change, let operand):
      let step = exact(operand, as: type, depth)
      return { block in
        let source = step(block)
        let target = block.numbers(depth, as: T.self)
        Self.apply(change, source.values, block.count, target)
        return BlockNumbers(values: UnsafePointer(target), valid: source.valid)
      }
    case .choice(let condition, let a, let b):
      return choice(
        truth(condition, depth), exact(a, as: type, depth + 1), exact(b, as: type, depth + 2), depth
      )
    case .binary(.remainder, let a, let b):
      let (a, b) = (exact(a, as: type, depth), exact(b, as: type, depth + 1))
      return { block in
        let (x, y) = (a(block), b(block))
        let target = block.numbers(depth, as: T.self)
        let valid = block.bits(depth)
        Self.meet(x.valid, y.valid, block.wordCount, valid)
        for row in 0..<block.count {
          let divisor = y.values[row]
          // There is no remainder of a division by zero.
          if divisor == 0 { valid[row >> 6] &= ~(1 << UInt64(row & 63)) }
          target[row] = divisor == 0 ? 0 : x.values[row].flooredRemainder(divisor)
        }
        return BlockNumbers(values: UnsafePointer(target), valid: UnsafePointer(valid))
      }
    case .binary(let operation, let a, let b):
      let loop =
        switch operation {
        case .add: T.operations.add
        case .subtract: T.operations.subtract
        case .multiply: T.operations.multiply
        case .lesser: T.operations.lesser
        case .greater: T.operations.greater
        case .remainder: fatalError("remainders have a loop of their own")
        }
      return binary(exact(a, as: type, depth), exact(b, as: type, depth + 1), loop, depth)
    }
  }

  private static func apply<T: ExactLane>(
    _ change: ExactNode.Change, _ source: UnsafePointer<T>, _ count: Int,
    _ target: UnsafeMutablePointer<T>
  ) {
    switch change {
    case .absolute: for row in 0..<count { target[row] = max(source[row], 0 &- source[row]) }
    case .floor(let unit):
      for row in 0..<count { target[row] = source[row].flooredQuotient(T(unit)) }
    case .ceiling(let unit):
      for row in 0..<count { target[row] = 0 &- (0 &- source[row]).flooredQuotient(T(unit)) }
    case .nearest(let unit):
      for row in 0..<count {
        let quotient = source[row].flooredQuotient(T(unit))
        let twice = (source[row] &- quotient &* T(unit)) &* 2
        let isUp = twice > T(unit) || (twice == T(unit) && quotient & 1 == 1)
        target[row] = isUp ? quotient &+ 1 : quotient
      }
    case .part(let part, let unitsPerDay):
      for row in 0..<count {
        let value = Int64(truncatingIfNeeded: source[row])
        target[row] = T(truncatingIfNeeded: part.of(value, unitsPerDay: unitsPerDay))
      }
    }
  }

  // MARK: - What lanes share

  private func binary<T: ExpressionLane>(
    _ a: @escaping NumberStep<T>, _ b: @escaping NumberStep<T>,
    _ loop: @escaping LaneOperations<T>.Binary, _ depth: Int
  ) -> NumberStep<T> {
    { block in
      let (x, y) = (a(block), b(block))
      let target = block.numbers(depth, as: T.self)
      loop(x.values, y.values, block.count, target)
      return BlockNumbers(
        values: UnsafePointer(target), valid: Self.bothValid(x.valid, y.valid, block, depth))
    }
  }

  private func choice<T: ExpressionLane>(
    _ condition: @escaping TruthStep, _ a: @escaping NumberStep<T>, _ b: @escaping NumberStep<T>,
    _ depth: Int
  ) -> NumberStep<T> {
    { block in
      let truth = condition(block)
      let (x, y) = (a(block), b(block))
      let target = block.numbers(depth, as: T.self)
      T.operations.choose(truth.isTrue, x.values, y.values, block.count, target)
      if truth.known == nil && x.valid == nil && y.valid == nil {
        return BlockNumbers(values: UnsafePointer(target), valid: nil)
      }
      let valid = block.known(depth)
      for word in 0..<block.wordCount {
        let chosen = truth.isTrue[word]
        let present = (chosen & (x.valid?[word] ?? ~0)) | (~chosen & (y.valid?[word] ?? ~0))
        valid[word] = present & (truth.known?[word] ?? ~0)
      }
      return BlockNumbers(values: UnsafePointer(target), valid: UnsafePointer(valid))
    }
  }

  private static func bothValid(
    _ a: UnsafePointer<UInt64>?, _ b: UnsafePointer<UInt64>?, _ block: ExpressionBlock,
    _ depth: Int
  ) -> UnsafePointer<UInt64>? {
    guard let a else { return b }
    guard let b else { return a }
    meet(a, b, block.wordCount, block.bits(depth))
    return UnsafePointer(block.bits(depth))
  }

  static func meet(
    _ a: UnsafePointer<UInt64>?, _ b: UnsafePointer<UInt64>?, _ wordCount: Int,
    _ target: UnsafeMutablePointer<UInt64>
  ) { for word in 0..<wordCount { target[word] = (a?[word] ?? ~0) & (b?[word] ?? ~0) } }

  // MARK: - Floats

  func float(_ node: FloatNode, _ depth: Int) -> NumberStep<Double> {
    uses(depth)
    switch node {
    case .constant(let value): return fill(value, depth)
    case .column(let rows):
      let blocks = FloatBlocks(rows)
      return { block in
        BlockNumbers(
          values: blocks.read(block.range, block.numbers(depth, as: Double.self)),
          valid: rows.words(from: block.range.lowerBound))
      }
    case .exact(let value):
      let divisor = Double(powerOfTen(value.scale))
      switch Self.laneWidth(value) {
      case 4: return rounded(exact(value, as: Int32.self, depth + 1), divisor, depth)
      case 8: return rounded(exact(value, as: Int64.self, depth + 1), divisor, depth)
      default: return rounded(exact(value, as: Int128.self, depth + 1), divisor, depth)
      }
    case .choice(let condition, let a, let b):
      return choice(truth(condition, depth), float(a, depth + 1), float(b, depth + 2), depth)
    case .function(let function, let operand):
      let step = float(operand, depth)
      return { block in
        let source = step(block)
        let target = block.numbers(depth, as: Double.self)
        Self.apply(function, source.values, block.count, target)
        return BlockNumbers(values: UnsafePointer(target), valid: source.valid)
      }
    case .binary(let operation, let a, let b):
      let loop: LaneOperations<Double>.Binary =
        switch operation {
        case .add: diet_add_f64
        case .subtract: diet_subtract_f64
        case .multiply: diet_multiply_f64
        case .divide: diet_divide_f64
        case .lesser: diet_lesser_f64
        case .greater: diet_greater_f64
        case .power:
          { a, b, count, out in
            for row in 0..<count { out![row] = Glibc.pow(a![row], b![row]) }
          }
        case .remainder:
          { a, b, count, out in
            for row in 0..<count {
              let rest = fmod(a![row], b![row])
              out![row] = rest != 0 && (rest < 0) != (b![row] < 0) ? rest + b![row] : rest
            }
          }
        }
      return binary(float(a, depth), float(b, depth + 1), loop, depth)
    }
  }

  private func rounded<T: ExactLane>(
    _ step: @escaping NumberStep<T>, _ divisor: Double, _ depth: Int
  ) -> NumberStep<Double> {
    uses(depth + 1)
    return { block in
      let source = step(block)
      let target = block.numbers(depth, as: Double.self)
      let raw = UnsafeRawPointer(source.values)
      switch T.bitWidth {
      case 32: diet_round_i32(raw.assumingMemoryBound(to: Int32.self), block.count, target)
      case 64: diet_round_i64(raw.assumingMemoryBound(to: Int64.self), block.count, target)
      default: for row in 0..<block.count { target[row] = Double(source.values[row]) }
      }
      if divisor != 1 { for row in 0..<block.count { target[row] /= divisor } }
      return BlockNumbers(
        values: UnsafePointer(target), valid: Self.moved(source.valid, block, depth))
    }
  }

  private static func apply(
    _ function: FloatNode.Function, _ source: UnsafePointer<Double>, _ count: Int,
    _ target: UnsafeMutablePointer<Double>
  ) {
    @inline(__always) func each(_ body: (Double) -> Double) {
      for row in 0..<count { target[row] = body(source[row]) }
    }
    switch function {
    case .absolute: each { $0.magnitude }
    case .squareRoot: diet_sqrt_f64(source, count, target)
    case .exp: each { Glibc.exp($0) }
    case .log: each { Glibc.log($0) }
    case .floor: each { $0.rounded(.down) }
    case .ceil: each { $0.rounded(.up) }
    case .round: each { $0.rounded(.toNearestOrEven) }
    case .sin: each { Glibc.sin($0) }
    case .cos: each { Glibc.cos($0) }
    case .tan: each { Glibc.tan($0) }
    }
  }
}
