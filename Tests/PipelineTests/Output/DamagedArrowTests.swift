import Columnar
import TestSupport
import Testing

@testable import ArrowFormat
@testable import FileIO
@testable import Pipeline

/// Whatever happened to a file, reading it gives an error or values, and never a crash.
struct DamagedArrowTests {
  private let frame: DataFrame
  private let bytes: [UInt8]
  /// The same as streams, and compressed.
  private let others: [[UInt8]]

  init() throws {
    var generator = SeededGenerator(seed: 6)
    var columns: [Column] = []
    for sample in SampleKinds(rowCount: 20, seed: 6).samples {
      let layouts = try sample.withNulls(oneIn: 4, &generator).columns()
      columns.append(layouts[columns.count % layouts.count])
    }
    frame = DataFrame(columns: columns, rowCount: 20)
    let folder = try TemporaryFolder()
    var forms: [[UInt8]] = []
    for framing in [ArrowWritingOptions.Framing.file, .stream] {
      for compression in FileCompression.allCases {
        var options = ArrowWritingOptions()
        (options.framing, options.compression) = (framing, compression)
        try ArrowFileWriter(frame, options: options).write(to: folder.path + "/lean")
        forms.append(fileBytes(folder.path + "/lean"))
      }
    }
    bytes = forms[0]
    others = Array(forms.dropFirst())
  }

  private enum Outcome: Equatable {
    case equal, different
    case failure(ReadingError.Code)
  }

  private func outcome(_ bytes: [UInt8]) throws -> Outcome {
    let temporary = try TemporaryFile(bytes)
    do {
      let file = try ArrowFileReader(path: temporary.path)
      let isEqual = try ArrayComparison(file, with: frame).isEqual
      // What can be read can go on a diet.
      if file.rowCount < 1 << 16 { _ = try leanFrame(file, threads: 1) }
      return isEqual ? .equal : .different
    } catch let error as ReadingError {
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
      let expected: ReadingError.Code = length < 6 ? .notArrow : .corruptInput
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

  /// The same in streams and compressed files, where some damage is to names and padding.
  @Test(arguments: 0..<4)
  func flippedBitsOfOtherForms(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for form in others {
      #expect(try outcome(form) == .equal)
      var failureCount = 0
      for trial in 0..<40 {
        var damaged = form
        for _ in 0...trial % 3 {
          let position = Int.random(in: 0..<form.count, using: &generator)
          damaged[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        }
        if case .failure = try outcome(damaged) { failureCount += 1 }
        // A stream may stop between two messages; all else that is cut is noticed.
        let length = Int.random(in: 0..<form.count, using: &generator)
        _ = try outcome(Array(form[..<length]))
      }
      #expect(failureCount > 0, "seed \(seed)")
    }
  }

  /// A claim of 2 GB in a file of 1 KB is an error where it stands.
  @Test func hostileClaims() throws {
    let sample = SampleValues(
      name: "n", type: .integer, values: .integers((0..<200).map { $0 % 7 }, isUnsigned: false))
    let column = try #require(
      sample.columns(named: "n").first { $0.layout.encoding == "integer" })
    var options = ArrowWritingOptions()
    options.compression = .zstd
    let folder = try TemporaryFolder()
    try ArrowFileWriter(DataFrame(columns: [column], rowCount: 200), options: options)
      .write(to: folder.path + "/n.arrow")
    var bytes = fileBytes(folder.path + "/n.arrow")
    #expect(bytes.count < 2048)
    let stated = Array(withUnsafeBytes(of: Int64(200)) { $0 }) + [0x28, 0xB5, 0x2F, 0xFD]
    let place = try #require(
      (0..<bytes.count - 12).first { Array(bytes[$0..<$0 + 12]) == stated })
    for claim in [Int64(2) << 30, .max, -2, 201] {
      withUnsafeBytes(of: claim) { bytes.replaceSubrange(place..<place + 8, with: $0) }
      let reader = try ArrowFileReader(ArrowFileBytes(bytes, name: "n.arrow"))
      do {
        _ = try reader.array(batch: 0, column: 0)
        Issue.record("\(claim) bytes were read")
      } catch {
        #expect(error.code == .corruptInput && error.byteOffset == place, "\(error)")
      }
    }
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
        == "FILE, byte 0: the file does not start with `ARROW1`, nor as a stream does;"
        + " name an Arrow file")
    #expect(
      try message(Array(bytes[..<1000]))
        == "FILE, byte 1000: the file does not end with `ARROW1`: it was cut short;"
        + " the file is damaged: copy or write it again")
    #expect(throws: ReadingError.self) { try ArrowFileReader(path: "/nonexistent/x.arrow") }
  }
}
