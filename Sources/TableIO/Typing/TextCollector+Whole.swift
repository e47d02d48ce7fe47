import Columnar

extension TextCollector {
  /// Joins the shares of all threads; `nil` for the text where there are too many strings for a
  /// dictionary.
  static func united(
    _ shares: [TextCollector]
  ) -> (profile: TextProfile, distinct: SortedText?, count: Int?, isExact: Bool) {
    var profile = TextProfile()
    profile.forms = .all
    let used = shares.filter { $0.table.count > 0 || !$0.isOpen }
    for share in used {
      profile.byteCount += share.profile.byteCount
      profile.minimumLength = min(profile.minimumLength, share.profile.minimumLength)
      profile.maximumLength = max(profile.maximumLength, share.profile.maximumLength)
      profile.forms.formIntersection(share.profile.forms)
    }
    if used.allSatisfy(\.isOpen), let distinct = SortedText(uniting: used.map(\.table)) {
      profile.distinctByteCount = distinct.table.byteCount
      profile.distinctLongByteCount = distinct.table.longByteCount
      if distinct.count > 0 {
        profile.minimum = Array(distinct[0])
        profile.maximum = Array(distinct[distinct.count - 1])
      }
      return (profile, distinct, distinct.count, true)
    }
    var united = TextCollector(purpose: .report)
    var sketch = DistinctSketch()
    var hasSketch = false
    for var share in used {
      if share.isOpen {
        share.noteExtremesOfTable()
        for code in 0..<share.table.count {
          let text = share.table[code]
          sketch.insert(hash: hashBytes(text.baseAddress.unsafelyUnwrapped, text.count))
        }
        hasSketch = hasSketch || share.purpose == .report
      } else if let other = share.sketch {
        sketch.formUnion(other)
        hasSketch = true
      }
      for extreme in [share.profile.minimum, share.profile.maximum] {
        extreme.withUnsafeBufferPointer { united.noteExtreme($0) }
      }
    }
    profile.minimum = united.profile.minimum
    profile.maximum = united.profile.maximum
    let isCounted = hasSketch && used.contains { $0.purpose == .report }
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
