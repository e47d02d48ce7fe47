import Testing

@testable import DelimitedText

/// Numbers that are names, and such that are data as those below.
@Suite struct NumberHeaderTests {
  @Test(arguments: [
    "country,2019,2020,\nA,7974,3356,\nB,2679,1255,\n",
    "country,,2019,2020\nA,x,7974,3356\nB,y,2679,1255\n",
    "item,202401,202402\na,3,5\nb,6,10\nc,9,15\n",
    "sample,10023,10088,10101\na,0.5,0.7,3\nb,0.1,0.2,7\n",
    "2019,2020,2021,2022\n423,289,592,583\n821,280,158,362\n",
    "country,code,2020\nA,x,17\nB,y,3\nC,z,28\n",
  ])
  func areNames(_ text: String) throws {
    let table = try ReadTable(text)
    #expect(
      table.names.filter { !$0.hasPrefix("column_") }
        == text.prefix { $0 != "\n" }.split(separator: ",").map(String.init))
  }

  @Test(arguments: [
    "a,3,5\nb,6,10\nc,9,15\n", "a,2019,3\nb,2020,5\nc,2021,7\n", "1,2019\n2,2020\n3,2021\n",
    "x,10,20\ny,30,40\nz,5,6\n", "2019,2020,2021\n2020,2021,2022\n2021,2022,2023\n",
    "a,30,50\na,6,1\na,9,2\n",
  ])
  func areData(_ text: String) throws {
    #expect(try ReadTable(text).names.allSatisfy { $0.hasPrefix("column_") })
    let reader = try CSVChunkReader(inputs: [.bytes(Array(text.utf8), name: "test.csv")])
    #expect(reader.table.notes.contains { $0.description.contains("`--header`") })
  }
}
