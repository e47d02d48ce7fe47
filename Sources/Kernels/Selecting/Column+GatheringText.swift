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

  /// Text that is decoded: it is held as densely again where that takes fewer bytes, in tokens where its rows are no run,
  /// and becomes plain otherwise.
  func gatheredDecodedText(
    _ rows: some RowGathering, _ validity: Buffer?, nullCount: Int
  ) throws(FrameError) -> Column {
    let plain = try gatheredText(rows, validity, nullCount: nullCount)
    // Few rows are not worth what all tokens stand for.
    let least = dictionary.first?.dictionary.first?.footprint.total ?? 1 << 12
    guard isDenseText, plain.layout == .text, rows.run == nil, plain.footprint.total > least else {
      return plain
    }
    let tokenized = Column.tokenized(
      [(plain, 0)], name: name, type: type, count: plain.count, nullCount: nullCount,
      threads: KernelThreads.count, like: self)
    return tokenized.flatMap { $0.takesLessThanPlainText ? $0 : nil } ?? plain
  }

  private func gatheredText(
    _ rows: some RowGathering, _ validity: Buffer?, nullCount: Int
  ) throws(FrameError) -> Column {
    let target = rows.targetCount
    if let column = gatheredDenseText(rows, validity, nullCount: nullCount) {
      if column.takesLessThanPlainText { return column }
      let (bytes, offsets) = try column.plainText()
      return .texts(
        name, type, bytes, offsets, count: target, validity: validity, nullCount: nullCount)
    }
    if rows.takesMany(of: count) {
      let (bytes, offsets) = try plainText()
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

  /// Tokens of rows are copied, and of a run of rows also what neighbours do not share, and compressed blocks; `nil`
  /// for other text.
  private func gatheredDenseText(
    _ rows: some RowGathering, _ validity: Buffer?, nullCount: Int
  ) -> Column? {
    guard case .decoded(let decoded) = view, case .texts(let decoder) = decoded.decoder else {
      return nil
    }
    func made(_ values: Buffer?, _ offsets: Buffer) -> Column {
      withRows(
        count: rows.targetCount, nullCount: nullCount, validity: validity, values: values,
        offsets: offsets)
    }
    switch (decoder, rows.run) {
    case (let tokens as TokenDecoder, _):
      let taken = tokens.taking(rows.targetCount) { body in
        rows.forEachPlace { row, place in body(row.flatMap { isNull($0) ? nil : $0 }, place) }
      }
      return taken.map { made($0.values, $0.offsets) }
    case (let front as FrontDecoder, let run?):
      let held = front.rests(of: run)
      guard
        let rests = front.rests.gatheredDenseText(RunRows(range: held, times: 1), nil, nullCount: 0)
      else { return nil }
      return Column(
        name: name, type: type, layout: layout, count: run.count, nullCount: nullCount,
        validity: nullCount == 0 ? nil : validity, values: nil, offsets: front.shared(of: held),
        dictionary: rests)
    case (let blocks as TextBlockDecoder, let run?):
      let taken = blocks.blocks(of: run)
      return made(taken.values, taken.offsets)
    default: return nil
    }
  }

  /// Whether the column, with what its tokens stand for and the whole of its blocks, takes fewer bytes than its text and
  /// where each begins.
  var takesLessThanPlainText: Bool {
    let byteCount = footprint.total - (validity?.memory.byteCount ?? 0) - (count + 1) * 4
    if byteCount < 0 { return true }
    if nullCount == 0 { return byteCount < view.texts.textByteCount(0..<count) }
    var textByteCount = 0
    view.texts.measure(0..<count) { row, length in textByteCount += isNull(row) ? 0 : length }
    return byteCount < textByteCount
  }

  /// The text of all rows, and where each begins.
  private func plainText() throws(FrameError) -> (bytes: Buffer, offsets: Buffer) {
    var bytes: [UInt8] = []
    let offsets = Buffer(zeroedByteCount: (count + 1) * 4)
    let ends = offsets.pointer(as: UInt32.self) + 1
    view.texts.forEach(0..<count) { row, text in
      if !isNull(row) { bytes.append(contentsOf: text) }
      ends[row] = UInt32(truncatingIfNeeded: bytes.count)
    }
    return (try buffer(of: bytes), offsets)
  }

  private func buffer(of bytes: [UInt8]) throws(FrameError) -> Buffer {
    guard bytes.count <= UInt32.max else { throw .longText(name) }
    let buffer = Buffer(uninitializedByteCount: bytes.count)
    buffer.base.copyMemory(from: bytes, byteCount: bytes.count)
    return buffer
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
    return (try buffer(of: bytes), offsets)
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
