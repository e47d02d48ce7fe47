import Columnar

/// What a compressed file holds: any number of members, one after the other.
final class DecompressingSource: ByteSource {
  private let compressed: any ByteSource
  private let format: StreamFormat
  private let decoder: any StreamDecoder
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 64)
  /// What was read of the input and not yet taken.
  private var rest = 0..<0
  /// Stored bytes before `input`.
  private var inputOffset = 0
  private var isInputEnded = false
  private var memberCount = 0
  private var isBetweenMembers = true

  init(_ compressed: any ByteSource, _ format: StreamFormat) {
    self.compressed = compressed
    self.format = format
    decoder = format.decoder()
  }

  deinit { input.deallocate() }

  var name: String { compressed.name }
  var byteCount: Int? { nil }
  var isRereadable: Bool { compressed.isRereadable }
  var encoding: TextEncoding { .utf8 }
  var isStoredText: Bool { false }
  var storedInput: StoredInput { compressed.storedInput }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard !buffer.isEmpty else { return 0 }
    while true {
      if rest.isEmpty, !isInputEnded { try refill() }
      if isBetweenMembers {
        if rest.isEmpty { return 0 }
        if memberCount > 0, format.allowsPadding, input[rest.lowerBound] == 0 {
          rest.removeFirst()
          continue
        }
        guard input[rest].prefix(format.sign.count).elementsEqual(format.sign.prefix(rest.count))
        else {
          throw damaged(at: 0, "what follows is no \(format.name) \(format.member)")
        }
        decoder.begin()
        isBetweenMembers = false
        memberCount += 1
      }
      let step = try step(into: buffer)
      rest = rest.lowerBound + step.consumed..<rest.upperBound
      isBetweenMembers = step.isEnd
      if step.produced > 0 { return step.produced }
      // What the last block began may go on without further input, but not without end.
      if step.consumed == 0, !step.isEnd, isInputEnded { throw truncated() }
    }
  }

  private func step(into buffer: UnsafeMutableRawBufferPointer) throws -> StreamStep {
    do {
      return try decoder.step(UnsafeRawBufferPointer(rebasing: input[rest]), into: buffer)
    } catch {
      throw damaged(at: error.consumed, error.reason)
    }
  }

  private func damaged(at offset: Int, _ reason: String) -> ReadingError {
    ReadingError(
      .corruptInput, file: name, byteOffset: inputOffset + rest.lowerBound + offset,
      "the \(format.name) data is damaged: \(reason)",
      remedy: "`\(format.test)` tests the file; copy or compress it again")
  }

  private func refill() throws {
    inputOffset += rest.upperBound
    rest = 0..<(try compressed.read(into: input))
    isInputEnded = rest.isEmpty
  }

  private func truncated() -> ReadingError {
    ReadingError(
      .truncatedInput, file: name, byteOffset: inputOffset,
      "the \(format.name) data ends in the middle of a \(format.member)",
      remedy: "the file was cut short: copy or compress it again")
  }
}

extension Range<Int> {
  fileprivate mutating func removeFirst() { self = lowerBound + 1..<upperBound }
}
