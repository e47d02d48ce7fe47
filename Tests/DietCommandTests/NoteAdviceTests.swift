import Foundation
import TestSupport
import Testing

/// What notes and errors tell people to do names their file: its columns, spellings and signs.
struct NoteAdviceTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var text: [UInt8]
    let arguments: [String]
    var exitCode: Int32 = 0
    /// What stands in the output or the errors, and what does not.
    var said: [String] = []
    var unsaid: [String] = []
  }

  private static let pairs = (1..<30).map { "p\($0),word \($0)\n" }.joined()

  static let cases = [
    Case(
      testDescription: "lines that quotes take from two columns of text",
      text: Array("pkg,desc\n\(pairs)p1,\"starts\np2,b\np3,ends\"\n\(pairs)".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["linesInQuotes", "2 lines are read as part of quoted fields"]),
    Case(
      testDescription: "the same, strictly",
      text: Array("pkg,desc\n\(pairs)p1,\"starts\np2,b\np3,ends\"\n\(pairs)".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--strict"], exitCode: 1,
      said: ["line 31", "2 lines are part of quoted fields"]),
    Case(
      testDescription: "addresses, strictly",
      text: Array("name,address\n\(pairs)Ann,\"Road 1\nMoon, IL\"\n\(pairs)".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--strict"], unsaid: ["quoted fields"]),
    Case(
      testDescription: "NaN as the file spells them",
      text: Array("a,b\n1.5,x\nNaN,y\nnan,z\n-NaN,v\n2.5,w\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["`--null-token a=nan --null-token a=NaN --null-token a=-NaN` makes them null"]),
    Case(
      testDescription: "both orders of dates",
      text: Array("id,d\n1,03/04/2024\n2,05/06/2024\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["ambiguousDates", "`--date-format d=%d/%m/%Y` or `--date-format d=%m/%d/%Y`"]),
    Case(
      testDescription: "no order of dates",
      text: Array("id,d\n1,03/04/2024\n2,05/16/2024\n3,17/02/2024\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["datesVary"], unsaid: ["ambiguousDates", "--date-format d"]),
    Case(
      testDescription: "the sign that divides most lines", text: Array("title line\na|b\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["singleColumn", "`--delimiter '|'` divides"], unsaid: ["--delimiter ,"]),
    Case(
      testDescription: "UTF-16 read as UTF-8",
      text: [0xFF, 0xFE]
        + "a,b\n1,2\n".utf16.flatMap {
          [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)]
        },
      arguments: ["cat", "in.csv", "--encoding", "utf-8"], exitCode: 2,
      said: ["byte order mark of UTF-16", "leave out `--encoding`"]),
    Case(
      testDescription: "an encoding is forced that reads it",
      text: Array("a,b\n1,caf".utf8) + [0xE9] + Array("\n2,y\n".utf8),
      arguments: ["sniff", "in.csv", "--format", "json"],
      said: ["undecodableText", "\"--encoding latin-1\""], unsaid: ["\"--encoding utf-8\""]),
    Case(
      testDescription: "an open quote is no certain reading",
      text: Array("a,b\n1,\"x\n2,y\n3,z\n".utf8),
      arguments: ["sniff", "in.csv", "--format", "json"],
      said: ["unreadableRecords", "\"confidence\": 0.5"]),
    Case(
      testDescription: "no table", text: [],
      arguments: ["apply", "in.csv", "-o", "out.arrow"],
      said: ["nothing to check", "there is no table in the input"]),
    Case(
      testDescription: "bench says how the file was read",
      text: Array("a,b\n\((1..<3_000).map { "\($0 % 100),x\($0 % 3)\n" }.joined())7\n".utf8),
      arguments: ["bench", "in.csv", "--column", "a", "--kernel", "count", "--format", "json"],
      said: ["\"note_codes\": [\"shortRecords\""]),
    Case(
      testDescription: "a name more than there are fields is no preamble",
      text: Array("id,qty,price,\n1,2,3\n4,5,6\n7,8,9\n10,11,12\n".utf8),
      arguments: ["cat", "in.csv"], said: ["id,qty,price,column_4", "4 records are short"],
      unsaid: ["preamble"]),
    Case(
      testDescription: "the same, strictly",
      text: Array("id,qty,price,\n1,2,3\n4,5,6\n7,8,9\n10,11,12\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--strict"], exitCode: 1,
      said: ["line 2"]),
    Case(
      testDescription: "a table above",
      text: Array("k,v,z\na,1,4\n\nid,name,x\n1,aa,3\n2,bb,4\n3,cc,5\n4,dd,5\n5,ee,6\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["anotherTable", "behind a blank line"], unsaid: ["preambleLeftOut"]),
    Case(
      testDescription: "keys and values above, or a table",
      text: Array(
        "item,total\na,1\nb,2\n\nid,name\n1,aa\n2,bb\n3,cc\n4,dd\n5,ee\n6,ff\n7,gg\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["preambleLeftOut", "anotherTable", "cut the file in two"]),
    Case(
      testDescription: "decimals that the delimiter cuts are no row names",
      text: Array("id,amount\n1,1.234,56\n2,2.345,67\n3,9.999,10\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--strict"], exitCode: 1,
      said: ["line 2", "more fields"]),
    Case(
      testDescription: "a preamble filled up with delimiters",
      text: Array(
        "Report Sales,,\nFrom,2024-01-01,\n,,\nid,name,amount\n1,aa,3.5\n2,bb,4\n3,cc,5\n4,dd,6\n"
          .utf8), arguments: ["cat", "in.csv"],
      said: ["id,name,amount\n1,aa,3.5", "3 lines before the table are left out as a preamble"]),
    Case(
      testDescription: "a log has no names",
      text: Array("ts=1 level=info\nts=2 level=warn\nts=3 level=info\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["firstRecordIsData", "column_1"]),
    Case(
      testDescription: "accounts have no names",
      text: Array("root:x:0:0:root:/root\nbin:x:1:1:b n:/bin\nsys:x:2:2:s:/dev\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["firstRecordIsData", "`--delimiter :` divides every line in 6"]),
    Case(
      testDescription: "a column of text has a name",
      text: Array("city name\nNew York\nSan Juan\nRome 2\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["\"city name\""], unsaid: ["firstRecordIsData"]),
    Case(
      testDescription: "numbers and dates that stay text",
      text: Array(
        "a,b,c,d,e,f\n\"1,234.50\",$5,5 %,2024/01/02,2-Jan-2024,\"1.234,56\"\n7,$6,6 %,2024/10/02,13-Feb-2024,7\n"
          .utf8), arguments: ["apply", "in.csv", "-o", "out.arrow", "--format", "json"],
      said: [
        "`--thousands a=,`", "`--number b`", "`--number c`", "`--date-format d=%Y/%m/%d`",
        "`--date-format e=%d-%b-%Y`", "`--decimal f=, --thousands f=.`", "thousandsLikely",
        "amountsLikely", "datesLikely",
      ]),
    Case(
      testDescription: "numbers and dates in other spellings",
      text: Array(
        "a;b;c;d;e;f\n1'234.50;1 234,50;(5);25.01.24;20240131T102030Z;2024-01-31 10:20:30 UTC\n"
          .appending("22'000;7,25;12.5-;01.02.24;20240201T112030Z;2024-02-01 11:20:30 UTC\n").utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: [
        "`--number a`", "`--number b`", "`--number c`", "`--date-format d=%d.%m.%y`",
        "`--date-format e=%Y%m%dT%H%M%S%z`", "`--date-format 'f=%Y-%m-%d %H:%M:%S %Z'`",
      ]),
    Case(
      testDescription: "instants of letters and logs",
      text: Array(
        "a;b;c\n2024-01-31 10:20:30,123;Wed, 31 Jan 2024 10:20:30 +0000;2024-01-31\n"
          .appending("2024-02-01 11:20:30,456;Thu, 01 Feb 2024 11:20:30 +0000;01/02/2024\n").utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: [
        "`--date-format 'a=%Y-%m-%d %H:%M:%S,%f'`",
        "`--date-format 'b=%a, %d %b %Y %H:%M:%S %z'`", "datesVary",
      ]),
    Case(
      testDescription: "several signs of money",
      text: Array("item,price\na,$1.50\nb,€2.00\nc,£3.25\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      unsaid: ["amountsLikely"]),
    Case(
      testDescription: "points before three digits beside decimal commas",
      text: Array("id;preis;menge\n1;12,5;1.234\n2;3,75;12.500\n3;1,00;500\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["decimalsUnclear", "`--decimal menge=, --thousands menge=.`", "`--decimal menge=.`"]),
    Case(
      testDescription: "the same, told",
      text: Array("id;preis;menge\n1;12,5;1.234\n2;3,75;12.500\n3;1,00;500\n".utf8),
      arguments: [
        "cat", "in.csv", "--decimal", "menge=,", "--thousands", "menge=.",
      ], said: ["1,12.50,1234", "2,3.75,12500", "3,1.00,500"]),
    Case(
      testDescription: "points before three digits beside semicolons",
      text: Array("id;v\n1;1.234\n2;12.500\n3;2.000\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["decimalsUnclear", "\"scale\": 3"]),
    Case(
      testDescription: "points of decimals beside semicolons",
      text: Array("id;v;w\n1;1.234;0.5\n2;12.500;7.25\n3;2.000;1.0\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      unsaid: ["decimalsUnclear"]),
    Case(
      testDescription: "no delimiter is no sign", text: Array("a b\nc d\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--delimiter", "none", "--format", "json"],
      unsaid: ["\\xff"]),
    Case(
      testDescription: "text that was asked for",
      text: Array("a,b\n01,1e5\n02,2e5\n".utf8),
      arguments: [
        "analyze", "in.csv", "--no-measure", "--type", "a=string", "--type", "b=string", "--format",
        "json",
      ], unsaid: ["digitsKeptAsText", "numbersKeptAsText"]),
    Case(
      testDescription: "why says how columns were read",
      text: Array("id,d\n1,03/04/2024\n2,05/06/2024\n".utf8),
      arguments: ["why", "in.csv", "--format", "json"], said: ["ambiguousDates"]),
    Case(
      testDescription: "quotes that reading them as such would leave open",
      text: Array("a,b\n1,\"5 in\n2,\"6 in\n3,7 in\n4,8\n5,\"9\n6,7\n7,8\n8,9\n9,1\n10,2\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--format", "json"],
      said: ["quotesAreText", "never closed"], unsaid: ["reads them as quotes"]),
    Case(
      testDescription: "the same, strictly",
      text: Array("a,b\n1,\"5 in\n2,\"6 in\n3,7 in\n4,8\n5,\"9\n6,7\n7,8\n8,9\n9,1\n10,2\n".utf8),
      arguments: ["analyze", "in.csv", "--no-measure", "--strict"], exitCode: 1,
      said: ["line 2", "--quote none"]),
    Case(
      testDescription: "a table that a database drew",
      text: Array(" id | name\n----+------\n  1 | ab\n  2 | cd\n(2 rows)\n".utf8),
      arguments: ["sniff", "in.csv", "--format", "json"], said: ["--skip-footer 1"]),
    Case(
      testDescription: "a header that is not UTF-8 is sniffed",
      text: Array("id,caf".utf8) + [0xE9] + Array("\n1,2\n3,4\n".utf8),
      arguments: ["sniff", "in.csv", "--format", "json"],
      said: ["undecodableText", "latin-1"], unsaid: ["textReplaced"]),
    Case(
      testDescription: "nothing is sure of an empty file", text: [],
      arguments: ["sniff", "in.csv", "--format", "json"], said: ["noTable", "\"confidence\": 0"]),
    Case(
      testDescription: "sniffing strictly", text: Array("a,b\n1,2\n3\n".utf8),
      arguments: ["sniff", "in.csv", "--strict"], exitCode: 1, said: ["line 3"]),
    Case(
      testDescription: "sniffing writes no records", text: Array("a,b\n1,2\n3\n".utf8),
      arguments: ["sniff", "in.csv", "--on-bad-record", "collect=bad.csv"], exitCode: 64),
  ]

  @Test(arguments: cases) func isOfTheFile(_ input: Case) throws {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", Data(input.text))
    let run = try CommandRun(input.arguments, in: folder.url)
    #expect(run.exitCode == input.exitCode, "\(run.errors)")
    let all = run.output + run.errors
    for words in input.said { #expect(all.contains(words), "\(all)") }
    for words in input.unsaid { #expect(!all.contains(words), "\(all)") }
  }

  @Test func severalFilesAreOneDocument() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path("data"), withIntermediateDirectories: false)
    for name in ["data/a.csv", "data/b.csv"] { try folder.file(name, "x,y\n1,2\n") }
    try folder.file("data/readme.txt", "no data\n")
    let run = try CommandRun(["sniff", "data", "--format", "json"], in: folder.url)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
    #expect(json.map { $0["note_codes"] as? [String] } == [["filesLeftOut"], []])
  }

  @Test func filesOfOtherDelimitersAreReadByName() throws {
    let folder = try TemporaryFolder()
    try folder.file("a.csv", "a;b\n1;2\n")
    try folder.file("b.csv", "a,b\n3,4\n")
    let run = try CommandRun(["cat", "a.csv", "b.csv"], in: folder.url)
    #expect(run.exitCode == 2 && run.errors.contains("`--union-by-name` reads each"))
    let united = try CommandRun(["cat", "a.csv", "b.csv", "--union-by-name"], in: folder.url)
    #expect(united.output == "a,b\n1,2\n3,4\n")
  }

  @Test func aSourceWithoutAColumnDiffers() throws {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", "a,b\n1,2\n")
    try folder.file("other.csv", "c,b\n1,2\n")
    _ = try CommandRun(["apply", "in.csv", "-o", "lean.arrow"], in: folder.url)
    let run = try CommandRun(["verify", "lean.arrow", "--against", "other.csv"], in: folder.url)
    #expect(run.exitCode == 1 && run.errors.contains("other.csv, which has no column `a`"))
  }
}
