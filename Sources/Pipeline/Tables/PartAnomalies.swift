package import Columnar

/// Records that were not as they should be, in parts of a table: how many, and where first.
package struct PartAnomalies: Hashable, Sendable {
  /// How often something was seen, and where first: by the names of files, then by place.
  package struct Tally: Hashable, Sendable {
    package var count = 0
    package var file = ""
    package var byteOffset = 0
    /// The line of that file, from 1; 0 where it is not known.
    package var line = 0

    package init() {}

    mutating func formUnion(_ other: Tally) {
      guard other.count > 0 else { return }
      let sum = count + other.count
      if count == 0 || (other.file, other.byteOffset) < (file, byteOffset) { self = other }
      count = sum
    }
  }

  /// By what they are, as `TableAnomalies` calls it.
  package private(set) var tallies: [String: Tally] = [:]
  package var hasNUL = false

  package init() {}

  package mutating func note(_ kind: String, _ tally: Tally) {
    if tally.count > 0 { tallies[kind, default: Tally()].formUnion(tally) }
  }

  package mutating func formUnion(_ other: PartAnomalies) {
    for (kind, tally) in other.tallies { note(kind, tally) }
    hasNUL = hasNUL || other.hasNUL
  }
}

extension PartAnomalies: ProfilePart {
  package init(from reader: inout ProfileReader) throws(ProfileFault) {
    hasNUL = try reader.readFlag()
    for _ in 0..<(try reader.readCount(1 << 10)) {
      let kind = try reader.readText()
      var tally = Tally()
      tally.count = try reader.readCount()
      tally.file = try reader.readText()
      tally.byteOffset = try reader.readCount()
      tally.line = try reader.readCount()
      tallies[kind] = tally
    }
  }

  package func write(to writer: inout ProfileWriter) {
    writer.write(hasNUL)
    writer.write(count: tallies.count)
    for (kind, tally) in tallies.sorted(by: { $0.key < $1.key }) {
      writer.write(kind.utf8)
      writer.write(count: tally.count)
      writer.write(tally.file.utf8)
      writer.write(count: tally.byteOffset)
      writer.write(count: tally.line)
    }
  }
}
