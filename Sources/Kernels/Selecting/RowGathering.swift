import CKernels
import Columnar

/// Rows to be brought together, whatever says which.
protocol RowGathering: Sendable {
  var targetCount: Int { get }
  /// The rows, where they are one run, taken once.
  var run: Range<Int>? { get }
  /// Some places are of no row.
  var makesNulls: Bool { get }
  /// Calls `body` with each row and its new place.
  func forEachPlace(_ body: (Int?, Int) -> Void)
  /// How many runs of places can be filled by threads of their own.
  var pieceCount: Int { get }
  /// The same of one such run.
  func forEachPlace(ofPiece piece: Int, _ body: (Int?, Int) -> Void)
  /// Copies values of one, two, four or eight bytes.
  func gather<T: FixedWidthInteger & Sendable>(
    _ source: UnsafePointer<T>, _ target: UnsafeMutablePointer<T>)
  /// The same of values that have to be unpacked first: `unpack` writes those of some of `rowCount` rows.
  func gather<T: FixedWidthInteger & Sendable>(
    of rowCount: Int, _ target: UnsafeMutablePointer<T>,
    unpacking unpack: @Sendable (Range<Int>, UnsafeMutablePointer<T>) -> Void)
  /// Sets the bits of rows whose bit is set, all of them where there are no bits; returns how many. The
  /// bits of places are zeros.
  func gatherBits(_ source: UnsafePointer<UInt8>?, _ target: UnsafeMutablePointer<UInt8>) -> Int
}

extension RowGathering {
  var run: Range<Int>? { nil }
  var pieceCount: Int { 1 }

  func forEachPlace(ofPiece piece: Int, _ body: (Int?, Int) -> Void) { forEachPlace(body) }

  func gatherBits(
    _ source: UnsafePointer<UInt8>?, _ target: UnsafeMutablePointer<UInt8>
  ) -> Int { gatherBitsInTurn(source, target) }

  /// The same, whatever the rows.
  fileprivate func gatherBitsInTurn(
    _ source: UnsafePointer<UInt8>?, _ target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var valueCount = 0
    forEachPlace { row, place in
      guard let row else { return }
      if let source, source[row &>> 3] &>> UInt8(truncatingIfNeeded: row & 7) & 1 == 0 { return }
      target[place &>> 3] |= 1 &<< UInt8(truncatingIfNeeded: place & 7)
      valueCount &+= 1
    }
    return valueCount
  }

  func gather<T: FixedWidthInteger & Sendable>(
    _ source: UnsafeMutablePointer<T>, _ target: UnsafeMutablePointer<T>
  ) { gather(UnsafePointer(source), target) }

  func gather<T: FixedWidthInteger & Sendable>(
    of rowCount: Int, _ target: UnsafeMutablePointer<T>,
    unpacking unpack: @Sendable (Range<Int>, UnsafeMutablePointer<T>) -> Void
  ) {
    let all = Buffer(uninitializedByteCount: rowCount * MemoryLayout<T>.size)
    unpack(0..<rowCount, all.pointer(as: T.self))
    gather(all.pointer(as: T.self), target)
  }
}

struct TakenRows: RowGathering {
  let rows: [UInt32]
  let makesNulls: Bool
  private let pieces: [Range<Int>]

  init(_ rows: [UInt32]) {
    self.rows = rows
    pieces = ColumnRows.pieces(rows.count)
    makesNulls = rows.contains(noRow)
  }

  var targetCount: Int { rows.count }

  @inline(__always)
  func forEachPlace(_ body: (Int?, Int) -> Void) { forEachPlace(in: 0..<rows.count, body) }

  var pieceCount: Int { pieces.count }

  @inline(__always)
  func forEachPlace(ofPiece piece: Int, _ body: (Int?, Int) -> Void) {
    forEachPlace(in: pieces[piece], body)
  }

  @inline(__always)
  private func forEachPlace(in places: Range<Int>, _ body: (Int?, Int) -> Void) {
    rows.withUnsafeBufferPointer { rows in
      var place = places.lowerBound
      while place < places.upperBound {
        let row = rows[place]
        body(row == noRow ? nil : Int(row), place)
        place &+= 1
      }
    }
  }

  func gather<T: FixedWidthInteger & Sendable>(
    _ source: UnsafePointer<T>, _ target: UnsafeMutablePointer<T>
  ) {
    let source = Shared(UnsafeMutablePointer(mutating: source))
    let target = Shared(target)
    _ = parallelMap(pieces.count) { index in
      rows.withUnsafeBufferPointer { rows in
        for place in pieces[index] {
          let row = rows[place]
          target.pointer[place] = row == noRow ? 0 : source.pointer[Int(row)]
        }
      }
    }
  }
}

extension TakenRows {
  /// Parts begin at whole bytes, so that threads do not meet.
  func gatherBits(
    _ source: UnsafePointer<UInt8>?, _ target: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let source = source.map { Shared(UnsafeMutablePointer(mutating: $0)) }
    let target = Shared(target)
    return parallelMap(pieces.count) { index -> Int in
      rows.withUnsafeBufferPointer { rows in
        var valueCount = 0
        var place = pieces[index].lowerBound
        while place < pieces[index].upperBound {
          var byte: UInt8 = 0
          for bit in 0..<min(8, pieces[index].upperBound &- place) {
            let row = rows[place &+ bit]
            if row == noRow { continue }
            let isValue =
              source.map { $0.pointer[Int(row &>> 3)] &>> UInt8(row & 7) & 1 } ?? 1
            byte |= isValue &<< UInt8(truncatingIfNeeded: bit)
          }
          target.pointer[place &>> 3] = byte
          valueCount &+= byte.nonzeroBitCount
          place &+= 8
        }
        return valueCount
      }
    }.reduce(0, +)
  }
}

