/// Which places of the files of a table are looked at: the start of the first, the end of the last, and one at random in
/// each of the equal parts that lie between.
///
/// One place in each part, and none at fixed distances: what comes in a rhythm is not met by another.
struct SamplePlan: Sendable {
  /// Bytes of a file.
  struct Place: Hashable, Sendable {
    var file: Int
    var bytes: Range<Int>
    /// Whether it stands for itself alone, as the start and the end do.
    var isEdge = false
  }

  private(set) var places: [Place] = []
  /// The bytes that the places which are no edges stand for.
  let middleByteCount: Int

  /// - Parameters:
  ///   - data: The bytes of each file's records, none of them empty.
  ///   - count: The parts.
  ///   - byteCount: The bytes of a place.
  ///   - seed: Places of one seed are the same in every run.
  init(_ data: [Range<Int>], count: Int, byteCount: Int, seed: UInt64) {
    var state = seed
    var rest = data
    let last = data.count - 1
    let head = min(byteCount, rest[0].count)
    places.append(Place(file: 0, bytes: rest[0].prefix(head), isEdge: true))
    rest[0] = rest[0].dropFirst(head)
    let end = min(byteCount, rest[last].count)
    let tail = Place(file: last, bytes: rest[last].suffix(end), isEdge: true)
    rest[last] = rest[last].dropLast(end)
    middleByteCount = rest.reduce(0) { $0 + $1.count }
    var (file, before) = (0, 0)
    for part in 0..<count where middleByteCount > 0 {
      let range = middleByteCount * part / count..<middleByteCount * (part + 1) / count
      let room = max(1, range.count - byteCount)
      var place = range.lowerBound + Int(Self.next(&state) % UInt64(room))
      while place - before >= rest[file].count, file < last {
        before += rest[file].count
        file += 1
      }
      place = min(place - before, max(0, rest[file].count - byteCount)) + rest[file].lowerBound
      let bytes = place..<min(place + byteCount, rest[file].upperBound)
      if !bytes.isEmpty { places.append(Place(file: file, bytes: bytes)) }
    }
    if end > 0 { places.append(tail) }
  }

  /// The numbers of SplitMix64.
  private static func next(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension Range<Int> {
  fileprivate func prefix(_ count: Int) -> Range { lowerBound..<lowerBound + count }
  fileprivate func suffix(_ count: Int) -> Range { upperBound - count..<upperBound }
  fileprivate func dropFirst(_ count: Int) -> Range { lowerBound + count..<upperBound }
  fileprivate func dropLast(_ count: Int) -> Range { lowerBound..<upperBound - count }
}
