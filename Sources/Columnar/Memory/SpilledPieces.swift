/// Pieces of memory in the order in which they came, found by where they lie.
struct SpilledPieces {
  struct Piece {
    let memory: UnsafeMutableRawPointer
    let byteCount: Int
  }

  /// `nil` for those that are gone; never so many as of the others.
  private var pieces: [Piece?] = []
  private var places: [UnsafeMutableRawPointer: Int] = [:]

  mutating func append(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
    places[memory] = pieces.count
    pieces.append(Piece(memory: memory, byteCount: byteCount))
  }

  /// Whether there was one.
  mutating func remove(_ memory: UnsafeMutableRawPointer) -> Bool {
    guard let place = places.removeValue(forKey: memory) else { return false }
    pieces[place] = nil
    if pieces.count > 2 * places.count + 64 {
      pieces.removeAll { $0 == nil }
      for (place, piece) in pieces.enumerated() { places[piece!.memory] = place }
    }
    return true
  }

  var oldestFirst: some Sequence<Piece> { pieces.lazy.compactMap { $0 } }
}
