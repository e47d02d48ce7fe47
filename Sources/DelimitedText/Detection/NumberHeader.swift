/// Numbers that stand in a first record as names: labels of a frame, weeks, hours, years, the
/// channels of an instrument.
///
/// A record of numbers is data unless it is unlikely among the others: the numbers count up, which
/// those below do not; or nothing stands above a first column that is always filled.
struct NumberHeader {
  /// The columns of the longest run of numbers.
  private let run: Range<Int>
  private let numbers: [Double?]

  init(_ fields: [[UInt8]]) {
    numbers = fields.map(Self.number)
    var longest = 0..<0
    var start: Int?
    for (index, number) in (numbers + [nil]).enumerated() {
      if number == nil {
        if let first = start, index - first > longest.count { longest = first..<index }
        start = nil
      } else if start == nil {
        start = index
      }
    }
    run = longest
  }

  /// The columns whose numbers are each larger than the one before, three or more.
  var ascending: Range<Int> {
    run.count >= 3 && steps.allSatisfy { $0 > 0 } ? run : 0..<0
  }

  /// The columns that numbers name; none where the record may be data as well.
  func columns(over records: ArraySlice<[[UInt8]]>, in fields: [[UInt8]]) -> Range<Int> {
    guard let start = run.first, let last = run.last, records.count > 1 || isYears else {
      return 0..<0
    }
    if start > 0, isYears || namesUnlikeData(below: records, in: fields) { return run }
    if start == 0, last + 1 == fields.count, isYears, run.count > 2, !hasYears(below: records) {
      return run
    }
    let around = fields[..<start] + fields[(last + 1)...]
    guard around.dropFirst(start > 0 ? 1 : 0).allSatisfy({ !$0.isEmpty }) else { return 0..<0 }
    let isCorner =
      start == 1 && run.upperBound == fields.count && fields[0].isEmpty
      && records.allSatisfy { $0.first?.isEmpty == false }
      && Set(run.map { numbers[$0] }).count == run.count
    if isCorner { return run }
    guard let kind = Progression(numbers[run]) else { return 0..<0 }
    let alike = records.count { record in
      guard record.count >= run.upperBound,
        let other = Progression(record[run].map(Self.number)[...])
      else { return false }
      return other.rawValue >= kind.rawValue
    }
    return alike * 10 <= records.count ? run : 0..<0
  }

  /// Behind words that are in no row below: numbers, each larger than the one before, of which none
  /// is near to those in its column; one number alone has to be a year.
  private func namesUnlikeData(
    below records: ArraySlice<[[UInt8]]>, in fields: [[UInt8]]
  ) -> Bool {
    let words = fields[..<run.lowerBound]
    guard records.count > 1, words.allSatisfy({ !$0.isEmpty }),
      words.indices.allSatisfy({ column in
        records.allSatisfy { column < $0.count && $0[column] != fields[column] }
      }), steps.allSatisfy({ $0 > 0 })
    else { return false }
    if run.count == 1 {
      return 1800..<2200 ~= (numbers[run.lowerBound] ?? 0) && !hasYears(below: records)
    }
    return run.allSatisfy { column in
      let name = numbers[column] ?? 0
      let values = records.compactMap { column < $0.count ? Self.number($0[column]) : nil }
      let largest = values.map(abs).max() ?? .infinity
      return name == name.rounded() && name > 10 * largest
        || 1800..<2200 ~= name && !hasYears(below: records)
    }
  }

  /// Whether some number in the columns of the run may be a year, too.
  private func hasYears(below records: ArraySlice<[[UInt8]]>) -> Bool {
    records.contains { record in
      run.contains { column in
        guard column < record.count, let number = Self.number(record[column]) else { return false }
        return number == number.rounded() && 1800..<2200 ~= number
      }
    }
  }

  private var steps: [Double] {
    zip(run.dropFirst(), run).map { (numbers[$0] ?? 0) - (numbers[$1] ?? 0) }
  }

  /// Two years or more, each one more than the one before.
  var isYears: Bool {
    run.count > 1 && steps.allSatisfy { $0 == 1 } && 1800..<2200 ~= (numbers[run.lowerBound] ?? 0)
  }

  /// How numbers side by side go on, the least likely of a chance last.
  private enum Progression: Int {
    /// Eight or more, each larger.
    case ascending
    /// Five or more, of one step.
    case even
    /// Three or more from 0 or 1 on, of step 1.
    case counting

    init?(_ numbers: ArraySlice<Double?>) {
      let values = numbers.compactMap { $0 }
      guard values.count == numbers.count, values.count >= 3 else { return nil }
      let steps = zip(values.dropFirst(), values).map { $0 - $1 }
      if values[0] == 0 || values[0] == 1, steps.allSatisfy({ $0 == 1 }) {
        self = .counting
      } else if values.count >= 5, steps[0] != 0, steps.allSatisfy({ abs($0 - steps[0]) < 1e-9 }) {
        self = .even
      } else if values.count >= 8, steps.allSatisfy({ $0 > 0 }) {
        self = .ascending
      } else {
        return nil
      }
    }
  }

  private static func number(_ field: [UInt8]) -> Double? {
    guard !field.isEmpty, field.count <= 20, SimpleTypes.isNumber(field) else { return nil }
    let point = field.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }
    return Double(String(decoding: point, as: UTF8.self))
  }
}
