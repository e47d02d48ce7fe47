import Columnar
import Options

/// What a value says, as words of a command line.
extension SettableOption {
  /// The texts that the option is given for `value`; for a flag `true` or `false`.
  ///
  /// - Throws: ``SettingFault`` for a value that it cannot have.
  func texts(of value: SettingValue) throws(SettingFault) -> [String] {
    let texts: [String]
    switch form {
    case .flag:
      guard case .truth(let truth) = value else { throw expected("true or false") }
      texts = ["\(truth)"]
    case .value: texts = [try single(value)]
    case .values: texts = try several(value)
    }
    try check(texts)
    return texts
  }

  private func expected(_ what: String) -> SettingFault { SettingFault("expected \(what)") }

  /// Whether it is of numbers alone.
  var isCount: Bool {
    switch catalogued?.kind {
    case .count, .size: true
    default: false
    }
  }

  private func single(_ value: SettingValue) throws(SettingFault) -> String {
    switch (catalogued?.kind, value) {
    case (.count, .integer(let number)), (.size, .integer(let number)): return "\(number)"
    case (.count, _), (.size, _): throw expected("a whole number")
    case (.word, .text(let text)), (.text, .text(let text)): return text
    case (.word(let words), _): throw expected(words.map(\.tomlLiteral).joined(separator: ", "))
    case (.text, _): throw expected("text in quotes")
    default:
      guard let text = value.text else {
        throw expected(catalogued?.kind == .factor ? "a number" : "text in quotes or a number")
      }
      return text
    }
  }

  private func several(_ value: SettingValue) throws(SettingFault) -> [String] {
    let isNames = catalogued?.kind == .names
    let isPairs = catalogued?.kind == .pairs
    let isScoped = isPairs || catalogued?.kind == .values
    let what =
      isScoped
      ? "text in quotes, a list of texts, or a table of them by column"
      : isNames ? "names in quotes, or a list of them" : "a value or a list of them"
    switch value {
    case .list(let values):
      var texts: [String] = []
      for value in values {
        guard let text = value.text, case .text = value else {
          guard !isScoped, !isNames, let text = value.text else { throw expected(what) }
          texts.append(text)
          continue
        }
        texts.append(text)
      }
      // A name may have a comma; a list of two words is one value, unless each of them is.
      if isNames { return texts.isEmpty ? [] : [ColumnNames.joined(texts)] }
      let isOneValue = isPairs && !texts.isEmpty && !texts.joined().contains(",")
      return isOneValue ? [texts.joined(separator: ",")] : texts
    case .table(let members) where isScoped:
      var texts: [String] = []
      for member in members {
        for text in try several(member.value) { texts.append("\(member.key)=\(text)") }
      }
      return texts
    default:
      guard let text = value.text else { throw expected(what) }
      if isScoped || isNames, case .text = value {
      } else if isScoped || isNames {
        throw expected(what)
      }
      return [text]
    }
  }

  /// Throws for what the catalogue knows that the option does not take.
  private func check(_ texts: [String]) throws(SettingFault) {
    guard let catalogued, !texts.isEmpty else { return }
    var scratch = ReadingOptions()
    do throws(OptionError) {
      try catalogued.set(words: texts, in: &scratch)
      _ = try scratch.typingOptions()
      _ = try scratch.targets()
    } catch {
      throw SettingFault("\(error.message)")
    }
  }
}
