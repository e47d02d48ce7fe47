public import Columnar

/// A reduction that a column has no answer to.
public struct ReductionError: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Code: Hashable, Sendable {
    /// Values of this type are not reduced so: text has no sum.
    case unsupportedType
    /// The constant is not of the column's kind, or is missing.
    case unfitConstant
    /// An answer exceeds the 64 bits that a column holds.
    case overflow
    /// A number that the caller gives is none that the reduction takes: a quantile of 1.5.
    case argumentOutOfRange
  }

  /// What is wrong, for programs.
  public let code: Code
  /// The name of the column.
  public let column: String
  /// The type of its values.
  public let type: LogicalType
  /// The name of the reduction.
  public let reduction: String

  /// What is allowed, where a number is out of range; else empty.
  public let allowed: String

  package init(_ code: Code, _ rows: ColumnRows, reduction: String, allowed: String = "") {
    self.code = code
    self.allowed = allowed
    column = rows.name
    type = rows.type
    self.reduction = reduction
  }
}

extension ReductionError: CustomStringConvertible {
  public var description: String {
    switch code {
    case .unsupportedType: "column '\(column)': there is no \(reduction) of type \(type)"
    case .overflow: "column '\(column)': a \(reduction) of it exceeds 64 bits"
    case .argumentOutOfRange: "column '\(column)': \(reduction) takes \(allowed)"
    case .unfitConstant: "column '\(column)': the constant of \(reduction) is not of type \(type)"
    }
  }
}
