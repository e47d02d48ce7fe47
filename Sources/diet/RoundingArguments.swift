import ArgumentParser

/// What `analyze` and `apply` are told of values that may change.
struct RoundingArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Store floats in 32 bits that stay within this share of their value, such as 1e-6.",
      valueName: "share"))
  var floatError: String?

  var limit: Double? { floatError.flatMap(Double.init) }

  func validate() throws {
    guard let floatError else { return }
    guard let limit, limit > 0, limit < 1 else {
      throw ValidationError(
        "--float-error: '\(floatError)' is no share above 0 and below 1, such as 1e-6")
    }
  }
}
