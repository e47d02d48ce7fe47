extension Column {
  /// The shape in which readers see this column.
  package var view: ColumnView {
    if let derivation { return derivation.view(of: self) }
    guard let encoding = Encodings.named[layout.encoding] else {
      fatalError("no encoding is named '\(layout.encoding)'")
    }
    return encoding.view(of: self)
  }
}
