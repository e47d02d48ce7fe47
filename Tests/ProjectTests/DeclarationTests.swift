import Testing

/// What holds for each function and name of the sources.
@Suite struct DeclarationTests {
  /// Functions that were long before there was a rule: to be taken off the list, and not to be more.
  private static let long: Set = [
    "ArrowColumn.init", "ArrowValues.pieces", "CSVFileStart.init", "CSVDetection.finding",
    "DecimalSyntax.parse", "DecimalSyntax.next", "TypedColumn.init", "NumberShape.init",
    "TableLoader.told", "TableLoader.loadOnce",
  ]

  @Test func noFunctionIsLong() {
    for path in Project.sources {
      for declaration in Project.declarations[path] ?? []
      where ["func", "init", "subscript", "var"].contains(declaration.keyword)
        && declaration.lineCount > 70
        && !Self.long.contains((declaration.path + [declaration.name]).joined(separator: "."))
      {
        let name = (declaration.path + [declaration.name]).joined(separator: ".")
        Issue.record(
          """
          \(path):\(declaration.line + 1): `\(name)` has \(declaration.lineCount) lines: \
          more than 70 want to be two functions
          """)
      }
    }
  }

  /// Names that the language or a library calls, or that a saved form has.
  private static let called: Set = [
    "hash", "init", "subscript", "main", "Diet", "configuration", "customMirror", "run", "validate",
    "userInfo", "nestedContainer", "escapeText",
  ]

  @Test func everyNameIsUsed() {
    var counts: [String: Int] = [:]
    for code in Project.code.values { counts.merge(code.names, uniquingKeysWith: +) }
    for path in Project.sources {
      for declaration in Project.declarations[path] ?? []
      where declaration.scope != .body && !["extension", "case"].contains(declaration.keyword)
        && !declaration.modifiers.contains(where: ["public", "override"].contains)
        && !Self.called.contains(declaration.name) && counts[declaration.name] == 1
      {
        Issue.record("\(path):\(declaration.line + 1): `\(declaration.name)` is used nowhere")
      }
    }
  }

  /// The C library has another name on each system, and one of ours.
  @Test func theSystemIsImportedInOnePlace() throws {
    for path in Project.sources where Project.target(of: path) != "Platform" {
      let imports = try Project.imports(of: path)
      for name in ["Glibc", "Musl", "Darwin"] where imports.contains(name) {
        Issue.record("\(path) imports \(name): `import Platform` is that of any system")
      }
    }
  }

  @Test func codeIsToldFromText() {
    let code = SwiftCode(
      ##"""
      let a = "b \(c("d")) { e" /* f /* g */ h */ + i // j
      struct K { func l(_ m: [Int]) -> Int {
        let n = #"o\#(p)q"#
        return n.count
      } }
      """##)
    #expect(
      Set(code.names.keys) == [
        "let", "a", "c", "i", "struct", "K", "func", "l", "_", "m", "Int", "n", "p", "return",
        "count",
      ])
    let text = SwiftCode(
      """
      public struct A: Sendable {
        case b
        static func c(
          _ d: Int
        ) -> Int {
          let e = 1
          return e
        }
        var f: Int { 2 }
      }
      func g() {}
      """)
    let found = text.declarations.map {
      "\(($0.path + [$0.name]).joined(separator: ".")) \($0.scope) \($0.lineCount)"
    }
    #expect(
      found == [
        "A file 10", "A.b type 1", "A.c type 6", "A.e body 1", "A.f type 1", "g file 1",
      ])
  }
}
