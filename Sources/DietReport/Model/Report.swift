package import Wording

/// What a verb found out. It says itself once as a tree and once for people; every `OutputFormat` is
/// made from one of the two.
package protocol Report: Sendable {
  /// All that the report says: the contract for programs, the same keys in the same order in every run.
  var jsonText: JSONText { get }

  /// The report for a terminal, at most 80 columns wide.
  ///
  /// - Parameter usesColor: Allows ANSI colours.
  func table(usesColor: Bool) -> String
}
