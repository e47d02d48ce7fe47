/// What one thread's rows say of whether one column determines another, by numbers.
struct DependencyEvidence {
  struct Candidate: Hashable {
    let determinant: Int
    let dependent: Int
  }

  /// The dependent's values beside the one noted.
  private struct Conflict {
    struct Other {
      var value: UInt16
      var count: Int
      var firstPlace: Int
    }

    var others: [Other] = []
    /// The first row with the one noted, where that is not the first with the determinant's value.
    var firstPlace: Int?
    var count: Int { others.reduce(0) { $0 + $1.count } }
  }

  let candidate: Candidate
  private static let none = UInt16.max
  /// The dependent's number for each of the determinant's: the one that most rows had, up to this
  /// chunk.
  private var values: [UInt16] = []
  private var conflicts: [UInt16: Conflict] = [:]
  private var otherCount = 0

  init(_ candidate: Candidate) { self.candidate = candidate }

  /// Looks at a chunk; returns whether there may be few exceptions still.
  ///
  /// - Parameter determinantCount: One more than the highest number of the determinant.
  mutating func add(
    _ determinants: [UInt16], _ dependents: [UInt16], determinantCount: Int, ordinal: Int
  ) -> Bool {
    if values.count < determinantCount {
      values += Array(repeating: Self.none, count: determinantCount - values.count)
    }
    return determinants.withUnsafeBufferPointer { determinants in
      dependents.withUnsafeBufferPointer { dependents in
        var row = 0
        while true {
          row = values.withUnsafeBufferPointer {
            Self.firstMismatch($0, determinants, dependents, from: row)
          }
          guard row < determinants.count else { return true }
          note(determinants[row], dependents[row], RowPlace.place(ordinal, row))
          if otherCount > DependencyRule.exceptionLimit { return false }
          row += 1
        }
      }
    }
  }

  /// The first row from `row` on whose pair is not the one noted.
  private static func firstMismatch(
    _ values: UnsafeBufferPointer<UInt16>, _ determinants: UnsafeBufferPointer<UInt16>,
    _ dependents: UnsafeBufferPointer<UInt16>, from row: Int
  ) -> Int {
    // Sound: `add` made room for every number, and both have the chunk's rows.
    guard let values = values.baseAddress, let a = determinants.baseAddress,
      let b = dependents.baseAddress
    else { return determinants.count }
    let count = determinants.count
    var row = row
    while row &+ 4 <= count {
      let (a, b) = (a + row, b + row)
      let first = (values[Int(a[0])] ^ b[0]) | (values[Int(a[1])] ^ b[1])
      let second = (values[Int(a[2])] ^ b[2]) | (values[Int(a[3])] ^ b[3])
      if first | second != 0 { break }
      row &+= 4
    }
    while row < count, values[Int(a[row])] == b[row] { row &+= 1 }
    return row
  }

  private mutating func note(_ determinant: UInt16, _ value: UInt16, _ place: Int) {
    if values[Int(determinant)] == Self.none {
      values[Int(determinant)] = value
    } else if let index = conflicts[determinant]?.others.firstIndex(where: { $0.value == value }) {
      conflicts[determinant]!.others[index].count += 1
    } else {
      conflicts[determinant, default: Conflict()].others.append(
        Conflict.Other(value: value, count: 1, firstPlace: place))
      otherCount += 1
    }
  }

  /// Notes, at the end of a chunk, the value that most rows have; returns whether there may be few
  /// exceptions still: those of the thread's rows are no more than those of all.
  ///
  /// - Parameters:
  ///   - counts: How many rows have each of the determinant's numbers.
  ///   - firstPlaces: The first of them.
  mutating func settle(_ counts: [Int], _ firstPlaces: [Int]) -> Bool {
    var exceptionCount = 0
    for (determinant, var conflict) in conflicts {
      let count = counts[Int(determinant)] - conflict.count
      if let most = conflict.others.indices.max(by: {
        conflict.others[$0].count < conflict.others[$1].count
      }), conflict.others[most].count > count {
        let other = conflict.others[most]
        conflict.others[most] = Conflict.Other(
          value: values[Int(determinant)], count: count,
          firstPlace: conflict.firstPlace ?? firstPlaces[Int(determinant)])
        conflict.firstPlace = other.firstPlace
        values[Int(determinant)] = other.value
        conflicts[determinant] = conflict
      }
      exceptionCount += conflict.count
    }
    return exceptionCount <= DependencyRule.exceptionLimit
  }

  /// Calls `body` for each pair of numbers, with how many rows have it and the first of them.
  func forEachPair(
    _ counts: [Int], _ firstPlaces: [Int],
    _ body: (_ determinant: Int, _ value: UInt16, _ count: Int, _ firstPlace: Int) -> Void
  ) {
    for determinant in values.indices where values[determinant] != Self.none {
      let conflict = conflicts[UInt16(determinant)]
      for other in conflict?.others ?? [] {
        body(determinant, other.value, other.count, other.firstPlace)
      }
      body(
        determinant, values[determinant], counts[determinant] - (conflict?.count ?? 0),
        conflict?.firstPlace ?? firstPlaces[determinant])
    }
  }
}
