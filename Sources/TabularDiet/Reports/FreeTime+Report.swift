import DietReport
import KernelBench

extension BenchmarkReport.FreeTime {
  init(_ time: FreeTime) {
    self.init(
      nanosecondsPerRow: time.nanosecondsPerRow, runs: time.runs, reference: time.reference,
      rowCount: time.rowCount)
  }
}

extension FreeTime {
  init(_ time: BenchmarkReport.FreeTime) {
    self.init(
      nanosecondsPerRow: time.nanosecondsPerRow, reference: time.reference, rowCount: time.rowCount)
    runs = time.runs
  }
}
