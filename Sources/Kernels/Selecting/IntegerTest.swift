import CKernels
import Columnar

/// A condition on integers: those from `low` to `high`, or the members of a list.
struct IntegerTest {
  private let low: Int128
  private let high: Int128
  private let members: [Int128]?

  init(_ condition: Condition, _ rows: ColumnRows) throws(ReductionError) {
    func place(_ value: Scalar) throws(ReductionError) -> (floor: Int128, isExact: Bool) {
      guard let place = value.place(in: rows.type) else {
        throw ReductionError(.unfitConstant, rows, reduction: condition.name)
      }
      return place
    }
    var (low, high) = (Int128.min, Int128.max)
    var members: [Int128]?
    func takeNone() { (low, high) = (1, 0) }
    func takeAbove(_ bound: Int128) { if bound == .max { takeNone() } else { low = bound + 1 } }
    func takeAtLeast(_ place: (floor: Int128, isExact: Bool)) {
      if place.isExact { low = place.floor } else { takeAbove(place.floor) }
    }
    switch condition {
    case .equal(let value), .notEqual(let value):
      let found = try place(value)
      (low, high) = (found.floor, found.floor)
      if !found.isExact { takeNone() }
    case .less(let value):
      let bound = try place(value)
      high = bound.floor
      if bound.isExact { if high == .min { takeNone() } else { high -= 1 } }
    case .atMost(let value): high = try place(value).floor
    case .greater(let value): takeAbove(try place(value).floor)
    case .atLeast(let value): takeAtLeast(try place(value))
    case .between(let first, let last):
      high = try place(last).floor
      let start = try place(first)
      takeAtLeast(start)
    case .isIn(let values):
      var integers: [Int128] = []
      for value in values {
        let found = try place(value)
        if found.isExact { integers.append(found.floor) }
      }
      members = Set(integers).sorted()
    case .hasPrefix, .isNull, .isNotNull:
      throw ReductionError(.unsupportedType, rows, reduction: condition.name)
    }
    self.low = low
    self.high = high
    self.members = members
  }

  /// Integers of a range, which may be empty.
  init(from low: Int128, upTo end: Int128) { (self.low, high, members) = (low, end - 1, nil) }

  /// Integers of a list.
  init(members: [Int128]) { (low, high, self.members) = (.min, .max, Set(members).sorted()) }

  func holds(_ value: Int128) -> Bool {
    members.map { $0.contains(value) } ?? (low <= value && value <= high)
  }

  func answer(_ rows: ColumnRows) -> RowTest.Answer {
    switch rows.view {
    case .constant(let value): return holds(value?.integer(at: 0) ?? 0) ? .all : .none
    case .indexed(let codes, let dictionary, let count):
      let sorted = DictionaryCodes(codes: codes, dictionary: dictionary, dictionaryCount: count)
      func range(_ low: Int128, _ high: Int128) -> Range<Int> {
        let start = sorted.partition { dictionary.integer(at: $0) < low }
        return start..<max(start, sorted.partition { dictionary.integer(at: $0) <= high })
      }
      guard let members else { return .codes(codes, in: range(low, high), of: count) }
      return .codes(codes, members: members.flatMap { range($0, $0) }, of: count)
    case .plain(let values): return answer(values, base: 0)
    case .scaled(let base, let offsets): return answer(offsets, base: Int128(base))
    case .decoded(let view):
      guard case .integers(let decoder) = view.decoder else { return answer(IntegerBlocks(rows)) }
      switch decoder {
      case let patched as PatchedDecoder: return answer(patched, firstRow: view.firstRow)
      case let runs as RunsDecoder: return answer(runs, firstRow: view.firstRow)
      default: return answer(IntegerBlocks(rows))
      }
    case .sequence: return answer(IntegerBlocks(rows))
    }
  }

  func answer(_ values: PlainValues, base: Int128) -> RowTest.Answer {
    switch values {
    case .int8(let values): return answer(values, base)
    case .int16(let values): return answer(values, base)
    case .int32(let values): return answer(values, base)
    case .int64(let values): return answer(values, base)
    case .uint8(let values): return answer(values, base)
    case .uint16(let values): return answer(values, base)
    case .uint32(let values): return answer(values, base)
    case .uint64(let values): return answer(values, base)
    case .packed(let values): return answer(values, base)
    case .bits(let bits):
      switch (holds(base), holds(base + 1)) {
      case (true, true): return .all
      case (false, false): return .none
      case (let zero, _):
        return .rows { range, out in
          let words = UnsafeRawPointer(bits + range.lowerBound / 8)
            .assumingMemoryBound(to: UInt64.self)
          for word in 0..<(range.count + 63) / 64 { out[word] = zero ? ~words[word] : words[word] }
        }
      }
    case .decoded, .float32, .float64, .fixed, .utf8: fatalError("the view holds no integers")
    }
  }

  private func answer<T: LoopInteger>(
    _ values: UnsafePointer<T>, _ base: Int128
  ) -> RowTest.Answer {
    if let members {
      return Self.members(
        members.compactMap { member in
          let (stored, overflow) = member.subtractingReportingOverflow(base)
          return overflow ? nil : T(exactly: stored)
        }, values)
    }
    // Bounds past an end of the type are that end.
    let (least, greatest) = (Int128(T.min) + base, Int128(T.max) + base)
    if low > greatest || high < least || low > high { return .none }
    if low <= least && high >= greatest { return .all }
    return .between(values, T(max(low, least) - base), T(min(high, greatest) - base))
  }

