/// A way of storing a column: which layouts it offers, what they cost, how they are made and read.
///
/// To add an encoding: write its file, add one line to `Encodings.all`. The law tests find it there.
package protocol Encoding: Sendable {
  /// The name that layouts carry.
  var name: String { get }

  /// The layouts of this encoding that hold the column exactly, under `policy`.
  func layouts(for profile: ColumnProfile, policy: LayoutPolicy) -> [Layout]

  /// The bytes that the column takes in `layout`: a closed formula, equal to what is measured on
  /// the column once it is made.
  func footprint(of layout: Layout, for profile: ColumnProfile) -> Footprint

  /// Whether a read goes through a table. Such a layout has to be a fifth smaller to be chosen.
  var isIndirect: Bool { get }

  /// Whether a layout is made for the very values of one table: the next month's would not fit it.
  /// Such layouts are not put into plans.
  var isTiedToValues: Bool { get }

  /// The column in `layout`. `chunks` is emptied as its chunks are consumed.
  func encode(_ chunks: inout ChunkedValues, layout: Layout) throws(EncodingError) -> Column

  /// The shape in which readers see a column of this encoding.
  func view(of column: Column) -> ColumnView

  /// The layout as users read it.
  func describe(_ layout: Layout) -> String
}

extension Encoding {
  package var isIndirect: Bool { false }
  package var isTiedToValues: Bool { false }
  package func describe(_ layout: Layout) -> String { name }
}

/// What the user allows when layouts are chosen.
public struct LayoutPolicy: Hashable, Sendable, Codable {
  /// Integers without a sign (u8–u32) may be used; otherwise only u64, for values past 2^63 − 1.
  public var allowsUnsigned: Bool

  public init(allowsUnsigned: Bool = false) { self.allowsUnsigned = allowsUnsigned }
}

/// A value does not fit the layout that it was to be stored in.
public struct EncodingError: Error, Hashable, Sendable {
  public var column: String
  /// The first row, from 0, whose value does not fit; `nil` where no single row is to blame.
  public var row: Int?
  public var layout: String

  package init(column: String, row: Int?, layout: String) {
    self.column = column
    self.row = row
    self.layout = layout
  }
}

/// Every encoding, and the only place that knows them all.
package enum Encodings {
  package static let all: [any Encoding] = [
    ConstantEncoding(),
    SequenceEncoding(),
    BitEncoding(),
    IntegerEncoding(),
    FrameOfReferenceEncoding(),
    FloatEncoding(),
    FixedWidthEncoding(),
    UTF8Encoding(),
    DictionaryEncoding(),
  ]

  package static let named: [String: any Encoding] = Dictionary(
    uniqueKeysWithValues: all.map { ($0.name, $0) })
}
