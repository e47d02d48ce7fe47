import Columnar
import FileIO
import Pipeline

/// Where the records of a file begin, some bytes for every few megabytes of it: who reads a part of the file need not
/// read what stands before it.
///
/// Ranges of the file may be scanned on different machines, each without the others; put together, in any order, they
/// tell what a scan of the whole file tells.
///
/// ```swift
/// var scan = try TableReader("flights.csv").scan()
/// var reader = try TableReader("flights.csv")
/// reader.byteRange = 1_000_000..<2_000_000
/// reader.fileScan = scan
/// let profile = try reader.mergeableProfile()
/// ```
public struct FileScan: Hashable, Sendable {
  private(set) var scan: RecordScan

  init(_ scan: RecordScan) { self.scan = scan }

  /// The scan that `write(toFile:)` has saved.
  ///
  /// - Throws: `DocumentError`.
  public init(contentsOfFile path: String) throws {
    try self.init(bytes: JSONDocument.bytes(path, kind: "scan"), path: path)
  }

  /// The scan as bytes, as a file has it.
  ///
  /// - Parameter path: What errors call the bytes.
  /// - Throws: `DocumentError`.
  public init(bytes: [UInt8], path: String = "scan") throws(DocumentError) {
    do {
      self.init(try SealedDocument.scan.read(bytes, path) { try $0.read(RecordScan.self) })
    } catch let error as DocumentError {
      throw error
    } catch {
      throw DocumentError(path: path, message: "\(error)")
    }
  }

  /// The scans in files, put together: at least one.
  ///
  /// - Throws: `DocumentError`; `ProfileError` where they are of several files, or some bytes were scanned twice.
  package init(contentsOf paths: [String]) throws {
    self = try FileScan(contentsOfFile: paths[0])
    for path in paths.dropFirst() {
      let next = try FileScan(contentsOfFile: path)
      do {
        try formUnion(next)
      } catch {
        throw ProfileError(error.code, "\(path): \(error.message)")
      }
    }
  }

  /// The scan as a file has it.
  public var bytes: [UInt8] { SealedDocument.scan.bytes(of: scan) }

  /// Saves the scan. A scan that is there is replaced; so is no other file.
  ///
  /// - Throws: `OutputError`; `DocumentError` where there is another file at the path.
  public func write(toFile path: String) throws {
    try SealedDocument.scan.write(bytes, toFile: path)
  }

  /// Throws where there is a file that is no scan.
  package static func refuseToReplaceOther(atPath path: String) throws {
    try SealedDocument.scan.refuseToReplaceOther(atPath: path)
  }

  /// Whether paths lead to scans: what the first is, or what it is called where it is a folder or pattern.
  package static func isAmong(_ paths: [String]) -> Bool {
    guard let first = paths.first else { return false }
    if SealedDocument.isRegularFile(first) { return SealedDocument.scan.isFile(first) }
    return (try? files([first]).first).map(SealedDocument.scan.isFile) ?? false
  }

  /// The files that paths of scans lead to.
  package static func files(_ paths: [String]) throws(ReadingError) -> [String] {
    try InputFiles.paths(paths, ending: ".scan")
  }

  /// Adds what was seen of other bytes of the file.
  ///
  /// - Throws: `ProfileError` where they are of another file, or some bytes were scanned twice.
  public mutating func formUnion(_ other: FileScan) throws(ProfileError) {
    do {
      try scan.formUnion(other.scan)
    } catch {
      throw ProfileError(error)
    }
  }

  /// Which bytes of the file were not scanned.
  public var missing: [Range<Int>] { scan.missing }

  /// Behind which byte it is not known where records begin, though all was scanned: a quote there is closed far away or
  /// nowhere, or the file is of a kind that is read from its start alone. Parts behind it are read from there. `nil`
  /// where all is known, or some bytes were not scanned.
  public var unknownEnd: Int? { scan.unknownEnd }

  /// What it says of the part that begins at a byte, and nothing else: some bytes, to be sent to who reads it.
  public func part(before offset: Int) -> FileScan { FileScan(scan.part(before: offset)) }
}
