import Columnar
import Kernels

/// One kernel, ready to run on both forms of the same values; that both answer the same is checked.
struct KernelComparison {
  /// How the lean side was read.
  let path: ReductionPath
  /// Both forms, to be run without looking at the answer.
  let wide: () -> Void
  let lean: () -> Void

  /// - Returns: `nil` where the values have no such answer, as when a sum exceeds its type.
  /// - Throws: `SpeedMeasurementError` where the two sides differ in their answers.
  init?(
    _ kernel: MeasuredKernel, wide: [Column], lean: [Column]
  ) throws(SpeedMeasurementError) {
    let (runWide, runLean) = (kernel.prepare(wide), kernel.prepare(lean))
    switch (try? runWide(), try? runLean()) {
    case (nil, nil): return nil
    case (let expected?, let found?) where expected.agrees(with: found): path = found.path
    default:
      throw SpeedMeasurementError(
        column: lean.map(\.name).joined(separator: ", "), kernel: kernel.name)
    }
    self.wide = { Self.run(runWide) }
    self.lean = { Self.run(runLean) }
  }

  /// Not inlined, so that no call is found to be superfluous.
  @inline(never)
  private static func run(_ work: MeasuredKernel.Run) { _ = try? work() }
}
