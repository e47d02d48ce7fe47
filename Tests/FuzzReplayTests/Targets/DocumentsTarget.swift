import Columnar
import MemoryDiet
import Platform

@testable import ArrowFormat
@testable import DelimitedText
@testable import Pipeline
@testable import TabularDiet

/// Plans and certificates from anywhere: refused, or used to read a table, which then fits the plan
/// or is refused; what is written out again is read as the same.
struct DocumentsTarget: FuzzTarget {
  let name = "documents"
  let byteLimit = 1 << 12

  private static let table = Array(
    """
    i,p,d,t,c,s,u
    1,1.50,2024-02-29,2024-02-29 10:00:00.5,10:20:30,NA,true
    -300,2.25,2024-03-01,2024-03-01 10:00:00.25,00:00:00,x,false
    70000,,,,,,
    """.utf8)

  func check(_ input: FuzzInput) -> String? {
    var input = input
    let isPlan = input.flag()
    let json = Array(input.rest)
    do {
      if isPlan {
        let plan = try DietPlan(json: json, path: "plan.json")
        guard try DietPlan(json: plan.json(), path: "again") == plan else {
          return "written out, the plan is another"
        }
        try apply(plan)
      } else {
        let text = String(decoding: json, as: UTF8.self)
        let certificate = try Certificate(json: text, path: "c.json")
        guard try Certificate(json: certificate.json(), path: "again") == certificate else {
          return "written out, the certificate is another"
        }
        try apply(certificate.plan)
      }
    } catch {
      return "\(error)".isEmpty ? "an error without words" : nil
    }
    return nil
  }

  private func apply(_ plan: DietPlan) throws {
    var options = ReadingOptions()
    options.text = CSVReadingOptions(delimiter: 0x2C, hasHeader: true, threads: 1)
    var preparation = Preparation(plan: plan)
    preparation.matching.newColumns = .add
    let frame = try TableReader(
      inputs: [.bytes(Self.table, name: "test.csv")], options: options
    ).prepare(preparation).frame
    let sink = GatheringSink()
    try CSVFileWriter(frame).write(to: sink)
    try ArrowFileWriter(frame).write(to: GatheringSink(), path: "test.arrow")
  }
}
