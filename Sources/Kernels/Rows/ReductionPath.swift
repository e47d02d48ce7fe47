/// How a reduction read a column.
public enum ReductionPath: String, Hashable, Sendable, Codable, CaseIterable {
  /// In its encoding.
  case direct
  /// After decoding it, block by block.
  case decoded
}
