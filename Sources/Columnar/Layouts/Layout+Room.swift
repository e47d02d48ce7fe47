extension Layout {
  /// The same layout where engines get integers in at least the bits that `room` wants of them.
  ///
  /// What is stored through a table or from a base stays as it is: it is handed over plain, and wider.
  package func withRoom(_ room: IntegerRoom, for profile: ColumnProfile) -> Layout {
    var layout = self
    layout.minimumBits = nil
    guard room != .none, profile.takesRoom, let integers = profile.integers
    else { return layout }
    let range = integers.minimum...integers.maximum
    let isUnsigned =
      (values?.first).map { $0.encoding == "integer" && $0.isUnsigned == true } ?? false
    let isSigned = profile.stored?.declared?.isUnsigned != true && !isUnsigned
    let bits = room.bits(for: range, valueCount: profile.valueCount, isSigned: isSigned)
    if bits > IntegerRoom.none.bits(for: range, isSigned: isSigned) { layout.minimumBits = bits }
    return layout
  }
}

extension ColumnProfile {
  /// Whether the column is one of integers whose width is chosen by their values.
  package var takesRoom: Bool {
    type == .integer && valueCount > 0 && integers != nil && stored?.declared?.exact == nil
  }
}
