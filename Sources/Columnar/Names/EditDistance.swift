/// How far apart two words are.
package enum EditDistance {
  /// How many letters have to be put in, left out, changed or swapped with the next to make `b` of `a`;
  /// `nil` past `limit`.
  package static func between<Letter: Equatable>(
    _ a: [Letter], _ b: [Letter], limit: Int
  ) -> Int? {
    guard limit >= 0, abs(a.count - b.count) <= limit, !b.isEmpty else { return nil }
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var best = Swift.min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = Swift.min(best, before[j - 1] + 1)
        }
        row.append(best)
      }
      (before, last) = (last, row)
    }
    return last[b.count] <= limit ? last[b.count] : nil
  }
}
