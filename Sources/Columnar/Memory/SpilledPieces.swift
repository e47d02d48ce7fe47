/// Pieces of memory in the order in which they came, found by where they lie.
struct SpilledPieces {
  struct Piece {
    let address: UInt
    let byteCount: Int
  }

  /// `nil` for those that are gone, which are not many more than the others.
  private var pieces: [Piece?] = []
  private var places: [UInt: Int] = [:]

  mutating func append(_ address: UInt, byteCount: Int) {
    places[address] = pieces.count
    pieces.append(Piece(address: address, byteCount: byteCount))
  }

  /// Whether there was one.
  mutating func remove(_ address: UInt) -> Bool {
    guard let place = places.removeValue(forKey: address) else { return false }
    pieces[place] = nil
    if pieces.count > 2 * places.count + 64 {
      pieces.removeAll { $0 == nil }
      for (place, piece) in pieces.enumerated() { if let piece { places[piece.address] = place } }
    }
    return true
  }

  var oldestFirst: some Sequence<Piece> { pieces.lazy.compactMap { $0 } }
}
