import Columnar
import FileIO

/// Bytes that the file holds from one place on: those of a buffer, or of a message's head.
struct ArrowPiece {
  /// Writes the items of a range one after the other to memory that has room for them; returns how
  /// many bytes that took. Called for one range after the other.
  typealias Producer = (_ items: Range<Int>, _ target: UnsafeMutableRawPointer) -> Int

  enum Content {
    case bytes([UInt8])
    /// Memory of the frame, written as it is.
    case memory(UnsafeRawPointer)
    /// Bytes made when they are written, a block of items at a time.
    case produced(itemCount: Int, maximumItemByteCount: Int, start: () -> Producer)
  }

  var offset: Int
  var byteCount: Int
  var content: Content

  var end: Int { offset + byteCount }
}

/// Writes pieces of a file with few and large calls: in order, or, where the sink allows it, each at
/// its place.
struct ArrowPieceWriter: ~Copyable {
  /// Half of a core's second-level cache on common machines.
  private static let usualCapacity = 256 << 10
  /// Memory of this size is written from where it lies; less is gathered first.
  private static let directByteCount = 32 << 10

  private let sink: any ByteSink
  private let staging: UnsafeMutableRawPointer
  private let capacity: Int
  /// What of `staging` is in use: from `first`, which lies as the file does modulo 64, to `end`.
  private var first = 0
  private var end = 0
  /// Where in the file `end` lies.
  private var position = 0

  /// - Parameter itemByteCount: The most bytes that an item of the pieces takes.
  init(_ sink: any ByteSink, itemByteCount: Int) {
    self.sink = sink
    capacity = Self.usualCapacity + itemByteCount + 64
    staging = .allocate(byteCount: capacity, alignment: 64)
  }

  deinit { staging.deallocate() }

  mutating func write(_ piece: ArrowPiece) throws(OutputError) {
    try move(to: piece.offset)
    switch piece.content {
    case .bytes(let bytes):
      var done = 0
      while done < bytes.count {
        let count = min(bytes.count - done, try room(atLeast: 1))
        bytes.withUnsafeBytes {
          (staging + end).copyMemory(from: $0.baseAddress! + done, byteCount: count)
        }
        advance(count)
        done += count
      }
    case .memory(let source):
      if piece.byteCount >= Self.directByteCount {
        try flush()
        try ScratchMemory.forEachPiece(of: piece.byteCount) {
          [sink, position] part throws(OutputError) in
          try sink.write(
            UnsafeRawBufferPointer(start: source + part.lowerBound, count: part.count),
            at: position + part.lowerBound)
        }
        position += piece.byteCount
        first = position & 63
        end = first
      } else if piece.byteCount > 0 {
        _ = try room(atLeast: piece.byteCount)
        (staging + end).copyMemory(from: source, byteCount: piece.byteCount)
        advance(piece.byteCount)
      }
    case .produced(let itemCount, let maximumItemByteCount, let start):
      let produce = start()
      var item = 0
      while item < itemCount {
        let fitting = try room(atLeast: maximumItemByteCount) / maximumItemByteCount
        let next = min(itemCount, item + fitting)
        advance(produce(item..<next, staging + end))
        item = next
      }
    }
    precondition(position == piece.end, "a piece of \(piece.byteCount) bytes ends at \(position)")
  }

  /// Goes on at `offset`. What lies between may be another thread's, or is zeros already; in a
  /// stream it has to be written.
  private mutating func move(to offset: Int) throws(OutputError) {
    if sink.allowsAnyOrder, position != offset {
      try flush()
      position = offset
      first = position & 63
      end = first
    }
    while position < offset {
      let count = min(offset - position, try room(atLeast: 1))
      (staging + end).initializeMemory(as: UInt8.self, repeating: 0, count: count)
      advance(count)
    }
  }

  private mutating func advance(_ count: Int) {
    end += count
    position += count
  }

  /// The bytes free in `staging`, after making room where there are fewer than `count`.
  private mutating func room(atLeast count: Int) throws(OutputError) -> Int {
    if capacity - end < count { try flush() }
    return capacity - end
  }

  mutating func flush() throws(OutputError) {
    if end > first {
      let bytes = UnsafeRawBufferPointer(start: staging + first, count: end - first)
      try sink.write(bytes, at: position - bytes.count)
    }
    first = position & 63
    end = first
  }
}
