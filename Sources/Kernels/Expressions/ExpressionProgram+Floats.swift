import CKernels
import Columnar
import Platform

/// Floats as steps.
extension ExpressionProgram {
  func float(_ node: FloatNode, _ depth: Int) -> NumberStep<Double> {
    if isComputed(node) {
      var chain = LaneChain<Double>()
      append(node, to: &chain, depth)
      return kept(chain, depth)
    }
    switch node {
    case .constant(let value): return fill(value, depth)
    case .column(let rows):
      if let operand = rows.stepOperand, operand.type == DIET_ROWS_F64 {
        return { block in
          let (values, valid) = operand.read(block)
          return BlockNumbers(values: values.assumingMemoryBound(to: Double.self), valid: valid)
        }
      }
      keeps(depth)
      let blocks = FloatBlocks(rows)
      return { block in
        BlockNumbers(
          values: blocks.read(block.range, block.numbers(depth, as: Double.self)),
          valid: rows.words(from: block.range.lowerBound))
      }
    case .exact(let value):
      // Wider than any operand of floats: those are steps.
      return rounded(exact(value, as: Int128.self, depth + 1), depth)
    case .choice(let condition, let a, let b):
      return choice(truth(condition, depth), float(a, depth + 1), float(b, depth + 2), depth)
    case .function(let function, let operand):
      keeps(depth)
      let step = float(operand, depth)
      return { block in
        let source = step(block)
        let target = block.numbers(depth, as: Double.self)
        Self.apply(function, source.values, block.count, target)
        return BlockNumbers(values: UnsafePointer(target), valid: source.valid)
      }
    case .binary(.power, let a, let b):
      return binary(float(a, depth), float(b, depth + 1), depth) { a, b, count, out in
        for row in 0..<count { out[row] = Platform.pow(a[row], b[row]) }
      }
    case .binary(.remainder, let a, let b):
      return binary(float(a, depth), float(b, depth + 1), depth) { a, b, count, out in
        for row in 0..<count {
          let rest = fmod(a[row], b[row])
          out[row] = rest != 0 && (rest < 0) != (b[row] < 0) ? rest + b[row] : rest
        }
      }
    case .binary: fatalError("steps compute sums, products and the like")
    }
  }

  private func rounded(_ step: @escaping NumberStep<Int128>, _ depth: Int) -> NumberStep<Double> {
    keeps(depth + 1)
    return { block in
      let source = step(block)
      let target = block.numbers(depth, as: Double.self)
      for row in 0..<block.count { target[row] = Double(source.values[row]) }
      return BlockNumbers(
        values: UnsafePointer(target), valid: block.kept(source.valid, in: block.bits(depth)))
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
    case .absolute, .square, .squareRoot: fatalError("steps compute squares and roots")
    case .exp: each { Platform.exp($0) }
    case .log: each { Platform.log($0) }
    case .floor: each { $0.rounded(.down) }
    case .ceil: each { $0.rounded(.up) }
    case .round: each { $0.rounded(.toNearestOrEven) }
    case .sin: each { Platform.sin($0) }
    case .cos: each { Platform.cos($0) }
    case .tan: each { Platform.tan($0) }
    }
  }
}
