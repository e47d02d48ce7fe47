extension String {
  /// The name among `names` that was most likely meant by this text: one that differs in case or outer
  /// spaces alone, or in one letter of three; `nil` where none is so near.
  package func nearestName(in names: some Sequence<String>) -> String? {
    let told = Self.folded(self)
    let limit = told.count / 3
    var nearest: (name: String, distance: Int)?
    for name in names where name != self {
      let limit = nearest.map { $0.distance - 1 } ?? limit
      if let distance = EditDistance.between(told, Self.folded(name), limit: limit) {
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
}
