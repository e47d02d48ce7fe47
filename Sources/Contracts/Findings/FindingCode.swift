/// What is not as a contract says. Raw values are stable: programs compare them.
package enum FindingCode: String, Hashable, Sendable, CaseIterable {
  // MARK: Breaking

  /// A column is gone.
  case columnRemoved = "column-removed"
  /// A column is gone, and another one has what it had.
  case columnRenamed = "column-renamed"
  /// The values are of another type.
  case typeChanged = "type-changed"
  /// Values are missing where none may.
  case nullsFound = "nulls-found"
  /// Values come twice where none may.
  case duplicatesFound = "duplicates-found"
  /// A value is none of those that there may be.
  case valueNotAllowed = "value-not-allowed"
  /// A value is below or above what the contract allows.
  case outOfRange = "out-of-range"
  /// A text is shorter or longer than the contract allows.
  case lengthNotAllowed = "length-not-allowed"
  /// A count is not what the contract's rule says.
  case ruleBroken = "rule-broken"

  // MARK: Widening

  /// A number does not fit the bits that the contract names.
  case widerNeeded = "wider-needed"
  /// Values are finer: more decimal places, or a finer unit of time.
  case finerUnit = "finer-unit"

  // MARK: Narrowing

  /// All values fit into fewer bits, or into a narrower type.
  case narrowerPossible = "narrower-possible"

  // MARK: Growth

  /// A text is none of those that the table had.
  case newCategory = "new-category"
  /// Little is left of the range of a number.
  case littleHeadroom = "little-headroom"
  /// Values are outside of the range that the table had.
  case rangeGrew = "range-grew"
  /// A dictionary has more entries than its codes can tell, or does not pay any more.
  case dictionaryOutgrown = "dictionary-outgrown"
  /// A number will leave its bits soon, or a dictionary its codes, if things go on so.
  case willOutgrow = "will-outgrow"
  /// A column that had no values has some.
  case valuesAppeared = "values-appeared"
  /// Most values are missing of a column that had nearly all.
  case nullsGrew = "nulls-grew"

  // MARK: Drift

  /// There is a column that the contract has not.
  case columnAdded = "column-added"
  /// A column that had one value has several.
  case constantVaries = "constant-varies"
  /// A column does not follow from another any more.
  case relationBroken = "relation-broken"
  /// Text is spelled otherwise: another delimiter, quote or header.
  case dialectChanged = "dialect-changed"
  /// Text is in another encoding.
  case encodingChanged = "encoding-changed"
  /// A column that had values has none.
  case valuesVanished = "values-vanished"
  /// Records are odd, or lines left out, as they were not.
  case recordsOdd = "records-odd"
  /// There are far fewer rows.
  case fewerRows = "fewer-rows"

  // MARK: Order

  /// Columns stand in another order.
  case columnMoved = "column-moved"

  /// What it means where the contract does not make it more.
  package var usualClass: FindingClass {
    switch self {
    case .columnRemoved, .columnRenamed, .typeChanged, .nullsFound, .duplicatesFound,
      .valueNotAllowed, .outOfRange, .lengthNotAllowed, .ruleBroken:
      .breaking
    case .widerNeeded, .finerUnit: .widening
    case .narrowerPossible: .narrowing
    case .newCategory, .littleHeadroom, .rangeGrew, .dictionaryOutgrown, .valuesAppeared,
      .nullsGrew, .willOutgrow:
      .growth
    case .columnAdded, .constantVaries, .relationBroken, .dialectChanged, .encodingChanged,
      .valuesVanished, .recordsOdd, .fewerRows:
      .drift
    case .columnMoved: .order
    }
  }
}

/// What a finding means for those who read the table.
package enum FindingClass: String, Hashable, Sendable, CaseIterable {
  /// Programs that read the table fail, or are wrong.
  case breaking
  /// Values need more room than was agreed.
  case widening
  /// The table could be smaller.
  case narrowing
  /// What was there goes on, and grows.
  case growth
  /// The table is not what it was.
  case drift
  /// The same columns in another order.
  case order

  /// What becomes of such findings where nobody says otherwise.
  package var usualLevel: FindingLevel {
    switch self {
    case .breaking, .widening, .drift, .order: .deny
    case .growth: .warn
    case .narrowing: .allow
    }
  }
}

/// What becomes of a finding.
package enum FindingLevel: String, Hashable, Sendable, CaseIterable {
  /// It is told in JSON, and counted.
  case allow
  /// It is told.
  case warn
  /// It is told, and the gate fails.
  case deny
}