struct FilteredRows: RowGathering {
  let selection: Selection
  let targetCount: Int
  let makesNulls = false

  private let pieces: [Range<Int>]
  /// Where the rows of each piece go.
  private let starts: [Int]

  init(_ selection: Selection) {
    self.selection = selection
    pieces = ColumnRows.pieces(selection.rowCount)
    var starts: [Int] = []
    var place = 0
    for piece in pieces {
      starts.append(place)
      place += ColumnRows.validCount(selection.words + piece.lowerBound / 64, piece.count)
    }
    self.starts = starts
    targetCount = place
  }

  @inline(__always)
  func forEachPlace(_ body: (Int?, Int) -> Void) {
    for piece in pieces.indices { forEachPlace(ofPiece: piece, body) }
  }

  var pieceCount: Int { pieces.count }

  @inline(__always)
  func forEachPlace(ofPiece piece: Int, _ body: (Int?, Int) -> Void) {
    var place = starts[piece]
    for index in pieces[piece].lowerBound / 64..<(pieces[piece].upperBound + 63) / 64 {
      var word = selection.words[index]
      while word != 0 {
        body(index &* 64 &+ word.trailingZeroBitCount, place)
        place &+= 1
        word &= word &- 1
      }
    }
  }

  func gather<T: FixedWidthInteger & Sendable>(
    _ source: UnsafePointer<T>, _ target: UnsafeMutablePointer<T>
  ) {
    let source = Shared(UnsafeMutablePointer(mutating: source))
    let target = Shared(target)
    _ = parallelMap(pieces.count) { piece in
      let start = pieces[piece].lowerBound
      compress(
        source.pointer + start, selection.words + start / 64, pieces[piece].count,
        target.pointer + starts[piece])
    }
  }

  /// Rows are unpacked some thousand at a time, which stay in the first-level cache, and not at all where none of
  /// them is taken.
  func gather<T: FixedWidthInteger & Sendable>(
    of rowCount: Int, _ target: UnsafeMutablePointer<T>,
    unpacking unpack: @Sendable (Range<Int>, UnsafeMutablePointer<T>) -> Void
  ) {
    let target = Shared(target)
    _ = parallelMap(pieces.count) { piece in
      withUnsafeTemporaryAllocation(of: T.self, capacity: Self.unpackedRowCount) { room in
        guard let values = room.baseAddress else { return }
        var place = starts[piece]
        for start in stride(
          from: pieces[piece].lowerBound, to: pieces[piece].upperBound, by: Self.unpackedRowCount)
        {
          let rows = start..<min(start + Self.unpackedRowCount, pieces[piece].upperBound)
          let words = selection.words + start / 64
          let taken = ColumnRows.validCount(words, rows.count)
          if taken == 0 { continue }
          unpack(rows, values)
          compress(values, words, rows.count, target.pointer + place)
          place += taken
        }
      }
    }
  }

  private static let unpackedRowCount = 4096
}

private func compress<T: FixedWidthInteger & Sendable>(
  _ source: UnsafePointer<T>, _ words: UnsafePointer<UInt64>, _ count: Int,
  _ target: UnsafeMutablePointer<T>
) {
  let (from, to) = (UnsafeRawPointer(source), UnsafeMutableRawPointer(target))
  switch T.bitWidth {
  case 8:
    diet_compress_u8(
      from.assumingMemoryBound(to: UInt8.self), words, count,
      to.assumingMemoryBound(to: UInt8.self))
  case 16:
    diet_compress_u16(
      from.assumingMemoryBound(to: UInt16.self), words, count,
      to.assumingMemoryBound(to: UInt16.self))
  case 32:
    diet_compress_u32(
      from.assumingMemoryBound(to: UInt32.self), words, count,
      to.assumingMemoryBound(to: UInt32.self))
  default:
    diet_compress_u64(
      from.assumingMemoryBound(to: UInt64.self), words, count,
      to.assumingMemoryBound(to: UInt64.self))
  }
}

/// A run of rows, which stands there as often as `times` says.
struct RunRows: RowGathering {
  let range: Range<Int>
  let times: Int

  var targetCount: Int { range.count * times }
  var run: Range<Int>? { times == 1 ? range : nil }
  var makesNulls: Bool { false }

  @inline(__always)
  func forEachPlace(_ body: (Int?, Int) -> Void) {
    var place = 0
    for _ in 0..<times {
      for row in range {
        body(row, place)
        place &+= 1
      }
    }
  }

  func gather<T: FixedWidthInteger & Sendable>(
    _ source: UnsafePointer<T>, _ target: UnsafeMutablePointer<T>
  ) {
    for time in 0..<times {
      (target + time * range.count).update(from: source + range.lowerBound, count: range.count)
    }
  }

  /// A byte after the other, each of two.
  func gatherBits(_ source: UnsafePointer<UInt8>?, _ target: UnsafeMutablePointer<UInt8>) -> Int {
    guard times == 1 else { return gatherBitsInTurn(source, target) }
    var valueCount = 0
    for place in stride(from: 0, to: range.count, by: 8) {
      let row = range.lowerBound + place
      var bits: UInt8 = ~0
      if let source {
        bits = source[row >> 3] >> UInt8(row & 7)
        if row & 7 != 0, row >> 3 < (range.upperBound - 1) >> 3 {
          bits |= source[row >> 3 + 1] << UInt8(8 - row & 7)
        }
      }
      bits &= ~0 >> UInt8(8 - min(8, range.count - place))
      target[place >> 3] = bits
      valueCount += bits.nonzeroBitCount
    }
    return valueCount
  }
}
