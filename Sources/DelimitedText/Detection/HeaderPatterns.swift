/// What the patterns of fields say about a first record, where no column has a type that tells.
struct HeaderPatterns {
  /// Whether the first record is one of data: some of its fields has the pattern of all below, or
  /// begins with the same key, and no other column has one that only the first lacks.
  private(set) var showData = false
  /// A field of the first record that may be a value: its column has it again, or its pattern
  /// throughout; empty where there is none.
  private(set) var doubtfulName: [UInt8] = []

  init() {}

  init(_ first: [[UInt8]], below: ArraySlice<[[UInt8]]>) {
    guard below.count > 1 else { return }
    var isNamed = false
    for (column, top) in first.enumerated() where !top.isEmpty {
      let fields = HeaderEvidence.fields(of: column, in: below)
      guard fields.count > 1 else { continue }
      if FieldPattern.commonKey(of: [top] + fields) != nil {
        showData = true
      } else if let pattern = FieldPattern.common(to: fields), pattern.hasNumber {
        let isAlike = FieldPattern(top) == pattern
        if pattern.isOfValues {
          if isAlike { showData = true } else { isNamed = true }
        } else if isAlike, doubtfulName.isEmpty {
          doubtfulName = top
        }
      } else if doubtfulName.isEmpty,
        fields.contains(top) || FieldPattern.areCodes([top] + fields)
      {
        doubtfulName = top
      }
    }
    if isNamed { (showData, doubtfulName) = (false, []) }
  }
}
