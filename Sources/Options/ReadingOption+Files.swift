/// How several files become one table, and what reads them.
extension ReadingOption {
  static let files: [ReadingOption] = [
    .flag(
      "union-by-name", .files, \.text.files.unionsByName, swift: "files.unionsByName",
      help:
        "Put columns of the same name together, wherever they stand; null where a file has none."
    ),
    .choice(
      "hive", .files, \.text.files.readsHiveKeys, swift: "files.readsHiveKeys",
      help: "Whether key=value in paths makes columns; in folders and patterns otherwise."
    ).with { $0.programName = "hive_partitioning" },
    ReadingOption.text(
      "file-name-column", .files, help: "A column that says which file each row is from.",
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
      help: "Threads. All cores otherwise.")
  ]
}
