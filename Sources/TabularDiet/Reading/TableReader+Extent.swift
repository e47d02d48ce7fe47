import FileIO
import Pipeline
import Platform

extension TableReader {
  /// How many bytes ``progress`` will have told of after one pass; `nil` where that is not known: of pipes, of
  /// what is packed, of files that have types, of text in two bytes a character.
  package var expectedByteCount: Int? {
    guard !places.isEmpty else { return nil }
    var sum = 0
    for (input, start) in places {
      var status = stat()
      guard case .path(let path) = input.whole, let start, !CSVInput.isPacked(start),
        !start.starts(with: [0xFF, 0xFE]), !start.starts(with: [0xFE, 0xFF]),
        (try? TypedFileFormats.format(of: input, startingWith: start)) ?? nil == nil,
        stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG
      else { return nil }
      sum += Int(status.st_size)
    }
    guard let byteRange else { return sum }
    return byteRange.clamped(to: 0..<sum).count
  }
}
