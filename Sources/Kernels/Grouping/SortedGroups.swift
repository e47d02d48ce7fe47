import Columnar

/// Groups of rows whose keys were sorted: their rows, one group after the other, each group's as they stand.
///
/// The number of each row's group is written where somebody asks for it: what adds up whole groups does not.
final class SortedGroups: @unchecked Sendable {
  // Sound to share: the buffer is written before it is handed out, under the lock, and by no one later.

  /// The rows of group *g* are at `starts[g]..<starts[g + 1]`.
  let starts: [UInt32]
  let rowCount: Int
  private let rowBuffer: Buffer
  private let written = Lock<Buffer?>(nil)

  /// - Parameter dropped: The key of rows that belong to no group, greater than all others.
  init(_ sorted: SortedKeys, dropped: UInt64) {
    rowBuffer = sorted.rowBuffer
    rowCount = sorted.count
    var (kept, end) = (0, sorted.count)
    while kept < end {
      let middle = (kept + end) / 2
      if sorted.keys[middle] < dropped { kept = middle + 1 } else { end = middle }
    }
    @Sendable @inline(__always) func isFirst(_ place: Int) -> Bool {
      place == 0 || sorted.keys[place] != sorted.keys[place &- 1]
    }
    let parts = ColumnRows.pieces(kept)
    var firsts = parallelMap(parts.count) { part in parts[part].count(where: isFirst) }
    var count = 0
    for part in firsts.indices { (firsts[part], count) = (count, count + firsts[part]) }
    let (groups, total) = (firsts, count)
    starts = [UInt32](unsafeUninitializedCapacity: total + 1) { room, initializedCount in
      let target = Shared(room.baseAddress!)
      _ = parallelMap(parts.count) { part in
        var group = groups[part]
        for place in parts[part] where isFirst(place) {
          (target.pointer + group).initialize(to: UInt32(truncatingIfNeeded: place))
          group &+= 1
        }
      }
      (target.pointer + total).initialize(to: UInt32(kept))
      initializedCount = total + 1
    }
  }

  var count: Int { starts.count - 1 }

  var rows: UnsafePointer<UInt32> { UnsafePointer(rowBuffer.pointer(as: UInt32.self)) }

  /// The rows of all groups.
  var groupedRows: UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(start: rows, count: Int(starts[count]))
  }

  func size(_ group: Int) -> UInt32 { starts[group &+ 1] &- starts[group] }

  /// The number of each row's group, and `count` for rows of none.
  var slots: UnsafePointer<UInt32> {
    let buffer = written.withLock { written in
      if let written { return written }
      let buffer = Buffer(uninitializedByteCount: rowCount * 4)
      let target = Shared(buffer.pointer(as: UInt32.self))
      let pieces = ColumnRows.pieces(count)
      _ = parallelMap(pieces.count) { piece in
        for group in pieces[piece] {
          for place in Int(starts[group])..<Int(starts[group &+ 1]) {
            target.pointer[Int(rows[place])] = UInt32(truncatingIfNeeded: group)
          }
        }
      }
      for place in Int(starts[count])..<rowCount {
        target.pointer[Int(rows[place])] = UInt32(count)
      }
      written = buffer
      return buffer
    }
    return UnsafePointer(buffer.pointer(as: UInt32.self))
  }

  /// What each group's words add up to, modulo 2^64.
  func sums(_ blocks: IntegerBlocks) -> [Int64] {
    let pieces = ColumnRows.pieces(count)
    return [Int64](unsafeUninitializedCapacity: count) { room, initializedCount in
      guard let start = room.baseAddress else { return }
      let target = Shared(start)
      _ = parallelMap(pieces.count) { addUp(blocks, pieces[$0], to: target.pointer) }
      initializedCount = count
    }
  }

  /// Adds up some groups, whose words are gathered a block at a time.
  private func addUp(
    _ blocks: IntegerBlocks, _ groups: Range<Int>, to target: UnsafeMutablePointer<Int64>
  ) {
    let hasNulls = blocks.rows.nullCount > 0
    let places = Int(starts[groups.lowerBound])..<Int(starts[groups.upperBound])
    var (group, sum) = (groups.lowerBound, Int64(0))
    withUnsafeTemporaryAllocation(of: Int64.self, capacity: ColumnRows.blockRowCount) { room in
      let words = room.baseAddress!
      for first in stride(from: places.lowerBound, to: places.upperBound, by: room.count) {
        let block = first..<min(first + room.count, places.upperBound)
        blocks.gather(UnsafeBufferPointer(start: rows + first, count: block.count), to: words)
        for place in block {
          if place == Int(starts[group &+ 1]) {
            target[group] = sum
            (group, sum) = (group &+ 1, 0)
          }
          if hasNulls && !blocks.rows.hasValue(Int(rows[place])) { continue }
          sum &+= words[place &- first]
        }
      }
    }
    if !groups.isEmpty { target[group] = sum }
  }
}
