import CKernels

/// The texts of up to 24 bytes among a column's distinct strings, where a loop in C finds their codes.
///
/// It saves the look-up in `TextTable`, whose comparison of bytes goes by their length, for columns
/// of a few words. One thread uses it.
final class ShortTexts {
  static let maximumLength = 24
  /// Past this many texts the table leaves the cache, and what it saves.
  static let maximumCount = 4096

  private var entries: UnsafeMutablePointer<diet_text_entry>
  /// There are two to the power of `bits` entries, at most half of them taken.
  private var bits = 7
  private(set) var count = 0

  init() { entries = Self.allocate(bits) }

  deinit { entries.deallocate() }

  private static func allocate(_ bits: Int) -> UnsafeMutablePointer<diet_text_entry> {
    let entries = UnsafeMutablePointer<diet_text_entry>.allocate(capacity: 1 << bits)
    entries.initialize(repeating: diet_text_entry(), count: 1 << bits)
    return entries
  }

  /// Writes the codes of the fields that are there; the others are left.
  func find(
    _ fields: FieldSlice, codes: UnsafeMutablePointer<UInt32>, left: RowBits
  ) -> diet_fields_summary {
    withUnsafePointer(to: fields.inC) {
      diet_read_codes($0, entries, Int32(bits), codes, left.words)
    }
  }

  /// Adds a field's bytes, 1 to 24 of them and not there yet.
  func insert(_ field: Field, code: UInt32) {
    if (count + 1) * 2 > 1 << bits { grow() }
    diet_text_enter(entries, Int32(bits), field.start, field.count, code)
    count += 1
  }

  private func grow() {
    let old = UnsafeMutableBufferPointer(start: entries, count: 1 << bits)
    bits += 2
    entries = Self.allocate(bits)
    for entry in old where entry.length > 0 {
      withUnsafePointer(to: entry) { diet_text_move(entries, Int32(bits), $0) }
    }
    old.baseAddress?.deallocate()
  }
}
