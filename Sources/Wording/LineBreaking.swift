extension String {
  /// The text in lines of at most `width` columns, broken at spaces where there are any.
  ///
  /// What stands in backticks is to be pasted: it keeps its spaces, and is broken only where no line
  /// holds it, at a single space.
  package func lines(of width: Int) -> [String] {
    onOneLine.words { piece in
      piece.displayWidth <= width ? [String(piece)] : piece.dividedAtSingleSpaces
    }.lines(of: width, separator: " ")
  }

  /// The pieces between spaces that are in no backticks, each with such pieces as `divided` makes of it.
  private func words(dividedBy divided: (Substring) -> [String]) -> [String] {
    var words: [String] = []
    var isCode = false
    var start = startIndex
    for index in indices {
      if self[index] == "`" { isCode.toggle() }
      guard self[index] == " ", !isCode else { continue }
      if start < index { words += divided(self[start..<index]) }
      start = self.index(after: index)
    }
    return start < endIndex ? words + divided(self[start...]) : words
  }
}

extension Substring {
  /// Pieces that give the text again with one space between them.
  fileprivate var dividedAtSingleSpaces: [String] {
    var pieces: [String] = []
    var start = startIndex
    for index in indices.dropFirst() where self[index] == " " {
      let next = self.index(after: index)
      guard next < endIndex, self[next] != " ", self[self.index(before: index)] != " " else {
        continue
      }
      pieces.append(String(self[start..<index]))
      start = next
    }
    return pieces + [String(self[start...])]
  }
}

extension [String] {
  /// The pieces in lines of at most `width` columns, with `separator` between two on one line.
  /// A piece that no line can hold is cut.
  package func lines(of width: Int, separator: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for piece in self {
      if !line.isEmpty {
        let joined = line + separator + piece
        if joined.displayWidth <= width {
          line = joined
          continue
        }
        lines.append(line)
      }
      var rest = Substring(piece)
      while rest.displayWidth > width {
        let start = rest.prefix(fitting: width)
        lines.append(start)
        rest = rest.dropFirst(start.count)
      }
      line = String(rest)
    }
    if !line.isEmpty { lines.append(line) }
    return lines.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
