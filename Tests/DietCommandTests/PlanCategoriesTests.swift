import Foundation
import TestSupport
import Testing

/// What becomes of the words of a plan, and what engines make of parts that have them.
struct PlanCategoriesTests {
  private static let january =
    "town,qty,rebate\n"
    + (0..<300).map { "\(["Bergen", "Oslo", "Rome"][$0 % 3]),\($0 % 90),\($0 % 5)\n" }.joined()
  private static let february =
    "town,qty,rebate\n"
    + (0..<300).map { "\(["Lima", "Oslo", "Quito"][$0 % 3]),\($0 % 80),\n" }.joined()
  private static let march =
    "town,qty,rebate\n" + (0..<300).map { "\(["Oslo", "Rome"][$0 % 2]),\($0 % 70),\n" }.joined()

  private static func folder(_ options: [String], from files: [String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.file("january.csv", january)
    try folder.file("february.csv", february)
    try folder.file("march.csv", march)
    let save = try CommandRun(
      ["analyze"] + files + ["--save-plan", "plan.json", "--no-measure"] + options, in: folder.url)
    #expect(save.exitCode == 0, "\(save.errors)")
    return folder
  }

  private static func apply(
    _ month: String, _ folder: TemporaryFolder, _ options: [String] = []
  ) throws -> CommandRun {
    for form in ["parquet", "arrow"] {
      let run = try CommandRun(
        ["apply", "\(month).csv", "--plan", "plan.json", "-o", "\(month).\(form)"] + options,
        in: folder.url)
      if form == "arrow" || run.exitCode != 0 { return run }
    }
    fatalError("there are two forms")
  }

  /// What a script sees in the folder.
  private static func seen(_ script: String, _ folder: TemporaryFolder) throws -> String {
    let run = try CommandRun(python: ["-c", script], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    return run.output
  }

  @Test func newWordsFollowTheKnownOnes() throws {
    let folder = try Self.folder([], from: ["january.csv"])
    for month in ["january", "february"] {
      let run = try Self.apply(month, folder)
      #expect(run.exitCode == 0, "\(run.errors)")
    }
    let seen = try Self.seen(
      """
      import pyarrow as pa, pyarrow.parquet as pq, pyarrow.dataset as ds, pandas as pd, polars as pl
      for month in ['january', 'february']:
          for table in [pa.ipc.open_file(month + '.arrow').read_all(), pq.read_table(month + '.parquet')]:
              print(*table['town'].chunk(0).dictionary.to_pylist(), table.schema.types)
              print(*table['town'].to_pylist()[:3], table['rebate'].null_count)
      for form in ['arrow', 'parquet']:
          paths = [f'{month}.{form}' for month in ['january', 'february']]
          table = ds.dataset(paths, format=form.replace('arrow', 'ipc')).to_table()
          print(table.num_rows, table['town'].to_pylist().count('Oslo'))
          read = pl.read_ipc if form == 'arrow' else pl.read_parquet
          both = pl.concat([read(path) for path in paths])
          print(both.filter(pl.col('town') == 'Oslo').height, both['town'].n_unique())
      frames = [pd.read_parquet(f'{month}.parquet') for month in ['january', 'february']]
      print(frames[0].dtypes.equals(frames[1].dtypes.where(frames[0].dtypes.index != 'town', frames[0].dtypes)))
      print(pd.concat(frames).dtypes['rebate'], pd.concat(frames)['rebate'].sum())
      """, folder)
    let types =
      "[DictionaryType(dictionary<values=string, indices=int8, ordered=0>), DataType(int8), DataType(int8)]"
    let january = "Bergen Oslo Rome \(types)\nBergen Oslo Rome 0\n"
    let february = "Bergen Oslo Rome Lima Quito \(types)\nLima Oslo Quito 300\n"
    // No rebate was missing when the plan was made: pandas makes floats of the part that misses all.
    #expect(
      seen == january + january + february + february + "600 200\n200 5\n600 200\n200 5\nFalse\n"
        + "float64 600.0\n")
  }

  @Test func partsWithTheSameWordsKeepCategoriesInPandas() throws {
    let folder = try Self.folder(
      ["--closed-categories"], from: ["january.csv", "february.csv", "march.csv"])
    for month in ["january", "february", "march"] {
      let run = try Self.apply(month, folder)
      #expect(run.exitCode == 0, "\(run.errors)")
    }
    let seen = try Self.seen(
      """
      import pandas as pd
      for read, form in [(pd.read_feather, 'arrow'), (pd.read_parquet, 'parquet')]:
          both = pd.concat([read(f'{month}.{form}') for month in ['january', 'february', 'march']])
          print(both['town'].dtype, *both['town'].cat.categories, both['rebate'].dtype)
          print(*both['town'].value_counts().sort_index())
      """, folder)
    let expected = "category Bergen Lima Oslo Quito Rome int8[pyarrow]\n100 100 350 100 250\n"
    #expect(seen == expected + expected)
  }

  @Test func closedCategoriesRefuseNewWordsAndCombineInPolars() throws {
    let folder = try Self.folder(["--closed-categories"], from: ["january.csv"])
    let refused = try Self.apply("february", folder)
    #expect(refused.exitCode == 2)
    #expect(
      refused.errors.contains("february.csv, line 2, record 1, column `town`"), "\(refused.errors)")
    #expect(refused.errors.contains("none of the plan's 3 closed categories: `Lima`"))
    for month in ["january", "march"] {
      let run = try Self.apply(month, folder, ["--for", "polars"])
      #expect(run.exitCode == 0, "\(run.errors)")
    }
    let seen = try Self.seen(
      """
      import polars as pl
      parts = [pl.read_ipc(f'{month}.arrow') for month in ['january', 'march']]
      print(parts[0].schema == parts[1].schema, pl.concat(parts).schema['town'])
      print(pl.scan_parquet(['january.parquet', 'march.parquet']).collect().schema['town'])
      """, folder)
    #expect(seen == "True Categorical\nCategorical\n")
  }
}
