import Columnar
import Testing

@testable import DelimitedText
@testable import Pipeline

/// Lines that a quoted field takes in are counted, whatever else the file quotes; lines of a text
/// are none of the table's.
@Suite struct SwallowedLinesTests {
  private static let rows = (3..<20).map { "\($0),x,\($0)\n" }.joined()
  private static let words = (3..<30).map { "p\($0),word \($0)\n" }.joined()
  private static let enclosed = (3..<30).map { "\"p\($0)\",\"word \($0)\"\n" }.joined()

  @Test(
    arguments: [
      (1, "id,desc,n\n1,\"a, b\",1\n2,\"c, d,2\n3,\"e, f\",3\n4,\"g, h\",4\n"),
      (2, "id,desc,n\n1,\"TV 32\"\",5\n2,\"TV 40\"\",6\n3,\"plain\",7\n4,\"x\",8\n"),
      (18, "id,desc,n\n1,a,1\n2,\"b,2\n\(rows)20,c\",20\n21,\"e, f\",21\n22,g,22\n"),
      (0, "id,desc,n\n1,\"one\ntwo\",5\n2,\"x\",6\n3,\"y\",7\n"),
      (0, "name,text\nA,\"one, two\nthree, four\"\nB,\"x, y\nz, w\"\nC,p\n"),
      (
        0,
        "id,name,text\n1,A,\"one, two\nthree, four, five\"\n2,B,\"x, y\nz, w, v\"\n3,C,p\n4,D,q\n"
      ),
      // Two columns of text: nothing has a type by which lines could be told from a text's.
      (3, "pkg,desc\n\(words)p1,\"starts\np2,b\np3,c\np4,ends\"\n\(words)"),
      (1, "pkg,desc\n\(words)p1,\"starts\np4,ends\"\n\(words)"),
      (3, "pkg,desc\n\(words)p1,\"starts\np2,\np3,\np4,ends\"\n\(words)"),
      (0, "name,address\n\(words)A,\"Road 1\nMoon, IL\"\n\(words)"),
      (0, "name,address\n\(enclosed)\"A\",\"Road 1,\nMoon,IL\"\n\(enclosed)"),
    ] as [(Int, String)])
  func areCounted(_ count: Int, _ text: String) throws {
    let table = try TableLoader(
      inputs: [.bytes(Array(text.utf8), name: "test.csv")], reading: CSVReadingOptions(),
      typing: TypingOptions(), keepsValues: true, countsDistinct: false
    ).load()
    #expect(table.source.csv?.findings.count(of: RecordFindings.Kind.swallowed) == count)
  }
}
