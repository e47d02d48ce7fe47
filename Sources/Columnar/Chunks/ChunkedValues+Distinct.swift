extension ChunkedValues {
  /// Finds the distinct values, for a dictionary or a constant, where they are not known yet.
  package mutating func findDistinct() {
    switch type.domain {
    case .bytes:
      guard distinctText == nil else { return }
      if let unitedText {
        distinctText = SortedText(unitedText)
        return
      }
      let table = TextTable()
      var slabs = SlabWriter()
      var coded: [ColumnChunk] = []
      for case let chunk? in chunks {
        let codes = slabs.allocate(chunk.rowCount * 4)
        for row in 0..<chunk.rowCount {
          var code: UInt32 = 0
          if let text = chunk.text(at: row), let start = text.baseAddress {
            code = table.code(
              of: start, count: text.count, hash: table.hash(of: start, count: text.count))
          }
          codes.pointer(as: UInt32.self)[row] = code
        }
        var chunk = chunk
        if chunk.nullCount < chunk.rowCount {
          chunk.values = .codes(CodeChunk(dictionary: table, width: 4, codes: codes))
        }
        coded.append(chunk)
      }
      distinctText = SortedText(uniting: [table])
      replaceChunks(coded)
    case .integer, .float:
      guard distinctValues == nil else { return }
      var values: Set<Int64> = []
      for case let chunk? in chunks {
        for row in 0..<chunk.rowCount where !chunk.isNull(row) {
          switch chunk.values {
          case .integers(let integers): values.insert(integers.value(at: row))
          case .floats(let floats): values.insert(floats.pointer(as: Int64.self)[row])
          default: break
          }
        }
      }
      distinctValues = sortedDistinct(Array(values))
    }
  }

  /// The first row with a value beyond the first `count` distinct ones; `nil` where there is none.
  func firstRow(pastDistinct count: Int) -> Int? {
    var integers: Set<Int64> = []
    var texts: Set<[UInt8]> = []
    var first = 0
    for case let chunk? in chunks {
      for row in 0..<chunk.rowCount where !chunk.isNull(row) {
        switch chunk.values {
        case .integers(let values): integers.insert(values.value(at: row))
        case .floats(let values): integers.insert(values.pointer(as: Int64.self)[row])
        default: if let text = chunk.text(at: row) { texts.insert(Array(text)) }
        }
        if integers.count + texts.count > count { return first + row }
      }
      first += chunk.rowCount
    }
    return nil
  }

  /// Distinct integers, or bits of binary64, in the order of the values that they stand for.
  package func sortedDistinct(_ values: [Int64]) -> [Int64] {
    if type.domain == .float {
      // The total order of IEEE 754 as an order of integers.
      return values.sorted {
        ($0 < 0 ? Int64.min &- $0 &- 1 : $0) < ($1 < 0 ? Int64.min &- $1 &- 1 : $1)
      }
    }
    return isUnsigned
      ? values.sorted { UInt64(bitPattern: $0) < UInt64(bitPattern: $1) } : values.sorted()
  }
}
