import CZlib
import Columnar

extension ZipArchive {
  /// The table in an archive: the only file, or the one that was named.
  ///
  /// - Parameter stored: The archive from its start; it is read to its end, so that its digest is
  ///   that of the whole file.
  static func table(
    in stored: any ByteSource, named member: String?
  ) throws -> any ByteSource {
    // What cannot be read at any place is kept first.
    var stored = stored
    var read = stored.read(at:into:)
    var size = stored.byteCount ?? 0
    if !stored.isStoredText {
      let spool = SpooledStream(stored)
      size = try spool.readAll()
      stored = SpooledSource(spool)
      read = { $0 < size ? try spool.replay(at: $0, into: $1) : 0 }
    }
    let file = stored.name
    let archive = try ZipArchive(byteCount: size, file: file, read: read)
    let found = try archive.only(named: member, in: file)
    var header = [UInt8](repeating: 0, count: 30)
    let count = try header.withUnsafeMutableBytes { try read(found.offset, $0) }
    let record = ZipRecord(header)
    guard count == 30, record.number(at: 0, 4) == 0x0403_4B50 else {
      throw damaged("`\(found.name)` does not begin where its directory says", file)
    }
    let start = found.offset + 30 + record.number(at: 26, 2) + record.number(at: 28, 2)
    let part = SourcePart(stored, from: start, count: found.storedByteCount)
    let format: StreamFormat? =
      switch found.method {
      case 8: .deflate
      case 12: .bzip2
      case 93: .zstd
      case 95: .xz
      default: nil
      }
    return CheckedMember(format.map { DecompressingSource(part, $0) } ?? part, is: found)
  }

  private func only(named name: String?, in file: String) throws(ReadingError) -> Member {
    let whole = name.map { String(file.dropLast($0.count + 1)) } ?? file
    if members.contains(where: { $0.name == "[Content_Types].xml" }) {
      throw ReadingError(
        .unsupportedInput, file: file, "the file is an Excel workbook, or another file of Office",
        remedy: "save the sheet as CSV")
    }
    if members.contains(where: { $0.name == "mimetype" }),
      members.contains(where: { $0.name == "content.xml" })
    {
      throw ReadingError(
        .unsupportedInput, file: file, "the file is an OpenDocument sheet or text",
        remedy: "save the sheet as CSV")
    }
    guard let first = members.first else {
      throw ReadingError(
        .unsupportedInput, file: file, "there is no file in the zip archive",
        remedy: "check what was packed")
    }
    let found = name.map { name in members.first { $0.name == name } } ?? first
    guard let found, name != nil || members.count == 1 else {
      let example = whole == "standard input" ? "" : ": `\(whole)/\(first.name)`"
      throw ReadingError(
        .unsupportedInput, file: file,
        name == nil
          ? "there are \(members.count) files in the zip archive: \(list)"
          : "there is no such file in the zip archive;"
            + " there \(members.count == 1 ? "is" : "are") \(list)",
        remedy: "name one behind the archive\(example)")
    }
    if found.flags & 1 != 0 || found.method == 99 {
      throw ReadingError(
        .unsupportedInput, file: file, "`\(found.name)` in the zip archive is encrypted",
        remedy: "unpack it with its password, and name what was in it")
    }
    guard [0, 8, 93, 95].contains(found.method) || found.method == 12 && StreamFormat.readsBzip2
    else {
      let methods = [
        1: "shrink", 6: "implode", 9: "deflate64", 12: "bzip2", 14: "LZMA", 96: "JPEG",
        97: "WavPack", 98: "PPMd",
      ]
      throw ReadingError(
        .unsupportedInput, file: file,
        "`\(found.name)` in the zip archive is compressed with"
          + " \(methods[found.method] ?? "method \(found.method)")",
        remedy: "unpack it, for example with `7z x`, and name what was in it")
    }
    return found
  }

  private var list: String {
    let names = members.prefix(8).map { "`\($0.name)`" }
    let more = members.count - names.count
    return names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}

/// Some bytes of a source. What follows them is read at the end and dropped, so that the digest is of
/// the whole file.
private final class SourcePart: ByteSource {
  private let source: any ByteSource
  private var skipped: Int
  private var remaining: Int

  init(_ source: any ByteSource, from start: Int, count: Int) {
    self.source = source
    skipped = start
    remaining = count
  }

  var name: String { source.name }
  var byteCount: Int? { nil }
  var isRereadable: Bool { source.isRereadable }
  var isStoredText: Bool { false }
  var encoding: TextEncoding { .utf8 }
  var storedInput: StoredInput { source.storedInput }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard !buffer.isEmpty else { return 0 }
    while skipped > 0 {
      let part = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(skipped))
      let count = try source.read(into: part)
      if count == 0 { return 0 }
      skipped -= count
    }
    if remaining == 0 {
      while try source.read(into: buffer) > 0 {}
      return 0
    }
    let count = try source.read(
      into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(remaining)))
    remaining -= count
    return count
  }
}

/// What a member of an archive holds, held against its size and checksum.
private final class CheckedMember: ByteSource {
  private let source: any ByteSource
  private let member: ZipArchive.Member
  private var checksum = crc32(0, nil, 0)
  private var readByteCount = 0

  init(_ source: any ByteSource, is member: ZipArchive.Member) {
    self.source = source
    self.member = member
  }

  var name: String { source.name }
  var byteCount: Int? { nil }
  var isRereadable: Bool { source.isRereadable }
  var isStoredText: Bool { false }
  var encoding: TextEncoding { .utf8 }
  var storedInput: StoredInput { source.storedInput }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try source.read(into: buffer)
    readByteCount += count
    checksum = crc32_z(
      checksum, UnsafeRawBufferPointer(buffer).assumingMemoryBound(to: UInt8.self).baseAddress,
      count)
    if count == 0, !buffer.isEmpty,
      readByteCount != member.byteCount || UInt32(checksum) != member.checksum
    {
      throw ZipArchive.damaged("`\(member.name)` does not fit its size and checksum", name)
    }
    return count
  }
}
