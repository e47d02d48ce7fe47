import ArgumentParser
import Columnar

/// Which columns are handed over as categories.
struct CategoryArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Which columns of few different values are handed over as categories: all, text or none.",
      valueName: "which"))
  var categories = CategoryPolicy.text.rawValue

  func validate() throws {
    guard CategoryPolicy(rawValue: categories) != nil else {
      let names = CategoryPolicy.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--categories: '\(categories)' is none of \(names)")
    }
  }

  var policy: CategoryPolicy { CategoryPolicy(rawValue: categories) ?? .text }

  /// The option, where it was given, as a shell takes it.
  var words: [String] { policy == .text ? [] : ["--categories", categories] }
}
