import Columnar

/// Dask: each file is a partition, which pandas reads.
struct DaskLoader: Loader {
  let name = "dask"

  func obstacles(in table: LoaderTable) -> [String] {
    table.obstacles + PandasReading(table).obstacles
  }

  func code(for table: LoaderTable) -> String {
    let reading = PandasReading(table)
    var code = CodeText()
    let why =
      "One partition a file: Dask cuts a file at line ends, which may stand within quotes, and knows"
      + " no type that comes after its sample."
    code.head(table, reading.facts + [why] + reading.limits, mark: "#")
    code.line("import dask")
    code.line("import dask.dataframe as dd")
    reading.addImports(to: &code)
    reading.addArguments(to: &code)
    code.list("FILES = [", table.files.map { "\(PythonLiteral($0))" }, "]")
    code.line()
    code.line()
    code.line("def read(file, **options):")
    code.line("    frame = pd.read_csv(file, **READING, **options)")
    for step in reading.steps { code.line("    " + step) }
    code.line("    return frame")
    code.line()
    code.line()
    code.line("# Otherwise Dask makes text of what it does not know.")
    code.line("dask.config.set({\"dataframe.convert-string\": False})")
    code.line("meta = dd.utils.clear_known_categories(read(FILES[0], nrows=0))")
    code.line("frame = dd.from_map(read, FILES, meta=meta)")
    return code.text
  }
}
