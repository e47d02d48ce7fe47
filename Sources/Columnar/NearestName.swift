extension String {
  /// The name among `names` that was most likely meant by this text: one that differs in case or outer
  /// spaces alone, or in one letter of three; `nil` where none is so near.
  package func nearestName(in names: some Sequence<String>) -> String? {
    let told = Self.folded(self)
    let limit = told.count / 3
    var nearest: (name: String, distance: Int)?
    for name in names where name != self {
      let limit = nearest.map { $0.distance - 1 } ?? limit
      if let distance = Self.distance(told, Self.folded(name), limit: limit) {
        nearest = (name, distance)
      }
    }
    return nearest?.name
  }

  private static func folded(_ text: String) -> [Unicode.Scalar] {
    let scalars = Array(text.lowercased().unicodeScalars)
    let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace || scalar == "_" }
    guard let first = scalars.firstIndex(where: { !isSpace($0) }),
      let last = scalars.lastIndex(where: { !isSpace($0) })
    else { return [] }
    return Array(scalars[first...last])
  }

  /// How many letters have to be put in, left out, changed or swapped with the next to make `b` of `a`;
  /// `nil` past `limit`.
  private static func distance(
    _ a: [Unicode.Scalar], _ b: [Unicode.Scalar], limit: Int
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
