import Columnar

/// A format that is neither text nor read here, told by how its files begin, so that it is named for
/// what it is and not taken for text in some encoding.
struct ForeignFormat {
  /// What a sentence calls such a file.
  let words: String
  /// What to do.
  let remedy: Sentence

  /// Bytes that are enough to tell all of them, and how the text is written.
  static let startByteCount = 4096

  /// The format of a file that begins so; `nil` for text.
  init?(_ start: [UInt8]) {
    guard let found = Self.binary(start) ?? Self.json(start) ?? Self.markup(start) else {
      return nil
    }
    self = found
  }

  private init(_ words: String, _ remedy: Sentence) {
    self.words = words
    self.remedy = remedy
  }

  private static func picture(_ words: String) -> ForeignFormat {
    ForeignFormat(words, "there is no table in it; check the path")
  }

  private static let program = ForeignFormat(
    "a program", "there is no table in it; check the path")
  private static let decompress: Sentence = "decompress it first"
  private static let unpack: Sentence = "unpack it, and name the files in it"

  /// By bytes that no text has.
  private static let magics: [(start: [UInt8], format: ForeignFormat)] = [
    (
      Array("SQLite format 3".utf8) + [0],
      ForeignFormat(
        "a SQLite database",
        "export a table, for example with `sqlite3 -header -csv FILE 'select * from TABLE'`")
    ),
    (
      Array("Obj".utf8) + [1],
      ForeignFormat(
        "an Avro file", "write it as Parquet first, for example with `polars.read_avro`")
    ),
    (
      [0x04, 0x22, 0x4D, 0x18],
      ForeignFormat("compressed with lz4", "\(decompress), for example with `lz4 -dk`")
    ),
    (
      [0xFF, 0x06, 0, 0] + Array("sNaPpY".utf8),
      ForeignFormat("compressed with snappy", decompress)
    ),
    (
      Array("DIETSCAN".utf8),
      ForeignFormat(
        "a scan of where records begin", "name the file that it is of; parts are read with it")
    ),
    (
      Array("DIETPROF".utf8),
      ForeignFormat(
        "a profile of parts", "name it alone, to `diet analyze`, `diet plan` or `diet merge`")
    ),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], ForeignFormat("a 7z archive", unpack)),
    (Array("Rar!".utf8) + [0x1A, 0x07], ForeignFormat("a rar archive", unpack)),
    (
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
      ForeignFormat("an old Excel workbook or another file of Office", "save the sheet as CSV")
    ),
    (
      [0x89] + Array("HDF\r\n".utf8) + [0x1A, 0x0A],
      ForeignFormat("an HDF5 file", "write it as Parquet first, for example with `pandas.read_hdf`")
    ),
    (
      [0x93] + Array("NUMPY".utf8),
      ForeignFormat("a NumPy array", "write it as CSV or Parquet first")
    ),
    ([0x80, 0x04, 0x95], ForeignFormat("a pickle of Python's", "write it as Parquet first")),
    ([0x80, 0x05, 0x95], ForeignFormat("a pickle of Python's", "write it as Parquet first")),
    (Array("%PDF-".utf8), ForeignFormat("a PDF document", "copy its table out as CSV")),
    ([0x89] + Array("PNG\r\n".utf8), picture("a PNG picture")),
    ([0xFF, 0xD8, 0xFF], picture("a JPEG picture")),
    (Array("GIF87a".utf8), picture("a GIF picture")),
    (Array("GIF89a".utf8), picture("a GIF picture")),
    (Array("II*".utf8) + [0], picture("a TIFF picture")),
    (Array("MM".utf8) + [0, 0x2A], picture("a TIFF picture")),
    ([0x7F] + Array("ELF".utf8), program),
    (Array("MZ".utf8) + [0x90, 0], program),
    ([0xCF, 0xFA, 0xED, 0xFE], program),
    ([0xCA, 0xFE, 0xBA, 0xBE], program),
    (
      Array("CDF".utf8) + [1],
      ForeignFormat("a NetCDF file", "write it as Parquet first, for example with `xarray`")
    ),
    (
      Array("CDF".utf8) + [2],
      ForeignFormat("a NetCDF file", "write it as Parquet first, for example with `xarray`")
    ),
    (
      Array("$FL2@(#)".utf8),
      ForeignFormat(
        "a file of SPSS", "write it as Parquet first, for example with `pandas.read_spss`")
    ),
    (
      Array("<stata_dta>".utf8),
      ForeignFormat(
        "a file of Stata", "write it as Parquet first, for example with `pandas.read_stata`")
    ),
  ]

  private static func binary(_ start: [UInt8]) -> ForeignFormat? {
    if let found = magics.first(where: { start.starts(with: $0.start) }) { return found.format }
    if !StreamFormat.readsBzip2, StreamFormat.bzip2.recognizes(start) {
      return ForeignFormat(
        "compressed with bzip2", "\(decompress), for example with `bunzip2 -k`")
    }
    if start.dropFirst(257).starts(with: "ustar".utf8) {
      return ForeignFormat("a tar archive", "\(unpack), or use `tar -xO`")
    }
    let letters = start.prefix(3)
    if letters.elementsEqual("ORC".utf8), hasControls(start.dropFirst(3).prefix(13)) {
      return ForeignFormat(
        "an ORC file", "write it as Parquet first, for example with `pyarrow.orc.read_table`")
    }
    if start.dropFirst(8).starts(with: "DUCK".utf8), hasControls(start.dropFirst(12)) {
      return ForeignFormat(
        "a DuckDB database", "write a table of it as Parquet, with `COPY … TO 'table.parquet'`")
    }
    return nil
  }

  private static func hasControls(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.contains { $0 < 0x09 || (0x0E..<0x20).contains($0) }
  }

  /// Pages and documents that were saved under the name of a table: by their first tag.
  private static func markup(_ start: [UInt8]) -> ForeignFormat? {
    let text = start.drop { [0x09, 0x0A, 0x0D, 0x20, 0xEF, 0xBB, 0xBF].contains($0) }.prefix(200)
    let lower = String(decoding: text, as: UTF8.self).lowercased()
    if ["<!doctype html", "<html", "<table"].contains(where: lower.hasPrefix) {
      return ForeignFormat(
        "a web page", "read its table first, for example with `pandas.read_html`")
    }
    if lower.hasPrefix("<?xml") {
      return ForeignFormat(
        "an XML document", "write it as CSV first, for example with `pandas.read_xml`")
    }
    if lower.hasPrefix("version https://git-lfs") {
      return ForeignFormat(
        "a pointer of Git LFS, not the file itself", "fetch it, with `git lfs pull`")
    }
    return nil
  }

  /// An object, or a list of objects: `{"a"`, `[{"a"`.
  private static func json(_ start: [UInt8]) -> ForeignFormat? {
    let marks = start.filter { ![0x09, 0x0A, 0x0D, 0x20].contains($0) }
    guard marks.starts(with: Array("{\"".utf8)) || marks.starts(with: Array("[{\"".utf8)) else {
      return nil
    }
    return ForeignFormat(
      "JSON",
      "write it as CSV or Parquet first, for example with `polars.read_json` or `read_ndjson`")
  }
}
