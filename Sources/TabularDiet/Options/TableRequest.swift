import ArrowFormat
package import Columnar
import FileIO
import Pipeline
package import Typing

/// How to read a table, as a program says it: the command's options as a JSON object.
///
///     {"delimiter": ";", "null_token": ["-"], "type": {"zip": "string"}, "columns": ["zip"]}
package struct TableRequest: Hashable, Sendable {
  package var dialect = SpelledDialect()
  package var typing = SpelledTyping()
  /// The columns to read; `nil` for all.
  package var columns: [String]?
  /// The columns to leave out.
  package var drop: [String] = []
  package var allowsUnsigned = false
  /// Which columns other engines get as categories.
  package var categories = CategoryPolicy.text
  /// The room that integers get.
  package var room = IntegerRoom.none

  package init() {}

  /// - Throws: `OptionError`.
  package init(json: String) throws {
    do {
      self = try JSONDocument.decode(Array(json.utf8), path: "options", kind: "JSON object")
    } catch let error as DocumentError {
      throw OptionError("\(error)")
    }
  }
}

extension TableRequest: Decodable {
  private enum Key: String, CodingKey, CaseIterable {
    case delimiter, quote, escape, comment, spaces, header
    case headerRecords = "header_records"
    case encoding
    case invalidUTF8 = "invalid_utf8"
    case skip, strict
    case skipFooter = "skip_footer"
    case repeatedHeaders = "repeated_headers"
    case onBadRecord = "on_bad_record"
    case engine
    case maxExpansion = "max_expansion"
    case threads
    case unionByName = "union_by_name"
    case fileNameColumn = "file_name_column"
    case hivePartitioning = "hive_partitioning"
    case nullToken = "null_token"
    case type
    case dateFormat = "date_format"
    case boolean
    case zeroPadded = "zero_padded"
    case decimal, thousands, number, exact, columns, drop, unsigned, categories, margin
    case minBits = "min_bits"
  }

