import Options

/// `docs/options.md`: every option, as the catalogue has it.
struct OptionsPage {
  let catalogue: OptionCatalogue

  var text: String {
    var text = """
      # Options

      How a table is read, and what becomes of it. The command, the C interface and Python have the same options. This page
      is printed from their catalogue, `Sources/Options`; `docs/extending.md` says how to add one.

      `[column=]value` holds for all columns, or for the one that is named ([semantics](semantics.md)). In Python and in
      JSON that is text, a list, or an object by column: `{"price": ","}`.

      """
    for section in ReadingOption.Section.allCases {
      text += "\n## \(section.title)\n\n\(section.remark)\n\n"
      text += "| option | in Python | default | meaning |\n|---|---|---|---|\n"
      for option in catalogue.options(in: [section]) { text += row(option) }
    }
    return text
  }

  private func row(_ option: ReadingOption) -> String {
    let value = option.valueName ?? option.name
    let spelled =
      switch option.kind {
      case .flag: "`--\(option.name)`"
      case .choice: "`--\(option.name)`, `--no-\(option.name)`"
      default: "`--\(option.name) <\(value.replacing("|", with: "\\|"))>`"
      }
    let cells = [
      spelled, option.isForPrograms ? "`\(option.programName)`" : "–",
      option.defaultText.map { "`\($0)`" } ?? "–", option.help,
    ]
    return "| \(cells.joined(separator: " | ")) |\n"
  }
}

extension ReadingOption.Section {
  fileprivate var title: String {
    switch self {
    case .dialect: "Text"
    case .files: "Several files"
    case .machine: "Speed"
    case .typing: "What fields mean"
    case .dropping: "Columns left out"
    case .lean: "The lean table"
    case .storage: "Its memory"
    }
  }

  fileprivate var remark: String {
    switch self {
    case .dialect:
      "How text becomes records. What is not said is found by evidence: [dialects](dialects.md)."
    case .files: "How several files become one table: [inputs](inputs.md#many-files)."
    case .machine: "Results do not depend on it."
    case .typing: "For text only: files whose columns have types keep them."
    case .dropping: "For every kind of file."
    case .lean: "For every kind of file. `diet analyze`, `diet apply` and Python have these."
    case .storage:
      "`diet analyze`, `apply`, `plan`, `bench` and Python have it: [packed storage](packed.md)."
    }
  }
}
