/// A value does not fit the layout that it was to be stored in.
public struct LayoutError: Error, Hashable, Sendable {
  /// The name of the column.
  public var column: String
  /// The first row, from 0, whose value does not fit; `nil` where no single row is to blame.
  public var row: Int?
  /// The layout, as users read it.
  public var layout: String
  /// What is wrong and what to do, where it is not the layout that the value does not fit.
  public var problem: Problem?

  /// A fault other than a value that is too wide.
  public struct Problem: Hashable, Sendable {
    /// What is wrong.
    public var message: String
    /// What to do about it.
    public var remedy: Sentence

    package init(message: String, remedy: Sentence) {
      self.message = message
      self.remedy = remedy
    }
  }

  package init(column: String, row: Int?, layout: String, problem: Problem? = nil) {
    self.column = column
    self.row = row
    self.layout = layout
    self.problem = problem
  }
}

extension LayoutError: CustomStringConvertible {
  /// `where: what is wrong; what to do`, in the words of the library.
  public var description: String { sentence.inSwift }

  /// The same, with options and commands as values.
  package var sentence: Sentence {
    let place = row.map { "row \($0 + 1), column `\(column)`" } ?? "column `\(column)`"
    guard let problem else {
      return "\(place): a value does not fit \(layout); \(Sentence.newPlan)"
    }
    return "\(place): \(problem.message); \(problem.remedy)"
  }
}
