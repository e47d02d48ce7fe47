extension VerbDescription {
  /// The options that are given by these words, by their names without dashes or `no-`.
  package func options(givenBy words: [String]) -> Set<String> {
    var given: Set<String> = []
    var rest = words[...]
    while let word = rest.popFirst(), word != "--" {
      guard word.hasPrefix("-") else { continue }
      let spelled = word.prefix { $0 != "=" }
      guard let argument = argument(typed: spelled), let name = argument.name else { continue }
      given.insert(name)
      if name.hasPrefix("no-"), self.argument(typed: "--\(name.dropFirst(3))") != nil {
        given.insert(String(name.dropFirst(3)))
      }
      // The value is no option, whatever it looks like.
      if argument.kind == .option, spelled.endIndex == word.endIndex { _ = rest.popFirst() }
    }
    return given
  }
}
