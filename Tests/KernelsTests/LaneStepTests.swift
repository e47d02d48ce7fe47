import CKernels
import TestSupport
import Testing

@testable import Kernels

/// Chains of steps answer as a plain loop in Swift does, which takes them for one row after the other:
/// every step on every type of rows, alone and in chains drawn at random.
@Suite struct LaneStepTests {
  private static let changes = [
    DIET_STEP_LOAD, DIET_STEP_ADD, DIET_STEP_SUBTRACT, DIET_STEP_MULTIPLY, DIET_STEP_LESSER,
    DIET_STEP_GREATER, DIET_STEP_SQUARE,
  ]
  private static let comparisons = [
    DIET_STEP_IS_EQUAL, DIET_STEP_IS_LESS, DIET_STEP_IS_AT_MOST, DIET_STEP_IS_GREATER,
    DIET_STEP_IS_AT_LEAST,
  ]

  /// A chain, and what it is to compute.
  private struct Case<T: ReferenceLane> {
    var chain = LaneChain<T>()
    var expected: [T]
    /// Arrays that operands point into.
    var kept: [StoredRows] = []
    var names: [String] = []
    /// A value that was kept as a tile, and its place.
    var tile: (place: Int, values: [T])?

    init(_ first: StoredRows, _ type: diet_rows_type, _ count: Int) {
      expected = (0..<count).map { T.value(first, $0) }
      add(DIET_STEP_LOAD, first, type)
    }

    private mutating func keep(_ rows: StoredRows, _ type: diet_rows_type) -> StepOperand {
      kept.append(rows)
      // Sound: the array is kept, unchanged, longer than the chain runs.
      nonisolated(unsafe) let start = rows.withBytes { $0 ?? UnsafeRawPointer(bitPattern: 64)! }
      return StepOperand(type: type) { _ in (start, nil) }
    }

    mutating func add(
      _ operation: diet_step_operation, _ rows: StoredRows, _ type: diet_rows_type
    ) {
      for row in expected.indices {
        expected[row] = T.result(operation, expected[row], T.value(rows, row))
      }
      chain.add(operation, keep(rows, type))
      names.append("\(operation.rawValue) of type \(type.rawValue)")
    }

    mutating func add(_ operation: diet_step_operation) {
      for row in expected.indices {
        expected[row] = T.result(operation, expected[row], expected[row])
      }
      chain.add(operation)
      names.append("\(operation.rawValue)")
    }

    mutating func add(_ operation: diet_step_operation, constant: T) {
      for row in expected.indices { expected[row] = T.result(operation, expected[row], constant) }
      chain.add(operation, constant)
      names.append("\(operation.rawValue) of \(constant)")
    }

    mutating func save() {
      tile = (chain.saved(), expected)
      names.append("saved")
    }

    mutating func addTile(_ operation: diet_step_operation) {
      guard let tile else { return }
      for row in expected.indices {
        expected[row] = T.result(operation, expected[row], tile.values[row])
      }
      chain.add(operation, tile: tile.place)
      names.append("\(operation.rawValue) of the tile")
    }

    func comparison(_ operation: diet_step_operation, _ rows: StoredRows) -> [Bool] {
      expected.enumerated().map { T.holds(operation, $1, T.value(rows, $0)) }
    }

    mutating func compare(
      _ operation: diet_step_operation, _ rows: StoredRows, _ type: diet_rows_type
    ) { chain.add(operation, keep(rows, type)) }

    func check(_ comment: Comment) {
      var chain = chain
      chain.store(as: T.rowsType)
      // One row more: nothing is written behind the last.
      var out = [T](repeating: T.value(.int8([77]), 0), count: expected.count + 1)
      let block = Self.block(expected.count)
      out.withUnsafeMutableBytes {
        _ = LaneRun(chain)(block, known: block.known(0), target: $0.baseAddress)
      }
      let isRight = zip(out, expected).allSatisfy(T.isSame)
      #expect(isRight, "\(T.self): \(names.joined(separator: ", ")); \(comment)")
      #expect(T.isSame(out.last!, T.value(.int8([77]), 0)), comment)
    }

