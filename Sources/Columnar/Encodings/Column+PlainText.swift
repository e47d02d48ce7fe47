extension Column {
  /// This column, or its text as it is where that takes fewer bytes: a few long values, of which a sample has none, may
  /// be all that the column takes.
  ///
  /// - Parameter profile: What is known of its values.
  package func orPlainText(_ profile: ColumnProfile) throws(LayoutError) -> Column {
    let plain = UTF8Encoding().footprint(of: .text, for: profile).total
    guard layout.isPlainText, layout.isForetold, profile.text != nil, plain < footprint.total
    else { return self }
    var values = ChunkedValues(decoding: self)
    return try UTF8Encoding().encode(&values, layout: .text)
  }
}
