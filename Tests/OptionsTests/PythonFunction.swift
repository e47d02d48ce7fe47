import Options

/// `memory_diet/_options.py`: the function `read_csv`, whose arguments are the catalogue's options, so
/// that type checkers, editors and `help` show them.
struct PythonFunction {
  let catalogue: OptionCatalogue

  var text: String {
    """
    \"\"\"`read_csv`, with the options of the catalogue `Sources/Options`.

    Printed by `Tests/OptionsTests`: change the catalogue, not this file.
    \"\"\"

    from __future__ import annotations

    import os
    from typing import IO, Any, Mapping, Optional, Sequence, Union

    from ._table import Table

    Path = Union[str, "os.PathLike[str]"]
    Source = Union[Path, IO[bytes], IO[str]]
    Paths = Union[Source, Sequence[Source]]
    Texts = Union[str, Sequence[str]]
    # What holds of all columns, or of some by their names.
    TextsByName = Union[Texts, Mapping[str, Texts]]


    def read_csv(
        path: Paths,
        *,
    \(options.map { "    \($0.programName): \(type($0)) = \(usual($0))," }.joined(separator: "\n"))
        **others: Any,
    ) -> Table:
        \"\"\"Read a CSV file straight into narrow columns; the wide table is never built.

        The options are those of the command `diet`, with underscores. What is not said is found from
        all fields of all rows.

        path: a file, or several of the same columns; `.gz` and `.zst` too, `-` is standard input. Or a
            folder, for all files in it, or a pattern such as `data/*.csv`; or what is open for reading,
            such as `io.BytesIO`.
    \(options.map(explanation).joined(separator: "\n"))
        others: pandas' words where they mean the same: `sep`, `usecols`, `na_values`, `quotechar`,
            `escapechar`, `skiprows`, `skipfooter`.

        Raises FileNotFoundError, OSError and its like; InputError where the file is not what the
        options say; OptionError where an option cannot have its value.
        \"\"\"
        named = {name: value for name, value in locals().items() if name in DEFAULTS}
        from . import _reading

        return _reading.read(path, named, others)


    DEFAULTS: Mapping[str, Any] = read_csv.__kwdefaults__

    """
  }

  private var options: [ReadingOption] { catalogue.options.filter(\.isForPrograms) }

  private func type(_ option: ReadingOption) -> String {
    let type =
      switch option.kind {
      case .flag, .choice: "bool"
      case .count, .size: "int"
      case .word, .text: "str"
      case .factor: "Union[float, str]"
      case .names: "Texts"
      case .values, .pairs: "TextsByName"
      }
    if option.programDefault != nil { return "Union[\(type), str, None]" }
    return usual(option) == "None" ? "Optional[\(type)]" : type
  }

  private func usual(_ option: ReadingOption) -> String {
    if let word = option.programDefault { return "\"\(word)\"" }
    switch option.kind {
    case .flag: return "False"
    case .choice, .text, .factor, .names, .values, .pairs: return "None"
    case .count, .size: return option.defaultText ?? "None"
    case .word: return option.defaultText.map { "\"\($0)\"" } ?? "None"
    }
  }

  private func explanation(_ option: ReadingOption) -> String {
    let help = option.programHelp ?? option.help
    return "    " + "\(option.programName): \(help)".wrapped(at: 100, indent: "        ")
  }
}
