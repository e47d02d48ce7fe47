package import Columnar
import FileIO

extension CSVDialect {
  /// What a profile has of it: not what was a guess on the way to it.
  package var profiled: CSVDialect {
    var writer = ProfileWriter()
    writer.write(self)
    var reader = ProfileReader(writer.bytes)
    return (try? reader.read()) ?? self
  }
}

extension CSVDialect: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    func byte() throws(ProfileFault) -> UInt8? {
      try reader.readFlag() ? UInt8(try reader.readCount(255)) : nil
    }
    let delimiter = UInt8(try reader.readCount(255))
    let tail = Array(try reader.readBytes())
    let (quote, escape) = (try byte(), try byte())
    let comment = Array(try reader.readBytes())
    let (spacing, lineEnding) = (try reader.readText(), try reader.readText())
    let headerRecordCount = try reader.readCount()
    let encoding = try reader.readText()
    guard let encoding = TextEncoding(rawValue: encoding),
      let lineEnding = LineEnding(rawValue: lineEnding),
      let spacing = FieldSpacing(rawValue: spacing)
    else { throw reader.fault("the file is spelled in no known way") }
    self.init(
      delimiter: delimiter, quote: quote, hasHeader: headerRecordCount > 0, encoding: encoding,
      lineEnding: lineEnding)
    (delimiterTail, self.escape, self.comment, self.spacing) = (tail, escape, comment, spacing)
    self.headerRecordCount = max(1, headerRecordCount)
  }

  package func write(to writer: inout ProfileWriter) {
    func write(_ byte: UInt8?) {
      writer.write(byte != nil)
      if let byte { writer.write(count: Int(byte)) }
    }
    writer.write(count: Int(delimiter))
    writer.write(delimiterTail)
    write(quote)
    write(escape)
    writer.write(comment)
    writer.write(spacing.rawValue.utf8)
    writer.write(lineEnding.rawValue.utf8)
    writer.write(count: hasHeader ? headerRecordCount : 0)
    writer.write(encoding.rawValue.utf8)
  }
}
