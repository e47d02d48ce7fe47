/// What only the encoding that a layout names can say of it.
extension Layout {
  /// Whether a column of `type` may be stored so. Columns of nulls alone take any layout that is one.
  package func isSound(for type: LogicalType) -> Bool {
    guard let encoding = Encodings.named[encoding],
      minimumBits.map(IntegerRoom.widths.contains) ?? true
    else { return false }
    let types: [LogicalType] =
      type == .null ? [.null, .boolean, .integer, .float, .string, .uuid, .ipv4] : [type]
    return types.contains { encoding.isSound(self, for: $0) }
  }

  /// The shape in which readers see a column of this layout; `nil` where there is no such encoding.
  package var shape: ViewShape? { Encodings.named[encoding]?.shape(of: self) }
}

extension Layout: CustomStringConvertible {
  /// The name as users read it: `int16`, `dictionary<uint8>`, `base+uint16`.
  public var description: String { Encodings.named[encoding]?.describe(self) ?? encoding }
}
