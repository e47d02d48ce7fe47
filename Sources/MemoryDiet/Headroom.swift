import Columnar

/// How far a column is from outgrowing the width that it is stored in.
enum Headroom {
  /// 1 − used range / range of the layout.
  static func share(of layout: Layout, profile: ColumnProfile) -> Double? {
    switch layout.encoding {
    case "integer":
      guard let range = profile.integers, let width = layout.width else { return nil }
      let bits = width * 8
      if layout.isUnsigned == true {
        return 1 - Double(range.maximum) / Double((Int128(1) << bits) - 1)
      }
      // What counts is the end that comes nearer: −100…5 in an int8 is nearly full.
      let used = max(Double(range.maximum), -Double(range.minimum) - 1, 0)
      return 1 - used / Double((Int128(1) << (bits - 1)) - 1)
    case "frame_of_reference":
      guard let range = profile.integers, let width = layout.width else { return nil }
      return 1 - Double(range.maximum - range.minimum) / Double((Int128(1) << (width * 8)) - 1)
    case "dictionary":
      guard let count = profile.dictionaryCount, let width = layout.width else { return nil }
      return 1 - Double(count) / Double(1 << (width * 8))
    default: return nil
    }
  }
}
