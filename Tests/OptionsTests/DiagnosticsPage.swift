import Columnar
import FileIO
import Foundation
import Options
import TestSupport

/// `docs/diagnostics.md`: every code of an error, what it means and what to do; every code of a note.
struct DiagnosticsPage {
  /// What the command says in a case of it, word for word as in the table of bad input.
  static let readingExamples: [ReadingError.Code: String] = [
    .fileNotFound: "missing.csv: there is no such file; check the path",
    .readFailed:
      "loop.csv: this is a link that leads back to itself; see where it leads with `ls -l`",
    .truncatedInput:
      "in.csv, byte 6: the zstd data ends in the middle of a frame; the file was cut short:"
      + " copy or compress it again",
    .corruptInput:
      "in.csv, byte 52: the gzip data is damaged: incorrect data check; `gzip -t` tests the"
      + " file; copy or compress it again",
    .unsupportedInput:
      "in.csv: the file is a SQLite database; export a table, for example with `sqlite3"
      + " -header -csv FILE 'select * from TABLE'`",
    .unsupportedDialect:
      "libcsv cannot read a file without quoting; leave out `--engine libcsv` or `--quote none`",
    .unterminatedQuote:
      "in.csv, line 2, byte 6: a quoted field opens here and is never closed: `\"`; close"
      + " the quote, or leave the line out with `--on-bad-record skip`",
    .irregularQuote:
      "in.csv, line 2, byte 7: a quote stands inside a field without being doubled: `\""
      + " pipe`; double it, or read without `--strict`: libcsv's rules then decide",
    .raggedRecord:
      "in.csv, line 3, byte 8: the record has more fields than the table's 2; mend the"
      + " line, or read without `--strict`: missing fields become null, extra ones new"
      + " columns",
    .expandsTooFar:
      "in.csv, byte 2729: up to here the compressed data grow to 24639 times their size,"
      + " more than 200: a small file may fill memory and disk so; if you trust the file,"
      + " allow more with `--max-expansion 49278`",
    .invalidText:
      "two.csv, line 2, byte 6: the byte 0xE9 is not UTF-8; read as latin-1 it is part of:"
      + " `é`; use `--encoding latin-1`, or `--invalid-utf8 replace`",
    .headerMismatch:
      "two.csv, line 1: the header differs from that of in.csv: it lacks `b`; rename"
      + " columns, or put them together by name, null where a file has none:"
      + " `--union-by-name`",
    .invalidValue:
      "in.csv, line 3, column `a`, byte 8: the value is no integer: `x`; mend the value, or"
      + " let the column be text with `--type a=string`",
    .unknownColumn: "in.csv, column `b`: there is no such column; the columns are a",
    .notArrow:
      "lean.arrow, byte 0: the file does not start with `ARROW1`, nor as a stream does;"
      + " name an Arrow file",
  ]

  static let outputExamples: [OutputError.Code: String] = [
    .folderNotFound:
      "nowhere/out.arrow: the folder does not exist; make it first, or name another",
    .isDirectory: "out.arrow: this is a folder; name a file in it",
    .inUse: "in.csv: that is the input; name another file with -o",
  ]

  var text: String {
    var text = """
      # Diagnostics

      What can be wrong with an input or an output, and what reports point out. In Swift an error has a code, a place, a
      message and a remedy; its text is made of them, with the properties of the library to set. The command says that
      text with its options, as here, Python's exceptions with theirs. This page is printed from the codes,
      `Sources/FileIO/Errors`.

      ## Inputs

      `ReadingError`, for text, Arrow and Parquet.

      """
    for code in ReadingError.Code.allCases {
      text += section(
        code.rawValue, code.meaning, code.usualRemedy, Self.readingExamples[code])
    }
    text += "\n## Outputs\n\n`OutputError`.\n"
    for code in OutputError.Code.allCases {
      text += section(code.rawValue, code.meaning, code.usualRemedy, Self.outputExamples[code])
    }
    return text + notes
  }

  /// The notes, by the groups and the comments of their codes.
  private var notes: String {
    var text = """

      ## Notes

      `Note`: what is worth knowing of a table that was read. The JSON of every verb that reports has the texts
      as `notes` and, in the same order, the codes as `note_codes`. Printed from
      `Sources/Columnar/Diagnostics/NoteCode.swift`.

      """
    let source = packageRoot.appending(path: "Sources/Columnar/Diagnostics/NoteCode.swift")
    let lines = (try? String(contentsOf: source, encoding: .utf8))?.split(separator: "\n") ?? []
    var meaning: [Substring] = []
    for line in lines.dropFirst(2) {
      let words = line.drop { $0 == " " }
      if words.hasPrefix("// MARK: ") {
        text += "\n### \(words.dropFirst(9))\n\n| code | what it says |\n|---|---|\n"
      } else if words.hasPrefix("/// ") {
        meaning.append(words.dropFirst(4))
      } else if words.hasPrefix("case ") {
        text += "| `\(words.dropFirst(5))` | \(meaning.joined(separator: " ")) |\n"
        meaning = []
      }
    }
    return text
  }

  private func section(
    _ code: String, _ meaning: String, _ remedy: Sentence, _ example: String?
  ) -> String {
    var paragraphs = ["### \(code)", "\(meaning) \(remedy)".wrapped(at: 120, indent: "")]
    if remedy.inPrograms != "\(remedy)" {
      paragraphs.append("In Python: \(remedy.inPrograms)".wrapped(at: 120, indent: ""))
    }
    if let example {
      paragraphs.append("```text\n\(example.wrapped(at: 120, indent: "  "))\n```")
    }
    return "\n" + paragraphs.joined(separator: "\n\n") + "\n"
  }
}
