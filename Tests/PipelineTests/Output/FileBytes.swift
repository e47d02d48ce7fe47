import Platform

/// The bytes of a file.
func fileBytes(_ path: String) -> [UInt8] {
  let descriptor = open(path, O_RDONLY)
  precondition(descriptor >= 0, path)
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var block = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(descriptor, &block, block.count)
    precondition(count >= 0)
    if count == 0 { return bytes }
    bytes += block[..<count]
  }
}
