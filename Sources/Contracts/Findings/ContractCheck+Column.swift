import Columnar
import Wording

extension ContractCheck {
  /// Holds one column against its terms.
  mutating func check(_ terms: ColumnTerms, _ column: ColumnFacts) {
    let was = contract.facts?[terms.name]
    guard checkType(terms, column, was) else {
      // These do not depend on the type.
      checkMissing(terms, column)
      checkUnique(terms, column)
      return
    }
    checkNumbers(terms, column)
    checkLengths(terms, column)
    checkMissing(terms, column)
    checkUnique(terms, column)
    checkValues(terms, column, was)
    for rule in terms.rules { check(rule, terms, column) }
    if let was { checkFacts(terms, column, was) }
  }

  /// False where values are of another type, of which nothing else can be said.
  private mutating func checkType(
    _ terms: ColumnTerms, _ column: ColumnFacts, _ was: ColumnFacts?
  ) -> Bool {
    guard let type = terms.type else { return true }
    switch TypeFit(of: column, in: type).outcome {
    case .held: return true
    case .narrower:
      // Contracts of others say `number` and `string` of anything.
      if case .exact(let type) = type, column.type != was?.type,
        type != .string || column.distinctCount ?? 2 > 1
      {
        add(
          Finding(
            .narrowerPossible, column: terms.name, "all values are of a narrower type",
            expected: "\(type)", found: "\(column.type)"), in: column)
      }
      return true
    case .finer, .other:
      let isFiner = TypeFit(of: column, in: type).outcome == .finer
      add(
        Finding(
          isFiner ? .finerUnit : .typeChanged, column: terms.name,
          isFiner ? "values are finer than was agreed" : "the values are of another type",
          expected: type.words, found: "\(column.type)"),
        search: .notOfType(type), in: column)
      return false
    }
  }

  private mutating func checkNumbers(_ terms: ColumnTerms, _ column: ColumnFacts) {
    if let format = terms.format { check(format, terms, column) }
    guard let low = column.minimum, let high = column.maximum else { return }
    for (bound, value, isLow) in [(terms.minimum, low, true), (terms.maximum, high, false)] {
      guard let bound, !bound.isObserved else { continue }
      guard let isInside = bound.holds(value, isMinimum: isLow, type: column.type) else {
        leaveUnchecked(
          terms.name, isLow ? "minimum" : "maximum", "the column is \(column.type)", terms.line)
        continue
      }
      guard !isInside else { continue }
      add(
        Finding(
          .outOfRange, column: terms.name,
          "a value is \(isLow ? "below" : "above") what the contract allows",
          expected: bound.words(column.type, isMinimum: isLow),
          found: value.words(column.type)),
        search: .beyond(minimum: isLow ? bound : nil, maximum: isLow ? nil : bound), in: column)
    }
  }

  private mutating func check(_ format: NumberFormat, _ terms: ColumnTerms, _ column: ColumnFacts) {
    if format == .f32, column.format == .f64 {
      add(
        Finding(
          .widerNeeded, column: terms.name, "values need more bits than was agreed",
          expected: format.rawValue, found: NumberFormat.f64.rawValue), in: column)
    }
    guard let own = format.range, case .integer(let low)? = column.minimum,
      case .integer(let high)? = column.maximum
    else { return }
    let range = low...max(low, high)
    guard format.holds(range) else {
      add(
        Finding(
          .widerNeeded, column: terms.name, "values need more bits than was agreed",
          expected: format.rawValue, found: NumberFormat(holding: range).rawValue),
        search: .outside(own), in: column)
      return
    }
    guard contract.isLock, let headroom = format.headroom(range) else { return }
    let narrow = NumberFormat(holding: range)
    if headroom < policy.headroom, format.bitCount < 64 {
      add(
        Finding(
          .littleHeadroom, column: terms.name,
          "little is left of the range of \(format.rawValue)",
          expected: "at least \(percent(policy.headroom)) free",
          found: "\(percent(max(0, headroom))) free"), in: column)
    } else if narrow.bitCount < format.bitCount,
      narrow.headroom(range) ?? 0 >= max(policy.headroom, CheckPolicy.usualHeadroom)
    {
      add(
        Finding(
          .narrowerPossible, column: terms.name, "all values fit into fewer bits",
          expected: format.rawValue, found: narrow.rawValue), in: column)
    }
  }

  private mutating func checkLengths(_ terms: ColumnTerms, _ column: ColumnFacts) {
    guard terms.minimumLength != nil || terms.maximumLength != nil else { return }
    guard let lengths = column.lengths else {
      if column.type.domain != .bytes, column.nullCount < now.rowCount {
        leaveUnchecked(
          terms.name, "minLength and maxLength", "the column is \(column.type)", terms.line)
      }
      return
    }
    let allowed =
      (terms.minimumLength ?? 0)...max(terms.maximumLength ?? .max, terms.minimumLength ?? 0)
    guard lengths.lowerBound < allowed.lowerBound || lengths.upperBound > allowed.upperBound else {
      return
    }
    // Bytes are known, and characters are no more than these: the rows tell.
    add(
      Finding(
        .lengthNotAllowed, column: terms.name, "a text is not as long as the contract says",
        expected: terms.maximumLength.map { "\(allowed.lowerBound) to \($0) characters" }
          ?? "at least \(allowed.lowerBound) characters"),
      search: .length(allowed), isTentative: true, in: column)
  }

