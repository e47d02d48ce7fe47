import Glibc
import TabularDiet

/// Times the writing of a table in memory as Arrow, and the reading of a file onto the diet; prints a
/// JSON object a line.
///
///     ArrowBench TABLE.csv FOLDER REPEATS
@main
struct ArrowBench {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let repeats = Int(arguments[3]) else {
      print("usage: ArrowBench TABLE.csv FOLDER REPEATS")
      exit(64)
    }
    let folder = arguments[2]
    let frame = try DataFrame(contentsOfCSVFile: arguments[1])
    for compression in FileCompression.allCases {
      let path = "\(folder)/diet-\(compression.rawValue).arrow"
      try measure("write \(compression.rawValue)", path, repeats) {
        try frame.write(toArrowFile: path, compression: compression)
      }
    }
    for name in ["diet-none", "wide-none", "wide-lz4", "wide-zstd"] {
      let path = "\(folder)/\(name).arrow"
      if access(path, R_OK) != 0 { continue }
      try measure("diet of \(name)", path, repeats) {
        guard try DataFrame(contentsOfArrowFile: path).rowCount == frame.rowCount else {
          fatalError("\(path) has other rows")
        }
      }
    }
  }

  /// The quickest and the median of several runs, after one that does not count.
  static func measure(_ work: String, _ path: String, _ repeats: Int, _ body: () throws -> Void)
    rethrows
  {
    try body()
    var times: [Double] = []
    for _ in 0..<repeats {
      let start = ContinuousClock.now
      try body()
      times.append((ContinuousClock.now - start) / .seconds(1))
    }
    times.sort()
    var status = stat()
    stat(path, &status)
    print(
      """
      {"work":"\(work)","engine":"diet","median":\(times[times.count / 2]),"minimum":\(times[0]),\
      "bytes":\(status.st_size)}
      """)
  }
}
