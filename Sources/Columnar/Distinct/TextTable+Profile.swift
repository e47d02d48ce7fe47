/// Strings as profiles have them: in ascending order, each as how many bytes it shares with the one before and the
/// bytes that follow (front coding).
extension ProfileReader {
  /// - Parameter limit: The most strings that there may be.
  /// - Returns: A table that finds strings only once it is indexed; `nil` where there is none.
  package mutating func readAscendingTexts(_ limit: Int) throws(ProfileFault) -> TextTable? {
    // Each takes some bytes.
    let count = try readCount(min(limit, restCount))
    guard count > 0 else { return nil }
    let table = TextTable(appending: count)
    var last = 0
    for _ in 0..<count {
      let shared = try readCount(last)
      let rest = try readByteRange()
      last = shared + rest.count
      let isBehind = bytes.withUnsafeBufferPointer {
        table.append(sharing: shared, UnsafeBufferPointer(rebasing: $0[rest]))
      }
      guard isBehind else { throw fault("the strings do not ascend") }
    }
    return table
  }
}

extension ProfileWriter {
  /// Writes the strings of a table.
  package mutating func writeAscending(_ table: TextTable?) {
    guard let table, let sorted = SortedText(uniting: [table]) else { return write(count: 0) }
    write(count: sorted.count)
    var last = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    for rank in 0..<sorted.count {
      let text = sorted[rank]
      var shared = 0
      while shared < min(last.count, text.count), last[shared] == text[shared] { shared += 1 }
      write(count: shared)
      write(text.dropFirst(shared))
      last = text
    }
  }
}
