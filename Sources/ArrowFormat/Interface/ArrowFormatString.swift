import Columnar

// How the C data interface spells types:
// https://arrow.apache.org/docs/format/CDataInterface.html#data-type-description-format-strings

extension ArrowType {
  /// The type as the C data interface spells it.
  var formatString: String {
    switch self {
    case .null: "n"
    case .boolean: "b"
    case .integer(let bits, let isSigned): Self.integerFormat(bits: bits, isSigned: isSigned)
    case .float(let bits): bits == 32 ? "f" : "g"
    case .decimal(let precision, let scale): "d:\(precision),\(scale)"
    case .date: "tdD"
    case .time(let unit): "tt\(unit.formatLetter)"
    case .timestamp(let unit, let zone): "ts\(unit.formatLetter):\(zone ?? "")"
    case .duration(let unit): "tD\(unit.formatLetter)"
    case .utf8: "u"
    }
  }

  static func integerFormat(bits: Int, isSigned: Bool) -> String {
    let letters = isSigned ? "csil" : "CSIL"
    let place = [8, 16, 32, 64].firstIndex(of: bits) ?? 3
    return String(letters[letters.index(letters.startIndex, offsetBy: place)])
  }
}

extension TimeUnit {
  /// `s`, `m`, `u`, `n`.
  fileprivate var formatLetter: Character { rawValue.first ?? "s" }

  fileprivate init?(formatLetter: Character?) {
    guard let unit = TimeUnit.allCases.first(where: { $0.formatLetter == formatLetter }) else {
      return nil
    }
    self = unit
  }
}

/// What a format string says of values and of how they lie in memory.
struct ArrowFormat {
  let type: ArrowType
  let storage: ArrowStorage

  /// A type that no column of ours has is foreign.
  init(_ format: String) {
    if let (type, storage) = Self.plain(format) ?? Self.timed(format) ?? Self.decimal(format) {
      (self.type, self.storage) = (type, storage)
    } else {
      type = .null
      storage = .foreign(
        ArrowForeignType(
          name: Self.foreignName(format), nodeCount: 1, bufferCount: 0, variadicCount: 0,
          byteWidth: format.hasPrefix("w:") ? Int(format.dropFirst(2)) : nil))
    }
  }

  /// The integers that a format string of codes names.
  static func codes(_ format: String) -> (bits: Int, isSigned: Bool)? {
    guard case (.integer(let bits, let isSigned), _)? = plain(format) else { return nil }
    return (bits, isSigned)
  }

  private static func plain(_ format: String) -> (ArrowType, ArrowStorage)? {
    for isSigned in [true, false] {
      for bits in [8, 16, 32, 64]
      where format == ArrowType.integerFormat(bits: bits, isSigned: isSigned) {
        return (.integer(bits: bits, isSigned: isSigned), .usual)
      }
    }
    switch format {
    case "n": return (.null, .usual)
    case "b": return (.boolean, .usual)
    case "e": return (.float(bits: 32), .half)
    case "f": return (.float(bits: 32), .usual)
    case "g": return (.float(bits: 64), .usual)
    case "tdD": return (.date, .usual)
    case "tdm": return (.date, .milliseconds)
    case "u": return (.utf8, .usual)
    case "U": return (.utf8, .largeOffsets)
    case "vu": return (.utf8, .views)
    default: return nil
    }
  }

  /// `ttm`, `tsu:Europe/Berlin`.
  private static func timed(_ format: String) -> (ArrowType, ArrowStorage)? {
    if format.hasPrefix("tD"), format.utf8.count == 3,
      let unit = TimeUnit(formatLetter: format.last)
    {
      return (.duration(unit), .usual)
    }
    guard format.hasPrefix("tt") || format.hasPrefix("ts"),
      let unit = TimeUnit(formatLetter: format.dropFirst(2).first)
    else { return nil }
    let rest = format.dropFirst(3)
    if format.hasPrefix("tt") { return rest.isEmpty ? (.time(unit), .usual) : nil }
    guard rest.hasPrefix(":") else { return nil }
    let zone = String(rest.dropFirst())
    return (.timestamp(unit, zone: zone.isEmpty ? nil : zone), .usual)
  }

  /// `d:19,10`, and `d:9,2,32` for other widths than 128 bits.
  private static func decimal(_ format: String) -> (ArrowType, ArrowStorage)? {
    guard format.hasPrefix("d:") else { return nil }
    let numbers = format.dropFirst(2).split(separator: ",").map { Int($0) }
    guard numbers.count == 2 || numbers.count == 3, let precision = numbers[0],
      let scale = numbers[1], (0...18).contains(scale)
    else { return nil }
    let type = ArrowType.decimal(precision: precision, scale: scale)
    switch numbers.count == 2 ? 128 : numbers[2] {
    case 128: return (type, .usual)
    case 32: return (type, .decimal(bits: 32))
    case 64: return (type, .decimal(bits: 64))
    default: return nil
    }
  }

  /// As pyarrow prints the type, so far as one needs to find the column.
  private static func foreignName(_ format: String) -> String {
    let names = [
      ("z", "binary"), ("Z", "large_binary"), ("vz", "binary_view"), ("w:", "fixed_size_binary"),
      ("d:", "decimal"), ("+l", "list"), ("+L", "large_list"), ("+w", "fixed_size_list"),
      ("+vl", "list_view"), ("+vL", "large_list_view"), ("+s", "struct"), ("+m", "map"),
      ("+u", "union"), ("+r", "run_end_encoded"), ("tD", "duration"), ("ti", "interval"),
    ]
    return names.first { format.hasPrefix($0.0) }?.1 ?? "'\(format)'"
  }
}
