import Synchronization

extension ChunkedValues {
  /// Some of the text to learn from, the same on any number of threads.
  func makeTextSample(byteCount: Int = TextSample.learnedByteCount) -> TextSample {
    let next = Atomic(0)
    let samples = parallelMap(min(threadCount, max(1, chunks.count)), threads: threadCount) { _ in
      var sample = TextSample(maximumByteCount: byteCount)
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < chunks.count else { return sample }
        guard let chunk = chunks[index] else { continue }
        for row in 0..<chunk.rowCount {
          if let text = chunk.text(at: row) { sample.add(text) }
        }
      }
    }
    return samples.dropFirst().reduce(into: samples[0]) { $0.formUnion($1) }
  }
}
