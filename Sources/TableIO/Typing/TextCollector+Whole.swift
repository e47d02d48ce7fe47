import Columnar

extension TextCollector {
  /// Joins the shares of all threads; `nil` for the text where there are too many strings for a
  /// dictionary.
  static func united(
    _ shares: [TextCollector]
  ) -> (profile: TextProfile, distinct: UnitedText?, count: Int?, isExact: Bool) {
    var profile = TextProfile()
    profile.forms = .all
    let used = shares.filter { $0.table.count > 0 || !$0.isOpen }
    for share in used {
      profile.byteCount += share.profile.byteCount
      profile.minimumLength = min(profile.minimumLength, share.profile.minimumLength)
      profile.maximumLength = max(profile.maximumLength, share.profile.maximumLength)
      profile.forms.formIntersection(share.profile.forms)
    }
    profile = profile.withExtremes(of: used)
    if used.allSatisfy(\.isOpen) {
      let tables = used.map(\.table)
      if let united = UnitedText(tables) {
        profile.distinctByteCount = united.table.byteCount
        profile.distinctLongByteCount = united.table.longByteCount
        // The only value may have megabytes.
        if united.table.count == 1 { profile.maximum = profile.minimum }
        return (profile, united, united.table.count, true)
      }
      if used.contains(where: { $0.purpose == .exactReport }) {
        return (profile, nil, UnitedText(tables, limit: .max)?.table.count, true)
      }
    }
    var sketch = DistinctSketch()
    var hasSketch = false
    for share in used {
      if share.isOpen {
        for code in 0..<share.table.count {
          let text = share.table[code]
          sketch.insert(hash: hashBytes(text.baseAddress.unsafelyUnwrapped, text.count))
        }
        hasSketch = hasSketch || share.purpose.isReport
      } else if let other = share.sketch {
        sketch.formUnion(other)
        hasSketch = true
      }
    }
    let isCounted = hasSketch && used.contains { $0.purpose.isReport }
    return (profile, nil, isCounted ? sketch.estimate : nil, false)
  }

  /// Whether tables were closed early and a dictionary may pay all the same: the strings are then to
  /// be counted again. An estimate a tenth above the limit is twelve standard errors away from it.
  static func needsRecount(_ shares: [TextCollector]) -> Bool {
    guard shares.contains(where: \.isClosedEarly) else { return false }
    var sketch = DistinctSketch()
    for share in shares {
      if let other = share.sketch {
        sketch.formUnion(other)
      } else {
        for code in 0..<share.table.count {
          let text = share.table[code]
          sketch.insert(hash: hashBytes(text.baseAddress.unsafelyUnwrapped, text.count))
        }
      }
    }
    return sketch.estimate < TextTable.maximumCount * 11 / 10
  }
}

extension TextProfile {
  /// With the smallest and the largest of the texts that collectors have.
  fileprivate func withExtremes(of shares: [TextCollector]) -> TextProfile {
    var united = TextCollector(purpose: .report)
    for var share in shares {
      if share.isOpen { share.noteExtremesOfTable() }
      for extreme in [share.profile.minimum, share.profile.maximum] {
        extreme.withUnsafeBufferPointer { united.noteExtreme($0) }
      }
    }
    var profile = self
    profile.minimum = united.profile.minimum
    profile.maximum = united.profile.maximum
    return profile
  }
}
