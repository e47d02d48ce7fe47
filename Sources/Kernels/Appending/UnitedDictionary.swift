import CKernels
import Columnar
import Platform

/// The words of several dictionaries as one, sorted by their bytes, and what the codes of each become.
///
/// Parts of one table share their dictionary, and keep it. Others are merged, two by two: words are compared,
/// never hashed, in time of the words times the logarithm of the dictionaries.
struct UnitedDictionary {
  /// The dictionary of all.
  let column: Column
  /// For each part: what each of its codes becomes; `nil` where codes stay.
  let ranks: [[UInt32]?]

  init(of parts: [Column], _ name: String, _ type: LogicalType) {
    let first = parts[0].dictionary.first
    if let first, parts.allSatisfy({ $0.dictionary.first?.sharesValues(with: first) == true }) {
      column = first
      ranks = parts.map { _ in nil }
      return
    }
    var lists: [WordList] = []
    var listOfPart: [Int] = []
    var known: [Column] = []
    for part in parts {
      if let dictionary = part.dictionary.first,
        let place = known.firstIndex(where: { $0.sharesValues(with: dictionary) })
      {
        listOfPart.append(place)
        continue
      }
      listOfPart.append(lists.count)
      lists.append(WordList(part))
      // A constant has no dictionary: it is a list of its own.
      known.append(part.dictionary.first ?? part)
    }
    var merged = lists.indices.map { list in
      (0..<lists[list].count).map { Word(list: UInt32(list), index: UInt32($0)) }
    }
    while merged.count > 1 {
      merged = stride(from: 0, to: merged.count, by: 2).map { place in
        place + 1 == merged.count
          ? merged[place] : Self.merge(merged[place], merged[place + 1], lists)
      }
    }
    let words = merged[0]
    let ranksOfList = lists.map { Self.ranks(of: $0, among: words, lists) }
    ranks = listOfPart.map { ranksOfList[$0] }
    column = Self.column(words, lists, name, type)
  }

  /// A word of a list.
  private struct Word {
    let list: UInt32
    let index: UInt32
  }

  private static func merge(_ a: [Word], _ b: [Word], _ lists: [WordList]) -> [Word] {
    var merged: [Word] = []
    merged.reserveCapacity(a.count + b.count)
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      let order = lists[Int(a[i].list)].compare(
        Int(a[i].index), with: Int(b[j].index), of: lists[Int(b[j].list)])
      merged.append(order <= 0 ? a[i] : b[j])
      if order <= 0 { i += 1 }
      if order >= 0 { j += 1 }
    }
    merged += a[i...]
    merged += b[j...]
    return merged
  }

  /// The place of each code's word, found by halving what is behind the word before.
  private static func ranks(
    of list: WordList, among words: [Word], _ lists: [WordList]
  ) -> [UInt32] {
    var ranks = [UInt32](repeating: 0, count: list.count)
    var start = 0
    for index in 0..<list.count {
      var (low, high) = (start, words.count)
      while low < high {
        let middle = (low + high) / 2
        let word = words[middle]
        if lists[Int(word.list)].compare(Int(word.index), with: index, of: list) < 0 {
          low = middle + 1
        } else {
          high = middle
        }
      }
      ranks[list.code(of: index)] = UInt32(low)
      start = low
    }
    return ranks
  }

  private static func column(
    _ words: [Word], _ lists: [WordList], _ name: String, _ type: LogicalType
  ) -> Column {
    let ends = Buffer(uninitializedByteCount: (words.count + 1) * 4)
    let starts = ends.pointer(as: UInt32.self)
    let byteCount = words.reduce(0) { $0 + lists[Int($1.list)].bytes(Int($1.index)).count }
    let bytes = Buffer(uninitializedByteCount: byteCount)
    var position = 0
    for (place, word) in words.enumerated() {
      starts[place] = UInt32(position)
      let text = lists[Int(word.list)].bytes(Int(word.index))
      if let base = text.baseAddress { memcpy(bytes.base + position, base, text.count) }
      position += text.count
    }
    starts[words.count] = UInt32(position)
    return Column(
      name: name, type: type, layout: Layout(encoding: "utf8"), count: words.count, nullCount: 0,
      validity: nil, values: bytes, offsets: ends)
  }
}

/// The words of one dictionary, in the order of their bytes.
private final class WordList {
  let count: Int
  private let arena: UnsafeMutableBufferPointer<UInt8>
  private let starts: [Int]
  /// The code of each word, where the dictionary was not sorted.
  private let codes: [Int]?

  init(_ part: Column) {
    var bytes: [UInt8] = []
    var starts = [0]
    switch part.view {
    case .indexed(_, let dictionary, let count):
      let texts = dictionary.texts
      for code in 0..<count {
        texts.withText(at: code) { bytes.append(contentsOf: $0) }
        starts.append(bytes.count)
      }
    default:
      bytes = part.view.text(at: 0)
      starts.append(bytes.count)
    }
    count = starts.count - 1
    arena = .allocate(capacity: bytes.count)
    _ = arena.initialize(from: bytes)
    self.starts = starts
    let texts = WordTexts(arena: arena, starts: starts)
    let isSorted = (0..<count).dropFirst().allSatisfy { texts.compare($0 - 1, $0) < 0 }
    codes = isSorted ? nil : (0..<count).sorted { texts.compare($0, $1) < 0 }
  }

  deinit { arena.deallocate() }

  func code(of index: Int) -> Int { codes?[index] ?? index }

  func bytes(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    WordTexts(arena: arena, starts: starts).bytes(code(of: index))
  }

  func compare(_ index: Int, with otherIndex: Int, of other: WordList) -> Int {
    WordTexts.compare(bytes(index), other.bytes(otherIndex))
  }
}

private struct WordTexts {
  let arena: UnsafeMutableBufferPointer<UInt8>
  let starts: [Int]

  func bytes(_ code: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: arena[starts[code]..<starts[code + 1]])
  }

  func compare(_ a: Int, _ b: Int) -> Int { Self.compare(bytes(a), bytes(b)) }

  static func compare(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Int {
    let count = min(a.count, b.count)
    if count > 0, let x = a.baseAddress, let y = b.baseAddress {
      let order = memcmp(x, y, count)
      if order != 0 { return Int(order) }
    }
    return a.count - b.count
  }
}

extension Column {
  /// Whether both have the very same values in memory.
  func sharesValues(with other: Column) -> Bool {
    guard let values, let others = other.values else { return false }
    return values === others && offsets === other.offsets && count == other.count
      && layout == other.layout
  }
}
