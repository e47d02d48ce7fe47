/// What a note is about. Raw values are stable: programs compare them.
public enum NoteCode: String, Hashable, Sendable, Codable, CaseIterable {
  // MARK: Files

  /// Files of a folder are not read, since their names are none of data.
  case filesLeftOut
  /// The input has no rows and no columns.
  case noTable
  /// An estimate was asked for, and all was read: every figure is exact.
  case allRead
  /// Some files lack columns that others have; their rows are null there.
  case columnsMissingInFiles

  // MARK: Dialect

  /// The first record is read as data, not as names.
  case firstRecordIsData
  /// The first record is read as names, and may be one of data.
  case firstRecordMayBeData
  /// `skip` or `skip-footer` leaves out more lines than there are.
  case nothingLeft
  /// No delimiter divides the lines evenly: the table is one column of text.
  case singleColumn
  /// Quotes are read as text, since only so is every line as wide as the table.
  case quotesAreText
  /// Spaces beside delimiters are left out.
  case spacesLeftOut
  /// Lines above the table are left out.
  case preambleLeftOut
  /// Lines behind the table are left out.
  case footerLeftOut
  /// The last record has words where those above have none: it may be a total.
  case wordsInLastRecord
  /// The last records have nothing but delimiters.
  case emptyRecordsAtEnd
  /// Another table may begin behind a blank line.
  case anotherTable
  /// The lines have the look of a kind of file that another option reads.
  case otherReading
  /// Text would be numbers if a sign separated thousands.
  case thousandsLikely
  /// The file has bytes that its encoding does not know.
  case undecodableText
  /// A record of the file cannot be read, such as one with a quote that is never closed.
  case unreadableRecords

  // MARK: Header

  /// Names of columns are not those of the header: two were alike, or one was empty.
  case columnsRenamed
  /// Units or questions below the names are left out.
  case recordsBelowNamesLeftOut
  /// Several records make the header.
  case headerOfSeveralRecords
  /// The second record may belong to the header.
  case headerMayGoOn
  /// The header has one name less than the records have fields.
  case firstNameMissing
  /// Numbers of the first record are read as names.
  case numbersAreNames
  /// A sign before the first name is left out.
  case signLeftOut

  // MARK: Records

  /// Records have fewer fields than the table has columns; the missing ones are null.
  case shortRecords
  /// Records have more fields than the header; the others became columns.
  case longRecords
  /// Quotes stand where none may; they are text.
  case strayQuotes
  /// Lines as wide as the table are read as part of quoted fields.
  case linesInQuotes
  /// Records equal the header, as where files were put together.
  case repeatedHeaders
  /// Records that equal the header are left out, as asked.
  case repeatedHeadersLeftOut
  /// Lines that begin as comments do are left out.
  case commentsLeftOut
  /// Bad records are left out, as asked.
  case recordsLeftOut
  /// Bytes that are not UTF-8 are read as U+FFFD, as asked.
  case textReplaced
  /// The text is UTF-16 or UTF-32 by its zeros; no mark says so.
  case utf16WithoutMark
  /// CR CR LF is read as one line end.
  case lineEndsJoined
  /// Byte order marks within the text are left out.
  case marksLeftOut
  /// The end sign 0x1A behind the text is left out.
  case endSignLeftOut
  /// Zero bytes behind the text are left out.
  case zeroBytesLeftOut
  /// A stream of Arrow stops without saying that it ends.
  case streamWithoutEnd
  /// Zero bytes occur within fields; they are kept as text.
  case zeroBytes
  /// An option names words or formats that no field has.
  case optionInVain

  // MARK: Columns

  /// Dates are read in the one order that fits all rows.
  case datesReadAs
  /// Days and months could change places, so dates stay text.
  case ambiguousDates
  /// Dates are written in more than one way, so they stay text.
  case datesVary
  /// Some values are in the format that was named, and others are not.
  case formatInPart
  /// Numbers with two spellings look like versions, and stay text.
  case versions
  /// A currency, a unit or a percent sign beside numbers is left out.
  case affixesLeftOut
  /// Points or commas could separate thousands or decimals.
  case decimalsUnclear
  /// Numbers stay text for a currency or percent sign in every value.
  case amountsLikely
  /// Text that is written as dates or times often are.
  case datesLikely
  /// Values stay text, and why.
  case keptAsText
  /// Another column tells this one in every row, or in nearly every row.
  case columnFollowsAnother
  /// Values are the same, and spelled in more than one way.
  case spellingVaries
  /// Fields have more digits than binary64 keeps.
  case digitsRounded
  /// Values are rounded to 32 bits, as allowed.
  case valuesRounded
  /// The largest value is close to the end of its type.
  case littleHeadroom
  /// NaN are values, not nulls.
  case notANumber
  /// Digits stay text: zeros or signs in front would be lost as numbers.
  case digitsKeptAsText
  /// Numbers stay text: no number type gives all of them back.
  case numbersKeptAsText
  /// No value is as fine as the unit that the file has.
  case coarserUnit
  /// Floats are whole numbers throughout.
  case wholeFloats
  /// There was no memory to tell all different values of a column apart: it has no dictionary.
  case valuesUncounted

  // MARK: Hand-over

  /// The engine has no such type; the column is there as another.
  case engineLacksType
  /// The engine holds the column otherwise than the file says.
  case engineHoldsOtherwise
  /// UUIDs are handed over as text.
  case uuidsAreText
  /// A time zone is kept by name; parts of days are those of UTC.
  case zoneByName
  /// Values are missing where none were when the plan was made.
  case missingUnplanned
  /// Text has words that the plan's categories have not.
  case wordsUnplanned
  /// Columns that the plan has not are left out, or stored as is best.
  case columnsUnplanned
  /// Columns of the plan that the table has not are left out, or null in all rows.
  case plannedColumnsMissing
  /// An operation of pandas gives something else on the lean column, and what to do first.
  case lawOfUse
  /// Columns take more bytes in pandas than they did in the frame that they came from.
  case largerInPandas
  /// Arithmetic in the narrow type overflows in silence in some engines.
  case arithmeticWraps
  /// Tables that are narrowed one by one have columns of different widths.
  case widthsDiffer

  // MARK: Reports

  /// Every buffer is rounded up, which is more than there is to save.
  case tableTooSmall
  /// Speed-ups were measured on the first rows.
  case measuredInPart
  /// No kernel that was asked for reads a lean column.
  case nothingMeasured
  /// A baseline was measured on another processor: speed-ups cannot be compared with it.
  case otherProcessor
  /// A baseline of an earlier version says nothing of types and columns.
  case baselineWithoutColumns
  /// A baseline has measurements that cannot be made any more.
  case measurementsMissing
}

extension NoteCode {
  private static let ofReading: Set<NoteCode> = [
    .datesReadAs, .ambiguousDates, .datesVary, .formatInPart, .versions, .affixesLeftOut,
    .decimalsUnclear, .thousandsLikely, .amountsLikely, .datesLikely,
    .keptAsText, .digitsRounded, .notANumber, .digitsKeptAsText, .numbersKeptAsText,
  ]

  /// Whether it is about one column, and says how its values were read or why they stay as they are.
  package var isOfReading: Bool { Self.ofReading.contains(self) }
}
