/// How several files become one table, and what reads them.
extension ReadingOption {
  static let files: [ReadingOption] = [
    .flag(
      "union-by-name", .files, \.text.files.unionsByName, swift: "files.unionsByName",
      help:
        "Match columns of several files by name; missing ones are null."
    ),
    .choice(
      "hive", .files, \.text.files.readsHiveKeys, swift: "files.readsHiveKeys",
      help: "Whether key=value in paths makes columns (default: in folders and patterns)."
    ).with { $0.programName = "hive_partitioning" },
    ReadingOption.text(
      "file-name-column", .files, help: "Add a column of this name with the file of each row.",
      value: { $0.text.files.fileNameColumn },
      set: { options, name throws(OptionError) in
        guard !name.isEmpty else { throw OptionError("'' is no name of a column") }
        options.text.files.fileNameColumn = name
      }
    ).with { option in
      option.valueName = "name"
      option.swift = { options in
        options.text.files.fileNameColumn.map {
          [.reading("files.fileNameColumn = \($0.swiftLiteral)")]
        } ?? []
      }
    },
  ]

  static let machine: [ReadingOption] = [
    .count(
      "threads", .machine, \.text.threads, in: 1...1024, swift: "threads",
      help: "Number of threads (default: all cores).")
  ]
}
