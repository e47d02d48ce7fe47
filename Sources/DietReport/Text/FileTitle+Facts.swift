import Wording

extension FileTitle {
  /// The name and the facts, on one line of a report: a long name gives way.
  func text(facts: String, width: Int = reportWidth) -> String {
    name.ellipsized(to: width - facts.displayWidth) + facts
  }
}
