public import Columnar
import Platform

extension DataFrame {
  /// The values of an expression as a column: `price * (1 - discount) > 900 and carrier == 'UA'`.
  ///
  /// Whole and decimal numbers are computed exactly, as wide as their bounds ask for; `/`, roots and
  /// the like give floats. A null on either side makes a null, except where SQL's logic knows better.
  /// Text is a dictionary where its words are known before, else plain.
  ///
  /// - Parameter name: That of the column; `nil` for the text.
  /// - Throws: `ExpressionError`, which points into the text.
  public func evaluate(_ text: String, named name: String? = nil) throws(ExpressionError) -> Column
  {
    let expression = try ExpressionParser.expression(text)
    do throws(ExpressionError) {
      return try evaluate(expression, named: name ?? text)
    } catch {
      throw error.inText(text)
    }
  }

  /// The values of an expression made of Swift operators on `col("price")`.
  public func evaluate(
    _ expression: ColumnExpression, named name: String = "expression"
  ) throws(ExpressionError) -> Column {
    let value = try ExpressionChecker(frame: self).checked(expression)
    return try column(of: value, named: name, expression)
  }

  func column(
    of value: Checked, named name: String, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Column {
    switch value {
    case .null: return .nulls(name, .null, count: rowCount)
    case .exact(let value):
      return try exact(
        value, named: name, value.scale == 0 ? .integer : .decimal(scale: value.scale), expression)
    case .temporal(let value, let type): return try exact(value, named: name, type, expression)
    case .float(let node):
      let values = Buffer(uninitializedByteCount: rowCount * 8)
      let target = Shared(values.pointer(as: Double.self))
      let nulls = ResultNulls(rowCount)
      run(writingFirst: true) { program in
        let step = program.float(node, 0)
        return { block in
          let out = target.pointer + block.range.lowerBound
          block.output = UnsafeMutableRawPointer(out)
          let numbers = step(block)
          if numbers.values != UnsafePointer(out) {
            out.update(from: numbers.values, count: block.count)
          }
          if let valid = numbers.valid {
            nulls.write(valid, block)
            block.clear(out, except: valid)
          }
        }
      }
      return .floats(
        name, values, count: rowCount, validity: nulls.validity, nullCount: nulls.count)
    case .truth(let node):
      let nulls = ResultNulls(rowCount)
      let selection = selection(node, nulls)
      return .booleans(
        name, selection.bits, count: rowCount, validity: nulls.validity, nullCount: nulls.count)
    case .text(let node): return try text(node, named: name, expression)
    case .textConstant(let bytes): return try text(.constant(bytes), named: name, expression)
    }
  }

  /// The rows for which the condition is true; null is not.
  public func rows(where text: String) throws(ExpressionError) -> Selection {
    let expression = try ExpressionParser.expression(text)
    do throws(ExpressionError) {
      return try rows(where: expression)
    } catch {
      throw error.inText(text)
    }
  }

  /// The rows for which the expression is true.
  ///
  /// - Throws: `ExpressionError`, which points to the part that is meant.
  public func rows(where expression: ColumnExpression) throws(ExpressionError) -> Selection {
    selection(try ExpressionChecker(frame: self).truth(expression), nil)
  }

  /// The rows for which the condition is true.
  public func filtered(where text: String) throws(ExpressionError) -> DataFrame {
    keeping(try rows(where: text))
  }

  /// The rows for which the expression is true, as a table.
  ///
  /// - Throws: `ExpressionError`, which points to the part that is meant.
  public func filtered(where expression: ColumnExpression) throws(ExpressionError) -> DataFrame {
    keeping(try rows(where: expression))
  }

  private func selection(_ node: TruthNode, _ nulls: ResultNulls?) -> Selection {
    Selection(rowCount: rowCount) { words in
      let words = Shared(words)
      run { program in
        let step = program.truth(node, 0)
        return { block in
          let truth = step(block)
          (words.pointer + block.range.lowerBound / 64)
            .update(from: truth.isTrue, count: block.wordCount)
          if let known = truth.known { nulls?.write(known, block) }
        }
      }
    }
  }

  private func exact(
    _ value: Exact, named name: String, _ type: LogicalType, _ expression: ColumnExpression
  ) throws(ExpressionError) -> Column {
    let width =
      value.fits(Int8.self) ? 1 : value.fits(Int16.self) ? 2 : value.fits(Int32.self) ? 4 : 8
    let values = Buffer(uninitializedByteCount: rowCount * width)
    var nulls = ResultNulls(rowCount)
    var isWhole: Bool
    var isUnsigned = false
    switch width {
    case 1: isWhole = store(value, values.pointer(as: Int8.self), nulls)
    case 2: isWhole = store(value, values.pointer(as: Int16.self), nulls)
    case 4: isWhole = store(value, values.pointer(as: Int32.self), nulls)
    default: isWhole = store(value, values.pointer(as: Int64.self), nulls)
    }
    if !isWhole, type == .integer {
      // Without a sign a column holds twice as large ones.
      isUnsigned = true
      nulls = ResultNulls(rowCount)
      isWhole = store(value, values.pointer(as: UInt64.self), nulls)
    }
    guard isWhole else {
      let remedy = type.isNumeric ? "; multiply by 1e0 to compute with floats" : ""
      throw ExpressionError(
        .overflow, "a result exceeds the 64 bits that a column holds\(remedy)",
        at: expression.place)
    }
    return .integers(
      name, type, values, width: width, isUnsigned: isUnsigned, count: rowCount,
      validity: nulls.validity, nullCount: nulls.count)
  }

  /// Runs the steps in the lane that holds them; false where a result does not fit its place.
  func store<Target: FixedWidthInteger & Sendable>(
    _ value: Exact, _ target: UnsafeMutablePointer<Target>, _ nulls: ResultNulls
  ) -> Bool {
    switch ExpressionProgram.laneWidth(value) {
    case 2: store(value, as: Int16.self, target, nulls)
    case 4: store(value, as: Int32.self, target, nulls)
    case 8: store(value, as: Int64.self, target, nulls)
    default: store(value, as: Int128.self, target, nulls)
    }
  }

  private func store<T: ExactLane, Target: FixedWidthInteger & Sendable>(
    _ value: Exact, as lane: T.Type, _ target: UnsafeMutablePointer<Target>, _ nulls: ResultNulls
  ) -> Bool {
    let target = Shared(target)
    let misfits = Shared(UnsafeMutablePointer<Bool>.allocate(capacity: 1))
    misfits.pointer.initialize(to: false)
    defer { misfits.pointer.deallocate() }
    let mayExceed = !value.fits(Target.self)
    run { program in
      if !mayExceed, let step = program.stored(value, as: lane, in: .integers(Target.self)) {
        return { block in
          let out = target.pointer + block.range.lowerBound
          if let valid = step(block, UnsafeMutableRawPointer(out)) {
            nulls.write(valid, block)
            block.clear(out, except: valid)
          }
        }
      }
      let step = program.exact(value, as: lane, 0)
      return { block in
        let numbers = step(block)
        let out = target.pointer + block.range.lowerBound
        for row in 0..<block.count { out[row] = Target(truncatingIfNeeded: numbers.values[row]) }
        if let valid = numbers.valid {
          nulls.write(valid, block)
          block.clear(out, except: valid)
        }
        guard mayExceed else { return }
        for row in 0..<block.count
        where numbers.valid.map({ $0[row >> 6] >> UInt64(row & 63) & 1 == 1 }) ?? true {
          if Target(exactly: numbers.values[row]) == nil { misfits.pointer.pointee = true }
        }
      }
    }
    return !misfits.pointer.pointee
  }

  /// Runs steps over all rows, block after block, parts of them in parallel.
  func run(
    writingFirst: Bool = false, _ make: @Sendable (ExpressionProgram) -> (ExpressionBlock) -> Void
  ) {
    let parts = ColumnRows.pieces(rowCount)
    _ = parallelMap(parts.count) { index in
      let program = ExpressionProgram(writesFirst: writingFirst)
      let step = make(program)
      let block = ExpressionBlock(for: program)
      for start in stride(
        from: parts[index].lowerBound, to: parts[index].upperBound, by: block.rowCount)
      {
        block.range = start..<Swift.min(start + block.rowCount, parts[index].upperBound)
        step(block)
      }
    }
  }
}

/// Which results are null, gathered by threads in words of their own.
final class ResultNulls: Sendable {
  private let buffer: Buffer
  private let rowCount: Int

  init(_ rowCount: Int) {
    self.rowCount = rowCount
    buffer = Buffer(uninitializedByteCount: (rowCount + 7) / 8)
    memset(buffer.base, 0xFF, buffer.byteCount)
    let last = buffer.pointer(as: UInt8.self) + buffer.byteCount - 1
    if rowCount & 7 != 0 { last.pointee = (1 << UInt8(rowCount & 7)) - 1 }
  }

  func write(_ valid: UnsafePointer<UInt64>, _ block: ExpressionBlock) {
    let words = buffer.pointer(as: UInt64.self) + block.range.lowerBound / 64
    for word in 0..<block.wordCount { words[word] = valid[word] }
    let rest = block.count & 63
    if rest != 0 { words[block.wordCount - 1] &= (1 << UInt64(rest)) - 1 }
  }

  var count: Int {
    rowCount - ColumnRows.validCount(buffer.pointer(as: UInt64.self), rowCount)
  }

  var validity: Buffer? { count == 0 ? nil : buffer }
}
