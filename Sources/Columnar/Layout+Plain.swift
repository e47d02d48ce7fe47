extension Layout {
  /// The layout that a column has where nobody looks for a smaller one: 64 bits a number or instant,
  /// 32 a day, a bit a boolean, text with offsets.
  package init(plainFor profile: ColumnProfile) {
    switch profile.type {
    case _ where profile.valueCount == 0: self.init(encoding: "constant")
    case .boolean: self.init(encoding: "bits")
    case .date: self.init(encoding: "integer", width: 4)
    case .float: self.init(encoding: "float", width: 8)
    case _ where profile.type.domain == .bytes: self.init(encoding: "utf8")
    default:
      let isUnsigned = (profile.integers?.maximum ?? 0) > Int64.max
      self.init(encoding: "integer", width: 8, isUnsigned: isUnsigned ? true : nil)
    }
  }
}
