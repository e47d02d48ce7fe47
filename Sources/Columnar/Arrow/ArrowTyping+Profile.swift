extension ArrowTyping {
  /// What a column of this profile is in Arrow once it is in `layout`: the same as when it is there
  /// and written.
  package init(
    _ profile: ColumnProfile, layout: Layout, for target: TargetEngine,
    categories: CategoryPolicy = .text
  ) {
    let range = profile.integers.map { $0.minimum...$0.maximum }
    let floats = profile.floats
    let typing = layout.shape.flatMap { shape in
      ArrowTyping(
        ArrowTypingFacts(
          type: profile.type, shape: shape, rowCount: profile.rowCount,
          nullCount: profile.nullCount, dictionaryCount: profile.dictionaryCount ?? 0,
          hasOddFloats: floats.map { $0.nanCount > 0 || $0.hasNegativeZero } ?? false,
          integers: range ?? 0...0, minimumBits: layout.minimumBits,
          isUnsigned: layout.isHandedUnsigned == true, keepsFloat32: layout.mayRound,
          declared: profile.stored?.declared),
        for: target, categories: categories)
    }
    guard let typing else {
      fatalError("no column of type \(profile.type) is stored as \(layout)")
    }
    self = typing
  }
}
