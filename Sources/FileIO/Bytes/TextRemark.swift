/// What is odd about a text as a whole.
package enum TextRemark: Hashable, Sendable {
  /// No mark says that it is UTF-16: its zeros do.
  case unmarkedUTF16
  /// Each line ends in CR CR LF.
  case joinedLineEnds
}
