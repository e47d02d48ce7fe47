/// What the argument parser says of a verb: the part of `--experimental-dump-help` that settings and
/// manual pages are made from.
package struct VerbDescription: Decodable, Sendable {
  /// An argument, an option or a flag.
  package struct Argument: Decodable, Sendable {
    package enum Kind: String, Decodable, Sendable { case positional, option, flag }

    package struct Name: Decodable, Sendable {
      package let kind: String
      package let name: String

      /// As it is typed.
      package var spelled: String { kind == "long" ? "--\(name)" : "-\(name)" }
    }

    package let kind: Kind
    package let isOptional: Bool
    package let isRepeating: Bool
    package let shouldDisplay: Bool
    package let names: [Name]?
    package let valueName: String?
    package let defaultValue: String?
    package let abstract: String?

    /// The name without dashes: the first long one.
    package var name: String? { names?.first { $0.kind == "long" }?.name }
  }

  package let commandName: String
  package let abstract: String?
  package let discussion: String?
  package let shouldDisplay: Bool?
  package let arguments: [Argument]?
  package let subcommands: [VerbDescription]?

  /// The options and flags by the names that users type.
  func argument(typed word: some StringProtocol) -> Argument? {
    arguments?.first { $0.names?.contains { $0.spelled == word } ?? false }
  }
}

/// The form in which the argument parser says it.
package struct CommandDescription: Decodable, Sendable {
  package let command: VerbDescription
}
