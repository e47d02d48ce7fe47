/// A manual page, as `man` reads it, made from what the argument parser says of a verb.
package struct ManualPage: Sendable {
  /// `diet-analyze.1`.
  package let fileName: String
  /// The page in the language of `man`.
  package let text: String

  /// One of the command, and one of each verb.
  package static func all(of command: VerbDescription, version: String) -> [ManualPage] {
    let verbs = (command.subcommands ?? []).filter {
      $0.shouldDisplay ?? true && $0.commandName != "help"
    }
    let main = ManualPage(command, names: [command.commandName], verbs: verbs, version: version)
    return [main]
      + verbs.map { verb in
        ManualPage(
          verb, names: [command.commandName, verb.commandName],
          verbs: (verb.subcommands ?? []).filter { $0.commandName != "help" }, version: version)
      }
  }

  /// - Parameters:
  ///   - names: The words that the verb is called with.
  ///   - verbs: What there is below it.
  private init(
    _ verb: VerbDescription, names: [String], verbs: [VerbDescription], version: String
  ) {
    let title = names.joined(separator: "-")
    let typed = names.joined(separator: " ")
    fileName = "\(title).1"
    var page = [".TH \(title.uppercased().manual) 1 \"\" \"\(names[0]) \(version)\"", ".nh"]
    page += [".SH NAME", "\(title.manual) \\- \((verb.abstract ?? "").summary.manual)"]
    page += [".SH SYNOPSIS", ".B \(typed.manual)"]
    page.append(Self.synopsis(verb, hasVerbs: !verbs.isEmpty))
    if let discussion = verb.discussion { page += [".SH DESCRIPTION", discussion.manual] }
    page += Self.options(of: verb)
    for inner in verbs {
      if inner.commandName == verbs[0].commandName { page.append(".SH VERBS") }
      let name = names.count == 1 ? "\(title)-\(inner.commandName)" : inner.commandName
      page += [".TP", ".B \(name.manual)\(names.count == 1 ? "(1)" : "")"]
      page.append((inner.abstract ?? "").manual)
      if names.count > 1 { page += Self.rows(of: inner, positional: true) }
    }
    page += [
      ".SH EXIT STATUS", "0 done, 1 a finding, 2 a failure, 64 wrong arguments or settings.",
      ".SH FILES",
      ".TP", ".I diet.toml", "Settings of a project.",
      ".TP", ".I ~/.config/diet/config.toml", "Settings of a user.",
      ".SH ENVIRONMENT",
      ".TP", ".B DIET_\\fIOPTION\\fR", "Sets an option, as DIET_MAX_MEMORY=1GB does.",
    ]
    if names.count > 1 { page += [".SH SEE ALSO", ".BR \(names[0].manual) (1)"] }
    text = page.joined(separator: "\n") + "\n"
  }

  private static func synopsis(_ verb: VerbDescription, hasVerbs: Bool) -> String {
    if hasVerbs { return "\\fIverb\\fR [\\fIoptions\\fR]" }
    var words = ["[\\fIoptions\\fR]"]
    for argument in verb.arguments ?? [] where argument.shouldDisplay && !argument.isOptional {
      let value = "\\fI\((argument.valueName ?? "").manual)\\fR"
      let dots = argument.isRepeating ? " ..." : ""
      let name = argument.names?.last.map { "\\fB\($0.spelled.manual)\\fR " } ?? ""
      words.append(name + value + dots)
    }
    return words.joined(separator: " ")
  }

  private static func options(of verb: VerbDescription) -> [String] {
    let positional = rows(of: verb, positional: true)
    return (positional.isEmpty ? [] : [".SH ARGUMENTS"] + positional) + [".SH OPTIONS"]
      + rows(of: verb, positional: false)
  }

  private static func rows(of verb: VerbDescription, positional: Bool) -> [String] {
    let shown = (verb.arguments ?? []).filter { $0.shouldDisplay }
    let flags = Set(shown.filter { $0.kind == .flag }.compactMap(\.name))
    return shown.filter { ($0.kind == .positional) == positional }.flatMap { argument -> [String] in
      let name = argument.name ?? ""
      // An inversion stands beside what it is the inversion of.
      if name.hasPrefix("no-"), flags.contains(String(name.dropFirst(3))) { return [] }
      var names = (argument.names ?? []).map(\.spelled)
      if flags.contains("no-\(name)") { names.append("--no-\(name)") }
      let isFlag = argument.kind == .flag
      let value = isFlag ? [] : ["\\fI\((argument.valueName ?? "").manual)\\fR"]
      let head = names.map { "\\fB\($0.manual)\\fR" }.joined(separator: ", ")
      let usual = isFlag ? nil : argument.defaultValue.map { " (default: \($0))" }
      return [
        ".TP", ((head.isEmpty ? [] : [head]) + value).joined(separator: " "),
        ((argument.abstract ?? "") + (usual ?? "")).manual,
      ]
    }
  }
}

extension String {
  /// With what `man` would take for its own language kept from it; lines are paragraphs.
  fileprivate var manual: String {
    var text = ""
    var isAtStart = true
    for character in self {
      switch character {
      case "\\": text += "\\e"
      case "-": text += "\\-"
      case ".", "'":
        text += (isAtStart ? "\\&" : "") + String(character)
      default: text.append(character)
      }
      isAtStart = character == "\n"
    }
    return text
  }

  /// Without the full stop, and in small letters, as the line of `apropos` wants it.
  fileprivate var summary: String {
    let text = hasSuffix(".") ? String(dropLast()) : self
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
