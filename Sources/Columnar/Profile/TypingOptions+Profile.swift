extension TypingOptions {
  /// The same with what the values settled, so that the next file is read alike.
  package func settled(by profiles: [ColumnProfile]) -> TypingOptions {
    var options = self
    for profile in profiles {
      guard let affix = profile.affix else { continue }
      var typing = options.columns[profile.name] ?? ColumnTyping()
      typing.readsAffixedNumbers = true
      typing.unit = affix.unit
      typing.decimalSeparator = affix.decimalSeparator
      options.columns[profile.name] = typing
    }
    return options
  }
}
