package import Columnar

/// The room that integers get beyond their values, in the words in which users say it.
package struct SpelledRoom: Hashable, Sendable {
  /// `2x`, `1.5`.
  package var margin: String?
  package var minimumBits: String?

  package init(margin: String? = nil, minimumBits: String? = nil) {
    self.margin = margin
    self.minimumBits = minimumBits
  }

  package func room() throws(OptionError) -> IntegerRoom {
    var room = IntegerRoom.none
    if let margin {
      guard let factor = Margin(margin) else {
        throw OptionError(
          "--margin: '\(margin)' is no factor of 1 or more, of at most three decimals, such as 2x or"
            + " 1.5x")
      }
      room.margin = factor
    }
    if let minimumBits {
      guard let bits = Int(minimumBits), IntegerRoom.widths.contains(bits) else {
        throw OptionError("--min-bits: '\(minimumBits)' is none of 8, 16, 32, 64")
      }
      room.minimumBits = bits
    }
    return room
  }
}
