/// One thing that is set, where, and for which verb.
package struct Setting: Hashable, Sendable {
  /// The option's name, without dashes.
  package let name: String
  /// The verb in whose table it stands; `nil` where it is for all that have the option.
  package let verb: String?
  package let value: SettingValue
  package let origin: SettingOrigin
  /// The folder of the file that it stands in, from which its paths lead; empty where that is the one where the command
  /// runs.
  let folder: String

  init(
    name: String, verb: String? = nil, value: SettingValue, origin: SettingOrigin,
    folder: String = ""
  ) {
    self.name = name
    self.folder = folder
    self.verb = verb
    self.value = value
    self.origin = origin
  }

  /// What is set, as its place has it: `threads = 4`, `DIET_THREADS=4`.
  package var text: String {
    switch origin {
    case .file: "\(name) = \(value)"
    case .variable(let variable): "\(variable)=\(value.text ?? "\(value)")"
    }
  }

  /// The variable in which an option is looked for: `DIET_NULL_TOKEN`.
  package static func variable(for name: String) -> String {
    "DIET_" + name.uppercased().replacing("-", with: "_")
  }

  /// The option that a variable would be of: `null-token`.
  package static func name(ofVariable variable: String) -> String? {
    guard variable.hasPrefix("DIET_") else { return nil }
    return variable.dropFirst(5).lowercased().replacing("_", with: "-")
  }

  /// An error about its value.
  package func error(_ message: String) -> SettingsError {
    switch origin {
    case .file: SettingsError(origin, "\(text): \(message)")
    case .variable: SettingsError(path: text, message)
    }
  }
}
