import Columnar
import Kernels

/// A kernel made ready to be measured: its constants are chosen, and it runs on any form of the same
/// values.
struct MeasuredKernel: Sendable {
  /// The name that reports carry.
  let name: String
  /// Measured unless kernels are named: what is most often asked of such values.
  let isUsual: Bool
  /// The bytes that one run reads of columns in some form.
  let byteCount: @Sendable ([Column]) -> Int
  /// Makes columns ready; what it returns is what is timed.
  let prepare: @Sendable ([Column]) -> Run

  typealias Run = () throws -> KernelAnswer

  init(
    _ name: String, isUsual: Bool = false,
    byteCount: @escaping @Sendable ([Column]) -> Int = MeasuredKernel.wholeByteCount,
    prepare: @escaping @Sendable ([Column]) -> Run
  ) {
    self.name = name
    self.isUsual = isUsual
    self.byteCount = byteCount
    self.prepare = prepare
  }

  /// Of one column.
  init(
    _ name: String, isUsual: Bool = false,
    byteCount: @escaping @Sendable ([Column]) -> Int = MeasuredKernel.wholeByteCount,
    rows run: @escaping @Sendable (ColumnRows) throws -> KernelAnswer
  ) {
    self.init(name, isUsual: isUsual, byteCount: byteCount) { columns in
      let rows = ColumnRows(columns[0])
      return { try run(rows) }
    }
  }

  /// What one pass over all rows reads, each buffer once.
  @Sendable static func wholeByteCount(_ columns: [Column]) -> Int {
    columns.reduce(0) { $0 + ColumnRows($1).byteCount }
  }

  /// What is read where only nulls matter.
  @Sendable static func validityByteCount(_ columns: [Column]) -> Int {
    columns.reduce(0) { $0 + ($1.validity?.memory.byteCount ?? 0) }
  }
}

/// The kernels that can be measured, and the only place that knows all families of them.
package enum MeasuredKernels {
  /// The names of all kernels of columns and of frames.
  package static let names: [String] = {
    var names: [String] = []
    let kinds: [Scalar] = [.integer(0), .text([])]
    names += Reductions.all.map(\.name)
    names += kinds.flatMap { Condition.all($0, $0) }.map(\.name)
    names += orderNames + ["push"] + MovingKernels.all.map(\.name) + frameNames
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }()

  /// Every kernel that applies to the column, which has a value.
  static func all(for column: Column) -> [MeasuredKernel] {
    let rows = ColumnRows(column)
    guard let constant = rows.middleValue else { return [] }
    return reductions(rows, constant).map(\.kernel) + conditions(rows, constant) + orders(rows)
      + windows(column)
  }

  /// The reductions that apply, each with its kernel.
  static func reductions(
    _ rows: ColumnRows, _ constant: StoredValue
  ) -> [(reduction: any Reduction, kernel: MeasuredKernel)] {
    Reductions.all.filter { $0.applies(to: rows.type) }.map { reduction in
      let isCount = reduction is Count
      let kernel = MeasuredKernel(
        reduction.name, isUsual: reduction.isMeasured(on: rows),
        byteCount: isCount ? MeasuredKernel.validityByteCount : MeasuredKernel.wholeByteCount
      ) { rows in
        let reduced = try reduction(rows, constant: constant)
        return KernelAnswer(.reduction(reduced.answer), reduced.path)
      }
      return (reduction, kernel)
    }
  }

  /// Conditions, each answered with a bit a row.
  private static func conditions(_ rows: ColumnRows, _ constant: StoredValue) -> [MeasuredKernel] {
    let other = rows.storedValue(at: rows.count / 3) ?? constant
    let (a, b) = (Scalar(constant, of: rows.type), Scalar(other, of: rows.type))
    return Condition.all(a, b).map { condition in
      let isOfNulls = condition == .isNull || condition == .isNotNull
      let isUsual =
        switch condition {
        case .equal: rows.type.domain == .bytes
        case .less: rows.type.domain != .bytes && rows.type != .boolean
        case .isIn: rows.type.domain == .bytes
        default: false
        }
      return MeasuredKernel(
        condition.name, isUsual: isUsual,
        byteCount: isOfNulls ? MeasuredKernel.validityByteCount : MeasuredKernel.wholeByteCount
      ) { rows in
        let test = try RowTest(condition, rows)
        return KernelAnswer(.selection(test.selection), test.path)
      }
    }
  }

  private static let orderNames = ["sort", "largest", "rank", "unique", "value_counts"]

  /// Kernels that bring values into an order or find equal ones.
  private static func orders(_ rows: ColumnRows) -> [MeasuredKernel] {
    func kernel(
      _ name: String, isUsual: Bool = false,
      _ run: @escaping @Sendable (Column) -> KernelAnswer.Content
    ) -> MeasuredKernel {
      MeasuredKernel(name, isUsual: isUsual) { columns in
        let column = columns[0]
        let path = OrderKeys(ColumnRows(column)).path
        return { KernelAnswer(run(column), path) }
      }
    }
    return [
      MeasuredKernel("sort", isUsual: rows.type.domain == .bytes) { rows in
        let keys = OrderKeys(rows)
        return KernelAnswer(.rows(keys.argsort(.ascending)), keys.path)
      },
      kernel("largest") { .rows($0.largest(10).map { UInt32($0) }) },
      kernel("rank") { .columns([$0.rank()]) },
      kernel("unique") { .columns([$0.unique()]) },
      // Values that are all different have no counts that anyone would ask for.
      kernel("value_counts", isUsual: rows.isCategorical) { .columns($0.valueCounts().columns) },
    ]
  }

  /// The rows of a window: as many as the peers' benchmarks take.
  private static let windowRowCount = 100

  private static func windows(_ column: Column) -> [MeasuredKernel] {
    guard column.count >= windowRowCount else { return [] }
    // Nulls make most windows lack some rows.
    let window = MovingWindow(windowRowCount, minimumCount: 1)
    let kernels = MovingKernels.all.filter { $0.applies(to: column.type) }.map { kernel in
      MeasuredKernel(kernel.name, isUsual: kernel == .mean && column.type != .boolean) { columns in
        let column = columns[0]
        let path = column.movingPath(kernel)
        return { KernelAnswer(.columns([try column.moving(kernel, window)]), path) }
      }
    }
    let push = MeasuredKernel("push") { columns in
      let column = columns[0]
      return { KernelAnswer(.columns([column.forwardFilled()]), .direct) }
    }
    return column.nullCount == 0 ? kernels : kernels + [push]
  }
}

extension ColumnRows {
  /// Whether few values recur, and are stored so: what a user would call categorical.
  var isCategorical: Bool {
    switch view {
    case .indexed, .plain(.fixed(_, width: 1...2, _)), .plain(.int8), .plain(.uint8): true
    default: false
    }
  }
}
