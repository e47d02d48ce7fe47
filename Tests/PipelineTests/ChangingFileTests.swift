import Columnar
import Platform
import TestSupport
import Testing

@testable import ArrowFormat
@testable import DelimitedText
@testable import Pipeline

/// A file that another program writes to while it is read: an error, whatever was done to it.
struct ChangingFileTests {
  private static let text = "a,b\n" + String(repeating: "1,x\n", count: 50_000)

  private enum Change: String, CaseIterable {
    case shrinks, vanishes, grows, rewritten

    func apply(_ path: String) {
      switch self {
      case .shrinks: truncate(path, 100_000)
      case .vanishes: truncate(path, 0)
      case .grows, .rewritten:
        let descriptor = open(path, O_WRONLY | (self == .grows ? O_APPEND : 0))
        // A clock that ticks slowly must not hide that something was written.
        let times = [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)]
        write(descriptor, "9,y\n", 4)
        futimens(descriptor, times)
        close(descriptor)
      }
    }
  }

  private static let message =
    "the file changed while it was read;"
    + " read it again once nothing writes to it, or read a copy"

  @Test(arguments: Change.allCases.map(\.rawValue))
  func csv(_ change: String) throws {
    let file = try TemporaryFile(Array(Self.text.utf8))
    let options = CSVReadingOptions(hasHeader: true, chunkByteCount: 1000)
    let reader = try CSVChunkReader(paths: [file.path], options: options)
    let raw = RawChunk()
    #expect(try reader.next(into: raw))
    Change(rawValue: change)?.apply(file.path)
    var text = ""
    do {
      while try reader.next(into: raw) {}
    } catch {
      text = "\(error)"
    }
    #expect(text == "\(file.path): \(Self.message)")
  }

  @Test func anUnchangedFileIsNoError() throws {
    let file = try TemporaryFile(Array(Self.text.utf8))
    let reader = try CSVChunkReader(paths: [file.path])
    let raw = RawChunk()
    while try reader.next(into: raw) {}
    #expect(reader.inputsRead.map(\.stored.byteCount) == [Self.text.utf8.count])
  }

  @Test func anArrowFileThatShrinks() throws {
    var generator = SeededGenerator(seed: 3)
    let columns = try SampleKinds(rowCount: 5000, seed: 3).samples.map {
      try $0.withNulls(oneIn: 4, &generator).columns()[0]
    }
    let frame = DataFrame(columns: columns, rowCount: 5000)
    let folder = try TemporaryFolder()
    let path = folder.path + "/lean.arrow"
    try ArrowFileWriter(frame).write(to: path)
    let file = try ArrowFileReader(path: path)
    #expect(try ArrayComparison(file, with: frame).isEqual)
    truncate(path, 3000)
    var text = ""
    do {
      _ = try ArrayComparison(file, with: frame)
    } catch {
      text = "\(error)"
    }
    #expect(text.contains("the file became shorter while it was read"), "\(text)")
  }
}
