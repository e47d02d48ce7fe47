package import Columnar
package import FileIO

extension ReadingError.Code {
  /// What the code says of an input, whatever the case.
  package var meaning: String {
    switch self {
    case .fileNotFound: "There is no file of this name, or no file of data in this folder."
    case .isDirectory: "The path is that of a folder."
    case .permissionDenied: "The system does not let this user read the file."
    case .readFailed: "The system cannot open the file, or gave less of it than it has."
    case .truncatedInput: "A compressed file or an archive ends too early."
    case .corruptInput: "The bytes contradict themselves, or point outside the file."
    case .unsupportedInput: "The file, or a column of it, is of a kind that is not read."
    case .unsupportedDialect: "The options for text contradict each other, or no engine has them."
    case .unterminatedQuote: "A quoted field is never closed."
    case .irregularQuote: "A quote stands where no rule has it; only strict reading refuses that."
    case .raggedRecord:
      "A record has more or fewer fields than the table; only strict reading refuses that."
    case .recordTooLong: "A record does not fit the memory that one may take."
    case .tooManyColumns: "A record has more fields than a table may have columns."
    case .expandsTooFar: "A few bytes stand for so many that they may fill memory and disk."
    case .changedWhileRead: "Something else writes to the file."
    case .invalidText: "Bytes are no text in the encoding that the file is read in."
    case .headerMismatch: "The files are not of one table, as their columns or their paths say."
    case .invalidValue: "A value, or a column, is not what an option, a plan or another file says."
    case .unknownColumn: "An option or an argument names a column that the table has not."
    case .notArrow: "The file is none of Arrow's."
    case .notParquet: "The file is none of Parquet's."
    }
  }

  /// What to do where nothing more is known; an error says it of its case.
  package var usualRemedy: Sentence {
    switch self {
    case .fileNotFound: "Check the path."
    case .isDirectory: "Name the files in it."
    case .permissionDenied: "Check the file's owner and mode."
    case .readFailed: "Check the disk or the connection, then try again."
    case .truncatedInput: "Copy or compress the file again."
    case .corruptInput: "Copy the file again, or write it again."
    case .unsupportedInput:
      "Write it in another way, or leave the column out with \(option: "drop")."
    case .unsupportedDialect: "Leave out one of the options."
    case .unterminatedQuote:
      "Close the quote, leave the line out with \(option: "on-bad-record", "skip"), or read quotes as"
        + " text with \(option: "quote", "none")."
    case .irregularQuote: "Mend the quote, or read without \(option: "strict")."
    case .raggedRecord: "Mend the line, or read without \(option: "strict")."
    case .recordTooLong:
      "Look for a quote that is not closed, or read quotes as text with \(option: "quote", "none")."
    case .tooManyColumns:
      "Look for a line end that is missing, or name the delimiter with \(option: "delimiter")."
    case .expandsTooFar:
      "If you trust the file, allow more with \(option: "max-expansion"); write Parquet with smaller"
        + " row groups."
    case .changedWhileRead: "Read it again once nothing writes to it, or read a copy."
    case .invalidText:
      "Name the encoding with \(option: "encoding"), or read U+FFFD there with"
        + " \(option: "invalid-utf8", "replace")."
    case .headerMismatch:
      "Rename columns, or put them together by name with \(option: "union-by-name"); keys in paths are"
        + " left out with \(no: "hive")."
    case .invalidValue:
      "Mend the value, let the column be text with \(option: "type"), or make a new plan."
    case .unknownColumn: "Name one of the columns that the error lists."
    case .notArrow: "Name an Arrow file."
    case .notParquet: "Name a Parquet file."
    }
  }
}

extension OutputError.Code {
  /// What the code says of a file that is written, whatever the case.
  package var meaning: String {
    switch self {
    case .folderNotFound: "The folder that the file is to be in does not exist."
    case .isDirectory: "The path is that of a folder."
    case .permissionDenied: "The system does not let this user write there."
    case .readOnly: "The file system is read-only."
    case .diskFull: "There is no room left, or none left for this user."
    case .closedPipe: "Who reads the output went away."
    case .nameTooLong: "The file system has no names of this length."
    case .writeFailed: "The system reported another fault, which the error names."
    case .inUse:
      "The table is read from that file, under this name or another, or the same run writes it, too."
    case .notRepresentable: "The format has no way to hold a value of the table."
    }
  }

  /// What to do where nothing more is known.
  package var usualRemedy: Sentence {
    switch self {
    case .folderNotFound: "Make it first, or name another."
    case .isDirectory: "Name a file in it."
    case .permissionDenied: "Name a folder that you may write to."
    case .readOnly: "Name another folder."
    case .diskFull: "Free some, or name a folder on another disk."
    case .closedPipe: "Run it again with a reader that takes all of it."
    case .nameTooLong: "Shorten it."
    case .writeFailed: "Check the disk or the connection, then try again."
    case .inUse: "Name another file."
    case .notRepresentable: "Write the column as text, or another format."
    }
  }
}
