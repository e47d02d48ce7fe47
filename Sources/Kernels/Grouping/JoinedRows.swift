import Columnar

/// The rows of two tables that stand beside one another; `noRow` for no partner.
struct JoinedRows {
  /// `nil` where the rows are all of the table, in their order: its columns stay what they are.
  private(set) var left: [UInt32]?
  private(set) var right: [UInt32]?
  let count: Int

  /// - Throws: `GroupingError` for more pairs than 32 bits count.
  init(_ leftKeys: [Column], _ rightKeys: [Column], _ kind: JoinKind) throws(GroupingError) {
    let isMirrored = kind == .right
    let (own, others) = isMirrored ? (rightKeys, leftKeys) : (leftKeys, rightKeys)
    let keys = JoinKeys.joining(zip(own, others).map { (ColumnRows($0), ColumnRows($1)) })
    let keepsAll = kind != .inner
    let pairs: (first: [UInt32]?, second: [UInt32])?
    if let partners = keys.onlyRightRows {
      pairs = Self.pairs(keys.left, keepsAll: keepsAll, only: partners)
    } else {
      let (partners, starts) = keys.rightRows
      pairs = Self.pairs(keys.left, keepsAll: keepsAll) { number in
        starts[Int(number) + 1] - starts[Int(number)]
      } partner: { number, index in
        partners[starts[Int(number)] + index]
      }
    }
    guard var (first, second) = pairs else {
      throw GroupingError(.tooLarge, column: leftKeys[0].name)
    }
    if kind == .full {
      let isFound = keys.occurring(in: keys.left)
      let rest = keys.right.indices.filter { row in
        keys.right[row] == noRow || !isFound[Int(keys.right[row])]
      }
      if !rest.isEmpty {
        first =
          (first ?? (0..<UInt32(second.count)).map { $0 })
          + [UInt32](repeating: noRow, count: rest.count)
        second += rest.map { UInt32($0) }
      }
    }
    count = second.count
    guard count < Int(noRow) else { throw GroupingError(.tooLarge, column: leftKeys[0].name) }
    (left, right) = isMirrored ? (second, first) : (first, second)
  }

  /// Each row with its partner, where each number has one at most; the first answer is `nil` where every row
  /// stands once.
  private static func pairs(
    _ numbers: [UInt32], keepsAll: Bool, only partners: [UInt32]
  ) -> (first: [UInt32]?, second: [UInt32]) {
    let pieces = ColumnRows.pieces(numbers.count)
    var counts: [Int] = []
    let all = [UInt32](unsafeUninitializedCapacity: numbers.count) { all, allCount in
      allCount = numbers.count
      guard let base = all.baseAddress else { return }
      let target = Shared(base)
      counts = parallelMap(pieces.count) { piece in
        numbers.withUnsafeBufferPointer { numbers in
          partners.withUnsafeBufferPointer { partners in
            var found = 0
            for row in pieces[piece] {
              let number = numbers[row]
              let partner = number == noRow ? noRow : partners[Int(number)]
              target.pointer[row] = partner
              found &+= partner == noRow ? 0 : 1
            }
            return found
          }
        }
      }
    }
    let total = counts.reduce(0, +)
    if keepsAll || total == numbers.count { return (nil, all) }
    var starts = [0]
    for count in counts { starts.append(starts[starts.count - 1] + count) }
    let places = starts
    var second: [UInt32] = []
    let first = [UInt32](unsafeUninitializedCapacity: total) { first, firstCount in
      firstCount = total
      guard let rows = first.baseAddress.map({ Shared($0) }) else { return }
      second = [UInt32](unsafeUninitializedCapacity: total) { second, secondCount in
        secondCount = total
        guard let partners = second.baseAddress.map({ Shared($0) }) else { return }
        _ = parallelMap(pieces.count) { piece in
          var place = places[piece]
          all.withUnsafeBufferPointer { all in
            for row in pieces[piece] where all[row] != noRow {
              rows.pointer[place] = UInt32(truncatingIfNeeded: row)
              partners.pointer[place] = all[row]
              place &+= 1
            }
          }
        }
      }
    }
    return (first, second)
  }

  /// Each row with its partners, `nil` for more than 32 bits count; the first answer is `nil` where every
  /// row stands once.
  private static func pairs(
    _ numbers: [UInt32], keepsAll: Bool, partnerCount: @Sendable (UInt32) -> Int,
    partner: @Sendable (UInt32, Int) -> UInt32
  ) -> (first: [UInt32]?, second: [UInt32])? {
    let parts = ColumnRows.pieces(numbers.count)
    let counts = parallelMap(parts.count) { part -> (pairs: Int, isEachOnce: Bool) in
      var (pairs, isEachOnce) = (0, true)
      for row in parts[part] {
        let own = numbers[row] == noRow ? 0 : partnerCount(numbers[row])
        let count = keepsAll ? max(own, 1) : own
        isEachOnce = isEachOnce && count == 1
        pairs += count
      }
      return (pairs, isEachOnce)
    }
    var starts = [0]
    for count in counts { starts.append(starts[starts.count - 1] + count.pairs) }
    let total = starts[parts.count]
    let isEachOnce = counts.allSatisfy(\.isEachOnce)
    guard total < Int(noRow) else { return nil }
    var second: [UInt32] = []
    let places = starts
    let first = [UInt32](unsafeUninitializedCapacity: isEachOnce ? 0 : total) { first, firstCount in
      firstCount = isEachOnce ? 0 : total
      let rows = first.baseAddress.map { Shared($0) }
      second = [UInt32](unsafeUninitializedCapacity: total) { second, secondCount in
        secondCount = total
        guard let base = second.baseAddress else { return }
        let partners = Shared(base)
        _ = parallelMap(parts.count) { part in
          var place = places[part]
          for row in parts[part] {
            let number = numbers[row]
            let own = number == noRow ? 0 : partnerCount(number)
            if own == 0 && !keepsAll { continue }
            for index in 0..<max(own, 1) {
              if !isEachOnce { rows?.pointer[place] = UInt32(truncatingIfNeeded: row) }
              partners.pointer[place] = own == 0 ? noRow : partner(number, index)
              place &+= 1
            }
          }
        }
      }
    }
    return (isEachOnce ? nil : first, second)
  }

  /// The values of a key: those of the left table, and of the right one where there is no such row.
  func keys(_ left: Column, _ right: Column) throws(FrameError) -> Column {
    let both = try left.appending(right)
    let rows = (0..<count).map { place in
      let own = self.left.map { $0[place] } ?? UInt32(place)
      return own == noRow
        ? UInt32(left.count) + (self.right.map { $0[place] } ?? UInt32(place)) : own
    }
    return try both.repeating(rowNumbers: rows)
  }
}

extension Column {
  /// The rows with these numbers, `noRow` for nulls; all rows where there are none.
  func repeating(_ rows: [UInt32]?) throws(FrameError) -> Column {
    guard let rows else { return self }
    return try repeating(rowNumbers: rows)
  }
}
