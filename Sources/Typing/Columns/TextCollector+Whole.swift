import Columnar

extension TextCollector {
  /// What the shares of all threads say together.
  struct Whole {
    var profile: TextProfile
    /// The text; `nil` where there are too many strings for a dictionary, or a table was closed.
    var distinct: UnitedText?
    /// How many strings there are; `nil` where nobody counted.
    var count: Int?
    var isExact = false
    /// What there is to learn from where the column is made; `nil` where that is what its profile has.
    var learnedSample: TextSample?
  }

  /// Joins the shares of all threads.
  static func united(_ shares: [TextCollector]) -> Whole {
    let used = shares.filter { $0.table.count > 0 || !$0.isOpen }
    var whole = Whole(profile: profile(of: used))
    let sample = sample(of: used)
    whole.profile.forecast = TextForecast(sample)
    if sample.maximumByteCount > TextSample.usualByteCount { whole.learnedSample = sample }
    let areOpen = used.allSatisfy(\.isOpen)
    if areOpen, let united = UnitedText(used.map(\.table)) {
      whole.profile.distinctByteCount = united.table.byteCount
      whole.profile.distinctLongByteCount = united.table.longByteCount
      (whole.distinct, whole.count, whole.isExact) = (united, united.table.count, true)
      return whole
    }
    // Open tables that have too many strings together need not be counted to know that.
    let mayBeCounted = !areOpen || used.allSatisfy { $0.purpose == .exactReport }
    if mayBeCounted, let counts = counts(of: used) {
      whole.profile.distinctByteCount = counts.byteCount
      whole.profile.distinctLongByteCount = counts.longByteCount
      (whole.count, whole.isExact) = (counts.count, true)
    } else if used.contains(where: { $0.purpose.isReport }) {
      whole.count = estimate(of: used)
    }
    return whole
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