  /// A key as it stands, whether or not it is an option.
  private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  package init(from decoder: any Decoder) throws {
    for key in try decoder.container(keyedBy: AnyKey.self).allKeys
    where Key(rawValue: key.stringValue) == nil {
      throw OptionError(
        "there is no option '\(key.stringValue)'; options are "
          + Key.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let options = Options(container: try decoder.container(keyedBy: Key.self))
    dialect.delimiter = try options.value(.delimiter, "text")
    dialect.quote = try options.value(.quote, "text")
    dialect.escape = try options.value(.escape, "text")
    dialect.comment = try options.value(.comment, "text")
    dialect.spaces = try options.value(.spaces, "text")
    dialect.header = try options.value(.header, "true or false")
    dialect.headerRecords = try options.value(.headerRecords, "a whole number")
    dialect.encoding = try options.value(.encoding, "text")
    dialect.invalidUTF8 = try options.value(.invalidUTF8, "text") ?? dialect.invalidUTF8
    dialect.skip = try options.value(.skip, "a whole number") ?? dialect.skip
    dialect.skipFooter = try options.value(.skipFooter, "a whole number") ?? dialect.skipFooter
    dialect.repeatedHeaders =
      try options.value(.repeatedHeaders, "text") ?? dialect.repeatedHeaders
    dialect.strict = try options.value(.strict, "true or false") ?? dialect.strict
    dialect.onBadRecord = try options.value(.onBadRecord, "text")
    dialect.engine = try options.value(.engine, "text") ?? dialect.engine
    dialect.maxExpansion = try options.value(.maxExpansion, "a whole number")
    dialect.threads = try options.value(.threads, "a whole number")
    dialect.unionByName = try options.value(.unionByName, "true or false") ?? dialect.unionByName
    dialect.fileNameColumn = try options.value(.fileNameColumn, "text")
    dialect.hive = try options.value(.hivePartitioning, "true or false")
    typing.nullTokens = try options.values(.nullToken)
    typing.types = try options.texts(.type) ?? []
    typing.dateFormats = try options.values(.dateFormat)
    typing.boolean = try options.values(.boolean, joined: true)
    typing.zeroPadded = try options.values(.zeroPadded)
    typing.decimal = try options.values(.decimal)
    typing.thousands = try options.values(.thousands)
    typing.numbers = try options.texts(.number) ?? []
    typing.exact = try options.value(.exact, "true or false") ?? typing.exact
    columns = try options.texts(.columns)
    drop = try options.texts(.drop) ?? []
    allowsUnsigned = try options.value(.unsigned, "true or false") ?? allowsUnsigned
    room = try SpelledRoom(
      margin: try options.factor(.margin),
      minimumBits: try options.value(.minBits, "a whole number").map { (bits: Int) in "\(bits)" }
    ).room()
    if let name: String = try options.value(.categories, "text") {
      guard let policy = CategoryPolicy(rawValue: name) else {
        let names = CategoryPolicy.allCases.map(\.rawValue).joined(separator: ", ")
        throw OptionError("categories: '\(name)' is none of \(names)")
      }
      categories = policy
    }
  }

  /// The values of the options that are there.
  private struct Options {
    let container: KeyedDecodingContainer<Key>

    func value<T: Decodable>(_ key: Key, _ kind: String) throws -> T? {
      do {
        return try container.decodeIfPresent(T.self, forKey: key)
      } catch is DecodingError {
        throw OptionError("\(key.rawValue): the value is not \(kind)")
      }
    }

    /// A number, or text that says one.
    func factor(_ key: Key) throws -> String? {
      if let number = try? container.decode(Double.self, forKey: key) { return "\(number)" }
      return try value(key, "a number, nor text such as 2x")
    }

    /// One text, a list of them, or an object, whose members say one or several of a column.
    ///
    /// - Parameter joined: Whether a list is one value, with commas in between.
    func values(_ key: Key, joined: Bool = false) throws -> [SpelledValue] {
      func parts(_ texts: [String]) -> [String] {
        joined ? [texts.joined(separator: ",")] : texts
      }
      guard container.contains(key), try !container.decodeNil(forKey: key) else { return [] }
      if let texts = try? container.decode(OneOrMore.self, forKey: key) {
        return parts(texts.all).map { .words($0) }
      }
      let members: [String: OneOrMore]? = try value(key, "text, nor a list or an object of texts")
      return (members ?? [:]).sorted { $0.key < $1.key }.flatMap { name, texts in
        parts(texts.all).map { .column(name, $0) }
      }
    }

    /// One text, or a list of them.
    private struct OneOrMore: Decodable {
      let all: [String]

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        all = try (try? [container.decode(String.self)]) ?? container.decode([String].self)
      }
    }

    /// One text, a list of them, or an object, whose members become `key=value`.
    func texts(_ key: Key) throws -> [String]? {
      guard container.contains(key), try !container.decodeNil(forKey: key) else { return nil }
      if let text = try? container.decode(String.self, forKey: key) { return [text] }
      if let list = try? container.decode([String].self, forKey: key) { return list }
      let members: [String: String]? = try value(key, "text, nor a list or an object of texts")
      return members?.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
    }
  }
}

extension TableRequest {
  /// What to read from `paths`.
  ///
  /// - Throws: `OptionError`, `CSVReadingError`, `ArrowReadingError`.
  package func reading(paths: [String]) throws -> TableReading {
    try dialect.readingOptions().validate()
    _ = try typing.typingOptions()
    _ = try typing.targets()
    guard !paths.isEmpty else { throw OptionError("there is no path: name at least one file") }
    guard paths.filter({ $0 == "-" }).count <= 1 else {
      throw OptionError("standard input can be given once")
    }
    let files = try InputFiles(paths, readsHiveKeys: dialect.hive)
    var reading = try TableReading(inputs: files.inputs, dialect: dialect, typing: typing)
    reading.reading.files.notes = files.notes
    reading.only = columns.map(Set.init)
    reading.drop = Set(drop)
    return reading
  }

  /// The table that another library has in memory, which has types already.
  ///
  /// - Throws: `OptionError` where an option says how text is read; `ArrowReadingError`.
  package func load(
    _ table: ArrowStreamTable, keepsValues: Bool, countsDistinct: Bool,
    obstacles: ObstacleSearch = .none
  ) throws -> LoadedTable {
    if let option = (typing.textOptions + dialect.textOptions).first {
      throw OptionError(
        "\(option): \(table.name) has types already; the option is for text such as CSV")
    }
    var options = ArrayTableLoader.Options(
      keepsValues: keepsValues, countsDistinct: countsDistinct)
    options.obstacles = obstacles
    options.only = columns.map(Set.init)
    options.drop = Set(drop)
    options.threads = try dialect.readingOptions().threads
    return try ArrayTableLoader([table], format: "memory", options: options).load()
  }
}
