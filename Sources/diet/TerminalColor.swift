import Platform

/// The columns of the terminal that a stream is; `nil` where it is none, or does not say.
func terminalWidth(of stream: Int32) -> Int? {
  var size = winsize()
  guard isatty(stream) == 1, ioctl(stream, UInt(TIOCGWINSZ), &size) == 0 else { return nil }
  return size.ws_col > 0 ? Int(size.ws_col) : nil
}

/// Whether standard output is a terminal that shows colour.
var usesColor: Bool {
  let isPlain = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
  let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? false
  return isatty(1) == 1 && !isPlain && !isDumb
}
