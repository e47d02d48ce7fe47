/// How many of a column's integers lie in which range, for layouts that hold most of them in few bits and
/// list the rest.
///
/// Ranges are single numbers up to 15 and from there on an eighth of a power of two, on both sides of 0. They
/// are the same for all columns, so that counts of parts add up to those of the whole, wherever it was cut.
package struct IntegerSpread: Hashable, Sendable {
  /// The first range that has an integer.
  private var first = 0
  /// Of this range and those behind it, up to the last that has one.
  private var counts: [Int] = []

  /// No integers.
  package init() {}

  package init(_ values: some Sequence<Int64>) {
    for value in values { withUnsafePointer(to: value) { add($0, count: 1, in: value...value) } }
  }

  /// How many integers there are.
  package var count: Int { counts.reduce(0, +) }

  /// Adds the integers of rows, the least and the greatest of which are the ends of `bounds`.
  ///
  /// - Parameter validity: Bit `i` is 1 where row `i` has one; `nil` where all have.
  package mutating func add(
    _ values: UnsafePointer<Int64>, count: Int, validity: UnsafePointer<UInt64>? = nil,
    in bounds: ClosedRange<Int64>
  ) {
    widen(to: Self.range(of: bounds.lowerBound)...Self.range(of: bounds.upperBound))
    let first = first
    if validity == nil, count > counts.count { return addAll(values, count) }
    counts.withUnsafeMutableBufferPointer { counts in
      for row in 0..<count
      where validity.map({ $0[row >> 6] >> UInt64(row & 63) & 1 == 1 }) ?? true {
        counts[Self.range(of: values[row]) &- first] &+= 1
      }
    }
  }

  /// Adds rows whose ranges are all there. Neighbours are counted in places of their own: a row does not wait for
  /// the count of the one before it, which is often the same.
  private mutating func addAll(_ values: UnsafePointer<Int64>, _ count: Int) {
    let (first, rangeCount) = (first, counts.count)
    let ways = 4
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: ways * rangeCount) { room in
      guard let room = room.baseAddress else { return }
      room.update(repeating: 0, count: ways * rangeCount)
      let (a, b, c, d) = (room, room + rangeCount, room + 2 * rangeCount, room + 3 * rangeCount)
      var row = 0
      while row &+ ways <= count {
        a[Self.range(of: values[row]) &- first] &+= 1
        b[Self.range(of: values[row &+ 1]) &- first] &+= 1
        c[Self.range(of: values[row &+ 2]) &- first] &+= 1
        d[Self.range(of: values[row &+ 3]) &- first] &+= 1
        row &+= ways
      }
      while row < count {
        a[Self.range(of: values[row]) &- first] &+= 1
        row &+= 1
      }
      for range in 0..<rangeCount {
        counts[range] += Int(a[range]) + Int(b[range]) + Int(c[range]) + Int(d[range])
      }
    }
  }

  /// Adds those of another part of the column.
  package mutating func formUnion(_ other: IntegerSpread) {
    if other.counts.isEmpty { return }
    widen(to: other.first...other.first + other.counts.count - 1)
    for (place, count) in other.counts.enumerated() {
      counts[other.first - first + place] &+= count
    }
  }

  private mutating func widen(to ranges: ClosedRange<Int>) {
    if counts.isEmpty { first = ranges.lowerBound }
    if ranges.lowerBound < first {
      counts.insert(
        contentsOf: repeatElement(0, count: first - ranges.lowerBound), at: 0)
      first = ranges.lowerBound
    }
    let lacking = ranges.upperBound - first + 1 - counts.count
    if lacking > 0 { counts += repeatElement(0, count: lacking) }
  }

  // MARK: - Ranges

  /// The number of the range that a value lies in; those of negative numbers are below 0.
  @inline(__always)
  private static func range(of value: Int64) -> Int {
    let sign = value >> 63
    let magnitude = UInt64(bitPattern: value ^ sign)
    let shift = 60 &- (magnitude | 8).leadingZeroBitCount
    return (shift &* 8 &+ Int(truncatingIfNeeded: magnitude &>> UInt64(shift))) ^ Int(sign)
  }

  private static let lastRange = range(of: .max)

  private static func bounds(of range: Int) -> ClosedRange<Int64> {
    if range < 0 {
      let mirrored = bounds(of: ~range)
      return ~mirrored.upperBound...(~mirrored.lowerBound)
    }
    if range < 16 { return Int64(range)...Int64(range) }
    let shift = range / 8 - 1
    let start = Int64(8 + range % 8) << shift
    return start...start + (1 << shift - 1)
  }

  // MARK: - Windows

  /// Numbers of so many bits, counted from a base.
  package struct Window: Hashable, Sendable {
    package let base: Int64
    package let bits: Int
    /// How many integers are to be listed.
    package let outsideCount: Int
  }

  /// Those of the 2^`bits` numbers from `base` on that are held in the window: whole ranges, so that how many
  /// are not is known. An end of all values is an end of its range. `nil` where there are none.
  package static func held(
    from base: Int64, bits: Int, of values: ClosedRange<Int64>
  ) -> ClosedRange<Int64>? {
    let (end, overflow) = base.addingReportingOverflow(1 << Int64(bits) - 1)
    let top = overflow ? Int64.max : end
    let (first, last) = (bounds(of: range(of: base)), bounds(of: range(of: top)))
    if values.lowerBound < base, first.lowerBound < base, first.upperBound == .max { return nil }
    if values.upperBound > top, last.upperBound > top, last.lowerBound == .min { return nil }
    let low =
      values.lowerBound >= base
      ? values.lowerBound : first.lowerBound == base ? base : first.upperBound + 1
    let high =
      values.upperBound <= top
      ? values.upperBound : last.upperBound == top ? top : last.lowerBound - 1
    return low <= high ? low...high : nil
  }

  /// How many integers, of which all lie in `values`, are not held in that window.
  package func outsideCount(from base: Int64, bits: Int, of values: ClosedRange<Int64>) -> Int {
    count - insideCount(sums, Self.held(from: base, bits: bits, of: values))
  }

  /// The most bits of a window.
  package static let greatestBits = 62

  /// For each number of bits below `limit` the window that lists the fewest integers, of which all lie in
  /// `values`.
  package func windows(below limit: Int, of values: ClosedRange<Int64>) -> [Window] {
    let sums = sums
    let count = sums[sums.count - 1]
    let bases = counts.indices.filter { counts[$0] > 0 }.map {
      max(Self.bounds(of: first + $0).lowerBound, values.lowerBound)
    }
    return (1..<max(min(limit, Self.greatestBits + 1), 1)).compactMap { bits in
      let windows = bases.map { base in
        let inside = insideCount(sums, Self.held(from: base, bits: bits, of: values))
        return Window(base: base, bits: bits, outsideCount: count - inside)
      }
      return windows.min { $0.outsideCount < $1.outsideCount }
    }
  }

  /// How many integers lie in the ranges before each, and in all.
  private var sums: [Int] { counts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) } }

  private func insideCount(_ sums: [Int], _ held: ClosedRange<Int64>?) -> Int {
    guard let held, !counts.isEmpty else { return 0 }
    func place(_ range: Int) -> Int { min(max(range - first, 0), counts.count) }
    let start = place(Self.range(of: held.lowerBound))
    return sums[max(place(Self.range(of: held.upperBound) + 1), start)] - sums[start]
  }
}

extension IntegerSpread: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    let count = try reader.readCount(2 * (Self.lastRange + 1))
    if count == 0 { return }
    let start = try reader.readInt64()
    guard (-Int64(Self.lastRange) - 1...Int64(Self.lastRange + 1 - count)).contains(start) else {
      throw reader.fault("there is no range \(start) of integers")
    }
    first = Int(start)
    for _ in 0..<count { counts.append(try reader.readCount()) }
    guard counts[0] > 0, counts[count - 1] > 0 else {
      throw reader.fault("no integer lies in the outer ranges")
    }
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(count: counts.count)
    if counts.isEmpty { return }
    writer.write(Int64(first))
    for count in counts { writer.write(count: count) }
  }
}
