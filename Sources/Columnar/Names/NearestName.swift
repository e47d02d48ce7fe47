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

  /// What there is where no column has this name, to go on with: `; there are a, b, c; did you mean 'b'?`
  package func advice(among names: [String]) -> String {
    if names.isEmpty { return ", nor any other" }
    let rest = names.count > 20 ? " and \(names.count - 20) more" : ""
    let near = nearestName(in: names).map { "; did you mean '\($0)'?" } ?? ""
    return "; there are \(names.prefix(20).joined(separator: ", "))\(rest)\(near)"
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
