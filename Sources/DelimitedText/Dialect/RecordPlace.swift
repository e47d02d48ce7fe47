/// A place in a text where a record begins.
package struct RecordPlace: Hashable, Sendable {
  /// In bytes of the text.
  package var offset: Int
  /// How many line ends stand before it.
  package var lineCount: Int

  package init(offset: Int, lineCount: Int) {
    (self.offset, self.lineCount) = (offset, lineCount)
  }

  /// The same place, its lines counted from further up.
  package func adding(lineCount: Int) -> RecordPlace {
    RecordPlace(offset: offset, lineCount: self.lineCount + lineCount)
  }
}

/// From where the records of a range are looked for, instead of the start of the file.
package struct KnownStart: Hashable, Sendable {
  package let place: RecordPlace
  /// In which dialect a record begins there.
  package let dialect: ScannedDialect

  package init(place: RecordPlace, dialect: ScannedDialect) {
    (self.place, self.dialect) = (place, dialect)
  }
}
