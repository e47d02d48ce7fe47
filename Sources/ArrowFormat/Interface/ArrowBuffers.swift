import Columnar

/// The buffers of an array in one piece each: shared with the column where they lie there as Arrow
/// wants them, made where they do not.
///
/// Unchecked: nothing changes after `init`, and `contents` keeps what the pointers lead into.
struct ArrowBuffers: @unchecked Sendable {
  let rowCount: Int
  let nullCount: Int
  /// In Arrow's order: validity, then values, or offsets and text.
  let pointers: [UnsafeRawPointer?]
  /// What the pointers lead into, and nothing else: what a consumer keeps, it keeps for good.
  let contents: [AnyObject]

  /// Rows of a column.
  ///
  /// - Precondition: `rows` starts at a multiple of 8.
  init(_ column: ArrowColumn, rows: Range<Int>) {
    guard case .whole(let whole) = column.source else {
      fatalError("a column that others read is there as a whole")
    }
    guard column.field.type != .null else {
      self.init(rowCount: rows.count, nullCount: rows.count, pointers: [], contents: [])
      return
    }
    let nullCount = column.nullCount(rows)
    let source = column.rows(of: whole, from: 0)
    self.init(
      source.values, rows: rows, nulls: nullCount > 0 ? source.nulls : ArrowNulls(validity: nil),
      nullCount: nullCount,
      lenders: whole.buffers + [source.nulls.memory, column.nullsMemory].compactMap(\.self))
  }

  /// The values of a column's dictionary; `nil` where it has none.
  init?(dictionaryOf column: ArrowColumn) {
    guard let dictionary = column.dictionary else { return nil }
    // The values are the dictionary's, those of a constant, or were made for Arrow.
    let outline = column.source.outline
    let lenders = outline.dictionary.flatMap(\.buffers) + outline.buffers
    self.init(
      dictionary.values, rows: 0..<dictionary.count, nulls: ArrowNulls(validity: nil),
      nullCount: 0, lenders: lenders + [dictionary.memory].compactMap(\.self))
  }

  private init(
    rowCount: Int, nullCount: Int, pointers: [UnsafeRawPointer?], contents: [AnyObject]
  ) {
    self.rowCount = rowCount
    self.nullCount = nullCount
    self.pointers = pointers
    self.contents = contents
  }

  private init(
    _ values: ArrowValues, rows: Range<Int>, nulls: ArrowNulls, nullCount: Int, lenders: [Buffer]
  ) {
    var pointers: [UnsafeRawPointer?] = []
    var contents: [AnyObject] = []
    func make(_ byteCount: Int, _ fill: (UnsafeMutableRawPointer) -> Int) {
      let buffer = Buffer(uninitializedByteCount: byteCount)
      let filled = fill(buffer.base)
      precondition(filled == byteCount, "a buffer of \(byteCount) bytes got \(filled)")
      pointers.append(UnsafeRawPointer(buffer.base))
      contents.append(buffer)
    }
    func lend(_ memory: UnsafeRawPointer) {
      pointers.append(memory)
      contents += lenders.filter { $0.holds(memory) } as [AnyObject]
    }
    if let validity = nulls.validity {
      lend(UnsafeRawPointer(validity + rows.lowerBound / 8))
    } else {
      pointers.append(nil)
    }
    let text = values.textByteCount(rows, nulls)
    for piece in values.pieces(ArrowPart(rows: rows, position: 0, text: 0..<text), nulls) {
      switch piece.content {
      case .memory(let memory): lend(memory)
      case .bytes(let bytes):
        make(piece.byteCount) { target in
          target.copyMemory(from: bytes, byteCount: bytes.count)
          return bytes.count
        }
      case .produced(let itemCount, _, let start):
        let produce = start()
        make(piece.byteCount) { produce(0..<itemCount, $0) }
      }
    }
    self.init(rowCount: rows.count, nullCount: nullCount, pointers: pointers, contents: contents)
  }
}

extension Buffer {
  /// Whether `memory` starts in the buffer, or just past it where nothing is behind.
  fileprivate func holds(_ memory: UnsafeRawPointer) -> Bool {
    (UnsafeRawPointer(base)...UnsafeRawPointer(base + byteCount)).contains(memory)
  }
}

extension Column {
  /// The memory of the values.
  fileprivate var buffers: [Buffer] { [values, offsets].compactMap(\.self) }
}
