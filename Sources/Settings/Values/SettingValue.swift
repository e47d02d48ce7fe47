/// A value as a settings file or a variable has it.
package indirect enum SettingValue: Hashable, Sendable {
  /// One key of a table.
  package struct Member: Hashable, Sendable {
    package let key: String
    package let value: SettingValue
  }

  case truth(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([SettingValue])
  case table([Member])
  /// What no option takes, in words: a date, a list that is none.
  case other(String)

  /// The words that say it, where it is one value and no list.
  var text: String? {
    switch self {
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    case .text(let text): text
    case .truth, .list, .table, .other: nil
    }
  }
}

extension SettingValue: CustomStringConvertible {
  /// As a settings file has it, on one line.
  package var description: String {
    switch self {
    case .truth(let truth): "\(truth)"
    case .integer(let number): "\(number)"
    case .number(let number): "\(number)"
    case .text(let text): text.tomlLiteral
    case .list(let values): "[\(values.map(\.description).joined(separator: ", "))]"
    case .table(let members):
      "{ \(members.map { "\($0.key.tomlKey) = \($0.value)" }.joined(separator: ", ")) }"
    case .other(let words): words
    }
  }
}

extension String {
  /// In double quotes, with escapes.
  package var tomlLiteral: String {
    var text = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        text += "\\u" + String(0x10000 + scalar.value, radix: 16).dropFirst()
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  /// As a key: in quotes only where it needs them.
  package var tomlKey: String {
    let isBare = utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
    return isBare && !isEmpty ? self : tomlLiteral
  }
}
