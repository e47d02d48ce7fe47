import Columnar

extension TextCollector {
  /// Joins the shares of all threads; `nil` for the text where there are too many strings for a
  /// dictionary, or a table was closed.
  static func united(
    _ shares: [TextCollector]
  ) -> (profile: TextProfile, distinct: UnitedText?, count: Int?, isExact: Bool) {
    let used = shares.filter { $0.table.count > 0 || !$0.isOpen }
    var profile = profile(of: used)
    let areOpen = used.allSatisfy(\.isOpen)
    if areOpen, let united = UnitedText(used.map(\.table)) {
      profile.distinctByteCount = united.table.byteCount
      profile.distinctLongByteCount = united.table.longByteCount
      return (profile, united, united.table.count, true)
    }
    // Open tables that have too many strings together need not be counted to know that.
    let mayBeCounted = !areOpen || used.allSatisfy { $0.purpose == .exactReport }
    if mayBeCounted, let counts = counts(of: used) {
      profile.distinctByteCount = counts.byteCount
      profile.distinctLongByteCount = counts.longByteCount
      return (profile, nil, counts.count, true)
    }
    let isReport = used.contains { $0.purpose.isReport }
    return (profile, nil, isReport ? estimate(of: used) : nil, false)
  }

  /// What all shares say of their strings, but for how many there are. Each of them has some.
  static func profile(of used: [TextCollector]) -> TextProfile {
    var profile = TextProfile()
    profile.forms = .all
    for share in used {
      profile.byteCount += share.profile.byteCount
      profile.minimumLength = min(profile.minimumLength, share.profile.minimumLength)
      profile.maximumLength = max(profile.maximumLength, share.profile.maximumLength)
      profile.forms.formIntersection(share.profile.forms)
      profile.digits.formUnion(share.profile.digits)
    }
    profile.forecast = TextForecast(sample(of: used))
    return profile.withExtremes(of: used)
  }

  /// Some of the strings of all shares, which depend on these alone.
  private static func sample(of used: [TextCollector]) -> TextSample {
    let maximumByteCount =
      used.compactMap { $0.sample?.maximumByteCount }.max() ?? TextSample.usualByteCount
    var all = TextSample(maximumByteCount: maximumByteCount)
    for share in used {
      if let sample = share.sample { all.formUnion(sample) } else { all.formUnion(share.table) }
    }
    return all
  }
}

extension TextProfile {
  /// With the smallest and the largest of the texts that collectors have.
  fileprivate func withExtremes(of shares: [TextCollector]) -> TextProfile {
    var united = TextCollector(purpose: .report)
    for share in shares {
      if share.isOpen {
        united.noteExtremes(of: share.table)
      } else {
        for extreme in [share.profile.minimum, share.profile.maximum] {
          extreme.withUnsafeBufferPointer { united.noteExtreme($0) }
        }
      }
    }
    var profile = self
    profile.minimum = united.profile.minimum
    profile.maximum = united.profile.maximum
    return profile
  }
}
