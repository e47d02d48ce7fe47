import Columnar
import Testing

@testable import TableIO

/// Whatever happened to a file, reading it gives an error or values, and never a crash.
struct DamagedArrowTests {
  private let frame: DataFrame
  private let bytes: [UInt8]

  init() throws {
    var generator = SeededGenerator(seed: 6)
    var columns: [Column] = []
    for sample in SampleKinds(rowCount: 20, seed: 6).samples {
      let layouts = try sample.withNulls(oneIn: 4, &generator).columns()
      columns.append(layouts[columns.count % layouts.count])
    }
    frame = DataFrame(columns: columns, rowCount: 20)
    let folder = TemporaryFolder()
    try ArrowFileWriter(frame).write(to: folder.path + "/lean.arrow")
    bytes = fileBytes(folder.path + "/lean.arrow")
  }

  private enum Outcome: Equatable {
    case equal, different
    case failure(ArrowReadingError.Code)
  }

  private func outcome(_ bytes: [UInt8]) throws -> Outcome {
    let temporary = try TemporaryFile(bytes)
    do {
      let file = try ArrowFileReader(path: temporary.path)
      return try ArrowFileComparison(file, with: frame).isEqual ? .equal : .different
    } catch {
      return .failure(error.code)
    }
  }

  @Test func undamaged() throws {
    #expect(try outcome(bytes) == .equal)
  }

  @Test func cutShort() throws {
    var generator = SeededGenerator(seed: 4)
    let lengths = [0, 1, 5, 6, 7, 8, 9, 17, 18, bytes.count - 1, bytes.count - 6, bytes.count - 10]
    for length in lengths
      + (0..<50).map({ _ in Int.random(in: 0..<bytes.count, using: &generator) })
    {
      let expected: ArrowReadingError.Code = length < 6 ? .notArrow : .corrupt
      #expect(try outcome(Array(bytes[..<length])) == .failure(expected), "\(length) bytes")
    }
  }

  /// Bits of the footer and of the messages' metadata: what leads elsewhere is noticed.
  @Test(arguments: 0..<4)
  func flippedBits(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var counts = (failures: 0, different: 0)
    for trial in 0..<60 {
      var damaged = bytes
      // Half of the damage is done to the footer and the numbers behind it.
      let first = trial % 2 == 0 ? bytes.count - bytes.count / 8 : 0
      for _ in 0...trial % 3 {
        let position = Int.random(in: first..<bytes.count, using: &generator)
        damaged[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
      switch try outcome(damaged) {
      case .equal: break
      case .different: counts.different += 1
      case .failure: counts.failures += 1
      }
    }
    #expect(counts.failures > 0 && counts.different > 0, "seed \(seed): \(counts)")
  }

  /// Whole words replaced by numbers that tempt arithmetic to overflow.
  @Test func hostileNumbers() throws {
    let words: [UInt64] = [
      0, 1, 0x7FFF_FFFF, 0xFFFF_FFFF, 0x7FFF_FFFF_FFFF_FFFF, .max, 1 << 48, 1 << 63,
    ]
    let footerByteCount = Int(
      bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: bytes.count - 10, as: Int32.self) })
    let footer = bytes.count - 10 - footerByteCount
    for (index, position) in stride(from: footer, to: bytes.count - 8, by: 28).enumerated() {
      var damaged = bytes
      withUnsafeBytes(of: words[index % words.count]) { word in
        for (offset, byte) in word.enumerated() { damaged[position + offset] = byte }
      }
      _ = try outcome(damaged)
    }
  }

  @Test func messages() throws {
    func message(_ bytes: [UInt8]) throws -> String {
      let temporary = try TemporaryFile(bytes)
      do {
        _ = try ArrowFileReader(path: temporary.path)
        return ""
      } catch {
        return "\(error)".replacing(temporary.path, with: "FILE")
      }
    }
    #expect(
      try message(Array("PAR1".utf8))
        == "FILE, byte 0: the file does not start with `ARROW1`;"
        + " name a file that `diet apply -o` wrote")
    #expect(
      try message(Array(bytes[..<1000]))
        == "FILE, byte 1000: the file does not end with `ARROW1`: it was cut short, or is a stream;"
        + " the file is damaged: write it again with `diet apply -o`")
    #expect(throws: ArrowReadingError.self) { try ArrowFileReader(path: "/nonexistent/x.arrow") }
  }
}
