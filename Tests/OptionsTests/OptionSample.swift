import Options

/// An option with a value, as users give it.
struct OptionSample: CustomStringConvertible, Sendable {
  let option: ReadingOption
  let words: [String]

  var description: String { "--\(option.name) \(words)" }

  static let all: [OptionSample] = OptionCatalogue.all.options.flatMap { option in
    words(for: option).map { OptionSample(option: option, words: $0) }
  }

  /// The options with that value alone.
  var options: ReadingOptions {
    get throws {
      var options = ReadingOptions()
      try option.set(words: words, in: &options)
      return options
    }
  }

  /// Each an option's value or values, none of them the default.
  static func words(for option: ReadingOption) -> [[String]] {
    switch option.kind {
    case .flag: return [["true"]]
    case .choice: return [["true"], ["false"]]
    case .count(let range): return [["\(range.lowerBound + 1)"], ["\(range.lowerBound + 41)"]]
    case .size(let sizes): return sizes.dropFirst().map { ["\($0)"] }
    case .word(let words): return words.filter { $0 != option.defaultText }.map { [$0] }
    case .names:
      return [["a"], ["a,b"], ["a", "my column"], ["\"a,b\",\"c\"\"d\""], ["all"], ["--x"]]
    case .text, .factor, .values, .pairs: return texts[option.name] ?? []
    }
  }

  private static let texts: [String: [[String]]] = [
    "delimiter": [
      [";"], ["tab"], ["\\t"], ["comma"], ["space"], ["\\x1f"], ["||"], ["none"], ["-"], ["--"],
      ["a\\tb"],
      ["'"],
    ],
    "quote": [["'"], ["none"], [""], ["\\x60"], ["-"]],
    "escape": [["\\"], ["none"], ["^"]],
    "comment": [["#"], ["--"], ["//"], ["none"], ["é"], ["\\x25"]],
    "encoding": [["latin-1"], ["UTF-16LE"], ["shift_jis"]],
    "on-bad-record": [["error"], ["skip"], ["collect=rest.csv"], ["collect=a=b c.csv"]],
    "file-name-column": [["file"], ["the file"], ["-"]],
    "float-error": [["1e-6"], ["0.25"]],
    "margin": [["2"], ["2x"], ["1.25x"]],
    "null-token": [["-"], ["-", "n/a"], ["c=-999"], ["a=b=c"], ["", "x y"]],
    "type": [["zip=string"], ["a=b=decimal(2)", "t=timestamp(ms, UTC)"], ["--x=time(us)"]],
    "date-format": [["%d/%m/%Y"], ["day=%d.%m.%y", "%Y%m%d"]],
    "boolean": [["yes,no"], ["a=ja,nein", "oui,non"]],
    "zero-padded": [["numeric"], ["zip=numeric"], ["zip=text"]],
    "decimal": [[","], ["a=,", "."], ["the price=,"]],
    "thousands": [["."], ["a='"], ["space"]],
  ]
}
