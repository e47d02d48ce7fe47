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
  }

  /// What is wrong, for programs.
  public let code: Code
  /// The name of the column.
  public let column: String
  /// The type of its values.
  public let type: LogicalType
  /// The name of the reduction.
  public let reduction: String

  package init(_ code: Code, _ rows: ColumnRows, reduction: String) {
    self.code = code
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
    case .unfitConstant: "column '\(column)': the constant of \(reduction) is not of type \(type)"
    }
  }
}
