import Columnar

/// When a table of strings is closed. The strings that come after it are stored as they are, and counted
/// by their fingerprints, which takes a fraction of the time and of the memory.
extension TextCollector {
  /// A table of so many strings is in the way of nothing.
  static let smallTableCount = 1 << 13

  /// Past so many strings, none are counted: no dictionary has more.
  var countLimit: Int { purpose == .exactReport ? .max : TextTable.maximumCount }

  mutating func closeIfUseless(_ scratch: ColumnScratch, keepsStrings: Bool) {
    guard purpose != .part else { return }
    guard table.count > Self.smallTableCount else {
      // A few strings may be long.
      if isShortOfMemory(adding: table.allocatedByteCount * 2) {
        close(scratch, counts: false, estimates: purpose.isReport, keepsStrings: keepsStrings)
      }
      return
    }
    // Of a stream no one knows the end: as if three quarters of it were still to come.
    let valueCount = growth.first.count
    let foretold = growth.foretell(scratch.expectedRowCount ?? 4 * valueCount)
    if scratch.mayForgetValues, purpose != .exactReport, scratch.expectedRowCount != nil,
      foretold.foreseesTooMany
    {
      guard table.count > DistinctShare.foreseeingCount else { return }
      isForeseen = true
      close(scratch, counts: false, estimates: true, keepsStrings: keepsStrings)
    } else if isShortOfMemory(adding: table.allocatedByteCount * 2) {
      close(scratch, counts: false, estimates: purpose.isReport, keepsStrings: keepsStrings)
    } else if table.count > countLimit {
      close(scratch, counts: false, estimates: purpose.isReport, keepsStrings: keepsStrings)
    } else if table.count > TextTable.maximumCount
      || !foretold.mayPay(meanByteCount: Double(profile.byteCount) / Double(valueCount))
    {
      let cannotBeTooMany =
        scratch.mayForgetValues && (scratch.expectedRowCount ?? .max) <= TextTable.maximumCount
      close(
        scratch, counts: true, estimates: !cannotBeTooMany && purpose != .exactReport,
        keepsStrings: keepsStrings)
    }
  }

  /// Takes no more strings into the table.
  private mutating func close(
    _ scratch: ColumnScratch, counts: Bool, estimates: Bool, keepsStrings: Bool
  ) {
    isOpen = false
    noteExtremes(of: table)
    sample = TextSample(maximumByteCount: scratch.sampleByteCount)
    sample?.formUnion(table)
    if counts {
      fingerprints = TextFingerprints()
      fingerprints?.formUnion(table)
    }
    if estimates {
      sketch = DistinctSketch()
      sketch?.formUnion(table)
    }
    if keepsStrings { table.dropIndex() } else { table = TextTable() }
  }

  /// Gives counting up where there are too many strings.
  mutating func checkCount() {
    guard let fingerprints else { return }
    if fingerprints.counts.count > countLimit
      || isShortOfMemory(adding: fingerprints.allocatedByteCount * 2)
    {
      self.fingerprints = nil
    }
  }

  /// Whether what tells strings apart cannot grow, which is then said.
  private func isShortOfMemory(adding byteCount: Int) -> Bool {
    guard MemoryLimit.isShort(adding: byteCount) else { return false }
    if purpose == .exactReport {
      MemoryLimit.refuse()
      return false
    }
    MemoryLimit.noteUncounted()
    return true
  }

  /// The distinct strings of all shares, some of which are closed; `nil` where one gave up counting, or they
  /// are too many together.
  static func counts(of shares: [TextCollector]) -> TextFingerprints.Counts? {
    var sets: [TextFingerprints] = []
    for share in shares {
      if let set = share.fingerprints {
        sets.append(set)
      } else if share.isOpen {
        let set = TextFingerprints()
        set.formUnion(share.table)
        sets.append(set)
      } else {
        return nil
      }
    }
    let limit = shares.map(\.countLimit).min() ?? 0
    let counts = TextFingerprints.counts(uniting: sets)
    return counts.count <= limit ? counts : nil
  }

  /// Estimates how many strings all shares have; `nil` where one has no estimate.
  static func estimate(of shares: [TextCollector]) -> Int? { sketch(of: shares)?.estimate }

  /// What estimates them, of all shares together; `nil` where one has no sketch.
  static func sketch(of shares: [TextCollector]) -> DistinctSketch? {
    var united = DistinctSketch()
    for share in shares {
      if share.isOpen {
        united.formUnion(share.table)
      } else if let sketch = share.sketch {
        united.formUnion(sketch)
      } else {
        return nil
      }
    }
    return united
  }

  /// Whether the strings are to be counted once more: counting was given up early and a dictionary may pay
  /// all the same, or there are more strings than the size of the file let expect, and no estimate.
  static func needsRecount(_ shares: [TextCollector]) -> Bool {
    if shares.contains(where: \.isForeseen) {
      return estimate(of: shares).map(DistinctShare.isInDoubt) ?? true
    }
    guard shares.contains(where: { !$0.isOpen && $0.purpose == .report }),
      estimate(of: shares) == nil
    else { return false }
    let atMost = shares.reduce(0) { sum, share in
      sum + (share.isOpen ? share.table.count : share.fingerprints?.counts.count ?? 1 << 32)
    }
    return atMost > TextTable.maximumCount && counts(of: shares) == nil
  }
}

extension DistinctSketch {
  /// Adds all strings of a table.
  fileprivate mutating func formUnion(_ table: TextTable) {
    for code in 0..<table.count {
      let text = table[code]
      insert(hash: hashBytes(text.baseAddress.unsafelyUnwrapped, text.count))
    }
  }
}
