/// Arrow files, whose reader tells streams from them by itself.
package struct ArrowFiles: TypedFileFormat {
  package let name = "arrow"
  package let words = "an Arrow file"

  package init() {}

  package func recognizes(_ start: [UInt8], name: String) -> Bool {
    // A CSV file may have a column of that name; none has a zero behind it. Version 1 is told what it is
    // by the reader.
    start.starts(with: ArrowFileReader.magic + [0, 0])
      || start.starts(with: Array("FEA1".utf8) + [0])
  }

  package func open(_ file: ArrowFileBytes) throws -> any ArrayTable { try ArrowFileReader(file) }
}

/// Messages of Arrow without a footer.
package struct ArrowStreams: TypedFileFormat {
  package let name = "arrow-stream"
  package let words = "an Arrow stream"

  package init() {}

  package func recognizes(_ start: [UInt8], name: String) -> Bool {
    // No text begins so, in any encoding.
    start.starts(with: ArrowMessage.continuation)
  }

  package func open(_ file: ArrowFileBytes) throws -> any ArrayTable { try ArrowFileReader(file) }
}