  private mutating func checkMissing(_ terms: ColumnTerms, _ column: ColumnFacts) {
    guard terms.isRequired, column.nullCount > 0 else { return }
    add(
      Finding(
        .nullsFound, column: terms.name, "values are missing where none may",
        expected: "0 missing", found: "\(CountText(column.nullCount)) missing",
        count: column.nullCount),
      search: .null, in: column)
  }

  private mutating func checkUnique(_ terms: ColumnTerms, _ column: ColumnFacts) {
    guard terms.isUnique, now.rowCount - column.nullCount > 1 else { return }
    switch column.isUnique {
    case true?: return
    case false?:
      let count = column.distinctCount.map { now.rowCount - column.nullCount - $0 }
      add(
        Finding(
          .duplicatesFound, column: terms.name, "values come more than once where none may",
          expected: "unique", found: count.map { "\(CountText($0)) more than once" }, count: count),
        search: .duplicate, in: column)
    case nil:
      leaveUnchecked(
        terms.name, "unique", "there are too many values to tell them all apart", terms.line)
    }
  }

  private mutating func checkValues(
    _ terms: ColumnTerms, _ column: ColumnFacts, _ was: ColumnFacts?
  ) {
    if let valid = terms.validValues, column.nullCount < now.rowCount {
      check(valid, of: terms, column, isLocked: contract.isLock)
    } else if terms.validValues == nil, let was, !was.isConstant, let words = was.words,
      column.words != nil
    {
      let known = Set(words.map(ExactText.init))
      let fresh = column.words!.filter { !known.contains(ExactText($0)) }
      if let first = fresh.first {
        var finding = Finding(
          .newCategory, column: terms.name, Self.newCategories(fresh.count),
          expected: "\(words.count) known", found: "`\(first)`", count: fresh.count)
        finding.namesValue = true
        add(
          finding, search: .notAmong(ValidValues.listed(known)), in: column)
      }
    }
  }

  private mutating func check(
    _ valid: ValidValues, of terms: ColumnTerms, _ column: ColumnFacts, isLocked: Bool
  ) {
    let code: FindingCode = isLocked ? .newCategory : .valueNotAllowed
    let valid = valid.spelled(as: column.type)
    guard let words = column.words else {
      // Numbers, days and texts of many values: the rows tell.
      add(
        Finding(
          code, column: terms.name,
          isLocked ? Self.newCategories(1) : "a value is none of those that there may be",
          expected: "one of \(valid.count)"),
        as: .breaking, search: .notAmong(valid), isTentative: true, in: column)
      return
    }
    let fresh = words.filter { !valid.contains($0) }
    guard let first = fresh.first else { return }
    var finding = Finding(
      code, column: terms.name,
      isLocked ? Self.newCategories(fresh.count) : "a value is none of those that there may be",
      expected: "one of \(valid.count)", found: "`\(first)`", count: fresh.count)
    finding.namesValue = true
    add(
      finding, as: .breaking, search: .notAmong(valid), in: column)
  }

  private static func newCategories(_ count: Int) -> String {
    count == 1
      ? "there is a category that the table had not" : "there are categories that the table had not"
  }

  private mutating func check(_ rule: QualityRule, _ terms: ColumnTerms, _ column: ColumnFacts) {
    let values = now.rowCount - column.nullCount
    let count: Int?
    switch rule.metric {
    case .rowCount: count = now.rowCount
    case .nullValues: count = column.nullCount
    case .missingValues:
      let words = Set(rule.missingValues ?? []).subtracting(["", "null", "NULL"])
      let mayOccur = column.words.map { !words.isDisjoint(with: $0) } ?? true
      count = words.isEmpty || !mayOccur ? column.nullCount : nil
    case .duplicateValues:
      count =
        column.isUnique == true
        ? 0 : column.isDistinctExact ? column.distinctCount.map { values - $0 } : nil
    case .invalidValues:
      guard let valid = rule.validValues else {
        return leaveUnchecked(
          terms.name, rule.metric.rawValue, "only lists of valid values are checked", terms.line)
      }
      if rule.comparison.meansNone {
        return check(ValidValues(listing: valid), of: terms, column, isLocked: contract.isLock)
      }
      count =
        column.words.map { !Set($0.map(ExactText.init)).isSubset(of: valid.map(ExactText.init)) }
          == false ? 0 : nil
    }
    guard let count else {
      return leaveUnchecked(
        terms.name, rule.metric.rawValue, "rows of single values are not counted", terms.line)
    }
    let value =
      rule.isPercent
      ? now.rowCount == 0 ? 0 : Double(count) * 100 / Double(now.rowCount) : Double(count)
    guard !rule.comparison.holds(value) else { return }
    let unit = rule.isPercent ? " %" : ""
    add(
      Finding(
        .ruleBroken, column: terms.name, "\(rule.metric.rawValue) is not what the contract says",
        expected: rule.comparison.words + unit,
        found: (rule.isPercent ? "\((value * 100).rounded() / 100)" : "\(count)") + unit,
        count: count),
      search: rule.metric == .nullValues || rule.metric == .missingValues
        ? .null : rule.metric == .duplicateValues ? .duplicate : nil, in: column)
  }
}

extension QualityRule.Comparison {
  /// Whether it is said of counts that there is to be none.
  package var meansNone: Bool {
    switch self {
    case .equal(0), .atMost(0): true
    case .less(let bound): bound <= 1
    default: false
    }
  }
}

/// `10 %`
package func percent(_ share: Double) -> String {
  let tenths = (share * 1000).rounded() / 10
  return Int(exactly: tenths).map { "\($0) %" } ?? "\(tenths) %"
}
