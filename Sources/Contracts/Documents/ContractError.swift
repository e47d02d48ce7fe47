/// A contract that cannot be read, with the line where that is seen.
package struct ContractError: Error, Hashable, Sendable, CustomStringConvertible {
  package var path: String
  /// From 1; `nil` where no line is to blame.
  package var line: Int?
  package var message: String

  package init(path: String, line: Int?, _ message: String) {
    (self.path, self.line, self.message) = (path, line, message)
  }

  package var description: String { "\(path)\(line.map { ":\($0)" } ?? ""): \(message)" }
}
