/// Something that must hold for any bytes.
///
/// To add one: write its file and a line in `FuzzTargets.all`, and put a few inputs to start from
/// into `fixtures/fuzz/<name>`.
protocol FuzzTarget: Sendable {
  /// What `make fuzz TARGET=` takes, and its folder in `fixtures/fuzz`.
  var name: String { get }
  /// `nil` where all holds, else what does not.
  func check(_ bytes: [UInt8]) -> String?
}

/// Every target, and the only place that knows them all.
enum FuzzTargets {
  static let all: [any FuzzTarget] = [
    ScannerTarget(), DialectTarget(), TypingTarget(), NumbersTarget(), InstantsTarget(),
    CompressionTarget(), DocumentsTarget(), ArrowTarget(),
  ]

  static func named(_ name: String) -> (any FuzzTarget)? { all.first { $0.name == name } }
}

/// An input taken apart: settings from its first bytes, the rest is what is read.
struct FuzzInput {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// One of `choices`, told by the next byte; the first where there is none.
  mutating func choice<Choice>(_ choices: [Choice]) -> Choice {
    choices[Int(rest.popFirst() ?? 0) % choices.count]
  }

  mutating func flag() -> Bool { choice([false, true]) }
}
