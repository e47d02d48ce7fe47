import Platform

/// Whether standard output is a terminal that shows colour.
var usesColor: Bool {
  let isPlain = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
  let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? false
  return isatty(1) == 1 && !isPlain && !isDumb
}
