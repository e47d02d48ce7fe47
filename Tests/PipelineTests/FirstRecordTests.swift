import Columnar
import Testing

@testable import DelimitedText

/// Whether the first record is names or data, where no column has a type that tells.
@Suite struct FirstRecordTests {
  @Test(arguments: [
    "10.0.0.1,alpha\n10.0.0.2,beta\n192.168.1.7,gamma\n",
    "123e4567-e89b-12d3-a456-426614174000,a\n223e4567-e89b-12d3-a456-42661417400a,b\n"
      + "323e4567-e89b-12d3-a456-426614174003,c\n",
    "d41d8cd98f00b204e9800998ecf8427e,a\n900150983cd24fb0d6963f7d28e17f72,b\n"
      + "f96b697d7cb7938d525a2f31aaf161d0,c\n",
    "10:00,start\n10:05,stop\n11:17,start\n", "9:05 am,start\n10:05 pm,stop\n11:17 pm,start\n",
    "1-Jan-2024,alpha\n2-Feb-2024,beta\n13-March-2024,gamma\n",
    "00000,Rome\n01234,Oslo\n02139,Cambridge\n", "0%,low\n5%,mid\n70%,high\n",
    "$0.50,pen\n$12.00,book\n$1.25,ink\n",
    "[2024-01-01]|start\n[2024-01-02]|stop\n[2024-01-03]|start\n",
    "ts=2024-01-01,level=info\nts=2024-01-02,level=warn\nts=2024-01-03,level=info\n",
    "level=info,msg=a\nlevel=warn,msg=b\nlevel=info,msg=c\n",
    "Mon 3 Jan,x\nTue 4 Jan,y\nWed 2 Feb,z\n",
    "+1 (555) 010-9999,x\n+1 (555) 010-1234,y\n+1 (555) 010-7,z\n",
    "12 kg,x\n7 kg,y\n8.5 kg,z\n",
    "00:1a:2b:3c:4d:5e,a\n00:1a:2b:3c:4d:5f,b\nff:1a:2b:3c:4d:60,c\n",
    "http://a.org/x,abc\nhttps://a.org/y,abd\nhttp://b.org/z,abe\n",
    "ann@x.org,CD-11\nbob@y.org,EF-12\ncyd@z.org,GH-13\n",
    "v0.0.1,alpha\nv0.0.2,beta\nv0.1.0,gamma\n",
  ])
  func isData(_ text: String) throws {
    let table = try table(text)
    #expect(table.columnNames.allSatisfy { $0.hasPrefix("column_") })
    #expect(table.notes.contains { $0.code == .firstRecordIsData })
  }

  @Test(arguments: [
    "name,city\nAnn,Rome\nBob,Paris\nAnn,Oslo\n", "ip,name\n10.0.0.1,a\n10.0.0.2,b\n",
    "id,zip\nA-1,00000\nB-2,01234\nC-3,02139\n", "time,what\n10:00,start\n10:05,stop\n",
    "2024-Q1,2024-Q2\nlow,high\nhigh,low\nmid,mid\n", "q1,q2\nyes 1,no 2\nno 1,yes 2\n",
    "pm2.5,pm10\n<1,>7\n<2,>9\n", "1st,2nd\nRome,Oslo\nParis,Bonn\n",
  ])
  func isNames(_ text: String) throws {
    let table = try table(text)
    #expect(table.columnNames == text.prefix { $0 != "\n" }.split(separator: ",").map(String.init))
    #expect(table.notes.isEmpty)
  }

  /// A name that looks like a value is one, and said.
  @Test(arguments: [
    ("Ann,Rome\nBob,Paris\nAnn,Oslo\n", "Ann"), ("id1,a\nid016,x\nid017,y\n", "id1"),
    ("Item 1,Oslo\nItem 2,Rome\nItem 3,Rome\n", "Item 1"),
    ("CD-11,B33\nEF-12,C44\nGH-13,B12\n", "CD-11"),
  ])
  func isDoubtful(_ text: String, _ name: String) throws {
    let table = try table(text)
    #expect(table.columnNames == text.prefix { $0 != "\n" }.split(separator: ",").map(String.init))
    let notes = table.notes.filter { $0.code == .firstRecordMayBeData }
    #expect(notes.count == 1 && notes[0].description.contains("`\(name)`"))
    #expect(notes.first?.description.contains("--no-header") == true)
    var options = CSVReadingOptions()
    options.hasHeader = true
    #expect(try self.table(text, options).notes.isEmpty)
  }

