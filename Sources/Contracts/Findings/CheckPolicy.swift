/// What becomes of findings, and how early growth is told.
package struct CheckPolicy: Hashable, Sendable {
  private var classes: [FindingClass: FindingLevel] = [:]
  private var codes: [FindingCode: FindingLevel] = [:]
  /// The share of a number's range that is to be free.
  package var headroom = CheckPolicy.usualHeadroom

  package static let usualHeadroom = 0.1

  package init() {}

  /// The words that `set(_:for:)` knows: classes and codes.
  package static let words =
    FindingClass.allCases.map(\.rawValue) + FindingCode.allCases.map(\.rawValue)

  /// Sets what becomes of findings of a class or a code; false where there is none of that name.
  package mutating func set(_ level: FindingLevel, for word: String) -> Bool {
    if let findingClass = FindingClass(rawValue: word) {
      classes[findingClass] = level
    } else if let code = FindingCode(rawValue: word) {
      codes[code] = level
    } else {
      return false
    }
    return true
  }

  /// What becomes of a finding: its code says more than its class.
  package func level(of code: FindingCode, in findingClass: FindingClass) -> FindingLevel {
    codes[code] ?? classes[findingClass] ?? findingClass.usualLevel
  }
}
