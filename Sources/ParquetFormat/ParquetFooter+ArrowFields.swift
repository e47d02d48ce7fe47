import ArrowFormat
import Columnar

extension ParquetFooter {
  /// The columns as the schema of Arrow has them that writers who know Arrow put beside Parquet's.
  /// What is wrong with that is no fault of the table.
  var arrowFields: [String: ArrowField] {
    guard let text = metadata.first(where: { $0.key == "ARROW:schema" })?.value,
      let message = bytes(base64: text), message.count > 8
    else { return [:] }
    // The frame: FFFFFFFF, and the length.
    let buffer = Buffer(uninitializedByteCount: message.count - 8)
    message.withUnsafeBytes {
      buffer.base.copyMemory(from: $0.baseAddress! + 8, byteCount: message.count - 8)
    }
    let view = FlatBufferView(bytes: buffer, offset: 0, file: "")
    guard let header = try? view.root.table(2), let schema = try? ArrowSchema(header) else {
      return [:]
    }
    return Dictionary(schema.fields.map { ($0.name, $0) }) { first, _ in first }
  }
}

extension ArrowField {
  /// What Arrow's own schema says of a column beyond what Parquet does: its zone, what it is stored
  /// for, whether it is a dictionary to readers.
  func completed(by other: ArrowField?) -> ArrowField {
    guard let other else { return self }
    var field = self
    if type == .utf8, case .foreign = other.storage {
      // Bytes may be text to Parquet that are none to whoever wrote them. UUIDs are read.
      return isUUID ? self : ArrowField(name: name, type: .null, storage: other.storage)
    }
    switch (type, other.type, other.storage) {
    case (.timestamp(let unit, zone: _?), .timestamp(_, zone: let zone?), _):
      field.type = .timestamp(unit, zone: zone)
    case (.integer(64, true), .duration(let unit), _): field.type = .duration(unit)
    default: break
    }
    field.metadata = other.metadata
    field.noteCoarserUnit(of: other)
    (field.isCategorical, field.isOrdered) = (other.isCategorical, other.isOrdered)
    return field.withForeignExtension
  }
}

/// The bytes that RFC 4648 writes as `text`; `nil` where it writes none so.
private func bytes(base64 text: String) -> [UInt8]? {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count / 4 * 3)
  var word: UInt32 = 0
  var bitCount: UInt32 = 0
  for letter in text.utf8 where letter != UInt8(ascii: "=") {
    let value: UInt8
    switch letter {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = letter - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): value = letter - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): value = letter - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): value = 62
    case UInt8(ascii: "/"): value = 63
    default: return nil
    }
    word = word << 6 | UInt32(value)
    bitCount += 6
    if bitCount >= 8 {
      bitCount -= 8
      bytes.append(UInt8(truncatingIfNeeded: word >> bitCount))
    }
  }
  return bytes
}
