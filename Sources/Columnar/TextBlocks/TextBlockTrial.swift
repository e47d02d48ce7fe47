/// What blocks of a column's text take, as some of them tell, which are the same wherever the column is cut.
struct TextBlockTrial {
  /// So many blocks tell: 4 MiB.
  private static let maximumBlockCount = 64

  /// What they are compressed with, where that takes fewer bytes.
  let dictionary: TextDictionary?
  /// About what all blocks take.
  let byteCount: Int

  /// - Parameter sample: What a dictionary is learned from: shuffled.
  init(_ values: ChunkedValues, learningFrom sample: TextSample) {
    let textByteCount = values.textByteCount
    let blocks = values.textBlocks(atMost: Self.maximumBlockCount)
    let triedByteCount = max(blocks.reduce(0) { $0 + $1.count }, 1)
    func byteCount(_ dictionary: TextDictionary?) -> Int {
      let writer = TextBlockWriter(dictionary)
      let areWhole = blocks.allSatisfy { $0.withUnsafeBufferPointer(writer.append) }
      guard areWhole, let memory = writer.finish() else { return .max }
      let learned = dictionary?.bytes.count ?? 0
      let share = Double(memory.byteCount - learned) / Double(triedByteCount)
      return learned + Int(share * Double(textByteCount))
    }
    let plain = byteCount(nil)
    let learned = TextDictionary(learnedFrom: sample, textByteCount: textByteCount)
    let taught = learned.map(byteCount) ?? .max
    dictionary = taught < plain ? learned : nil
    self.byteCount = min(taught, plain)
  }
}

extension ChunkedValues {
  /// Blocks of the text of all rows, some blocks apart, at most about so many.
  fileprivate func textBlocks(atMost count: Int) -> [[UInt8]] {
    let size = TextBlocks.blockByteCount
    let step = max(1, textByteCount / size / count)
    var blocks: [[UInt8]] = []
    var place = 0
    for case let chunk? in chunks {
      for row in 0..<chunk.rowCount {
        guard let text = chunk.text(at: row) else { continue }
        var rest = text[...]
        while !rest.isEmpty {
          let (block, start) = place.quotientAndRemainder(dividingBy: size)
          let taken = min(rest.count, size - start)
          if block % step == 0 {
            if start == 0 { blocks.append([]) }
            blocks[blocks.count - 1] += rest.prefix(taken)
          }
          rest = rest.dropFirst(taken)
          place += taken
        }
      }
    }
    return blocks
  }
}
