import Columnar

extension Column {
  /// Other rows of this column, in runs, steps or a list again where that takes less, else packed in the bits that
  /// they take; `nil` where these are whole words.
  ///
  /// - Parameters:
  ///   - values: Null rows hold 0.
  ///   - listsRows: Whether rows that are far from the others may be listed; by itself, where this column lists some.
  func packed(
    _ values: UnsafePointer<Int64>, count: Int, validity: Buffer?, nullCount: Int,
    listsRows: Bool? = nil
  ) -> Column? {
    let bits = nullCount == 0 ? nil : validity.map { UnsafePointer($0.pointer(as: UInt64.self)) }
    let rows = ColumnRows(
      name: name, type: .integer, view: .plain(.int64(values)), count: count,
      nullCount: nullCount, valid: bits, owners: [])
    guard rows.valueCount > 0 else { return nil }
    let ends = rows.integerMinMax
    if let low = Int64(exactly: ends.minimum), let high = Int64(exactly: ends.maximum),
      let relaid = relaid(
        values, count: count, in: low...high, validity: validity, nullCount: nullCount,
        listsRows: listsRows)
    {
      return relaid
    }
    guard let layout = Layout.packed(ends.minimum...ends.maximum), let bits = layout.bits,
      let base = layout.base
    else { return nil }
    let offsets = PackedOffsets(values: values, rows: rows, base: base, bits: bits)
    return Column(
      name: name, type: type, layout: layout, count: count, nullCount: nullCount,
      validity: nullCount == 0 ? nil : validity,
      values: PackedBlocks.accept(offsets, bits: bits))
  }
}

extension Column {
  /// Other rows of a dictionary's, given their codes, in as few bits as those take.
  func coded(_ codes: Buffer, count: Int, validity: Buffer?, nullCount: Int) -> Column {
    guard let words = dictionary.first else { fatalError("codes lead to values") }
    let numbers = codes.pointer(as: Int64.self)
    func made(_ layout: Layout, _ values: Buffer) -> Column {
      Column(
        name: name, type: type, layout: layout, count: count, nullCount: nullCount,
        validity: nullCount == 0 ? nil : validity, values: values, dictionary: words)
    }
    if let layout = Layout.packedDictionary(of: words.layout, count: words.count),
      let bits = layout.bits
    {
      let rows = ColumnRows(
        name: name, type: .integer, view: .plain(.int64(numbers)), count: count, nullCount: 0,
        valid: nil, owners: [])
      let blocks = PackedOffsets(values: UnsafePointer(numbers), rows: rows, base: 0, bits: bits)
      return made(layout, PackedBlocks.accept(blocks, bits: bits))
    }
    let width = words.count <= 1 << 8 ? 1 : words.count <= 1 << 16 ? 2 : 4
    let values = Buffer(uninitializedByteCount: count * width)
    ColumnView.plain(.int64(numbers)).integers.copy(0..<count, to: values.base, width: width)
    return made(.dictionary(codeBits: width * 8, of: words.layout), values)
  }
}

/// The blocks of integers less a base; null rows hold 0.
private struct PackedOffsets: PackedVisitor {
  let values: UnsafePointer<Int64>
  let rows: ColumnRows
  let base: Int64
  let bits: Int

  func visit<Word: PackedWord>(_ type: Word.Type, _ nothing: inout Void) -> Buffer {
    let numbers = Buffer(uninitializedByteCount: rows.count * MemoryLayout<Word>.size)
    let words = numbers.pointer(as: Word.self)
    let low = Word(truncatingIfNeeded: base)
    var row = 0
    // Modulo the word's width, which is exact because the difference fits it.
    while row < rows.count {
      words[row] = Word(truncatingIfNeeded: values[row]) &- low
      row &+= 1
    }
    if rows.nullCount > 0 {
      for row in 0..<rows.count where !rows.hasValue(row) { words[row] = 0 }
    }
    return PackedBlocks.packed(words, count: rows.count, bits: bits)
  }
}

/// The blocks of the integers of several columns, one after the other, less a base.
private struct PackedParts: PackedVisitor {
  let parts: Parts
  let base: Int64
  let bits: Int

  func visit<Word: PackedWord>(_ type: Word.Type, _ nothing: inout Void) -> Buffer {
    let numbers = Buffer(zeroedByteCount: parts.count * MemoryLayout<Word>.size)
    let words = numbers.pointer(as: Word.self)
    let low = Word(truncatingIfNeeded: base)
    for (column, start) in parts.columns {
      let target = words + start
      column.view.integers.copy(0..<column.count, to: target)
      // Modulo the word's width, which is exact because the difference fits it.
      withExtendedLifetime(ArrowNulls(column)) { nulls in
        for row in 0..<column.count { target[row] = nulls.isNull(row) ? 0 : target[row] &- low }
      }
    }
    return PackedBlocks.packed(words, count: parts.count, bits: bits)
  }
}