  private func answer(_ values: PackedValues, _ base: Int128) -> RowTest.Answer {
    let greatest = Int128(values.limit) + base
    if let members {
      let numbers = members.filter { $0 >= base && $0 <= greatest }.map { UInt64($0 - base) }
      if numbers.isEmpty { return .none }
      if numbers.count <= 8 {
        return .rows { range, out in
          union(range, out, numbers.count) { index, out in
            values.writeRows(range, from: numbers[index], through: numbers[index], out)
          }
        }
      }
      let set = Set(numbers)
      return .rows(path: .decoded) { range, out in
        values.forEachRun(range) { place, count, words in
          RowTest.Answer.writeEach(0..<count, out + place / 64) {
            set.contains(UInt64(bitPattern: words.integer(at: $0)))
          }
        }
      }
    }
    if low > greatest || high < base || low > high { return .none }
    if low <= base && high >= greatest { return .all }
    return .between(values, UInt64(max(low, base) - base), UInt64(min(high, greatest) - base))
  }

  /// Few members are compared with one by one; beyond that a table of 64 K bytes answers for narrow
  /// integers, and wider ones are searched for among the members.
  private static func members<T: LoopInteger>(
    _ members: [T], _ values: UnsafePointer<T>
  ) -> RowTest.Answer {
    guard let first = members.first, let last = members.last else { return .none }
    if members.count == 1 { return .between(values, first, last) }
    // A comparison answers for 64 rows in the time of a look or two in a table.
    if members.count <= 8 {
      return .rows { range, out in
        union(range, out, members.count) { index, out in
          T.loops.between(
            values + range.lowerBound, range.count, members[index], members[index], out)
        }
      }
    }
    if T.bitWidth <= 16 {
      var table = [UInt8](repeating: 0, count: 1 << T.bitWidth)
      for member in members { table[Int(truncatingIfNeeded: member) & (1 << T.bitWidth - 1)] = 1 }
      let isMember = table
      let bits = UnsafeRawPointer(values)
      return .rows { range, out in
        if T.bitWidth == 8 {
          diet_member_u8(
            bits.assumingMemoryBound(to: UInt8.self) + range.lowerBound, range.count, isMember, out)
        } else {
          diet_member_u16(
            bits.assumingMemoryBound(to: UInt16.self) + range.lowerBound, range.count, isMember, out
          )
        }
      }
    }
    let set = Set(members)
    return .each { values[$0] >= first && values[$0] <= last && set.contains(values[$0]) }
  }

  private func answer(_ blocks: IntegerBlocks) -> RowTest.Answer {
    if members == nil {
      switch blocks.decodedByteCount {
      case 1: return answer(blocks, as: Int8.self)
      case 2: return answer(blocks, as: Int16.self)
      case 4: return answer(blocks, as: Int32.self)
      default: break
      }
    }
    let offset = blocks.offset
    let (least, greatest) = (Int128(Int64.min) + offset, Int128(Int64.max) + offset)
    if let members {
      let words = Set(
        members.filter { $0 >= least && $0 <= greatest }.map { Int64($0 - offset) })
      if words.isEmpty { return .none }
      return .rows(path: .decoded) { range, out in
        blocks.rows.forEachBlock(of: Int64.self, in: range) { run, scratch in
          let read = blocks.read(run, scratch)
          RowTest.Answer.writeEach(run, out + (run.lowerBound - range.lowerBound) / 64) {
            words.contains(read[$0 - run.lowerBound])
          }
        }
      }
    }
    if low > greatest || high < least || low > high { return .none }
    let (from, to) = (Int64(max(low, least) - offset), Int64(min(high, greatest) - offset))
    return .rows(path: .decoded) { range, out in
      blocks.rows.forEachBlock(of: Int64.self, in: range) { run, scratch in
        let answers = out + (run.lowerBound - range.lowerBound) / 64
        if blocks.answers(run, within: from...to, answers) { return }
        diet_between_i64(blocks.read(run, scratch), run.count, from, to, answers)
      }
    }
  }
}

extension IntegerTest {
  /// Whether integers that are decoded to such words lie within the bounds.
  private func answer<T: LoopInteger>(
    _ blocks: IntegerBlocks, as type: T.Type
  ) -> RowTest.Answer {
    let (least, greatest) = (Int128(T.min), Int128(T.max))
    if low > greatest || high < least || low > high { return .none }
    if low <= least && high >= greatest { return .all }
    let (from, to) = (T(max(low, least)), T(min(high, greatest)))
    return .rows(path: .decoded) { range, out in
      blocks.rows.forEachBlock(of: T.self, in: range) { run, scratch in
        let answers = out + (run.lowerBound - range.lowerBound) / 64
        if blocks.answers(run, within: Int64(from)...Int64(to), answers) { return }
        blocks.copy(run, to: UnsafeMutableRawPointer(scratch), width: MemoryLayout<T>.size)
        T.loops.between(scratch, run.count, from, to, answers)
      }
    }
  }
}

/// Writes the rows that one of `count` tests selects.
func union(
  _ range: Range<Int>, _ out: UnsafeMutablePointer<UInt64>, _ count: Int,
  _ write: (Int, UnsafeMutablePointer<UInt64>) -> Void
) {
  let wordCount = (range.count + 63) / 64
  write(0, out)
  withUnsafeTemporaryAllocation(of: UInt64.self, capacity: wordCount) { more in
    for index in 1..<count {
      write(index, more.baseAddress!)
      for word in 0..<wordCount { out[word] |= more[word] }
    }
  }
}
