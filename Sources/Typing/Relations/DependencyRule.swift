/// What makes it worth saying that one column, the dependent, is determined by another, the
/// determinant: rows with the same value of the determinant have the same value of the dependent,
/// but for a few. A missing value counts as a value of its own.
///
/// All of it is about the table alone, so that what is said does not depend on how it was split.
enum DependencyRule {
  /// The most different values of a determinant: what is kept of each bounds the memory. With the
  /// exceptions, fewer than close a table of strings, which would rule a column out early.
  static let valueLimit = 8_000
  /// The most rows that may be otherwise. Of a value's rows, those are that have not the dependent
  /// value that most of them have; among equally frequent ones, not the one that comes first.
  static let exceptionLimit = 100
  /// So many rows from the start of the table have to show a dependency already, by the same rule:
  /// most pairs of columns go no further.
  static let prefixRowCount = 1 << 15
  /// Of wider tables nothing is said: pairs grow with the square.
  static let columnLimit = 128
  /// Of one dependent, so many determinants are followed: the best in the first rows.
  static let determinantLimit = 3

  /// Whether rows that confirm it are many enough: by chance, each would do so one time in two at the
  /// most.
  ///
  /// - Parameter confirmationCount: How many rows are no exception and repeat a value of the
  ///   determinant, without those whose dependent value is the one with the most such rows. So a
  ///   column that nearly always is the same is determined by nothing.
  static func isTold(exceptionCount: Int, confirmationCount: Int) -> Bool {
    confirmationCount >= 32 && exceptionCount <= exceptionLimit
      && exceptionCount * 100 <= confirmationCount
  }
}
