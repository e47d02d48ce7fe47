import Columnar

/// Versions such as `3.1` and `3.10`, which as decimals would be one value.
///
/// A column is versions where every text is `digits.digits`, no second number of two digits or more
/// begins with a zero, and some `N.M` stands beside `N.M0` where the second numbers are counted: the
/// highest behind that `N` is at most ten times their number. So `1.5` and `1.50` are one price, and
/// 3.1, 3.9 and 3.10 three versions.
enum VersionNumbers {
  /// Digits before and behind the point.
  static let mostDigits = (major: 4, minor: 3)
  /// No more different versions are looked for in one column.
  static let countLimit = 1 << 12

  /// Looks for the decimal that is no version; most columns have one among their first.
  ///
  /// All rows count, not some of each chunk, so the answer is the same wherever the column is cut.
  struct Search {
    /// Settled by the first field that is none.
    private var mayHold = true

    /// Adds to the report of a chunk of decimals that one of them is no version, unless a chunk before it
    /// said so.
    mutating func note(_ fields: FieldSlice, _ scratch: ColumnScratch) {
      // With one digit behind the point, all are versions that are not too large.
      guard mayHold, case .decimal(let scale) = scratch.report.kind, scale > 1 else { return }
      let isNone =
        scale > mostDigits.minor || scratch.report.minimumDigits == 0
        || !scratch.report.facts.isDisjoint(with: .otherThanVersions)
        || (0..<fields.rowCount).contains {
          !scratch.isNull($0) && Version(fields[$0].bytes) == nil
        }
      if isNone {
        mayHold = false
        scratch.report.facts.insert(.noVersions)
      }
    }
  }

  /// Two of the texts that are one number, where all are versions; `nil` where they are not.
  static func pair(in texts: TextTable) -> (String, String)? {
    guard texts.count <= countLimit else { return nil }
    var minors: [Int: Set<Int>] = [:]
    for code in 0..<texts.count where !NullWords.isBuiltin(texts[code]) {
      guard let version = Version(texts[code]) else { return nil }
      minors[version.major, default: []].insert(version.minor)
    }
    for (major, counted) in minors.sorted(by: { $0.key < $1.key })
    where counted.max() ?? 0 <= 10 * counted.count {
      for minor in counted.sorted() where minor > 0 && counted.contains(minor * 10) {
        return ("\(major).\(minor)", "\(major).\(minor * 10)")
      }
    }
    return nil
  }

  private struct Version {
    var major = 0
    var minor = 0

    init?(_ text: UnsafeBufferPointer<UInt8>) {
      guard let point = text.firstIndex(of: UInt8(ascii: ".")) else { return nil }
      let minorCount = text.count - point - 1
      guard (1...mostDigits.major).contains(point), (1...mostDigits.minor).contains(minorCount),
        point == 1 || text[0] != UInt8(ascii: "0"),
        minorCount == 1 || text[point + 1] != UInt8(ascii: "0")
      else { return nil }
      for index in text.indices where index != point {
        let digit = Int(text[index]) - 0x30
        guard (0...9).contains(digit) else { return nil }
        if index < point { major = major * 10 + digit } else { minor = minor * 10 + digit }
      }
    }
  }
}
