import Columnar
import Platform

extension Column {
  func gatheredText(
    _ rows: some RowGathering, _ bytes: UnsafePointer<UInt8>, _ offsets: UnsafePointer<UInt32>,
    _ made: (Buffer?, Buffer?) -> Column
  ) throws(FrameError) -> Column {
    let ends = Buffer(uninitializedByteCount: (rows.targetCount + 1) * 4)
    let starts = Shared(ends.pointer(as: UInt32.self))
    let (bytes, offsets) = (
      Shared(UnsafeMutablePointer(mutating: bytes)), Shared(UnsafeMutablePointer(mutating: offsets))
    )
    // Where each text starts within its piece, and how long the piece is.
    let lengths = parallelMap(rows.pieceCount) { piece in
      var position = 0
      rows.forEachPlace(ofPiece: piece) { row, place in
        starts.pointer[place] = UInt32(truncatingIfNeeded: position)
        if let row { position &+= Int(offsets.pointer[row + 1] - offsets.pointer[row]) }
      }
      return position
    }
    var pieceStarts = [0]
    for length in lengths { pieceStarts.append(pieceStarts[pieceStarts.count - 1] + length) }
    let (places, total) = (pieceStarts, pieceStarts[lengths.count])
    guard total <= UInt32.max else { throw .longText(name) }
    starts.pointer[rows.targetCount] = UInt32(total)
    let buffer = Buffer(uninitializedByteCount: total)
    if let run = rows.run {
      memcpy(buffer.base, bytes.pointer + Int(offsets.pointer[run.lowerBound]), total)
      return made(buffer, ends)
    }
    let target = Shared(buffer.pointer(as: UInt8.self))
    _ = parallelMap(rows.pieceCount) { piece in
      rows.forEachPlace(ofPiece: piece) { row, place in
        starts.pointer[place] &+= UInt32(places[piece])
        guard let row else { return }
        memcpy(
          target.pointer + Int(starts.pointer[place]),
          bytes.pointer + Int(offsets.pointer[row]),
          Int(offsets.pointer[row + 1] - offsets.pointer[row]))
      }
    }
    return made(buffer, ends)
  }

  /// Text that is decoded: its tokens are copied, other text becomes plain.
  func gatheredDecodedText(
    _ rows: some RowGathering, _ validity: Buffer?, nullCount: Int
  ) throws(FrameError) -> Column {
    let target = rows.targetCount
    if case .decoded(let decoded) = view, case .texts(let tokens as TokenDecoder) = decoded.decoder,
      let taken = tokens.taking(
        target,
        { body in
          rows.forEachPlace { row, place in body(row.flatMap { isNull($0) ? nil : $0 }, place) }
        })
    {
      return withRows(
        count: target, nullCount: nullCount, validity: validity, values: taken.values,
        offsets: taken.offsets)
    }
    if rows.takesMany(of: count) {
      let (bytes, offsets) = try plainText(Array(0..<count))
      return try gatheredText(
        rows, bytes.pointer(as: UInt8.self), offsets.pointer(as: UInt32.self)
      ) {
        .texts(name, type, $0, $1, count: target, validity: validity, nullCount: nullCount)
      }
    }
    var order: [Int] = []
    order.reserveCapacity(target)
    rows.forEachPlace { row, _ in order.append(row.flatMap { isNull($0) ? nil : $0 } ?? -1) }
    let (bytes, offsets) = try plainText(order)
    return .texts(
      name, type, bytes, offsets, count: target, validity: validity, nullCount: nullCount)
  }

  /// The text of some rows, none where the number is below 0, and where each begins.
  private func plainText(_ rows: [Int]) throws(FrameError) -> (bytes: Buffer, offsets: Buffer) {
    var bytes: [UInt8] = []
    let offsets = Buffer(zeroedByteCount: (rows.count + 1) * 4)
    let ends = offsets.pointer(as: UInt32.self) + 1
    var place = 0
    func skipNulls() {
      while place < rows.count, rows[place] < 0 || isNull(rows[place]) {
        ends[place] = UInt32(truncatingIfNeeded: bytes.count)
        place += 1
      }
    }
    view.texts.forEach(rows.filter { $0 >= 0 && !isNull($0) }) { text in
      skipNulls()
      bytes.append(contentsOf: text)
      ends[place] = UInt32(truncatingIfNeeded: bytes.count)
      place += 1
    }
    skipNulls()
    guard bytes.count <= UInt32.max else { throw .longText(name) }
    let buffer = Buffer(uninitializedByteCount: bytes.count)
    buffer.base.copyMemory(from: bytes, byteCount: bytes.count)
    return (buffer, offsets)
  }

  private static func texts(
    _ name: String, _ type: LogicalType, _ bytes: Buffer?, _ offsets: Buffer?, count: Int,
    validity: Buffer?, nullCount: Int
  ) -> Column {
    Column(
      name: name, type: type, layout: .text, count: count, nullCount: nullCount,
      validity: nullCount == 0 ? nil : validity, values: bytes, offsets: offsets)
  }
}
