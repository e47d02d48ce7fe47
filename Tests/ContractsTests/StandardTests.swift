import Contracts
import Foundation
import TabularDiet
import TestSupport
import Testing

/// Locks are contracts of the standard: its schema and the tool that most people read it with say so.
@Suite struct StandardTests {
  @Test func theStandardTakesLocks() throws {
    let folder = try TemporaryFolder()
    var hostile = MadeTable(month: 3, seed: 4)
    hostile.header[0] = "no: \"#'\\ 日本 🙂"
    hostile.header[3] = "true"
    let moments = MadeTable(
      ["time", "span", "flag", "uuid", "ip", "empty", "float", "zoned", "clock"],
      (0..<200).map { row in
        [
          "2026-01-01 10:00:0\(row % 10).5", "\(row + 30):00:01", row % 2 == 0 ? "yes" : "no",
          "550e8400-e29b-41d4-a716-4466554400\(10 + row % 90)", "10.0.0.\(row % 250)", "",
          "\(Double(row) * 1e-9)", "2026-01-01T10:00:0\(row % 10)Z", "10:20:0\(row % 10)",
        ]
      })
    var paths: [String] = []
    for (index, table) in [MadeTable(month: 3, seed: 1), hostile, moments].enumerated() {
      for isRedacted in [false, true] {
        for suffix in ["yaml", "json"] {
          let path = folder.path("lock\(index)\(isRedacted).\(suffix)")
          try ContractFile.write(table.lock(isRedacted: isRedacted), to: path)
          paths.append(path)
        }
      }
    }
    let script = packageRoot.appending(path: "Tests/ContractsTests/read_contracts.py").path
    let output = String(decoding: try TestPython.output([script] + paths), as: UTF8.self)
    #expect(output == "read \(paths.count)\n")
  }
}
