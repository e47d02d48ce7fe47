import Foundation

/// Files of text that are not alike from their start to their end, each made from a seed.
struct EstimateCorpus {
  /// One column: its field in row `row` of `count`.
  struct Kind: Sendable {
    let name: String
    let field: @Sendable (_ row: Int, _ count: Int, inout SeededGenerator) -> String
  }

  /// A file, and what is in it.
  struct File {
    let text: String
    let kinds: [String]
  }

  static func file(seed: UInt64, byteCount: Int) -> File {
    var random = SeededGenerator(seed: seed &* 7919)
    let kinds = (0..<Int.random(in: 2...7, using: &random)).map { _ in
      Self.kinds.randomElement(using: &random)!
    }
    let end = Bool.random(using: &random) ? "\n" : "\r\n"
    let isRagged = Int.random(in: 0..<6, using: &random) == 0
    var text = kinds.indices.map { "c\($0)_\(kinds[$0].name)" }.joined(separator: ",") + end
    // How many rows there will be, from some of them.
    var bytes = 0
    for row in 0..<200 {
      for kind in kinds { bytes += kind.field(row * 50, 10_000, &random).utf8.count + 1 }
    }
    let count = max(600, byteCount * 200 / max(1, bytes))
    for row in 0..<count {
      var fields = kinds.map { $0.field(row, count, &random) }
      if isRagged, Int.random(in: 0..<50, using: &random) == 0 { fields.removeLast() }
      text += fields.joined(separator: ",") + end
    }
    return File(text: text, kinds: kinds.map(\.name) + (isRagged ? ["ragged"] : []))
  }

  private static func word(_ number: Int) -> String {
    var (text, rest) = ("", UInt64(number) &* 0x9E37_79B9_7F4A_7C15 | 1)
    for _ in 0..<(3 + number % 9) {
      text.unicodeScalars.append(UnicodeScalar(UInt8(97 + rest % 26)))
      rest = (rest >> 5) &* 31 &+ 7
    }
    return text + "\(number % 10)"
  }

  /// Where a change comes in the file, the same in every row: from the column's own place.
  private static func isLate(_ row: Int, _ count: Int, from share: Double) -> Bool {
    Double(row) > share * Double(count)
  }

  /// Few small numbers are likely, and large ones come now and then.
  private static func heavy(_ random: inout SeededGenerator) -> Int {
    let u = Double.random(in: 1e-9..<1, using: &random)
    return Int(exp(3 + 1.5 * (-2 * log(u)).squareRoot()))
  }

  static let kinds: [Kind] = [
    Kind(name: "id") { row, _, _ in "\(row + 1)" },
    Kind(name: "small") { _, _, random in "\(Int.random(in: 0..<90, using: &random))" },
    Kind(name: "number") { _, _, random in "\(Int.random(in: -40_000..<90_000, using: &random))" },
    Kind(name: "heavy") { _, _, random in "\(heavy(&random))" },
    Kind(name: "price") { _, _, random in
      let cents = Int.random(in: 100..<2_000_000, using: &random)
      return "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
    },
    Kind(name: "float") { _, _, random in "\(Double.random(in: 0..<1, using: &random))" },
    Kind(name: "few") { _, _, random in word(Int.random(in: 0..<12, using: &random)) },
    Kind(name: "many") { _, _, random in
      word(Int.random(in: 0..<(1 + heavy(&random)), using: &random))
    },
    Kind(name: "different") { row, _, random in
      String(random.next(), radix: 16) + "-\(row)"
    },
    Kind(name: "sorted") { row, _, _ in "\(row / 4 * 3)" },
    Kind(name: "grouped") { row, count, _ in word(row * 40 / count) },
    Kind(name: "grows") { row, _, _ in "\(row * row / 50)" },
    Kind(name: "turns_text") { row, count, random in
      isLate(row, count, from: 0.8) ? word(row % 50) : "\(Int.random(in: 0..<500, using: &random))"
    },
    Kind(name: "turns_float") { row, count, random in
      isLate(row, count, from: 0.6) ? "\(row).5" : "\(row % 1000)"
    },
    Kind(name: "late_words") { row, count, random in
      word(Int.random(in: 0..<8, using: &random) + (isLate(row, count, from: 0.7) ? row % 400 : 0))
    },
    Kind(name: "null_bursts") { row, count, _ in
      row * 10 / count == 3 || row * 10 / count == 7 ? "" : "\(row % 3000)"
    },
    Kind(name: "sparse") { _, _, random in
      Int.random(in: 0..<100, using: &random) == 0 ? "7.25" : ""
    },
    Kind(name: "long") { row, count, random in
      let length = Int.random(in: 1...(isLate(row, count, from: 0.5) ? 20 : 6), using: &random)
      return (0..<length).map { word(row + $0) }.joined(separator: " ")
    },
    Kind(name: "quoted") { row, _, random in
      let lines = (0...Int.random(in: 0..<4, using: &random)).map { word(row + $0) + ", \"\"x\"\"" }
      return "\"" + lines.joined(separator: "\n") + "\""
    },
    Kind(name: "date") { _, _, random in
      let (month, day) = (
        Int.random(in: 1...12, using: &random), Int.random(in: 1...28, using: &random)
      )
      return "20\(Int.random(in: 10..<26, using: &random))-\(month < 10 ? "0" : "")\(month)-"
        + "\(day < 10 ? "0" : "")\(day)"
    },
    Kind(name: "time") { row, _, _ in
      let (hour, minute) = (row / 60 % 24, row % 60)
      return "2024-01-\(10 + row / 1440 % 20)T\(hour < 10 ? "0" : "")\(hour):"
        + "\(minute < 10 ? "0" : "")\(minute):00"
    },
    Kind(name: "truth") { _, _, random in Bool.random(using: &random) ? "true" : "false" },
    Kind(name: "constant") { _, _, _ in "EUR" },
    Kind(name: "code") { _, _, random in
      "K" + "\(Int.random(in: 100_000..<1_000_000, using: &random))"
    },
    Kind(name: "odd_word") { row, count, _ in row == count * 2 / 3 + 1 ? "none?" : "\(row % 700)" },
    Kind(name: "odd_number") { row, count, _ in
      row == count / 3 + 1 ? "123456789012" : "\(row % 60)"
    },
    Kind(name: "odd_null") { row, count, _ in row == count / 2 + 1 ? "" : "\(row % 250).5" },
  ]
}
