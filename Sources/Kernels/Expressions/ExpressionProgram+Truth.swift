import Columnar

/// Conditions as steps: bits for true, and bits for known where nulls may be.
extension ExpressionProgram {
  func truth(_ node: TruthNode, _ depth: Int) -> TruthStep {
    uses(depth)
    switch node {
    case .constant(let value):
      return { block in
        let isTrue = block.bits(depth)
        isTrue.update(repeating: value ? ~0 : 0, count: block.wordCount)
        return BlockTruth(isTrue: isTrue, known: nil)
      }
    case .test(let test):
      return { block in
        let isTrue = block.bits(depth)
        test.write(block.range, isTrue)
        return BlockTruth(
          isTrue: isTrue,
          known: test.isOfNulls ? nil : test.rows.words(from: block.range.lowerBound))
      }
    case .sameText(let equality):
      return { block in
        let isTrue = block.bits(depth)
        equality.write(block.range, isTrue)
        let row = block.range.lowerBound
        let (a, b) = (equality.first.words(from: row), equality.second.words(from: row))
        if a == nil && b == nil { return BlockTruth(isTrue: isTrue, known: nil) }
        let known = block.known(depth)
        Self.meet(a, b, block.wordCount, known)
        for word in 0..<block.wordCount { isTrue[word] &= known[word] }
        return BlockTruth(isTrue: isTrue, known: UnsafePointer(known))
      }
    case .text(let test, let text): return self.truth(test, text, depth)
    case .texts(let operation, let a, let b): return compared(operation, a, b, depth)
    case .isTrue(let operand):
      let step = truth(operand, depth)
      return { block in BlockTruth(isTrue: step(block).isTrue, known: nil) }
    case .exact(let operation, let a, let b):
      switch max(Self.laneWidth(a), Self.laneWidth(b)) {
      case 2: return compared(operation.step, a, b, as: Int16.self, depth)
      case 4: return compared(operation.step, a, b, as: Int32.self, depth)
      case 8: return compared(operation.step, a, b, as: Int64.self, depth)
      default: return compared(operation.step, a, b, as: Int128.self, depth)
      }
    case .float(let operation, let a, let b): return compared(operation.step, a, b, depth)
    case .not(let operand):
      let step = truth(operand, depth)
      return { block in
        let truth = step(block)
        for word in 0..<block.wordCount {
          truth.isTrue[word] = ~truth.isTrue[word] & (truth.known?[word] ?? ~0)
        }
        return truth
      }
    case .and(let a, let b): return joined(a, b, isAnd: true, depth)
    case .or(let a, let b): return joined(a, b, isAnd: false, depth)
    case .isNullExact(let value):
      let step = exact(value, as: Int128.self, depth)
      return { Self.nulls(step($0).valid, $0, depth) }
    case .isNullFloat(let value):
      let step = float(value, depth)
      return { Self.nulls(step($0).valid, $0, depth) }
    case .isNullTruth(let value):
      let step = truth(value, depth)
      return { Self.nulls(step($0).known, $0, depth) }
    }
  }

  private static func nulls(
    _ valid: UnsafePointer<UInt64>?, _ block: ExpressionBlock, _ depth: Int
  ) -> BlockTruth {
    let isTrue = block.bits(depth)
    for word in 0..<block.wordCount { isTrue[word] = ~(valid?[word] ?? ~0) }
    return BlockTruth(isTrue: isTrue, known: nil)
  }

  /// The logic of SQL: false and null is false, true or null is true, else null stays.
  private func joined(
    _ a: TruthNode, _ b: TruthNode, isAnd: Bool, _ depth: Int
  ) -> TruthStep {
    let (a, b) = (truth(a, depth), truth(b, depth + 1))
    return { block in
      let (x, y) = (a(block), b(block))
      let isTrue = block.bits(depth)
      if x.known == nil && y.known == nil {
        for word in 0..<block.wordCount {
          isTrue[word] = isAnd ? x.isTrue[word] & y.isTrue[word] : x.isTrue[word] | y.isTrue[word]
        }
        return BlockTruth(isTrue: isTrue, known: nil)
      }
      let known = block.known(depth)
      for word in 0..<block.wordCount {
        let (p, q) = (x.isTrue[word], y.isTrue[word])
        let (j, k) = (x.known?[word] ?? ~0, y.known?[word] ?? ~0)
        known[word] = (j & k) | (isAnd ? (j & ~p) | (k & ~q) : p | q)
        isTrue[word] = isAnd ? p & q : p | q
      }
      return BlockTruth(isTrue: isTrue, known: UnsafePointer(known))
    }
  }
}
