import CKernels
import Columnar

/// A column with one value, or with none, in some of its rows: what each type needs, in words of 64 bits.
struct Replacing {
  private let rows: ColumnRows
  private let selection: Selection
  private let value: StoredValue?
  /// The rows that have a value afterwards.
  private let valid: Selection

  /// - Parameter value: As the column stores it; `nil` makes nulls.
  init(_ rows: ColumnRows, _ selection: Selection, _ value: StoredValue?) {
    (self.rows, self.selection, self.value) = (rows, selection, value)
    valid = Selection(rowCount: rows.count) { target in
      for word in 0..<(rows.count + 63) / 64 {
        let before = rows.valid?[word] ?? (rows.nullCount == 0 ? ~0 : 0)
        let selected = selection.words[word]
        target[word] = value == nil ? before & ~selected : before | selected
      }
    }
  }

  private var nullCount: Int { rows.count - valid.count }
  private var validity: Buffer? { nullCount == 0 ? nil : valid.bits }

  /// Words that `copy` writes, `word` in the selected rows, zeros in null rows.
  private func words(
    _ word: UInt64, _ copy: @Sendable (Range<Int>, UnsafeMutablePointer<UInt64>) -> Void
  ) -> Buffer {
    let buffer = Buffer(uninitializedByteCount: rows.count * 8)
    let target = Shared(buffer.pointer(as: UInt64.self))
    let (kept, valid) = (~selection, valid)
    let parts = ColumnRows.parts(rows.count)
    _ = parallelMap(parts.count) { index in
      let part = parts[index]
      let words = target.pointer + part.lowerBound
      copy(part, words)
      diet_fill_gaps(words, kept.words + part.lowerBound / 64, part.count, word)
      diet_fill_gaps(words, valid.words + part.lowerBound / 64, part.count, 0)
    }
    return buffer
  }

  var floats: Column {
    var bits: UInt64 = 0
    if case .float(let number)? = value { bits = number.bitPattern }
    let rows = rows
    let buffer = words(bits) { range, target in
      rows.view.floats.copy(
        range, to: UnsafeMutableRawPointer(target).assumingMemoryBound(to: Double.self))
    }
    return .floats(
      rows.name, buffer, count: rows.count, validity: validity, nullCount: nullCount)
  }

  /// `nil` where some value does not fit 64 bits with a sign.
  var integers: Column? {
    var word: Int64 = 0
    if case .integer(let number)? = value {
      guard let number = Int64(exactly: number) else { return nil }
      word = number
    }
    let (rows, integers) = (rows, rows.view.integers)
    if integers.isUnsigned {
      for row in 0..<rows.count where rows.hasValue(row) && !selection.contains(row) {
        guard Int64(exactly: integers.wideValue(at: row)) != nil else { return nil }
      }
    }
    let buffer = words(UInt64(bitPattern: word)) { range, target in
      rows.view.integers.copy(range, to: UnsafeMutableRawPointer(target), width: 8)
    }
    return .units(
      rows.name, rows.type, buffer, count: rows.count, validity: validity, nullCount: nullCount)
  }

  var booleans: Column? {
    let isTrue = value == .integer(1)
    let integers = rows.view.integers
    let truth = Selection(rowCount: rows.count) { target in
      if case .plain(.bits(let bits)) = rows.view {
        let bits = UnsafeRawPointer(bits)
        for word in 0..<(rows.count + 63) / 64 {
          target[word] = bits.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
        }
      } else {
        target.update(repeating: 0, count: (rows.count + 63) / 64)
        for row in 0..<rows.count where integers.value(at: row) != 0 {
          target[row >> 6] |= 1 << UInt64(row & 63)
        }
      }
      for word in 0..<(rows.count + 63) / 64 {
        let selected = selection.words[word]
        target[word] = (isTrue ? target[word] | selected : target[word] & ~selected)
        target[word] &= valid.words[word]
      }
    }
    return .booleans(
      rows.name, truth.bits, count: rows.count, validity: validity, nullCount: nullCount)
  }

  var texts: Column {
    var text: [UInt8]?
    if case .text(let bytes)? = value { text = bytes }
    return Column(
      rows.name, .string,
      ReplacedTexts(rows: rows, texts: StoredTexts(rows), selection: selection, text: text),
      threads: KernelThreads.count)
  }
}

private struct ReplacedTexts: TextSource {
  let rows: ColumnRows
  let texts: StoredTexts
  let selection: Selection
  let text: [UInt8]?
  var count: Int { rows.count }

  func byteCount(_ row: Int) -> Int? {
    if selection.contains(row) { return text?.count }
    return rows.hasValue(row) ? texts.length(at: row) : nil
  }

  func write(_ row: Int, to target: UnsafeMutablePointer<UInt8>) {
    if selection.contains(row) {
      for (place, byte) in (text ?? []).enumerated() { target[place] = byte }
    } else {
      _ = texts.write(row, to: target)
    }
  }
}
