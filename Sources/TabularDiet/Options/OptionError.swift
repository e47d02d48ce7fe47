/// An option has a value that it cannot have, or contradicts another. Options are named as the
/// command spells them: `--header-records`.
package struct OptionError: Error, Hashable, Sendable, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}
