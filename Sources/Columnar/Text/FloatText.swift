/// How a binary64 is printed: the shortest digits that read back as the same value, without a
/// useless `.0`.
@inlinable
package func renderedFloat(_ value: Double) -> String {
  let text = value.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
