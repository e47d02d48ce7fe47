import CKernels
import Columnar

/// Makes a checked expression into steps: one closure a part, called once a block.
///
/// A part at depth d leaves its numbers in register d, or where they are stored; what it is made of
/// is at d and beyond.
final class ExpressionProgram {
  typealias NumberStep<T> = (ExpressionBlock) -> BlockNumbers<T>
  typealias TruthStep = (ExpressionBlock) -> BlockTruth

  /// Registers that are in use.
  private(set) var registers = 1
  /// How many bytes of numbers are kept there for a row: where none are, rows need not fit a cache.
  private(set) var keptByteCount = 0

  /// Whether answers stand in for the numbers of the first register.
  private let writesFirst: Bool

  init(writesFirst: Bool) { self.writesFirst = writesFirst }

  func uses(_ register: Int) { registers = max(registers, register + 1) }

  /// - Parameter byteCount: Those of a row.
  func keeps(_ register: Int, byteCount: Int = 8) {
    uses(register)
    if !(writesFirst && register == 0) { keptByteCount += byteCount }
  }

  /// Texts of a block are in memory of their step; which are null is in the register.
  func keepsTexts(_ register: Int) {
    uses(register)
    keptByteCount += 8
  }

  // MARK: - Exact numbers

  /// The narrowest lane that holds a part's results and what they are made of.
  static func laneWidth(_ value: Exact) -> Int {
    func width(_ value: Exact) -> Int {
      value.fits(Int16.self) ? 2 : value.fits(Int32.self) ? 4 : value.fits(Int64.self) ? 8 : 16
    }
    switch value.node {
    case .column, .constant: return width(value)
    case .binary(_, let a, let b), .choice(_, let a, let b):
      return [value, a, b].map(width).max()!
    case .square(let a): return max(width(value), width(a))
    case .changed(_, let a): return max(8, width(value), width(a))
    case .length: return max(8, width(value))
    }
  }

  func exact<T: ExactLane>(_ value: Exact, as type: T.Type, _ depth: Int) -> NumberStep<T> {
    if case .constant(let constant) = value.node {
      return fill(T(truncatingIfNeeded: constant), depth)
    }
    if case .column(let rows) = value.node { return column(rows, as: type, depth) }
    if isComputed(value, in: type) {
      var chain = LaneChain<T>()
      append(value, to: &chain, depth)
      return kept(chain, depth)
    }
    switch Self.laneWidth(value) {
    case 2 where T.self != Int16.self:
      return converted(exact(value, as: Int16.self, depth + 1), depth)
    case 4 where T.self != Int32.self:
      return converted(exact(value, as: Int32.self, depth + 1), depth)
    case 8 where T.self != Int64.self:
      return converted(exact(value, as: Int64.self, depth + 1), depth)
    case 16 where T.self != Int128.self:
      return converted(exact(value, as: Int128.self, depth + 1), depth)
    default: return operation(value, as: type, depth)
    }
  }

  /// A column where it is stored, widened by steps, or as its shape can be read.
  private func column<T: ExactLane>(
    _ rows: ColumnRows, as type: T.Type, _ depth: Int
  ) -> NumberStep<T> {
    if let operand = rows.stepOperand, operand.type == T.rowsType {
      return { block in
        let (values, valid) = operand.read(block)
        return BlockNumbers(values: values.assumingMemoryBound(to: T.self), valid: valid)
      }
    }
    var chain = LaneChain<T>()
    if append(rows, to: &chain) { return kept(chain, depth) }
    keeps(depth, byteCount: MemoryLayout<T>.size)
    let blocks = IntegerBlocks(rows)
    return { block in
      BlockNumbers(
        values: T.read(blocks, block.range, block.numbers(depth, as: T.self)),
        valid: rows.words(from: block.range.lowerBound))
    }
  }

  /// A register that is filled when it is first asked for and lies beyond all others.
  func fill<T>(_ constant: T, _ depth: Int) -> NumberStep<T> {
    keeps(depth)
    return { block in
      let target = block.numbers(depth, as: T.self)
      target.update(repeating: constant, count: block.count)
      return BlockNumbers(values: UnsafePointer(target), valid: nil)
    }
  }

