/// A settings file or a variable says what cannot be.
package struct SettingsError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The place, and what is wrong there.
  package let description: String

  package init(_ origin: SettingOrigin, _ message: String) {
    description = "\(origin): \(message)"
  }

  package init(path: String, _ message: String) {
    description = "\(path): \(message)"
  }
}

/// What is wrong with a value, wherever it stands.
struct SettingFault: Error {
  let message: String

  init(_ message: String) { self.message = message }
}