  /// A name over several columns is a part of each of theirs.
  @Test func spreadNames() throws {
    let text =
      "Name,2023,,2024,\n,units,eur,units,eur\nAnn,1,2.5,3,4.5\nBob,4,3.5,5,6.5\nCid,7,1.5,8,9.5\n"
    #expect(
      try table(text).columnNames == ["Name", "2023 units", "2023 eur", "2024 units", "2024 eur"])
  }

  /// Words above what would be columns of types without them may end in the names.
  @Test func keysAndValuesAboveTheNames() throws {
    let text = "Device,X1\nSerial,0815\nt,v\n1,2.5\n2,3.5\n3,4.5\n4,4.5\n"
    let notes = try table(text).notes
    #expect(notes.map(\.code) == [.headerMayGoOn])
    #expect(notes.first?.description.contains("`--skip 2`") == true)
    var options = CSVReadingOptions()
    options.skippedLineCount = 2
    #expect(try table(text, options).columnNames == ["t", "v"])
  }

  /// Digits, signs and dates above columns of a type are values that spoil it, and no words.
  @Test(arguments: [
    ["02477", "04954", "07431", "09908"], ["0049301", "+49 30 12", "0049-30-13", "(030) 14"],
    ["1%", "2 %", "3%", "4%"], ["1-Jan-2024", "2-Feb-2024", "01.02.24", "3-Mar-2024"],
    ["0.1.2", "0.1.3", "0.1.4", "0.1.5"],
  ])
  func valuesAreNoWords(values: [String]) throws {
    let typed = ["12385", "20095", "30159", "40210", "50667", "60311", "70173", "80331"]
    for count in 1...values.count {
      let fields = values.prefix(count) + typed
      let table = try table("a,zip\n" + fields.map { "\($0),\($0)\n" }.joined())
      #expect(table.columnNames == ["a", "zip"])
      #expect(!table.notes.contains { $0.code == .headerMayGoOn }, "\(table.notes)")
    }
  }

  /// A first record of digits with zeros before is one of data, as those below.
  @Test func paddedDigitsAreNoNames() throws {
    let text = "02477,1\n12385,2\n20095,3\n30159,4\n"
    #expect(try table(text).columnNames == ["column_1", "column_2"])
    // Nor does an empty name make them one.
    let half = "zip,\n02477,x\n12385,y\n20095,z\n30159,x\n40210,y\n"
    #expect(try !table(half).notes.contains { $0.code == .headerOfSeveralRecords })
  }

  /// Units in brackets are known above two rows, and where a column has none.
  @Test func bracketedUnits() throws {
    let table = try table("t,T,x\n[s],[°C],\n1,20.5,a\n2,21.5,b\n")
    #expect(table.columnNames == ["t [s]", "T [°C]", "x"])
    #expect(table.notes.map(\.code) == [.headerOfSeveralRecords])
  }

  @Test(arguments: [
    ("name,units\nann,4\nbob,5\nTotal,9\n", [NoteCode.wordsInLastRecord]),
    ("sex,city,n\nTotal,Rome,9\nm,Oslo,5\nTotal,Oslo,9\n", []), ("name,kind\nann,a\nTotal,b\n", []),
    ("name,units\nann,4\nbob,5\nTotal,8\n", []),
  ])
  func totalsBehindWords(_ text: String, _ codes: [NoteCode]) throws {
    #expect(try table(text).notes.map(\.code) == codes)
  }

  @Test func titlesWithDelimitersAreNoNames() throws {
    let text =
      "Sales, by region, 2024\nPrepared by: Ann, Finance\n\nregion,units,eur\nNorth,12,3.5\nSouth,7,9.25\n"
    #expect(try table(text).columnNames == ["region", "units", "eur"])
  }

  @Test func decimalCommasWithGroupsDivideNothing() throws {
    let table = try table("shop0;1.000,50\nshop1;2.500,75\nshop2;12,00\n")
    #expect(table.dialect.delimiter == UInt8(ascii: ";"))
  }

  @Test func tablesOfWordsBelow() throws {
    let text = "name,city\nAnn,Rome\nBob,Oslo\n\ncountry,capital\nItaly,Rome\nNorway,Oslo\n"
    #expect(try table(text).notes.map(\.code) == [.anotherTable])
    let small = "k,v\nann,red\nbob,green\ncyd,red\n\ncity,country\nrome,italy\nparis,france\n"
    #expect(try table(small).notes.map(\.code) == [.anotherTable])
    // Blank lines between groups of records part no tables.
    let groups = "k,v\nann,red\nbob,green\n\ncyd,red\ndan,green\n\neve,red\nfay,green\n"
    #expect(try table(groups).notes.isEmpty)
    #expect(try table("name,city\nann,rome\n\nbob,oslo\ncid,bonn\n").notes.isEmpty)
  }

  @Test(arguments: [
    ("item,v,w\na,2,x\nb,3,y\n,,\n,,\n,,\n", NoteCode.emptyRecordsAtEnd, "--skip-footer 3"),
    ("item,v\na,2\nb,3\n---,---\nTotal,5\n", .wordsInLastRecord, "--skip-footer 2"),
  ])
  func oddEndings(_ text: String, _ code: NoteCode, _ option: String) throws {
    let notes = try table(text).notes
    #expect(notes.map(\.code) == [code])
    #expect(notes.first?.description.contains("`\(option)`") == true)
  }

  private func table(
    _ text: String, _ options: CSVReadingOptions = CSVReadingOptions()
  ) throws -> CSVTableSource {
    try CSVChunkReader(inputs: [.bytes(Array(text.utf8), name: "t.csv")], options: options).table
  }
}
