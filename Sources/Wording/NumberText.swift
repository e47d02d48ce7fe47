/// A count with a comma at each thousand: `336,776`.
package struct CountText: CustomStringConvertible {
  package let description: String

  package init(_ count: Int) {
    let digits = String(count.magnitude)
    var text = count < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    description = text
  }

  /// `1 row`, `336,776 rows`.
  package init(_ count: Int, _ noun: String) {
    description = "\(CountText(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// An estimate, to two digits: `about 4.6 M`.
  package init(about count: Int) {
    let scales = [(1, ""), (1_000, " k"), (1_000_000, " M"), (1_000_000_000, " G")]
    var (size, suffix) = scales.last { $0.0 <= count } ?? scales[0]
    // 999,999 is about 1.0 M, not about 1000 k.
    if Double(count) / Double(size) >= 999.5, let next = scales.first(where: { $0.0 > size }) {
      (size, suffix) = next
    }
    let value = Double(count) / Double(size)
    let decimals = size > 1 && value < 9.95 ? 1 : 0
    description = "about \(FixedText(value, decimals: decimals))\(suffix)"
  }
}

/// A part of a whole in percent: `15.6 %`. Neither `0.0` nor `100.0` unless it is that exactly.
package struct ShareText: CustomStringConvertible {
  package let description: String

  package init(_ part: Int, of whole: Int, space: String = " ") {
    let percent = 100 * Double(part) / Double(whole)
    let number =
      if part > 0, percent < 0.05 {
        "<0.1"
      } else if part < whole, percent >= 99.95 {
        ">99.9"
      } else if part == whole {
        "100"
      } else {
        FixedText(percent, decimals: percent < 1000 ? 1 : 0).description
      }
    description = "\(number)\(space)%"
  }
}

/// How many times as fast: `0.87×`, `3.2×`, `140×`, `>999×`. What is slower never reads as 1.
package struct RatioText: CustomStringConvertible {
  package let number: String
  package var description: String { number + "×" }

  package init(_ ratio: Double) {
    number =
      switch ratio {
      case ..<1: FixedText(min(ratio, 0.99), decimals: 2).description
      case ..<9.95: FixedText(ratio, decimals: 1).description
      case ..<999.5: FixedText(ratio, decimals: 0).description
      default: ">999"
      }
  }

  /// The worst and the best of several ratios: `0.87–3.2×`.
  package static func range(_ worst: Double, _ best: Double) -> String {
    let (low, high) = (RatioText(worst), RatioText(best))
    return low.number == high.number ? high.description : "\(low.number)–\(high)"
  }
}

/// A number with a fixed count of decimals.
package struct FixedText: CustomStringConvertible {
  package let description: String

  package init(_ value: Double, decimals: Int) {
    let scale = (0..<decimals).reduce(1.0) { power, _ in power * 10 }
    let scaled = (value.magnitude * scale).rounded()
    guard scaled < 1e15 else {
      description = "\(value)"
      return
    }
    let sign = value < 0 && scaled > 0 ? "−" : ""
    let (units, rest) = Int(scaled).quotientAndRemainder(dividingBy: Int(scale))
    let fraction = String(rest)
    let zeros = String(repeating: "0", count: max(0, decimals - fraction.count))
    description = "\(sign)\(CountText(units))" + (decimals > 0 ? ".\(zeros)\(fraction)" : "")
  }
}

/// A duration: `0.13 s`, `12.4 s`, `95 s`.
package struct SecondsText: CustomStringConvertible {
  package let description: String

  package init(_ seconds: Double) {
    let decimals = seconds < 9.995 ? 2 : seconds < 99.95 ? 1 : 0
    description = seconds < 0.01 ? "<0.01 s" : "\(FixedText(seconds, decimals: decimals)) s"
  }
}