/// Rows of packed tables are packed again, in the bits that all of them take together.
extension Parts {
  /// The only column that has rows, whose dictionary the others share where they have one.
  func only(of all: [Column]) -> Column? {
    guard columns.count == 1, let only = columns.first?.column, only.count == count else {
      return nil
    }
    let shareWords = all.allSatisfy { column in
      column.dictionary.first.map { only.dictionary.first?.sharesValues(with: $0) == true } ?? true
    }
    return shareWords ? only : nil
  }

  /// One value in all rows that are not null.
  var constant: Column? {
    guard let first = columns.first?.column else { return nil }
    let domain = first.type.domain
    let areConstant = columns.allSatisfy { part, _ in
      guard case .constant(_?) = part.view, part.layout == first.layout else { return false }
      return part.view.storedValue(at: 0, domain: domain)
        .isSame(as: first.view.storedValue(at: 0, domain: domain))
    }
    guard areConstant else { return nil }
    return first.withRows(count: count, nullCount: nullCount, validity: validity, values: nil)
  }

  /// Numbers of which some were held by what stands before them, or listed; `nil` for others.
  func relaidIntegers(_ name: String) -> Column? {
    guard isDense, let first = columns.first?.column,
      columns.contains(where: { $0.column.isRelative })
    else { return nil }
    let buffer = Buffer(zeroedByteCount: count * 8)
    let words = buffer.pointer(as: Int64.self)
    for (column, start) in columns {
      let rows = column.view.integers
      if rows.isUnsigned { return nil }
      rows.copy(0..<column.count, to: words + start)
      withExtendedLifetime(ArrowNulls(column)) { nulls in
        for row in 0..<column.count where nulls.isNull(row) { words[start + row] = 0 }
      }
    }
    let packed = first.packed(
      words, count: count, validity: validity, nullCount: nullCount,
      listsRows: columns.contains { $0.column.listsRows })
    return packed?.renamed(name)
  }

  /// `nil` where some column is held in whole words, or the numbers take whole words.
  func packedIntegers(
    _ name: String, _ type: LogicalType, _ low: Int128, _ high: Int128
  ) -> Column? {
    guard isDense,
      let layout = Layout.packed(low...high), let bits = layout.bits, let base = layout.base
    else { return nil }
    let offsets = PackedParts(parts: self, base: base, bits: bits)
    return Column(
      name: name, type: type, layout: layout, count: count, nullCount: nullCount,
      validity: validity, values: PackedBlocks.accept(offsets, bits: bits))
  }

  /// Text of which some is held densely, in tokens; `nil` where none is, or tokens take no fewer bytes.
  func denseText(_ name: String, _ type: LogicalType) -> Column? {
    guard isDense, columns.contains(where: { $0.column.isDenseText }) else { return nil }
    let tokenized = Column.tokenized(
      columns, name: name, type: type, count: count, nullCount: nullCount,
      threads: KernelThreads.count)
    return tokenized.flatMap { $0.takesLessThanPlainText ? $0 : nil }
  }

  /// The words of a united dictionary: held as densely as those of the parts are.
  func denseWords(_ words: Column) -> Column {
    let dictionaries = columns.compactMap(\.column.dictionary.first).filter(\.isDenseText)
    guard !words.isDenseText, let known = dictionaries.first else { return words }
    let tokenized = Column.tokenized(
      [(words, 0)], name: words.name, type: words.type, count: words.count, nullCount: 0,
      threads: KernelThreads.count, like: known)
    return tokenized.flatMap { $0.takesLessThanPlainText ? $0 : nil } ?? words
  }

  /// Codes of `width` bytes, packed; `nil` where they take whole words.
  func packedCodes(
    _ name: String, _ type: LogicalType, _ words: Column, _ codes: Buffer, _ width: Int
  ) -> Column? {
    guard isDense, let layout = Layout.packedDictionary(of: words.layout, count: words.count),
      let bits = layout.bits
    else { return nil }
    let blocks =
      switch width {
      case 1: PackedBlocks.packed(codes.pointer(as: UInt8.self), count: count, bits: bits)
      case 2: PackedBlocks.packed(codes.pointer(as: UInt16.self), count: count, bits: bits)
      default: PackedBlocks.packed(codes.pointer(as: UInt32.self), count: count, bits: bits)
      }
    return Column(
      name: name, type: type, layout: layout, count: count, nullCount: nullCount,
      validity: validity, values: blocks, dictionary: words.renamed(name))
  }
}
