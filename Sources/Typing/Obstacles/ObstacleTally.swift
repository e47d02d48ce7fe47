import Columnar

/// The fields of a column that do not fit a narrower type: how many of each kind, and the first.
struct ObstacleTally: Sendable {
  struct Kind: Sendable {
    var count = 0
    /// The first in the order of rows.
    var first: [(row: ChunkRow, text: [UInt8])] = []
  }

  /// The first of each kind that are shown.
  static let shownCount = 5
  /// The different texts that are told apart.
  static let textLimit = 64
  /// Of a longer text only the beginning is kept.
  static let byteLimit = 200

  private(set) var kinds: [ObstacleKind: Kind] = [:]
  /// How often each text stands there; `nil` once there are more than are told apart.
  private(set) var texts: [[UInt8]: Int]? = [:]
  /// The classes of the fields, so that a wider type can be tried.
  private(set) var classes: Set<FieldClass> = []

  var count: Int { kinds.values.reduce(0) { $0 + $1.count } }

  mutating func add(_ field: Field, _ found: FieldClass, rule: FieldClass, at row: ChunkRow) {
    let text = Array(field.bytes.prefix(Self.byteLimit))
    var kind = kinds[ObstacleKind(field, found, rule: rule)] ?? Kind()
    kind.count += 1
    if kind.first.count < Self.shownCount { kind.first.append((row, text)) }
    kinds[ObstacleKind(field, found, rule: rule)] = kind
    if classes.count < Self.textLimit { classes.insert(found) }
    note(text, count: field.count > Self.byteLimit ? nil : 1)
  }

  private mutating func note(_ text: [UInt8], count: Int?) {
    guard let count, texts != nil else {
      texts = nil
      return
    }
    texts?[text, default: 0] += count
    if let known = texts, known.count > Self.textLimit { texts = nil }
  }

  mutating func add(_ other: ObstacleTally) {
    for (kind, part) in other.kinds {
      var all = kinds[kind] ?? Kind()
      all.count += part.count
      let first = (all.first + part.first).sorted { a, b in a.row < b.row }
      all.first = Array(first.prefix(Self.shownCount))
      kinds[kind] = all
    }
    classes.formUnion(other.classes)
    guard let otherTexts = other.texts else {
      texts = nil
      return
    }
    for (text, count) in otherTexts { note(text, count: count) }
  }
}
