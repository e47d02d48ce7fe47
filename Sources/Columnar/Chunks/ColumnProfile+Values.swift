extension DataFrame {
  /// This frame with a profile of every column, made by a look at all its values where there is none:
  /// columns that were filtered, joined or computed have been read from no file.
  public func profiled() -> DataFrame {
    DataFrame(
      columns: columns,
      profiles: zip(columns, profiles).map { column, profile in
        profile.knowsValues ? profile : ColumnProfile(valuesOf: column)
      }, rowCount: rowCount, anomalies: anomalies)
  }
}

extension ColumnProfile {
  /// Whether more is known than rows and nulls.
  package var knowsValues: Bool {
    valueCount == 0 || integers != nil || floats != nil || text != nil
  }

  /// The profile of a column that is there: what is foretold of its text comes from its values, not from a sample that
  /// was kept while they were read.
  func foretelling(_ column: Column) -> ColumnProfile {
    guard text?.forecast != nil else { return self }
    var profile = self
    profile.text?.forecast = TextForecast {
      ChunkedValues(decoding: column).makeTextSample(byteCount: TextSample.usualByteCount)
    }
    return profile
  }

  /// What all values of a column say, whatever its layout. How they were spelled in a file, nobody
  /// knows any more.
  package init(valuesOf column: Column) {
    self.init(
      name: column.name, type: column.type, rowCount: column.count, nullCount: column.nullCount)
    guard valueCount > 0 else { return }
    var values = ChunkedValues(decoding: column)
    switch type.domain {
    case .integer, .float:
      values.findDistinct()
      let distinct = values.distinctValues ?? []
      distinctCount = distinct.count
      dictionaryCount = distinct.count <= IntegerSet.maximumTableCount ? distinct.count : nil
      if type.domain == .integer {
        noteIntegers(values)
      } else {
        noteFloats(values)
        // The two zeros are two entries of a dictionary and one value.
        if distinct.contains(0), distinct.contains(.min) { distinctCount = distinct.count - 1 }
      }
    case .bytes: noteText(values)
    }
  }

  private mutating func noteIntegers(_ values: ChunkedValues) {
    var (minimum, maximum) = (Int128.max, Int128.min)
    var (order, spread) = (IntegerOrder(), IntegerSpread())
    for case let chunk? in values.chunks {
      for row in 0..<chunk.rowCount {
        guard case .integers(let integers) = chunk.values, !chunk.isNull(row) else {
          order.append(IntegerOrder(nullCount: 1))
          continue
        }
        let word = integers.value(at: row)
        let value = values.isUnsigned ? Int128(UInt64(bitPattern: word)) : Int128(word)
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        order.append(IntegerOrder(word))
        withUnsafePointer(to: word) { spread.add($0, count: 1, in: word...word) }
      }
    }
    // As for columns that are read: in other types a unit may be another one in a part.
    let isCounted = type == .integer && maximum <= Int64.max
    integers = IntegerProfile(
      minimum: minimum, maximum: maximum, order: order, spread: isCounted ? spread : nil)
  }

  private mutating func noteFloats(_ values: ChunkedValues) {
    var (minimum, maximum) = (Double.infinity, -Double.infinity)
    var (nanCount, hasNegativeZero, error) = (0, false, 0.0)
    var fitsFloat32 = true
    values.forEachValue { chunk, row in
      guard case .floats(let floats) = chunk.values else { return }
      let value = floats.pointer(as: Double.self)[row]
      if value.isNaN {
        nanCount += 1
      } else {
        minimum = min(minimum, value)
        maximum = max(maximum, value)
        if value == 0, value.sign == .minus { hasNegativeZero = true }
      }
      if Double(Float(value)).bitPattern != value.bitPattern {
        fitsFloat32 = false
        error = max(error, value.float32Error)
      }
    }
    let hasNumber = nanCount < valueCount
    // Adding 0 makes −0 the same 0 in any order of rows.
    floats = FloatProfile(
      minimum: hasNumber ? minimum + 0 : nil, maximum: hasNumber ? maximum + 0 : nil,
      nanCount: nanCount, fitsFloat32: fitsFloat32, isConstant: false,
      hasNegativeZero: hasNegativeZero, float32Error: error)
  }

  private mutating func noteText(_ values: ChunkedValues) {
    let table = TextTable()
    var text = TextProfile()
    values.forEachValue { chunk, row in
      guard let value = chunk.text(at: row), let start = value.baseAddress else { return }
      text.byteCount += value.count
      let known = table.count
      _ = table.code(
        of: start, count: value.count, hash: table.hash(of: start, count: value.count))
      if table.count > known {
        text.minimumLength = min(text.minimumLength, value.count)
        text.maximumLength = max(text.maximumLength, value.count)
        if !text.forms.isEmpty { text.forms = TextForms(classifying: value, among: text.forms) }
        text.digits.note(value)
      }
    }
    text.forecast = TextForecast(of: table)
    text.distinctByteCount = table.byteCount
    text.distinctLongByteCount = table.longByteCount
    for code in 0..<table.count {
      let value = table[code]
      if code == 0 || value.lexicographicallyPrecedes(text.minimum) { text.minimum = Array(value) }
      if code == 0 || text.maximum.lexicographicallyPrecedes(value) { text.maximum = Array(value) }
    }
    distinctCount = table.count
    dictionaryCount = table.count <= TextTable.maximumCount ? table.count : nil
    self.text = text
  }
}

extension ChunkedValues {
  /// Calls `body` with the chunk and the place in it of each row that has a value.
  fileprivate func forEachValue(_ body: (_ chunk: ColumnChunk, _ row: Int) -> Void) {
    for case let chunk? in chunks {
      for row in 0..<chunk.rowCount where !chunk.isNull(row) { body(chunk, row) }
    }
  }
}
