package import Contracts
package import DietReport
import Pipeline
import Platform

extension LineageEvent {
  /// What is told of a table that was read, and of the file that was written of it.
  package init(
    verb: String, of profile: TableProfile, facts: TableFacts? = nil, findings: [Finding]? = nil,
    writtenTo file: LeanFile? = nil, isRedacted: Bool = false
  ) {
    let paths = profile.summary.source.paths
    let facts = facts ?? profile.facts(wordLimit: 0)
    self.init(
      verb: verb, table: TableReader.tableName(of: paths), run: .now,
      input: Dataset(
        paths: paths.map(Self.wholePath),
        byteCount: facts.sources.reduce(0) { $0 + $1.byteCount }),
      facts: facts, findings: findings,
      output: file.map { Dataset(name: Self.wholePath($0.path), byteCount: $0.byteCount) },
      isRedacted: isRedacted)
  }

  private static func wholePath(_ path: String) -> String {
    if path == "-" || path.hasPrefix("/") { return path }
    guard let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    var rest = path[...]
    while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
    return String(cString: folder) + "/" + rest
  }
}

extension LineageRun {
  /// A new run, now.
  package static var now: LineageRun {
    var moment = timespec()
    clock_gettime(CLOCK_REALTIME, &moment)
    let milliseconds = UInt64(moment.tv_sec) * 1000 + UInt64(moment.tv_nsec / 1_000_000)
    return LineageRun(
      id: uuid(
        milliseconds: milliseconds,
        random: (.random(in: 0 ... .max), .random(in: 0 ... .max))),
      time: time(milliseconds: milliseconds))
  }

  /// `2026-11-30T09:05:29.123Z`
  private static func time(milliseconds: UInt64) -> String {
    var seconds = time_t(milliseconds / 1000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func digits(_ number: Int, _ count: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    let day = [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)]
    let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { digits(Int($0), 2) }
    return day.enumerated().map { digits($0.element, $0.offset == 0 ? 4 : 2) }
      .joined(separator: "-") + "T" + clock.joined(separator: ":")
      + ".\(digits(Int(milliseconds % 1000), 3))Z"
  }
}
