import Columnar

extension ProfilePart {
  /// As a file has it.
  package func encoded() -> [UInt8] {
    var writer = ProfileWriter()
    write(to: &writer)
    return writer.bytes
  }

  package static func decoded(_ bytes: [UInt8]) throws -> Self {
    var reader = ProfileReader(bytes)
    let part = try Self(from: &reader)
    guard reader.isAtEnd else { throw reader.fault("more bytes") }
    return part
  }
}
