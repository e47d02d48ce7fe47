/// Something that must hold for any bytes.
///
/// To add one: write its file and a line in `FuzzTargets.all`, and put a few inputs to start from
/// into `fixtures/fuzz/<name>`.
protocol FuzzTarget: Sendable {
  /// What `make fuzz TARGET=` takes, and its folder in `fixtures/fuzz`.
  var name: String { get }
  /// The longest input worth trying, in bytes: a longer one finds nothing more, and takes longer.
  var byteLimit: Int { get }
  /// `nil` where all holds, else what does not.
  func check(_ input: FuzzInput) -> String?
}

extension FuzzTarget {
  var byteLimit: Int { 1 << 10 }
}

/// Every target, and the only place that knows them all.
enum FuzzTargets {
  static let all: [any FuzzTarget] = [
    ScannerTarget(), DialectTarget(), TypingTarget(), NumbersTarget(), InstantsTarget(),
    CompressionTarget(), DocumentsTarget(), ArrowTarget(), ParquetTarget(),
  ]

  static func named(_ name: String) -> (any FuzzTarget)? { all.first { $0.name == name } }
}

/// An input taken apart: settings from its first bytes, the rest is what is read.
struct FuzzInput {
  private(set) var rest: ArraySlice<UInt8>
  private let asksEverything: Bool
  private let sum: Int

  /// Bytes of a chunk that holds any input whole.
  static let wholeByteCount = 1 << 14

  /// - Parameter asksEverything: whether `questions` are all asked, as a replay does.
  init(_ bytes: [UInt8], asksEverything: Bool = false) {
    rest = bytes[...]
    sum = bytes.reduce(0) { $0 &+ Int($1) }
    self.asksEverything = asksEverything
  }

  /// What to compare: one of all, told by the sum of the bytes. Over many executions each is asked
  /// of inputs of every kind, and an execution takes the time of one.
  func questions<Question: CaseIterable>(_: Question.Type) -> [Question]
  where Question.AllCases == [Question] {
    let all = Question.allCases
    return asksEverything ? all : [all[sum % all.count]]
  }

  /// One of `choices`, told by the next byte; the first where there is none.
  mutating func choice<Choice>(_ choices: [Choice]) -> Choice {
    choices[Int(rest.popFirst() ?? 0) % choices.count]
  }

  mutating func flag() -> Bool { choice([false, true]) }
}
