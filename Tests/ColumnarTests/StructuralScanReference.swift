import CKernels

/// What a structural scan answers, as a plain value.
struct StructuralScan: Equatable {
  var separators: [UInt32] = []
  var recordEnds: [UInt32] = []
  var flags: Set<StructuralFlag> = []
}

enum StructuralFlag: UInt32, CaseIterable {
  case hasQuote = 1
  case hasCR = 2
  case hasNonASCII = 4
  case hasNUL = 8
  case endsInside = 16
  case irregular = 32

  static func all(in bits: UInt32) -> Set<Self> {
    Set(allCases.filter { bits & $0.rawValue != 0 })
  }
}

let lf = UInt8(ascii: "\n")
let cr = UInt8(ascii: "\r")

extension StructuralScan {
  /// The contract of `csv_scan.h`, a byte at a time.
  init(referenceFor bytes: [UInt8], delimiter: UInt8, quote: UInt8) {
    var isInside = false
    func isBoundary(_ byte: UInt8?) -> Bool {
      guard let byte else { return true }
      return byte == delimiter || byte == cr || byte == lf || byte == quote
    }
    for (index, byte) in bytes.enumerated() {
      let previous = index > 0 ? bytes[index - 1] : nil
      let next = index + 1 < bytes.count ? bytes[index + 1] : nil
      if byte >= 0x80 { flags.insert(.hasNonASCII) }
      if byte == 0 { flags.insert(.hasNUL) }
      if quote != 0, byte == quote {
        flags.insert(.hasQuote)
        if !isBoundary(isInside ? next : previous) { flags.insert(.irregular) }
        isInside.toggle()
      } else if !isInside, byte == delimiter {
        separators.append(UInt32(index))
      } else if !isInside, byte == lf || (byte == cr && next != lf) {
        recordEnds.append(UInt32(separators.count))
        separators.append(UInt32(index))
      }
      if !isInside, byte == cr { flags.insert(.hasCR) }
    }
    if isInside { flags.insert(.endsInside) }
  }

  /// The offset past the last record end; a last CR waits for the LF that may follow.
  func cut(_ bytes: [UInt8], isAtEndOfInput: Bool) -> Int {
    let ends = recordEnds.map { Int(separators[Int($0)]) }
    let isUndecided = { (end: Int) in
      end == bytes.count - 1 && bytes[end] == cr && !isAtEndOfInput
    }
    return ends.last { !isUndecided($0) }.map { $0 + 1 } ?? 0
  }

  /// The scan in C, by the path selected.
  init(scanning bytes: [UInt8], delimiter: UInt8, quote: UInt8) {
    // What lies past the chunk is readable and means nothing: here it is meant to mislead.
    let padded = bytes + [lf, quote, delimiter, 0, 0xFF, cr] + [UInt8](repeating: quote, count: 58)
    let capacity = bytes.count + 64
    var recordEnds: [UInt32] = []
    var result = diet_csv_scan_result()
    let separators = [UInt32](unsafeUninitializedCapacity: capacity) { positions, positionCount in
      recordEnds = [UInt32](unsafeUninitializedCapacity: capacity) { ends, endCount in
        result = diet_csv_scan(
          padded, bytes.count, delimiter, quote, positions.baseAddress, ends.baseAddress)
        endCount = result.records
      }
      positionCount = result.separators
    }
    self.init(
      separators: separators, recordEnds: recordEnds, flags: StructuralFlag.all(in: result.flags))
  }
}
