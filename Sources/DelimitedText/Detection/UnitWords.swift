/// What stands below the names of an instrument's channels: units, and how values were gathered.
enum UnitWords {
  /// Whether these fields say in what units, or how, the columns were measured: more than half of
  /// those that say something are known, and not letters alone, which may be names.
  static func areUnits(_ fields: [[UInt8]]) -> Bool {
    let filled = fields.filter { !$0.isEmpty }
    let units = filled.filter(isUnit)
    return units.count * 2 > filled.count
      && units.contains { $0.count > 1 || !Prose.hasLetter($0[...]) }
  }

  /// Whether these are the ids that Qualtrics writes below the names and questions of a survey.
  static func areImportIds(_ fields: [[UInt8]]) -> Bool {
    let filled = fields.filter { !$0.isEmpty }
    return !filled.isEmpty && filled.allSatisfy { $0.starts(with: Array("{\"ImportId\"".utf8)) }
  }

  private static func isUnit(_ field: [UInt8]) -> Bool {
    if isBracketed(field) { return true }
    let text = String(decoding: field, as: UTF8.self).lowercased()
    return known.contains(text)
      || text.contains("/") && text.split(separator: "/").allSatisfy { known.contains(String($0)) }
  }

  static func isBracketed(_ field: [UInt8]) -> Bool {
    guard field.count > 2, let first = field.first, let last = field.last else { return false }
    return first == UInt8(ascii: "(") && last == UInt8(ascii: ")")
      || first == UInt8(ascii: "[") && last == UInt8(ascii: "]")
  }

  /// Whether all of them are words that name columns as well.
  static func mayBeNames(_ fields: [[UInt8]]) -> Bool {
    fields.allSatisfy { names.contains(String(decoding: $0, as: UTF8.self).lowercased()) }
  }

  private static let names: Set<String> = [
    "id", "index", "n", "count", "number", "date", "time", "datetime", "timestamp", "hr", "h",
    "hour", "hours", "day", "days", "year", "years", "min", "max", "avg", "mean", "sum", "total",
    "average", "minimum", "maximum", "sample", "text", "v", "m", "t", "s", "k", "c", "f", "g",
  ]

  private static let known = Set(
    """
    ts rn smp avg min max std tot wvc med sample average minimum maximum total mean sum
    int integer float double real string str text bool boolean date time datetime timestamp number
    int16 int32 int64 float32 float64 char varchar numeric utc
    yyyy-mm-dd hh:mm:ss hh:mm yyyy-mm-ddthh:mm:ss dd.mm.yyyy mm/dd/yyyy dd/mm/yyyy
    % percent pct deg degc degf degk °c °f ° c f k celsius fahrenheit kelvin degrees
    m mm cm km nm um µm μm in inch ft mi miles yd m2 m^2 m² m3 m^3 m³ cm3 cm^3 l ml
    s sec secs second seconds ms us µs min mins minute minutes h hr hrs hour hours d day days year years
    m/s ms-1 km/h kmh kph mph knots kt kts rpm hz khz mhz ghz
    g kg mg ug µg μg t lb lbs oz kg/m3 µg/m3 µg/m³ ug/m3 ug/m^3 mg/l mol mmol umol ppm ppb ppt
    pa hpa kpa mpa bar mbar psi atm mmhg inhg torr
    v volt volts mv kv a amp amps ma w watt watts kw mw kwh wh mwh j kj ohm ohms db dbm
    w/m2 w/m^2 w/m² wm-2 umol/m2/s umol/m^2/s lux lx
    usd eur gbp chf $ € £ # n count counts unitless dimensionless none index id #/cm3 #/cm³ p/cm3
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
