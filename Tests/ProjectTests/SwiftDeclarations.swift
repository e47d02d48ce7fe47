/// One declaration of a source: of a type, or what a type or a file has.
struct SwiftDeclaration: Sendable {
  enum Scope: Sendable {
    case file
    /// Within a type or an extension.
    case type
    /// Within a function, an accessor or a closure.
    case body
  }

  let keyword: String
  let name: String
  /// The types around it, the outermost first.
  let path: [String]
  let scope: Scope
  /// What stands before the keyword on its line, such as `public static`.
  let modifiers: [String]
  /// From 0.
  let line: Int
  /// How many lines it has with its body; 1 where there is none.
  var lineCount = 1
  /// The keyword of the innermost type around it.
  let container: String?
  let containerIsPublic: Bool
}

extension SwiftCode {
  private static let typeKeywords: Set = [
    "struct", "class", "enum", "protocol", "extension", "actor",
  ]
  private static let memberKeywords: Set = [
    "func", "var", "let", "init", "subscript", "typealias", "case", "associatedtype",
  ]
  private static let modifierWords: Set = [
    "public", "package", "internal", "private", "fileprivate", "static", "final", "indirect",
    "override", "mutating", "nonisolated", "lazy", "weak", "unowned", "convenience", "required",
    "consuming", "borrowing", "prefix", "postfix", "infix", "open", "async", "unsafe", "set",
    "class",
  ]

  /// What keywords and modifiers begin with.
  private static let startingLetters = Set(
    (typeKeywords.union(memberKeywords).union(modifierWords)).compactMap { $0.utf8.first })

  /// All declarations, in the order of the lines. The code is formatted: a declaration begins its line.
  var declarations: [SwiftDeclaration] {
    var found: [SwiftDeclaration] = []
    // Each open brace: what it belongs to.
    var braces: [(isType: Bool, name: String, keyword: String, isPublic: Bool, declaration: Int?)] =
      []
    var pending: (isType: Bool, name: String, keyword: String, isPublic: Bool, declaration: Int?)?
    var parentheses = 0
    for (number, line) in lines.enumerated() {
      let start = Self.start(of: line)
      if let start, parentheses == 0 {
        let isType = Self.typeKeywords.contains(start.keyword)
        let inType = braces.last?.isType ?? true
        let types = braces.filter(\.isType)
        let name = start.name
        let isPublic =
          start.modifiers.contains("public")
          || (types.last?.isPublic == true
            && (start.keyword == "case" || types.last?.keyword == "protocol"))
        found.append(
          SwiftDeclaration(
            keyword: start.keyword, name: name, path: types.map(\.name),
            scope: braces.isEmpty ? .file : inType ? .type : .body,
            modifiers: start.modifiers, line: number, container: types.last?.keyword,
            containerIsPublic: types.last?.isPublic ?? false))
        if start.keyword != "case" || inType {
          pending = (isType, name, start.keyword, isPublic, found.count - 1)
        }
      } else if parentheses == 0, Self.beginsStatement(line) {
        pending = nil
      }
      var place = line.startIndex
      while place < line.endIndex {
        let byte = line[place]
        place &+= 1
        if byte &- 0x61 < 26 || byte == 0x20 { continue }
        switch byte {
        case 0x28, 0x5B: parentheses += 1
        case 0x29, 0x5D: parentheses -= 1
        case 0x7B:
          braces.append(pending ?? (false, "", "", false, nil))
          pending = nil
        case 0x7D:
          if let closed = braces.popLast(), let place = closed.declaration {
            found[place].lineCount = number - found[place].line + 1
          }
          pending = nil
        default: break
        }
      }
    }
    return found
  }

  /// Whether the line begins something new, and does not go on with the header above.
  private static func beginsStatement(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first(where: { $0 != 0x20 }), isLetter(first) else { return false }
    // A header goes on with `where …`, `) -> …`, `{`, or a conformance.
    let text = String(decoding: line.drop { $0 == 0x20 }, as: UTF8.self)
    return !text.hasPrefix("where ") && !text.hasSuffix("{")
      && !text.hasSuffix(",")
  }

  private static func start(
    of line: ArraySlice<UInt8>
  ) -> (keyword: String, name: String, modifiers: [String])? {
    guard let first = line.first(where: { $0 != 0x20 }),
      first == 0x40 || startingLetters.contains(first)
    else { return nil }
    var words = line.split(separator: 0x20)[...]
    var modifiers: [String] = []
    while let word = words.first {
      let text = String(decoding: word, as: UTF8.self)
      let bare = text.prefix { $0 != "(" }
      if text.hasPrefix("@") {
        words.removeFirst()
        // An attribute with arguments that have spaces.
        var open = text.count { $0 == "(" } - text.count { $0 == ")" }
        while open > 0, let next = words.first {
          let more = String(decoding: next, as: UTF8.self)
          open += more.count { $0 == "(" } - more.count { $0 == ")" }
          words.removeFirst()
        }
        continue
      }
      if bare == "class", words.count > 1,
        !["func", "var", "let"].contains(
          String(decoding: words[words.startIndex + 1], as: UTF8.self))
      {
        break
      }
      guard modifierWords.contains(String(bare)) else { break }
      if bare == text || text.hasSuffix(")") { modifiers.append(text) }
      words.removeFirst()
    }
    guard let word = words.first else { return nil }
    let keyword = String(String(decoding: word, as: UTF8.self).prefix { $0.isLetter })
    guard typeKeywords.contains(keyword) || memberKeywords.contains(keyword) else { return nil }
    if keyword == "init" || keyword == "subscript" { return (keyword, keyword, modifiers) }
    guard keyword.utf8.count == word.count, words.count > 1 else { return nil }
    let rest = String(decoding: words[words.startIndex + 1], as: UTF8.self)
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    if name.isEmpty { return (keyword, String(rest.prefix { $0 != "(" }), modifiers) }
    return (keyword, String(name), modifiers)
  }
}
