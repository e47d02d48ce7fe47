package import Columnar

/// The distinct integers of a column, or the bits of its binary64, whatever units chunks are counted in.
package struct DistinctEvidence: Sendable {
  /// What the values are; `nil` while there are none, and once they are forgotten.
  package private(set) var kind: FieldKind?
  /// In units of `kind`.
  package private(set) var values: IntegerSet
  /// False once there were values that do not go together, or that have no 64 bits in one unit: they
  /// are forgotten.
  private(set) var isComplete = true
  let purpose: IntegerSet.Purpose

  init(purpose: IntegerSet.Purpose) {
    self.purpose = purpose
    values = IntegerSet(purpose: purpose)
  }

  /// What was written of it.
  init(kind: FieldKind?, values: IntegerSet, isComplete: Bool) {
    purpose = values.purpose
    (self.kind, self.values, self.isComplete) = (kind, values, isComplete)
  }

  /// Adds the values that stand in `scratch`, of which there is at least one.
  mutating func insert(_ scratch: ColumnScratch) {
    guard isComplete else { return }
    let own = scratch.report.kind
    guard let factor = adopt(own) else { return forget() }
    guard factor != 1 else { return values.insert(scratch, own) }
    var part = IntegerSet(purpose: purpose)
    part.insert(scratch, own)
    formUnion(part, factor: factor)
  }

  /// Adds those of another part of the column.
  mutating func formUnion(_ other: DistinctEvidence) {
    guard isComplete else { return }
    guard other.isComplete else { return forget() }
    guard let theirs = other.kind else { return }
    if kind == nil {
      self = other
    } else if let factor = adopt(theirs) {
      formUnion(other.values, factor: factor)
    } else {
      forget()
    }
  }

  /// The values in units of `kind`; `nil` where some were forgotten.
  func values(as kind: FieldKind) -> IntegerSet? {
    guard isComplete else { return nil }
    guard let own = self.kind else { return values }
    guard own.family == kind.family else { return nil }
    return own == kind ? values : own.factor(to: kind).flatMap(values.scaled)
  }

  /// Stops counting values, since there will be too many.
  mutating func foreseeTooMany() { values.foreseeTooMany() }

  /// Counts in a unit that holds values of `other`, too; returns the factor that brings these to it,
  /// `nil` where they do not go together.
  private mutating func adopt(_ other: FieldKind) -> Int64? {
    guard let own = kind, own != other else {
      kind = other
      return 1
    }
    guard let joined = own.joined(with: other), let growth = own.factor(to: joined),
      let factor = other.factor(to: joined), let scaled = values.brought(by: growth)
    else { return nil }
    if growth != 1 { values = scaled }
    kind = joined
    return factor
  }

  private mutating func formUnion(_ others: IntegerSet, factor: Int64) {
    if let scaled = others.brought(by: factor) { values.formUnion(scaled) } else { forget() }
  }

  private mutating func forget() {
    isComplete = false
    kind = nil
    values = IntegerSet(purpose: purpose)
  }
}

extension IntegerSet {
  /// With every value multiplied; `nil` where that cannot be.
  fileprivate func brought(by factor: Int64) -> IntegerSet? {
    // Of values that were too many to be kept, that is known in any unit.
    factor == 1 || count == nil ? self : scaled(by: factor)
  }

  fileprivate mutating func insert(_ scratch: ColumnScratch, _ kind: FieldKind) {
    let report = scratch.report
    let isFloat = kind == .float
    insert(
      scratch.values, count: report.rowCount, validity: scratch.validityWords,
      low: isFloat ? .min : report.minimum,
      range: isFloat ? .max : UInt64(bitPattern: report.maximum &- report.minimum))
  }
}
