import Platform

/// The most memory that this process had resident at a time.
package enum PeakMemory {
  /// Bytes, as the kernel counts them for this program alone (`VmHWM`); what the parent held before
  /// it started us, which `getrusage` reports too, is left out.
  package static var byteCount: Int {
    guard let file = fopen("/proc/self/status", "r") else { return usage }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      if text.hasPrefix("VmHWM:"), let kilobytes = Int(text.filter(\.isNumber)) {
        return kilobytes * 1024
      }
    }
    return usage
  }

  private static var usage: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}
