extension SettableOption {
  /// What a variable's text says: a truth, a number, a list in brackets, or itself.
  package func value(ofVariable text: String) -> SettingValue {
    switch form {
    case .flag:
      switch text.lowercased() {
      case "1", "true", "yes", "on": return .truth(true)
      case "0", "false", "no", "off": return .truth(false)
      default: return .text(text)
      }
    case .values where text.hasPrefix("[") && text.hasSuffix("]"):
      return SettingsDocument.list(text) ?? .other(text)
    case .value, .values:
      return isCount ? Int(text).map { .integer($0) } ?? .text(text) : .text(text)
    }
  }
}
