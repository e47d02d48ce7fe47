/// How many rows a lock asks for.
package enum RowRule {
  /// Half as many as there were: fewer are a file that was cut, more likely than a slow month.
  package static func least(of rowCount: Int) -> Int { rowCount / 2 }
}
