import Columnar

/// The directory of a zip archive, which stands at its end.
struct ZipArchive {
  struct Member {
    let name: String
    let flags: Int
    let method: Int
    let checksum: UInt32
    let storedByteCount: Int
    let byteCount: Int
    /// Where its header stands in the archive.
    let offset: Int
  }

  /// The files in it, without what file managers put beside them.
  let members: [Member]

  /// Reads at most as many bytes as the buffer has room for, from an offset on.
  typealias Reading = (Int, UnsafeMutableRawBufferPointer) throws -> Int

  static func begins(_ start: [UInt8]) -> Bool {
    start.starts(with: Array("PK".utf8)) && start.count >= 4
      && [[3, 4], [5, 6], [7, 8]].contains([start[2], start[3]])
  }

  init(byteCount: Int, file: String, read: Reading) throws {
    func bytes(at offset: Int, count: Int) throws -> ZipRecord {
      guard offset >= 0, count >= 0, offset <= byteCount, count <= byteCount - offset else {
        throw Self.damaged("its directory lies outside of it", file)
      }
      let bytes = try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        while filled < count {
          let rest = UnsafeMutableRawBufferPointer(buffer)[filled...]
          let step = try read(offset + filled, UnsafeMutableRawBufferPointer(rebasing: rest))
          if step == 0 { break }
          filled += step
        }
      }
      guard bytes.count == count else { throw Self.damaged("it became shorter", file) }
      return ZipRecord(bytes)
    }

    // A comment of up to 64 KB may stand behind the end record.
    let tailStart = max(0, byteCount - 22 - 0xFFFF)
    let tail = try bytes(at: tailStart, count: byteCount - tailStart)
    guard let end = tail.lastPlace(of: [0x50, 0x4B, 5, 6], room: 22) else {
      throw ReadingError(
        .truncatedInput, file: file, byteOffset: byteCount,
        "the zip archive ends without its directory",
        remedy: "the file was cut short: copy or compress it again")
    }
    var count = tail.number(at: end + 10, 2)
    var size = tail.number(at: end + 12, 4)
    var start = tail.number(at: end + 16, 4)
    // Past 4 GB or 65,535 members the numbers stand in a record of 64 bits.
    if count == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF, end >= 20,
      tail.number(at: end - 20, 4) == 0x0706_4B50
    {
      let large = try bytes(at: tail.number(at: end - 12, 8), count: 56)
      count = large.number(at: 32, 8)
      size = large.number(at: 40, 8)
      start = large.number(at: 48, 8)
    }
    let directory = try bytes(at: start, count: size)
    var found: [Member] = []
    var place = 0
    for _ in 0..<count {
      guard let (member, next) = Self.member(at: place, in: directory) else {
        throw Self.damaged("its directory is no list of files", file)
      }
      place = next
      if !Self.isBesideTheFiles(member.name) { found.append(member) }
    }
    members = found
  }

  private static func member(
    at place: Int, in directory: ZipRecord
  ) -> (member: Member, next: Int)? {
    guard place + 46 <= directory.bytes.count, directory.number(at: place, 4) == 0x0201_4B50
    else { return nil }
    let nameEnd = place + 46 + directory.number(at: place + 28, 2)
    let extraEnd = nameEnd + directory.number(at: place + 30, 2)
    let next = extraEnd + directory.number(at: place + 32, 2)
    guard next <= directory.bytes.count else { return nil }
    let flags = directory.number(at: place + 8, 2)
    let name = Array(directory.bytes[(place + 46)..<nameEnd])
    // Numbers of 64 bits stand in an extra field, those that did not fit only.
    var large: [Int] = []
    var extra = nameEnd
    while extra + 4 <= extraEnd {
      let end = extra + 4 + directory.number(at: extra + 2, 2)
      guard end <= extraEnd else { break }
      if directory.number(at: extra, 2) == 1 {
        large = stride(from: extra + 4, to: end - 7, by: 8).map { directory.number(at: $0, 8) }
      }
      extra = end
    }
    func number(at offset: Int) -> Int {
      let small = directory.number(at: place + offset, 4)
      return small == 0xFFFF_FFFF && !large.isEmpty ? large.removeFirst() : small
    }
    let byteCount = number(at: 24)
    let storedByteCount = number(at: 20)
    let member = Member(
      // Bit 11 says UTF-8; the DOS program had code page 437.
      name: flags & 0x800 != 0 || name.allSatisfy { $0 < 0x80 }
        ? String(decoding: name, as: UTF8.self) : CodePage.named("cp437")!.text(of: name),
      flags: flags, method: directory.number(at: place + 10, 2),
      checksum: UInt32(directory.number(at: place + 16, 4)),
      storedByteCount: storedByteCount, byteCount: byteCount, offset: number(at: 42))
    return (member, next)
  }

  private static func isBesideTheFiles(_ name: String) -> Bool {
    name.hasSuffix("/") || name.hasPrefix("__MACOSX/")
      || [".DS_Store", "Thumbs.db"].contains(name.split(separator: "/").last.map(String.init))
  }

  static func damaged(_ reason: String, _ file: String) -> ReadingError {
    ReadingError(
      .corruptInput, file: file, "the zip archive is damaged: \(reason)",
      remedy: "`unzip -t` tests the file; copy or compress it again")
  }
}

/// Bytes with numbers in them, the lowest byte first.
struct ZipRecord {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func number(at place: Int, _ width: Int) -> Int {
    let number = bytes[place..<place + width].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(clamping: number)
  }

  /// The last place where `sign` stands with `room` bytes from there on.
  func lastPlace(of sign: [UInt8], room: Int) -> Int? {
    guard bytes.count >= room else { return nil }
    return (0...(bytes.count - room)).last { bytes[$0...].starts(with: sign) }
  }
}
