public import Columnar

/// An option has a value that it cannot have, or contradicts another.
public struct OptionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The option's name, without dashes; `nil` where the message names several.
  public var option: String?
  /// What is wrong with it.
  public var message: Sentence

  package init(_ message: Sentence) { self.message = message }

  /// - Parameter expected: What the value may be.
  package init(invalid value: String, expected: [String]) {
    let meant = value.nearestName(in: expected).map { "; did you mean '\($0)'?" } ?? ""
    message = Sentence("invalid value '\(value)' (expected \(Self.list(expected)))\(meant)")
  }

  /// With options as properties of the library's types.
  public var description: String { sentence.inSwift }

  /// With the option in front.
  package var sentence: Sentence {
    guard let option else { return message }
    return "\(mention: option): \(message)"
  }

  /// The same error, of the option with this name.
  package func of(_ option: String) -> OptionError {
    var error = self
    error.option = error.option ?? option
    return error
  }

  /// `a, b or c`.
  static func list(_ words: [String]) -> String {
    words.count < 2
      ? words.joined() : words.dropLast().joined(separator: ", ") + " or " + words[words.count - 1]
  }
}
