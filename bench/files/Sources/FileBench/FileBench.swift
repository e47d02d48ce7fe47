import Glibc
import TabularDiet

/// Times the writing of a table in memory as Arrow and Parquet, and the reading of such files onto the
/// diet; prints a JSON object a line.
///
///     FileBench TABLE.csv FOLDER REPEATS
@main
struct FileBench {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let repeats = Int(arguments[3]) else {
      print("usage: FileBench TABLE.csv FOLDER REPEATS")
      exit(64)
    }
    let folder = arguments[2]
    let frame = try DataFrame(contentsOfCSVFile: arguments[1])
    for compression in FileCompression.allCases {
      let arrow = "\(folder)/diet-\(compression.rawValue).arrow"
      try measure("write Arrow, \(compression.rawValue)", arrow, repeats) {
        try frame.write(toArrowFile: arrow, compression: compression)
      }
      let parquet = "\(folder)/diet-\(compression.rawValue).parquet"
      try measure("write Parquet, \(compression.rawValue)", parquet, repeats) {
        try frame.write(toParquetFile: parquet, compression: compression)
      }
    }
    for name in ["diet-none.arrow", "wide-none.arrow", "wide-lz4.arrow", "wide-zstd.arrow"] {
      try read(name, in: folder, repeats, frame.rowCount) {
        try DataFrame(contentsOfArrowFile: $0)
      }
    }
    for name in ["diet-zstd.parquet", "wide-snappy.parquet"] {
      try read(name, in: folder, repeats, frame.rowCount) {
        try DataFrame(contentsOfParquetFile: $0)
      }
    }
  }

  static func read(
    _ name: String, in folder: String, _ repeats: Int, _ rowCount: Int,
    _ body: (String) throws -> DataFrame
  ) throws {
    let path = "\(folder)/\(name)"
    try measure("read \(name)", path, repeats) {
      guard try body(path).rowCount == rowCount else { fatalError("\(path) has other rows") }
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
