import Columnar
import Yams

/// A value in a document of YAML or JSON, with its line and its place, which errors name.
struct DocumentReader {
  let node: Node
  /// The file.
  let path: String
  /// `schema[0].properties[3].required`
  let place: String

  /// The only document that a text has.
  ///
  /// - Throws: `ContractError`.
  init(_ text: String, path: String) throws(ContractError) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text.first == "\u{FEFF}" ? String(text.dropFirst()) : text)
    } catch let error as YamlError {
      throw ContractError(path: path, line: error.line, "this is no YAML: \(error.words)")
    } catch {
      throw ContractError(path: path, line: nil, "this is no YAML: \(error)")
    }
    guard let root else { throw ContractError(path: path, line: 1, "the file is empty") }
    self.init(node: root, path: path, place: "")
  }

  private init(node: Node, path: String, place: String) {
    (self.node, self.path, self.place) = (node, path, place)
  }

  /// The same without lines.
  var tree: DocumentTree { DocumentTree(node) }

  /// The line of the value, from 1.
  var line: Int? { node.mark?.line }

  func error(_ message: String) -> ContractError {
    ContractError(path: path, line: line, message)
  }

  private var name: String { place.isEmpty ? "the document" : "`\(place)`" }

  /// What is wrong with a value of another kind.
  func mismatch(_ expected: String) -> ContractError {
    error("\(name) is \(words); it is to be \(expected)")
  }

  private var words: String {
    switch node {
    case .scalar(let scalar): "'\(scalar.string)'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    case .alias: "an alias"
    }
  }

  /// The members of a mapping, in their order.
  ///
  /// - Throws: `ContractError` where it is none, or a key comes twice.
  func members() throws(ContractError) -> [(key: String, value: DocumentReader)] {
    guard case .mapping(let mapping) = node else { throw mismatch("a mapping") }
    var keys: Set<ExactText> = []
    var members: [(key: String, value: DocumentReader)] = []
    for (key, value) in mapping {
      guard let name = key.string else { throw mismatch("a mapping whose keys are text") }
      let member = DocumentReader(
        node: value, path: path, place: place.isEmpty ? name : "\(place).\(name)")
      guard keys.insert(ExactText(name)).inserted else {
        throw ContractError(path: path, line: key.mark?.line, "`\(member.place)` comes twice")
      }
      members.append((name, member))
    }
    return members
  }

  /// The value of a key; `nil` where there is none, or it is null.
  subscript(key: String) -> DocumentReader? {
    guard case .mapping(let mapping) = node, let value = mapping[key] else { return nil }
    let member = DocumentReader(
      node: value, path: path, place: place.isEmpty ? key : "\(place).\(key)")
    return member.isNull ? nil : member
  }

  /// The value of a key that must be there.
  func required(_ key: String) throws(ContractError) -> DocumentReader {
    guard let value = self[key] else {
      throw error("`\(place.isEmpty ? key : "\(place).\(key)")` is missing")
    }
    return value
  }

  var isNull: Bool { node.scalar != nil && node.tag.description == "tag:yaml.org,2002:null" }

  func elements() throws(ContractError) -> [DocumentReader] {
    guard case .sequence(let sequence) = node else { throw mismatch("a list") }
    return sequence.enumerated().map { index, value in
      DocumentReader(node: value, path: path, place: "\(place)[\(index)]")
    }
  }

  func text() throws(ContractError) -> String {
    guard case .scalar(let scalar) = node, !isNull else { throw mismatch("text") }
    return scalar.string
  }

  func texts() throws(ContractError) -> [String] {
    var texts: [String] = []
    for element in try elements() { texts.append(try element.text()) }
    return texts
  }

  func truth() throws(ContractError) -> Bool {
    guard let value = node.bool else { throw mismatch("true or false") }
    return value
  }

  func number() throws(ContractError) -> Double {
    guard case .scalar(let scalar) = node, let value = Double(scalar.string), !value.isNaN else {
      throw mismatch("a number")
    }
    return value
  }

  func count() throws(ContractError) -> Int {
    guard case .scalar(let scalar) = node, let value = Int(scalar.string), value >= 0 else {
      throw mismatch("a whole number")
    }
    return value
  }

  /// Texts, or one text alone.
  func oneOrMoreTexts() throws(ContractError) -> [String] {
    if case .sequence = node { return try texts() }
    return [try text()]
  }

  /// The least or greatest value of a column: a number where its type is `integer` or `number`, else text.
  func bound(of type: String, isExclusive: Bool) throws(ContractError) -> Bound {
    let text = try text()
    guard type == "integer" || type == "number" else {
      return Bound(.text(text), isExclusive: isExclusive)
    }
    if type == "integer", let whole = Int128(text) {
      return Bound(.integer(whole), isExclusive: isExclusive)
    }
    return Bound(.float(try number()), isExclusive: isExclusive)
  }

  /// One of some words.
  func word<Word: RawRepresentable & CaseIterable>(
    _ type: Word.Type, _ words: [Word] = Array(Word.allCases)
  ) throws(ContractError) -> Word where Word.RawValue == String {
    guard let word = Word(rawValue: try text()),
      words.contains(where: { $0.rawValue == word.rawValue })
    else { throw mismatch("one of \(words.map(\.rawValue).joined(separator: ", "))") }
    return word
  }
}

extension YamlError {
  fileprivate var line: Int? {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: nil
    }
  }

  fileprivate var words: String {
    switch self {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _),
      .composer(_, let problem, _, _):
      problem
    case .duplicatedKeysInMapping(let duplicates, _):
      "`\(duplicates.first ?? "")` comes twice"
    default: "\(self)"
    }
  }
}
