import Foundation
import TestSupport
import Testing

/// A run stays below the memory that it may have, and gives what it gives without.
@Suite struct MaxMemoryTests {
  /// Runs the command twice, without and with a limit: the files, and the most memory that each run had resident.
  private static let measuring = """
    import filecmp, os, subprocess, sys
    diet, source, folder, limit = sys.argv[1:]
    def peak(name, *options):
        path = os.path.join(folder, name)
        process = subprocess.Popen([diet, "apply", source, "-o", path, *options], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        if status: sys.exit(f"{name}: {status}")
        # This process stays small: what it has counts as its children's until they are programs of their own.
        return usage.ru_maxrss * 1024, path
    for suffix in ["parquet", "arrow", "arrows", "csv"]:
        free, whole = peak("free." + suffix)
        tight, same = peak("tight." + suffix, "--max-memory", limit)
        if not filecmp.cmp(whole, same, shallow=False): print(suffix, "differs")
        if tight > int(limit): print(suffix, "had", tight, "of", limit)
        if suffix == "parquet" and free < int(limit): print("the limit would not have mattered:", free)
    """

  @Test func theResultIsTheSameAndMemoryIsKept() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 161)
    var text = "id,amount,word,note,part\n"
    for row in 0..<2_400_000 {
      let amount = Int.random(in: 0..<5_000, using: &generator)
      let note = row % 11 == 0 ? "" : "a note on row \(row) of many"
      text += "\(row &* 7_919 % 20_011),\(amount / 100).\(amount % 100),w\(amount % 700),\(note),"
      text += row % 2 == 0 ? "A\n" : "B\n"
    }
    try folder.file("table.csv", text)
    let found = try TestPython.output([
      "-c", Self.measuring, CommandRun.executable.path, folder.path("table.csv"), folder.url.path,
      "\(128 << 20)",
    ])
    #expect(found.isEmpty, "\(String(decoding: found, as: UTF8.self))")
  }

  @Test func whatIsNoSizeIsRefused() throws {
    let folder = try TemporaryFolder()
    try folder.file("table.csv", "a\n1\n")
    for (size, words) in [
      ("12MBx", "'12MBx' is no size"), ("MB", "'MB' is no size"), ("-5MB", "is no size"),
      ("0", "is no size"), ("1e3", "is no size"), ("1MB", "a run takes 128MiB at least"),
    ] {
      let run = try CommandRun(["analyze", "table.csv", "--max-memory=\(size)"], in: folder.url)
      #expect(run.exitCode == 64 && run.errors.contains(words), "\(run.errors)")
    }
    for size in ["134217728", "128MiB", "0.5 GiB", "2gb", "1T"] {
      let run = try CommandRun(["analyze", "table.csv", "--max-memory", size], in: folder.url)
      #expect(run.exitCode == 0, "\(run.errors)")
    }
  }
}
