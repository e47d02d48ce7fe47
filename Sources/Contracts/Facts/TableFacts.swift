import Columnar

/// What a table was at some time: all that locks keep, that two tables are compared by, and that a history
/// is made of. Values, without rows.
package struct TableFacts: Hashable, Sendable {
  package var rowCount: Int
  /// The bytes of the lean columns.
  package var byteCount: Int { columns.reduce(0) { $0 + $1.byteCount } }
  package var columns: [ColumnFacts]
  /// How text is spelled; `nil` for files that have types.
  package var dialect: DialectFacts?
  /// What was odd about records, by the codes of notes.
  package var oddities: Set<String> = []
  /// How many records are so, and where the first is, where that was counted.
  package var oddRecords: [String: OddRecords] = [:]
  /// What was read.
  package var sources: [SourceDigest] = []
  /// Whether rows were counted: a plan knows none.
  package var knowsRows = true
  /// Whether there are rows to look at, and not only what was known of them.
  package var hasRows = false
  /// Whether columns that are determined by others were looked for.
  package var knowsDependencies = true

  package init(rowCount: Int, columns: [ColumnFacts]) {
    (self.rowCount, self.columns) = (rowCount, columns)
  }

  /// The first column of that name.
  package subscript(name: String) -> ColumnFacts? { columns.first { $0.name.isExactly(name) } }
}

/// Records that are odd.
package struct OddRecords: Hashable, Sendable {
  package var count: Int
  package var place: FindingPlace

  package init(count: Int, place: FindingPlace) { (self.count, self.place) = (count, place) }
}

/// A file that was read, and which bytes it had.
package struct SourceDigest: Hashable, Sendable {
  package var name: String
  package var byteCount: Int
  /// `xxh3-128:…` or `sha256:…`; `nil` where nobody made it.
  package var digest: String?

  package init(name: String, byteCount: Int, digest: String?) {
    (self.name, self.byteCount, self.digest) = (name, byteCount, digest)
  }
}

/// How a text file spells its table.
package struct DialectFacts: Hashable, Sendable {
  /// Empty where each line is one field.
  package var delimiter: String
  /// `nil` where quotes are text.
  package var quote: String?
  package var hasHeader: Bool
  package var encoding: String
  /// `lf`, `crlf`, `cr` or `mixed`.
  package var lineEnding: String
  /// What schemas for other tools say of the text beyond that; locks do not keep it.
  package var spelling = TextSpelling()

  package init(
    delimiter: String, quote: String?, hasHeader: Bool, encoding: String, lineEnding: String
  ) {
    (self.delimiter, self.quote, self.hasHeader) = (delimiter, quote, hasHeader)
    (self.encoding, self.lineEnding) = (encoding, lineEnding)
  }
}

/// What a reader of the very files has to know beside what a lock keeps.
package struct TextSpelling: Hashable, Sendable {
  /// What takes the meaning from a quote or delimiter behind it.
  package var escape: String?
  /// What lines that are no records begin with.
  package var comment: String?
  /// Whether spaces behind delimiters are nothing, and whether those at the ends of fields are, too.
  package var skipsInitialSpace = false
  package var trimsFields = false
  /// Lines above the header, or above the first record where there is none.
  package var linesAbove = 0
  package var headerRecordCount = 1
  /// Whether the names are not just the fields of one record: they were made unique, or joined.
  package var hasMadeNames = false
  package var hasBlankLines = false
  /// What is odd beyond what dialects of other tools know, a phrase each.
  package var oddities: [String] = []

  package init() {}
}
