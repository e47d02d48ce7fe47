import Platform

/// Files that lie beside the tests' source.
enum SourceFile {
  static func lines(of name: String, beside path: String = #filePath) -> [String] {
    let directory = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    guard let file = fopen((directory + [name[...]]).joined(separator: "/"), "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
    return String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }
}
