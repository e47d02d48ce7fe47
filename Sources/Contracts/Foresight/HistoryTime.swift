/// When the tables of a history are from, as their names say: months, days, or nothing but an order.
package enum HistoryTime: Hashable, Sendable {
  /// Months since year 0.
  case months([Int])
  /// Days of the calendar: from 1970-01-01.
  case days([Int])
  /// The places in their order.
  case order(Int)

  /// What names have in common: `flights-2026-03.profile`, `2026-03-07.csv`, `sales_202603.lock.yaml`.
  package init(names: [String]) {
    let dates = names.map(NamedDate.init)
    if dates.allSatisfy({ $0?.day != nil }) {
      self = .days(dates.map { $0!.days })
    } else if dates.allSatisfy({ $0 != nil }) {
      self = .months(dates.map { $0!.months })
    } else {
      self = .order(names.count)
    }
  }

  /// The tables in the order of their times.
  package var order: [Int] {
    switch self {
    case .months(let values), .days(let values):
      values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    case .order(let count): Array(0..<count)
    }
  }

  package func place(_ index: Int) -> Double {
    switch self {
    case .months(let values), .days(let values): Double(values[index])
    case .order: Double(index)
    }
  }

  /// `2026-03`, `2026-03-07`, or `in 3 more`.
  package func words(_ place: Double, after last: Double) -> String {
    switch self {
    case .months:
      let month = Int(place)
      return "\(month / 12)-\(Self.twoDigits(month % 12 + 1))"
    case .days: return NamedDate(days: Int(place)).words
    case .order:
      let count = Int(place - last)
      return count == 1 ? "the next one" : "\(count) from now"
    }
  }

  /// What one step is called.
  package var unit: String {
    switch self {
    case .months: "month"
    case .days: "day"
    case .order: "table"
    }
  }

  fileprivate static func twoDigits(_ value: Int) -> String {
    value < 10 ? "0\(value)" : "\(value)"
  }
}

/// A date within a name.
private struct NamedDate {
  var year: Int
  var month: Int
  var day: Int?

  /// The last one in the name: `2026-03-07`, `2026_03`, `20260307`, `202603`.
  init?(_ name: String) {
    var groups: [(digits: String, before: Character?)] = []
    var before: Character?
    var digits = ""
    for character in name + " " {
      if character.isASCII, character.isNumber {
        digits.append(character)
        continue
      }
      if !digits.isEmpty { groups.append((digits, before)) }
      digits = ""
      before = character
    }
    var found: NamedDate?
    for index in groups.indices {
      let digits = groups[index].digits
      func follows(_ place: Int) -> Int? {
        guard groups.indices.contains(place), groups[place].digits.count == 2,
          let sign = groups[place].before, "-_.".contains(sign)
        else { return nil }
        return Int(groups[place].digits)
      }
      switch digits.count {
      case 8:
        found =
          NamedDate(
            Int(digits.prefix(4))!, Int(digits.dropFirst(4).prefix(2))!, Int(digits.suffix(2))!)
          ?? found
      case 6: found = NamedDate(Int(digits.prefix(4))!, Int(digits.suffix(2))!, nil) ?? found
      case 4:
        guard let month = follows(index + 1) else { continue }
        found = NamedDate(Int(digits)!, month, follows(index + 2)) ?? found
      default: continue
      }
    }
    guard let found else { return nil }
    self = found
  }

  private init?(_ year: Int, _ month: Int, _ day: Int?) {
    guard (1900...2999).contains(year), (1...12).contains(month),
      day.map({ (1...31).contains($0) }) ?? true
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  var months: Int { year * 12 + month - 1 }

  /// Days from 1970-01-01 (Howard Hinnant, chrono-compatible low-level date algorithms).
  var days: Int {
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let ofEra = shifted - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + (day ?? 1) - 1
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }

  init(days: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * ofYear + 2) / 153
    day = ofYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  var words: String {
    "\(year)-\(HistoryTime.twoDigits(month))-\(HistoryTime.twoDigits(day ?? 1))"
  }
}
