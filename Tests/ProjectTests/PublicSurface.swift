import Foundation

/// What `import TabularDiet` promises, as the sources say it.
enum PublicSurface {
  struct Entry {
    let path: String
    let declaration: SwiftDeclaration
    /// The declaration up to its body or value, on one line.
    let signature: String
    let isDocumented: Bool
  }

  /// The public declarations of a target, in the order of paths and lines.
  static func entries(of target: String) throws -> [Entry] {
    try Project.sources.filter { Project.target(of: $0) == target }.flatMap { path in
      let text = try Project.text(path).split(separator: "\n", omittingEmptySubsequences: false)
      let code = Project.code[path]?.lines ?? []
      return (Project.declarations[path] ?? []).filter(isPublic).map { declaration in
        Entry(
          path: path, declaration: declaration,
          signature: signature(declaration, text, code),
          isDocumented: isDocumented(declaration, text))
      }
    }
  }

  private static func isPublic(_ declaration: SwiftDeclaration) -> Bool {
    guard declaration.scope != .body, declaration.keyword != "extension" else { return false }
    if declaration.modifiers.contains("public") { return true }
    guard declaration.containerIsPublic else { return false }
    return declaration.keyword == "case" || declaration.container == "protocol"
  }

  private static func isDocumented(_ declaration: SwiftDeclaration, _ text: [Substring]) -> Bool {
    var line = declaration.line - 1
    while line >= 0 {
      let above = text[line].drop { $0 == " " }
      if !above.hasPrefix("@") { return above.hasPrefix("///") }
      line -= 1
    }
    return false
  }

  private static func signature(
    _ declaration: SwiftDeclaration, _ text: [Substring], _ code: [ArraySlice<UInt8>]
  ) -> String {
    let hasValue = ["var", "let"].contains(declaration.keyword)
    var signature = ""
    var depth = 0
    for line in declaration.line..<code.count {
      // Code has as many bytes as the text.
      let (whole, bare) = (Array(text[line].utf8), Array(code[line]))
      if !signature.isEmpty {
        let start = String(decoding: bare.drop { $0 == 0x20 }, as: UTF8.self)
        let goesOn =
          depth > 0 || signature.hasSuffix(",") || signature.hasSuffix(":")
          || ["where ", "-> ", "throws", "{"].contains(where: start.hasPrefix)
        if !goesOn { break }
        // Types that do not fit a line stand in lines of their own, as arguments do.
        if start.first == ">" { depth -= 1 }
        if !["(", "[", "<"].contains(where: signature.hasSuffix), start.first != ")",
          start.first != ">"
        {
          signature += " "
        }
      }
      if bare.last == 0x3C { depth += 1 }
      var end = bare.count
      for (index, byte) in bare.enumerated() {
        if byte == 0x28 || byte == 0x5B { depth += 1 }
        if byte == 0x29 || byte == 0x5D { depth -= 1 }
        // A value tells the type where nothing else does.
        let isValue = hasValue && byte == 0x3D && bare[..<index].contains(0x3A)
        if depth == 0, byte == 0x7B || isValue {
          end = index
          break
        }
      }
      signature += String(decoding: whole[..<end], as: UTF8.self)
        .trimmingCharacters(in: .whitespaces)
      if end < bare.count { break }
    }
    return signature.replacing("public ", with: "").trimmingCharacters(in: .whitespaces)
  }

  /// The page: a block for each type, its name first.
  static func page() throws -> String {
    var page = """
      # Public API

      What `import TabularDiet` brings, target by target. Made from the sources, and held still by a test: a change of
      what is promised shows here. `DIET_UPDATE_GOLDEN=1 swift test --filter PublicSurfaceTests` writes it again.

      """
    for target in try Project.exposed().sorted() {
      let entries = try entries(of: target)
      if entries.isEmpty { continue }
      page += "\n## \(target)\n\n```swift\n"
      var types: [String: [String]] = [:]
      for entry in entries {
        let declaration = entry.declaration
        let isType = ["struct", "class", "enum", "protocol", "actor"].contains(declaration.keyword)
        let path = declaration.path + (isType ? [declaration.name] : [])
        let name = path.joined(separator: ".")
        if isType {
          types[name, default: []].insert(entry.signature, at: 0)
        } else {
          types[name, default: []].append("  " + entry.signature)
        }
      }
      for name in types.keys.sorted() {
        var lines = types[name] ?? []
        if lines[0].hasPrefix(" ") { lines.insert(name.isEmpty ? "" : "extension \(name)", at: 0) }
        page += lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n\n"
      }
      page = String(page.dropLast()) + "```\n"
    }
    return page
  }
}
