extension LogicalType {
  /// The type of that name, as its description spells it: `integer`, `decimal(2)`,
  /// `timestamp(ms)`, `timestamp(s, UTC)`. `nil` where there is none.
  public init?(named text: String) {
    let parts = text.split(separator: "(", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first.map(String.init) else { return nil }
    var arguments: [String] = []
    if parts.count == 2 {
      guard parts[1].hasSuffix(")") else { return nil }
      arguments = parts[1].dropLast().split(separator: ",").map { part in
        String(part.drop { $0 == " " })
      }
    }
    switch (name, arguments.count) {
    case ("decimal", 1):
      guard let scale = Int(arguments[0]), (0...18).contains(scale) else { return nil }
      self = .decimal(scale: scale)
    case ("time", 0...1):
      guard let unit = TimeUnit(rawValue: arguments.first ?? "s") else { return nil }
      self = .time(unit: unit)
    case ("duration", 0...1):
      guard let unit = TimeUnit(rawValue: arguments.first ?? "s") else { return nil }
      self = .duration(unit: unit)
    case ("timestamp", 0...2):
      guard let unit = TimeUnit(rawValue: arguments.first ?? "s") else { return nil }
      self = .timestamp(unit: unit, zone: arguments.count == 2 ? arguments[1] : nil)
    case (_, 0):
      guard let type = Self.plainTypes.first(where: { $0.name == name }) else { return nil }
      self = type
    default: return nil
    }
  }
}
