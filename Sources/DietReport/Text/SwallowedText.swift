import Wording

/// How many lines are no rows because quotes took them in; nothing where none are.
struct SwallowedText: CustomStringConvertible {
  let description: String

  init(_ lineCount: Int) {
    description = lineCount == 0 ? "" : " (\(CountText(lineCount, "line")) within quoted fields)"
  }
}
