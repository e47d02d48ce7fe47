/// A way in which a column of a part is read. Which of them is the one of the whole column turns out once all parts
/// are known.
package enum ReadingForm: Int, CaseIterable, Sendable {
  /// As what the fields are by themselves.
  case inferred
  case floats
  /// Dates whose day and month could be either, by their order.
  case dayFirst, monthFirst
  /// As the fields are written.
  case text

  /// Ways that are not there before a column has a value: until then, each is what the column is by itself.
  static let ofValues: [ReadingForm] = [.floats, .dayFirst, .monthFirst]

  /// The form of dates that are written so, in one of the two orders of a style.
  init(orderOf pattern: String) { self = pattern.hasPrefix("%d") ? .dayFirst : .monthFirst }

  /// Whether dates were read once their order was known.
  var isOrdered: Bool { self == .dayFirst || self == .monthFirst }
}

/// Some ways in which a column is read.
package struct ReadingForms: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ form: ReadingForm) { rawValue = 1 << UInt8(form.rawValue) }

  static let all = ReadingForms(ReadingForm.allCases.map { ReadingForms($0) })

  func contains(_ form: ReadingForm) -> Bool { contains(ReadingForms(form)) }
}

/// One column in one of the ways in which it is read, as a number.
struct ColumnReading {
  let column: Int
  let form: ReadingForm

  /// In the order of the columns.
  var number: Int { column * ReadingForm.allCases.count + form.rawValue }

  init(_ column: Int, _ form: ReadingForm) { (self.column, self.form) = (column, form) }

  /// - Parameter number: Not below zero.
  init(number: Int) {
    let (column, form) = number.quotientAndRemainder(dividingBy: ReadingForm.allCases.count)
    self.init(column, ReadingForm.allCases[form])
  }
}

extension LoadedColumn {
  /// The way in which a column of parts was read; `nil` where there was nothing to read.
  package var form: ReadingForm? {
    switch target {
    case .inferred?, .inferredUntold?, .kind(.decimal)?: .inferred
    case .kind(.float)?: .floats
    case .kind(.string)?, .versions?: .text
    case .date(let format, _)?: ReadingForm(orderOf: format.pattern)
    case .kind?, .skipped?, nil: nil
    }
  }
}