    func found(_ comment: Comment) -> [Bool] {
      let block = Self.block(expected.count)
      return answers(expected.count, comment) {
        _ = LaneRun(chain)(block, known: block.known(0), bits: $0)
      }
    }

    static func block(_ count: Int) -> ExpressionBlock {
      let block = ExpressionBlock(for: ExpressionProgram(writesFirst: false))
      block.range = 0..<count
      return block
    }
  }

  private func checkEach<T: ReferenceLane>(_ lane: T.Type) {
    for type in StoredRows.types where T.loads(type) {
      for count in [0, 1, 63, 64, 65, 255, 256, 257, 1000, 1024] {
        let seed = UInt64(count * 100 + Int(type.rawValue))
        var generator = SeededGenerator(seed: seed)
        let comment: Comment = "seed \(seed), \(count) rows"
        let first = StoredRows(type, count, &generator)
        let start = Case<T>(first, type, count)
        for operation in Self.changes.dropFirst() + T.ownSteps {
          var one = start
          if [DIET_STEP_SQUARE, DIET_STEP_SQUARE_ROOT, DIET_STEP_ABSOLUTE].contains(operation) {
            one.add(operation)
          } else {
            one.add(operation, StoredRows(type, count, &generator), type)
          }
          one.check(comment)
        }
        for operation in Self.comparisons {
          for other in [first, StoredRows(type, count, &generator)] {
            var one = start
            let expected = one.comparison(operation, other)
            one.compare(operation, other, type)
            #expect(
              one.found(comment) == expected,
              "\(T.self), comparison \(operation.rawValue) of type \(type.rawValue), \(comment)")
          }
        }
      }
    }
  }

  @Test func steps() {
    checkEach(Int16.self)
    checkEach(Int32.self)
    checkEach(Int64.self)
    checkEach(Int128.self)
    checkEach(Double.self)
  }

  private func checkChains<T: ReferenceLane>(_ lane: T.Type) {
    let types = StoredRows.types.filter(T.loads)
    for seed in 0..<60 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let count = loopLengths.randomElement(using: &generator)!
      var type = types.randomElement(using: &generator)!
      var one = Case<T>(StoredRows(type, count, &generator), type, count)
      for _ in 0..<Int.random(in: 1...12, using: &generator) {
        let operation = (Self.changes + T.ownSteps).randomElement(using: &generator)!
        if [DIET_STEP_SQUARE, DIET_STEP_SQUARE_ROOT, DIET_STEP_ABSOLUTE].contains(operation) {
          one.add(operation)
          continue
        }
        switch generator.next() % 4 {
        case 0: one.add(operation, constant: T.random(&generator))
        case 1:
          one.addTile(operation)
          one.save()
        default:
          type = types.randomElement(using: &generator)!
          one.add(operation, StoredRows(type, count, &generator), type)
        }
      }
      one.check("seed \(seed), \(count) rows")
    }
  }

  @Test func chains() {
    checkChains(Int16.self)
    checkChains(Int32.self)
    checkChains(Int64.self)
    checkChains(Int128.self)
    checkChains(Double.self)
  }

  /// Values are cut off to fit a column of a narrower type.
  @Test func narrowStores() {
    forEachLength(500) { count, generator, comment in
      let rows = (0..<count).map { _ in Int32.random(&generator) }
      let one = Case<Int32>(.int32(rows), DIET_ROWS_I32, count)
      func check<S: FixedWidthInteger>(_ type: S.Type) {
        var chain = one.chain
        chain.store(as: .integers(S.self))
        var out = [S](repeating: 77, count: count + 1)
        let block = Case<Int32>.block(count)
        out.withUnsafeMutableBytes {
          _ = LaneRun(chain)(block, known: block.known(0), target: $0.baseAddress)
        }
        #expect(out == rows.map { S(truncatingIfNeeded: $0) } + [77], "\(S.self), \(comment)")
      }
      check(Int8.self)
      check(Int16.self)
      check(Int32.self)
      check(Int64.self)
    }
  }
}
