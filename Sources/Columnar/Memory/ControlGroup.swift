import Platform

/// What Linux lets the processes of a group have together.
enum ControlGroup {
  /// In bytes; `nil` where there is none.
  static var memoryLimit: Int? {
    var limits: [Int] = []
    for line in (text("/proc/self/cgroup") ?? "").split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isSecond = parts[0] == "0"
      guard isSecond || parts[1].split(separator: ",").contains("memory") else { continue }
      let root = isSecond ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
      let name = isSecond ? "memory.max" : "memory.limit_in_bytes"
      // Groups above limit those within; a container sees its own at the root.
      var folder = parts[2][...]
      while true {
        if let limit = text("\(root)\(folder)/\(name)").flatMap({ Int($0.filter(\.isNumber)) }) {
          limits.append(limit)
        }
        guard let slash = folder.lastIndex(of: "/") else { break }
        folder = folder[..<slash]
      }
    }
    // Where there is no limit the first version of them says some 2^63.
    return limits.filter { $0 < 1 << 60 }.min()
  }

  private static func text(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
