import Columnar
import Platform

extension TextCollector {
  /// Reads rows of an array. The chunk is `nil` unless the values are to be kept.
  ///
  /// - Parameter entryCodes: What is known of the array's dictionary, where it has one.
  mutating func collect(
    _ text: ArrayText, _ rows: Range<Int>, _ nulls: ArrowNulls, _ scratch: ColumnScratch,
    _ context: TypingContext, entryCodes: inout EntryCodes?, slabs: inout SlabWriter,
    keepsValues: Bool
  ) -> ColumnChunk? {
    scratch.begin(rowCount: rows.count)
    scratch.setNulls(nulls, from: rows.lowerBound)
    // Which text each row has, by its number.
    let indices = UnsafeMutableRawPointer(scratch.hashes).assumingMemoryBound(to: Int64.self)
    if let codes = text.codes, let codes = IntegerRows(.plain(codes)) {
      codes.copy(rows, to: indices)
    } else {
      for (index, row) in rows.enumerated() { indices[index] = Int64(row) }
    }
    let byteCounts = byteCounts(text, indices, scratch)
    source.addText(
      scratch, context, byteCount: byteCounts.all, longByteCount: byteCounts.long)
    profile.byteCount += byteCounts.all
    let chunk: ColumnChunk?
    if !isOpen {
      chunk = storePlain(text, indices, scratch, &slabs, byteCounts.all, keepsValues)
    } else {
      let codes = UnsafeMutableRawPointer(scratch.values).assumingMemoryBound(to: UInt32.self)
      if text.codes != nil {
        var known = entryCodes.take()
        if known == nil || text.owner == nil || known?.owner !== text.owner {
          known = EntryCodes(
            owner: text.owner, codes: Array(repeating: EntryCodes.none, count: text.count))
        }
        findEntries(text, indices, codes, scratch, &known!.codes)
        entryCodes = known
      } else {
        findTexts(text, first: rows.lowerBound, codes, scratch)
      }
      classifyNewStrings()
      chunk = finish(codes, scratch, &slabs, keepsValues)
    }
    scratch.report.kind = scratch.report.valueCount == 0 ? .null : .string
    return chunk
  }

  private func byteCounts(
    _ text: ArrayText, _ indices: UnsafeMutablePointer<Int64>, _ scratch: ColumnScratch
  ) -> (all: Int, long: Int) {
    var (all, long) = (0, 0)
    let hasNulls = scratch.report.nullCount > 0
    for row in 0..<scratch.report.rowCount {
      if hasNulls, scratch.isNull(row) { continue }
      let index = Int(indices[row])
      let count = Int(text.offsets[index + 1] - text.offsets[index])
      all &+= count
      long &+= count > 12 ? count : 0
    }
    return (all, long)
  }

  /// Looks up each entry once, when it first occurs.
  private func findEntries(
    _ text: ArrayText, _ indices: UnsafeMutablePointer<Int64>,
    _ codes: UnsafeMutablePointer<UInt32>, _ scratch: ColumnScratch, _ known: inout [UInt32]
  ) {
    let safeCount = text.safeCount
    known.withUnsafeMutableBufferPointer { known in
      for row in 0..<scratch.report.rowCount {
        if scratch.isNull(row) {
          codes[row] = 0
          continue
        }
        let entry = Int(indices[row])
        if known[entry] == EntryCodes.none {
          known[entry] = code(of: text[entry], isSafe: entry < safeCount)
        }
        codes[row] = known[entry]
      }
    }
  }

  private func findTexts(
    _ text: ArrayText, first: Int, _ codes: UnsafeMutablePointer<UInt32>, _ scratch: ColumnScratch
  ) {
    let rowCount = scratch.report.rowCount
    let safeCount = min(rowCount, max(0, text.safeCount - first))
    let hashes = scratch.hashes
    var start = 0
    while start < safeCount {
      let batch = start..<min(start &+ TextTable.batchRowCount, safeCount)
      for row in batch {
        let value = text[first + row]
        hashes[row] = table.hash(of: value.baseAddress.unsafelyUnwrapped, count: value.count)
      }
      table.findCandidates(hashes + start, count: batch.count, into: codes + start)
      for row in batch {
        if scratch.isNull(row) {
          codes[row] = 0
          continue
        }
        let value = text[first + row]
        codes[row] = table.code(
          of: value.baseAddress.unsafelyUnwrapped, count: value.count, hash: hashes[row],
          candidate: codes[row])
      }
      start = batch.upperBound
    }
    for row in safeCount..<rowCount {
      codes[row] = scratch.isNull(row) ? 0 : code(of: text[first + row], isSafe: false)
    }
  }

  /// - Parameter isSafe: Whether 8 bytes behind the text can be read.
  private func code(of value: UnsafeBufferPointer<UInt8>, isSafe: Bool) -> UInt32 {
    func code(_ start: UnsafePointer<UInt8>) -> UInt32 {
      table.code(of: start, count: value.count, hash: table.hash(of: start, count: value.count))
    }
    if isSafe, let start = value.baseAddress { return code(start) }
    let padded = Array(value) + [0, 0, 0, 0, 0, 0, 0, 0]
    return padded.withUnsafeBufferPointer { code($0.baseAddress.unsafelyUnwrapped) }
  }

  private mutating func storePlain(
    _ text: ArrayText, _ indices: UnsafeMutablePointer<Int64>, _ scratch: ColumnScratch,
    _ slabs: inout SlabWriter, _ byteCount: Int, _ keepsValues: Bool
  ) -> ColumnChunk? {
    let rowCount = scratch.report.rowCount
    let ends = UnsafeMutableRawPointer(scratch.values).assumingMemoryBound(to: UInt32.self)
    let bytes = keepsValues ? slabs.allocate(byteCount) : nil
    let target = bytes?.pointer(as: UInt8.self) ?? scratch.text(byteCount: byteCount)
    var end = 0
    for row in 0..<rowCount {
      if !scratch.isNull(row) {
        let value = text[Int(indices[row])]
        if let start = value.baseAddress { memcpy(target + end, start, value.count) }
        end &+= value.count
        profile.minimumLength = min(profile.minimumLength, value.count)
        profile.maximumLength = max(profile.maximumLength, value.count)
      }
      ends[row] = UInt32(truncatingIfNeeded: end)
    }
    noteTexts(target, ends, scratch)
    return bytes.map { textChunk($0, ends, scratch, &slabs) }
  }
}
