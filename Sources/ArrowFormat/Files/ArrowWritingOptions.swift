package import Columnar
package import FileIO

/// How a table is written as Arrow IPC.
package struct ArrowWritingOptions: Sendable {
  /// What lies around the messages.
  package enum Framing: Sendable {
    /// `ARROW1`, the messages, a footer that lists them: `.arrow`, which engines can map.
    case file
    /// The messages alone: `.arrows`, for pipes.
    case stream
  }

  package var framing = Framing.file
  /// Whether buffers are compressed. Plain ones can be mapped, and are written where they belong by
  /// any thread.
  package var compression = FileCompression.none
  /// Added to the schema, in this order.
  package var metadata: [ArrowMetadata] = []
  /// What is said of this very file, such as `diet.certificate`: it stands beside the schema, which
  /// other files have, too.
  package var fileMetadata: [ArrowMetadata] = []
  /// Whom the file is for: what that engine cannot hold is stored as the nearest exact type.
  package var engine = TargetEngine.any
  /// Which columns become dictionaries.
  package var categories = CategoryPolicy.text
  /// What makes readers keep the types that they would otherwise widen.
  package var hints: SchemaHints?
  /// Rows of a record batch; a multiple of 8, so that bitmaps can be cut there.
  package var batchRowCount = 1 << 20
  /// The most bytes of text that a batch has in one column; offsets have 31 bits.
  package var batchTextByteCount = Int(Int32.max)
  /// Rows of a column that a thread writes in one go; a multiple of 8.
  package var blockRowCount = ColumnDigest.blockRowCount
  /// Rows of a batch that is compressed, at the most: batches are held in memory until they are
  /// written.
  package var compressedBatchRowCount = 1 << 18
  /// Threads that write. `nil`: two, because file systems let one thread at a time add to a file,
  /// so that a second one can only prepare what comes next.
  package var threadCount: Int?

  package init() {}
}
