import Columnar

/// Whether values of one type are values of the type that a contract names.
struct TypeFit {
  enum Outcome: Hashable {
    /// They are.
    case held
    /// They are, and a narrower type would do.
    case narrower
    /// They would be but for digits or a unit of time.
    case finer
    /// They are not.
    case other
  }

  let outcome: Outcome

  var isHeld: Bool { outcome == .held || outcome == .narrower }

  init(of found: ColumnFacts, in term: TermType) {
    let type = found.type
    if type == .null {
      outcome = .held
      return
    }
    // In several spellings they are text, since one bit does not tell which.
    if term == .boolean || term == .exact(.boolean), type == .string, let words = found.words,
      words.allSatisfy({ ["true", "false"].contains($0.lowercased()) })
    {
      outcome = .held
      return
    }
    switch term {
    case .exact(let exact): outcome = Self.outcome(type, in: exact)
    case .string: outcome = type.domain == .bytes ? .held : .narrower
    case .number:
      outcome = type == .integer ? .narrower : type == .float || type.scale != nil ? .held : .other
    case .integer: outcome = type == .integer ? .held : .other
    case .boolean: outcome = type == .boolean ? .held : .other
    case .date: outcome = type == .date ? .held : .other
    case .time: outcome = type.name == "time" ? .held : .other
    case .timestamp:
      outcome = type.name == "timestamp" ? .held : type == .date ? .narrower : .other
    case .uuid: outcome = type == .uuid ? .held : .other
    case .ipv4: outcome = type == .ipv4 ? .held : .other
    }
  }

  private static func outcome(_ found: LogicalType, in type: LogicalType) -> Outcome {
    if found == type { return .held }
    switch (found, type) {
    case (_, .string): return .narrower
    // Nothing was known of a column without values.
    case (_, .null): return .held
    case (.decimal(let places), .decimal(let most)): return places < most ? .narrower : .finer
    case (.integer, .decimal), (.integer, .float), (.decimal, .float), (.date, .timestamp(_, nil)):
      return .narrower
    case (.time(let unit), .time(let most)), (.duration(let unit), .duration(let most)):
      return unit < most ? .held : .finer
    case (.time(let unit), .duration(let most)): return unit <= most ? .narrower : .finer
    case (.timestamp(let unit, let zone), .timestamp(let most, let other)):
      guard (zone == nil) == (other == nil) else { return .other }
      if zone != other { return .other }
      return unit < most ? .held : .finer
    default: return .other
    }
  }
}
