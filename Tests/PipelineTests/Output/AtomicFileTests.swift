import Columnar
import Platform
import TestSupport
import Testing

@testable import ArrowFormat
@testable import FileIO

struct AtomicFileTests {
  private func put(_ text: String, to file: AtomicFile) throws {
    let bytes = Array(text.utf8)
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(OutputError) in try file.write(bytes, at: 0) }
    }
    try result.get()
  }

  @Test func appearsWhenComplete() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a.csv"
    let first = try AtomicFile(path: path)
    try put("old", to: first)
    try first.commit()
    let file = try AtomicFile(path: path)
    try put("new text", to: file)
    #expect(folder.names.count == 2)
    let temporary = try #require(folder.names.first { $0 != "a.csv" })
    #expect(temporary.hasPrefix(".a.csv.diet-") && temporary.hasSuffix(".tmp"))
    #expect(fileBytes(path) == Array("old".utf8))
    try file.commit()
    #expect(folder.names == ["a.csv"])
    #expect(fileBytes(path) == Array("new text".utf8))
  }

  @Test func leavesNothingBehind() throws {
    let folder = try TemporaryFolder()
    do {
      let file = try AtomicFile(path: folder.path + "/a.csv")
      try put("half", to: file)
    }
    #expect(folder.names == [])
  }

  /// Room is taken ahead of what is written, and given back: as many blocks as bytes, and the bytes in their places.
  @Test(arguments: [0, 3 << 20, 200 << 20, 1 << 50])
  func takesNoMoreRoomThanItsBytes(expected: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a.bin"
    let file = try AtomicFile(path: path)
    file.expect(byteCount: expected)
    let block = (0..<1 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    // Not in their order, as threads write.
    for number in [1, 0, 3, 2] + Array(4..<20) {
      let result = block.withUnsafeBytes { bytes in
        Result { () throws(OutputError) in try file.write(bytes, at: number << 20) }
      }
      try result.get()
    }
    try file.commit()
    var status = stat()
    #expect(stat(path, &status) == 0)
    #expect(Int(status.st_size) == 20 << 20)
    #expect(Int(status.st_blocks) * 512 <= (20 << 20) + (64 << 10))
    let read = fileBytes(path)
    #expect((0..<20).allSatisfy { Array(read[$0 << 20..<($0 + 1) << 20]) == block })
  }

  /// What a process has left that was killed is taken over; what another writes now is not.
  @Test func takesOverWhatIsLeft() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a.csv"
    let left = open(folder.path + "/.a.csv.diet-1.tmp", O_RDWR | O_CREAT, 0o600)
    #expect(write(left, "more than will be there", 23) == 23)
    close(left)
    let (first, second) = (try AtomicFile(path: path), try AtomicFile(path: path))
    #expect(folder.names.sorted() == [".a.csv.diet-1.tmp", ".a.csv.diet-2.tmp"])
    try put("first", to: first)
    try put("second", to: second)
    try second.commit()
    #expect(fileBytes(path) == Array("second".utf8))
    try first.commit()
    #expect(fileBytes(path) == Array("first".utf8))
    #expect(folder.names == ["a.csv"])
    // A link of that name is no one's to write through.
    symlink(path, folder.path + "/.a.csv.diet-1.tmp")
    let third = try AtomicFile(path: path)
    try put("third", to: third)
    #expect(fileBytes(path) == Array("first".utf8))
    try third.commit()
    #expect(fileBytes(path) == Array("third".utf8))
  }

  @Test func keepsLinksAndPermissions() throws {
    let folder = try TemporaryFolder()
    let (path, link) = (folder.path + "/a.csv", folder.path + "/link")
    try AtomicFile(path: path).commit()
    chmod(path, 0o640)
    symlink(path, link)
    let file = try AtomicFile(path: link)
    try put("text", to: file)
    try file.commit()
    #expect(fileBytes(path) == Array("text".utf8))
    var status = stat()
    #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o640)
  }

  @Test func errors() throws {
    let folder = try TemporaryFolder()
    func message(_ path: String) -> String {
      do {
        try AtomicFile(path: path).commit()
        return ""
      } catch {
        return "\(error)".replacing(folder.path, with: "FOLDER")
      }
    }
    #expect(
      message(folder.path + "/no/a.csv")
        == "FOLDER/no/a.csv: the folder does not exist; make it first, or name another")
    #expect(message(folder.path) == "FOLDER: this is a folder; name a file in it")
    let name = String(repeating: "x", count: 300)
    #expect(message(folder.path + "/" + name).contains("the name is too long"))
    #expect(folder.names == [])
  }

  /// A device takes bytes in order, and says when it is full.
  @Test func fullDisk() throws {
    let frame = try sampleFrame(rowCount: 64, nullPeriod: 0)
    let error = #expect(throws: OutputError.self) {
      try ArrowFileWriter(frame).write(to: "/dev/full")
    }
    #expect(error?.code == .diskFull)
    try ArrowFileWriter(frame).write(to: "/dev/null")
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func interrupted(_ signal: Int32) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/a.csv"
    await #expect(processExitsWith: .signal(signal)) {
      [path = path as String, signal = signal as Int32] in
      let file = try AtomicFile(path: path)
      // To the process: the threads that tests run on have all signals blocked.
      kill(getpid(), signal)
      sleep(10)
      try file.commit()
    }
    #expect(folder.names == [])
  }

  /// Between the opening of a file and the note of its path, too.
  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func interruptedWhileOpening(_ signal: Int32) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/.a.csv.diet-1.tmp"
    await #expect(processExitsWith: .signal(signal)) {
      [path = path as String, signal = signal as Int32] in
      _ = try TemporaryPaths.noting { () throws(OutputError) in
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL, 0o666)
        kill(getpid(), signal)
        usleep(50_000)
        return (descriptor, path)
      }
      sleep(10)
    }
    #expect(folder.names == [])
  }
}
