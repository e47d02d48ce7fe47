extension ArrowTyping {
  /// What a column without any value is; `nil` where the file did not say.
  init?(ofEmpty declared: DeclaredType, _ policy: CategoryPolicy) {
    guard let type = declared.whenEmpty else { return nil }
    self.init(type: type)
    if type == .utf8, policy != .none, let categories = declared.categories {
      dictionary = Dictionary(count: categories.entries.count)
    }
  }

  /// What a column is that came from a file with types, where that file's type says more than the
  /// values do; `nil` where it does not, or the column is stored as what it cannot be. The column has
  /// some value.
  init?(_ declared: DeclaredType, _ facts: ArrowTypingFacts, _ policy: CategoryPolicy) {
    if policy != .none, let categories = declared.categories {
      guard facts.type.domain == .bytes, facts.shape.leadsToEntries, !categories.entries.isEmpty
      else { return nil }
      self.init(type: .utf8, dictionary: Dictionary(count: categories.entries.count))
      return
    }
    if let exact = declared.exact {
      guard facts.canBe(exact) else { return nil }
      self.init(type: exact)
      return
    }
    guard declared.isUnsigned, facts.type == .integer, facts.integers.lowerBound >= 0,
      let bits = facts.unsignedBits
    else { return nil }
    self.init(type: .integer(bits: bits, isSigned: false))
  }
}

extension ArrowTypingFacts {
  fileprivate func canBe(_ exact: ArrowType) -> Bool {
    guard shape.countsIntegers else { return false }
    switch exact {
    case .decimal(let precision, let places):
      guard type == .decimal(scale: places) || (places == 0 && type == .integer) else {
        return false
      }
      let largest = max(integers.lowerBound.magnitude, integers.upperBound.magnitude)
      return String(largest).utf8.count <= precision
    case .integer: return type == .integer
    case .boolean: return type == .boolean
    default: return false
    }
  }

  /// The bits of the narrowest integers without a sign; `nil` where they lie with one.
  fileprivate var unsignedBits: Int? {
    switch shape {
    case .integers(let width, let isSigned): return isSigned ? nil : max(width * 8, minimumBits)
    case .computed, .constant, .indexed:
      guard shape.countsIntegers else { return nil }
      return IntegerRoom.widths.first {
        $0 >= minimumBits && integers.upperBound < Int128(1) << $0
      }
    default: return nil
    }
  }
}

extension ViewShape {
  fileprivate var countsIntegers: Bool {
    switch self {
    case .integers, .bits, .computed: true
    case .indexed(let values): values.countsIntegers
    case .constant(let value): value?.countsIntegers ?? true
    case .floats, .fixed, .utf8: false
    }
  }

  /// Whether rows are told by the number of an entry.
  fileprivate var leadsToEntries: Bool {
    switch self {
    case .indexed, .constant: true
    default: false
    }
  }
}
