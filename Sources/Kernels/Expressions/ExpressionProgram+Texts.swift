import Columnar
import Platform

/// Texts as steps: each writes those of a block one after the other, but plain columns, which lie so.
extension ExpressionProgram {
  typealias TextStep = (ExpressionBlock) -> BlockTexts

  func texts(_ node: TextNode, _ depth: Int) -> TextStep {
    keepsTexts(depth)
    switch node {
    case .column(let column): return texts(of: column)
    case .written(let column): return written(column)
    case .coded(let numbers, let words):
      let step = exact(numbers, as: Int64.self, depth)
      let scratch = TextScratch()
      return { block in
        let numbers = step(block)
        scratch.clear()
        for row in 0..<block.count {
          let number = Int(truncatingIfNeeded: numbers.values[row])
          if words.indices.contains(number) {
            words[number].withUnsafeBufferPointer { scratch.bytes.append($0) }
          }
          scratch.endText()
        }
        return scratch.texts(valid: numbers.valid)
      }
    case .cased(let letterCase, let operand):
      let step = texts(operand, depth)
      let scratch = TextScratch()
      return { block in
        let texts = step(block)
        scratch.clear()
        for row in 0..<block.count {
          letterCase.append(texts[row], to: &scratch.bytes)
          scratch.endText()
        }
        return scratch.texts(valid: texts.valid)
      }
    case .joined(let a, let b):
      let (a, b) = (texts(a, depth), texts(b, depth + 1))
      let scratch = TextScratch()
      return { block in
        let (x, y) = (a(block), b(block))
        scratch.clear()
        for row in 0..<block.count {
          scratch.bytes.append(x[row])
          scratch.add(y[row])
        }
        return scratch.texts(valid: Self.bothValid(x.valid, y.valid, block, depth))
      }
    case .choice(let condition, let a, let b):
      return chosen(
        truth(condition, depth), texts(a, depth + 1), texts(b, depth + 2), depth)
    }
  }

  private func chosen(
    _ condition: @escaping TruthStep, _ a: @escaping TextStep, _ b: @escaping TextStep,
    _ depth: Int
  ) -> TextStep {
    let scratch = TextScratch()
    return { block in
      let truth = condition(block)
      let (x, y) = (a(block), b(block))
      scratch.clear()
      for row in 0..<block.count {
        let isChosen = truth.isTrue[row >> 6] >> UInt64(row & 63) & 1 == 1
        scratch.add(isChosen ? x[row] : y[row])
      }
      return scratch.texts(valid: Self.validOfChoice(truth, x.valid, y.valid, block, depth))
    }
  }

  private func texts(of column: Column) -> TextStep {
    let rows = ColumnRows(column)
    let scratch = TextScratch()
    if case .plain(.utf8(let bytes, let offsets)) = rows.view {
      return { block in
        let start = offsets + block.range.lowerBound
        for row in 0...block.count { scratch.ends[row] = Int(start[row]) }
        return BlockTexts(
          bytes: bytes, ends: UnsafePointer(scratch.ends),
          valid: rows.words(from: block.range.lowerBound))
      }
    }
    let texts = StoredTexts(rows)
    return { block in
      scratch.clear()
      texts.forEach(block.range) { row, text in
        if rows.hasValue(row) { scratch.bytes.append(text) }
        scratch.endText()
      }
      return scratch.texts(valid: rows.words(from: block.range.lowerBound))
    }
  }

  private func written(_ column: Column) -> TextStep {
    let rows = ColumnRows(column)
    let values = ValueText(column)
    let scratch = TextScratch()
    var room: [UInt8] = []
    return { block in
      scratch.clear()
      for row in block.range {
        room.removeAll(keepingCapacity: true)
        if values.append(row: row, to: &room) {
          room.withUnsafeBufferPointer { scratch.bytes.append($0) }
        }
        scratch.endText()
      }
      return scratch.texts(valid: rows.words(from: block.range.lowerBound))
    }
  }

  // MARK: - What is asked of texts

  func truth(_ test: TextTest, _ node: TextNode, _ depth: Int) -> TruthStep {
    let step = texts(node, depth)
    return { block in
      let texts = step(block)
      let known = block.kept(texts.valid, in: block.known(depth))
      let isTrue = block.bits(depth)
      RowTest.Answer.writeEach(0..<block.count, isTrue) { test.holds(texts[$0]) }
      if let known { for word in 0..<block.wordCount { isTrue[word] &= known[word] } }
      return BlockTruth(isTrue: isTrue, known: known)
    }
  }

  func compared(
    _ operation: TruthNode.Operation, _ a: TextNode, _ b: TextNode, _ depth: Int
  ) -> TruthStep {
    let (a, b) = (texts(a, depth), texts(b, depth + 1))
    return { block in
      let (x, y) = (a(block), b(block))
      let valid = Self.bothValid(x.valid, y.valid, block, depth)
      let known = block.kept(valid, in: block.known(depth))
      let isTrue = block.bits(depth)
      RowTest.Answer.writeEach(0..<block.count, isTrue) { row in
        let order = x[row].order(beside: y[row])
        return switch operation {
        case .equal: order == 0
        case .less: order < 0
        case .atMost: order <= 0
        }
      }
      if let known { for word in 0..<block.wordCount { isTrue[word] &= known[word] } }
      return BlockTruth(isTrue: isTrue, known: known)
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Below, at or above 0 as this comes before, with or after `other` in byte order.
  fileprivate func order(beside other: Self) -> Int {
    let shared = Swift.min(count, other.count)
    if shared > 0, let a = baseAddress, let b = other.baseAddress {
      let order = memcmp(a, b, shared)
      if order != 0 { return Int(order) }
    }
    return count - other.count
  }
}
