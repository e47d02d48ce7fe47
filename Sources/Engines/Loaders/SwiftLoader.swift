import Columnar
import Wording

/// A struct of typed columns for our own library: a column that outgrows its width is another type,
/// and the program that relies on it does not compile.
struct SwiftLoader: Loader {
  let name = "swift"

  /// The library reads whatever the command reads.
  func obstacles(in table: LoaderTable) -> [String] { [] }

  func code(for table: LoaderTable) -> String {
    var code = CodeText()
    let lean = table.columns.reduce(0) { $0 + $1.byteCount }
    code.head(table, ["In memory: \(ByteText(lean))."], mark: "//")
    code.line("import TabularDiet")
    code.line()
    code.line("struct \(Self.typeName(table.name)): Sendable {")
    let names = Self.propertyNames(table.columns.map(\.profile.name))
    for (column, name) in zip(table.columns, names) {
      code.line(
        "  /// \(column.profile.type) as \(column.layout)\(column.hasNulls ? ", with nulls" : "")")
      code.line("  let \(name): \(type(column))")
    }
    code.line("  let rowCount: Int")
    code.line()
    let files = table.files.map { ($0 == "-" ? "/dev/stdin" : $0).swiftLiteral }
    code.line(
      "  /// - Throws: `ReadingError`; `ElementError` for a value that its column's type does not hold."
    )
    code.line(
      "  init(contentsOfCSVFiles paths: [String] = [\(files.joined(separator: ", "))]) throws {")
    let options = table.swiftOptions
    if !options.typing.isEmpty {
      code.line("    var typing = TypingOptions()")
      for line in options.typing { code.line("    typing.\(line)") }
    }
    if !options.reading.isEmpty {
      code.line("    var options = CSVReadingOptions()")
      for line in options.reading { code.line("    options.\(line)") }
    }
    let arguments =
      (options.reading.isEmpty ? "" : ", options: options")
      + (options.typing.isEmpty ? "" : ", typing: typing")
      + (options.types.isEmpty ? "" : ", types: [\(options.types.joined(separator: ", "))]")
    code.line("    let frame = try DataFrame(contentsOfCSVFiles: paths\(arguments))")
    code.line("    rowCount = frame.rowCount")
    for (column, name) in zip(table.columns, names) {
      code.line(
        "    \(name == "frame" || name == "paths" ? "self." : "")\(name) = try \(initializer(column))(\(column.profile.name.swiftLiteral), of: frame)"
      )
    }
    code.line("  }")
    code.line("}")
    return code.text
  }

  private func initializer(_ column: LoaderColumn) -> String { type(column) }

  private func type(_ column: LoaderColumn) -> String {
    let range = column.profile.integers.map { $0.minimum...$0.maximum } ?? 0...0
    switch column.profile.type {
    case .string, .uuid, .ipv4: return "TextColumn"
    case .null: return "NullColumn"
    case .boolean: return "ElementColumn<Bool>"
    case .decimal, .float: return "ElementColumn<Double>"
    case .integer, .date, .time, .duration, .timestamp:
      if range.upperBound > Int128(Int64.max) { return "ElementColumn<UInt64>" }
      // Integers are as wide as in Arrow, with the room that was asked for.
      var least = 8
      if column.profile.type == .integer, case .integer(let bits, _) = column.typing(for: .any).type
      {
        least = bits
      }
      let bits = [8, 16, 32].first {
        $0 >= least && Int128.range(bits: $0, isSigned: true).contains(range)
      }
      return "ElementColumn<Int\(bits ?? 64)>"
    }
  }

  /// `flights-2013` → `Flights2013`
  static func typeName(_ name: String) -> String {
    var result = ""
    var startsWord = true
    for character in name {
      guard character.isLetter || character.isNumber, character.isASCII else {
        startsWord = true
        continue
      }
      result += startsWord ? character.uppercased() : String(character)
      startsWord = false
    }
    if result.isEmpty || result.first!.isNumber { result = "Table" + result }
    return keywords.contains(result.lowercased()) ? result + "Table" : result
  }

  /// The columns' names as identifiers, no two the same.
  static func propertyNames(_ names: [String]) -> [String] {
    var taken: Set<String> = ["rowCount", "self"]
    return names.enumerated().map { index, name in
      var base = String(
        name.unicodeScalars.map { scalar -> Character in
          let isPlain =
            scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
          return isPlain
            || (!scalar.isASCII && scalar.properties.isXIDContinue && scalar.properties.isXIDStart)
            ? Character(scalar) : "_"
        })
      if base.allSatisfy({ $0 == "_" }) { base = "column\(index + 1)" }
      if base.first!.isNumber { base = "_" + base }
      var candidate = base
      var number = 2
      while !taken.insert(candidate).inserted {
        candidate = "\(base)_\(number)"
        number += 1
      }
      return keywords.contains(candidate) ? "`\(candidate)`" : candidate
    }
  }

  private static let keywords: Set<String> = [
    "as", "any", "associatedtype", "await", "borrowing", "break", "case", "catch", "class",
    "consuming", "continue", "default", "defer",
    "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for",
    "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let", "nil",
    "operator", "package", "private", "protocol", "public", "repeat", "rethrows", "return", "self",
    "some",
    "static", "struct", "subscript", "super", "switch", "throw", "throws", "true", "try",
    "typealias", "type", "var", "where", "while", "_",
  ]
}
