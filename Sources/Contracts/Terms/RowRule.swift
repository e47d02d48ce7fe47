/// How many rows a lock asks for.
package enum RowRule {
  /// Half as many as there were in a file: fewer are a file that was cut, more likely than a slow month.
  package static func least(of rowCount: Int, files: Int = 1) -> Int {
    rowCount / (2 * max(1, files))
  }
}
