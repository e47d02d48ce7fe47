import Columnar
import DietReport
import KernelBench
import Kernels
import Platform

extension BenchmarkReport.Machine {
  /// This machine. The bandwidth is measured here and now.
  static func measured() -> Self {
    // Load is asked for first: measuring adds to it.
    let load = firstLine("/proc/loadavg") { _ in true }?.split(separator: " ").first
      .flatMap { Double($0) }
    return Self(
      processor: processorName, architecture: architectureName, processorCount: processorCount,
      load: load, readBandwidth: MemoryBandwidth.measured(), version: dietVersion)
  }

  /// Whether both run the same loops at comparable ratios.
  func isOfKind(of baseline: BenchmarkBaseline) -> Bool {
    baseline.processor == processor && baseline.architecture == architecture
  }

  /// `AMD EPYC`; empty where the system does not say.
  private static var processorName: String {
    guard let line = firstLine("/proc/cpuinfo", { $0.hasPrefix("model name") }),
      let colon = line.firstIndex(of: ":")
    else { return "" }
    return String(line[line.index(after: colon)...].drop { $0 == " " })
  }

  private static var architectureName: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "aarch64"
    #else
      "other"
    #endif
  }

  private static var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  private static func firstLine(_ path: String, _ isWanted: (String) -> Bool) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 512)
    while fgets(&buffer, Int32(buffer.count), file) != nil {
      let line = String(
        decoding: buffer.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init(bitPattern:)),
        as: UTF8.self)
      if isWanted(line) { return line }
    }
    return nil
  }
}
