import ArgumentParser
import Columnar
import TabularDiet

/// What room integers get beyond their values.
struct RoomArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Integers in types that hold so many times their extremes, such as 2x.", valueName: "factor"))
  var margin: String?

  @Option(
    help: ArgumentHelp("Integers in no fewer bits: 8, 16, 32 or 64.", valueName: "bits"))
  var minBits: String?

  func validate() throws { _ = try validated { () throws(OptionError) in try spelled.room() } }

  /// The room, with that for sums where `engine` adds up 32 bits in 32 bits.
  func room(for engine: String?) -> IntegerRoom {
    let room = (try? spelled.room()) ?? .none
    return room.read(by: engine.flatMap(TargetEngine.init) ?? .any)
  }

  private var spelled: SpelledRoom { SpelledRoom(margin: margin, minimumBits: minBits) }

  /// The options that were given, by name.
  var options: [String] {
    (margin == nil ? [] : ["--margin"]) + (minBits == nil ? [] : ["--min-bits"])
  }

  /// The options that were given, as a shell takes them.
  var words: [String] {
    (margin.map { ["--margin", $0] } ?? []) + (minBits.map { ["--min-bits", $0] } ?? [])
  }
}
