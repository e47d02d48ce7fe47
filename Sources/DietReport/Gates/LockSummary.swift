package import Contracts
import Wording

/// What `diet lock` says once it has written a lock.
package struct LockSummary {
  private let contract: TableContract
  private let path: String

  package init(_ contract: TableContract, path: String) {
    (self.contract, self.path) = (contract, path)
  }

  package var text: String {
    let rows = contract.facts?.rowCount ?? 0
    var parts = [
      "\(CountText(contract.columns.count, "column"))", "\(CountText(rows, "row"))",
    ]
    let unique = contract.columns.count(where: \.isUnique)
    let closed = contract.columns.count { $0.validValues != nil }
    let required = contract.columns.count(where: \.isRequired)
    let relations = contract.facts?.columns.count { $0.relation != nil } ?? 0
    if required > 0 { parts.append("\(CountText(required)) without nulls") }
    if unique > 0 { parts.append("\(CountText(unique)) unique") }
    if closed > 0 { parts.append("\(CountText(closed)) of known categories") }
    if relations > 0 { parts.append("\(CountText(relations)) that follow from others") }
    let facts = parts.joined(separator: " · ").lines(of: reportWidth).joined(separator: "\n")
    let next = "diet check FILES --lock \(path.shellWord)"
    return "Locked in \(FileTitle(path).name).\n\(facts)\nnext  \(next)\n"
  }
}
