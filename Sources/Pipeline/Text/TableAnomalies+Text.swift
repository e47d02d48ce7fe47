extension TableAnomalies {
  mutating func add(_ chunk: LoadingWorker.Chunk, firstRow: Int) {
    short.add(chunk.anomalies.short, firstRow: firstRow)
    long.add(chunk.anomalies.long, firstRow: firstRow)
    blank.add(chunk.anomalies.blank, firstRow: firstRow)
    irregular.add(chunk.anomalies.reference, firstRow: firstRow)
    hasNUL = hasNUL || chunk.hasNUL
  }
}
