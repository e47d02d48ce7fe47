extension Layout {
  /// Whether floats may be rounded to 32 bits, those of its dictionary where it has one.
  package var mayRound: Bool { errorLimit != nil || values?.first?.mayRound == true }

  /// The layout that a column has where nobody looks for a smaller one: 64 bits a number or instant,
  /// 32 a day, a bit a boolean, text with offsets.
  package init(plainFor profile: ColumnProfile) {
    if profile.valueCount == 0 {
      self.init(encoding: "constant")
    } else {
      self.init(
        plainForType: profile.type, isUnsigned: (profile.integers?.maximum ?? 0) > Int64.max)
    }
  }

  /// The layout of a column without any value: of the width that the file says, where it has types.
  package init(declaredFor profile: ColumnProfile) {
    switch (profile.type, profile.stored?.kind) {
    case (.integer, .integer(let bits, let isSigned)?):
      self.init(encoding: "integer", width: bits / 8, isUnsigned: isSigned ? nil : true)
    case (.float, .float(bits: 32)?), (.float, .float(bits: 16)?):
      self.init(encoding: "float", width: 4)
    default: self.init(plainForType: profile.type)
    }
  }

  /// The layout that any column of the type fits, integers past 2^63 − 1 where they have no sign.
  package init(plainForType type: LogicalType, isUnsigned: Bool = false) {
    switch type {
    case .null: self.init(encoding: "constant")
    case .boolean: self.init(encoding: "bits")
    case .date: self.init(encoding: "integer", width: 4)
    case .float: self.init(encoding: "float", width: 8)
    case _ where type.domain == .bytes: self.init(encoding: "utf8")
    default: self.init(encoding: "integer", width: 8, isUnsigned: isUnsigned ? true : nil)
    }
  }
}
