package import Columnar

extension TextForecast {
  /// What tokens of a column of these values would take.
  package convenience init(ofTexts texts: some Sequence<[UInt8]>) {
    let table = TextTable()
    for text in texts {
      // Eight bytes behind a text are read.
      (text + [UInt8](repeating: 0, count: 8)).withUnsafeBufferPointer { bytes in
        guard let start = bytes.baseAddress else { return }
        _ = table.code(of: start, count: text.count, hash: table.hash(of: start, count: text.count))
      }
    }
    self.init(of: table)
  }
}