  private func converted<S: ExactLane, T: ExactLane>(
    _ step: @escaping NumberStep<S>, _ depth: Int
  ) -> NumberStep<T> {
    keeps(depth + 1)
    return { block in
      let source = step(block)
      let target = block.numbers(depth, as: T.self)
      for row in 0..<block.count { target[row] = T(truncatingIfNeeded: source.values[row]) }
      return BlockNumbers(
        values: UnsafePointer(target), valid: block.kept(source.valid, in: block.bits(depth)))
    }
  }

  private func operation<T: ExactLane>(
    _ value: Exact, as type: T.Type, _ depth: Int
  ) -> NumberStep<T> {
    keeps(depth)
    switch value.node {
    case .column, .constant, .square: return exact(value, as: type, depth)
    case .changed(let change, let operand):
      let step = exact(operand, as: type, depth)
      return { block in
        let source = step(block)
        let target = block.numbers(depth, as: T.self)
        Self.apply(change, source.values, block.count, target)
        return BlockNumbers(values: UnsafePointer(target), valid: source.valid)
      }
    case .length(let text):
      let step = texts(text, depth)
      return { block in
        let texts = step(block)
        let target = block.numbers(depth, as: T.self)
        for row in 0..<block.count {
          target[row] = T(truncatingIfNeeded: texts[row].characterCount)
        }
        return BlockNumbers(values: UnsafePointer(target), valid: texts.valid)
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
    case .binary: fatalError("steps compute what is no remainder")
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
    case .lookedUp(let table):
      table.withUnsafeBufferPointer { table in
        for row in 0..<count {
          // Null rows may hold what is no place.
          let place = Int(truncatingIfNeeded: source[row])
          target[row] =
            table.indices.contains(place) ? T(truncatingIfNeeded: table[place]) : 0
        }
      }
    }
  }

  // MARK: - What lanes share

  func binary<T: ExpressionLane>(
    _ a: @escaping NumberStep<T>, _ b: @escaping NumberStep<T>, _ depth: Int,
    _ loop: @escaping (UnsafePointer<T>, UnsafePointer<T>, Int, UnsafeMutablePointer<T>) -> Void
  ) -> NumberStep<T> {
    keeps(depth)
    return { block in
      let (x, y) = (a(block), b(block))
      let target = block.numbers(depth, as: T.self)
      loop(x.values, y.values, block.count, target)
      return BlockNumbers(
        values: UnsafePointer(target), valid: Self.bothValid(x.valid, y.valid, block, depth))
    }
  }

  func choice<T: ExpressionLane>(
    _ condition: @escaping TruthStep, _ a: @escaping NumberStep<T>, _ b: @escaping NumberStep<T>,
    _ depth: Int
  ) -> NumberStep<T> {
    keeps(depth)
    return { block in
      let truth = condition(block)
      let (x, y) = (a(block), b(block))
      let target = block.numbers(depth, as: T.self)
      T.choose(truth.isTrue, x.values, y.values, block.count, target)
      return BlockNumbers(
        values: UnsafePointer(target),
        valid: Self.validOfChoice(truth, x.valid, y.valid, block, depth))
    }
  }

  /// Where the condition is known, and what it chooses is not null.
  static func validOfChoice(
    _ truth: BlockTruth, _ a: UnsafePointer<UInt64>?, _ b: UnsafePointer<UInt64>?,
    _ block: ExpressionBlock, _ depth: Int
  ) -> UnsafePointer<UInt64>? {
    if truth.known == nil && a == nil && b == nil { return nil }
    let valid = block.known(depth)
    for word in 0..<block.wordCount {
      let chosen = truth.isTrue[word]
      let present = (chosen & (a?[word] ?? ~0)) | (~chosen & (b?[word] ?? ~0))
      valid[word] = present & (truth.known?[word] ?? ~0)
    }
    return UnsafePointer(valid)
  }

  static func bothValid(
    _ a: UnsafePointer<UInt64>?, _ b: UnsafePointer<UInt64>?, _ block: ExpressionBlock,
    _ depth: Int
  ) -> UnsafePointer<UInt64>? {
    guard let a, let b else { return block.kept(a ?? b, in: block.bits(depth)) }
    meet(a, b, block.wordCount, block.bits(depth))
    return UnsafePointer(block.bits(depth))
  }

  static func meet(
    _ a: UnsafePointer<UInt64>?, _ b: UnsafePointer<UInt64>?, _ wordCount: Int,
    _ target: UnsafeMutablePointer<UInt64>
  ) { for word in 0..<wordCount { target[word] = (a?[word] ?? ~0) & (b?[word] ?? ~0) } }
}
