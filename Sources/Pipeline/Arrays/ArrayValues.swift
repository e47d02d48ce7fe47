import ArrowFormat
import Columnar
import Typing

extension ArrayValues {
  /// `nil` for values of a shape that no chunk is made of.
  init?(_ array: ArrowArray) {
    if array.isAllNull {
      self = .none
    } else if let text = ArrayText(
      array.view, rowCount: array.rowCount, owner: array.memory.last)
    {
      self = .text(text)
    } else if let integers = IntegerRows(array.view) {
      self = .integers(integers)
    } else if let floats = FloatRows(array.view) {
      self = .floats(floats)
    } else {
      return nil
    }
  }
}
