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

  /// Runs verbs on tables that take much memory otherwise than by the number of their rows: long text, which the file
  /// that is made has to hold a part of, and tables that have arrays; values that are all different.
  private static let keeping = """
    import os, random, subprocess, sys
    diet, folder, limit = sys.argv[1:]
    os.chdir(folder)
    r = random.Random(162)
    with open("long.csv", "w") as f:
        f.write("id,text,x\\n")
        for row in range(80_000): f.write(f"{row},{r.getrandbits(3000):x},{r.random():.3f}\\n")
    with open("many.csv", "w") as f:
        f.write("a,b,c,d,e,f,g,h\\n")
        for row in range(500_000): f.write(",".join(f"{r.getrandbits(40):x}" for _ in range(8)) + "\\n")
    with open("fields.csv", "w") as f:
        f.write("id,text\\n")
        for row in range(2_400): f.write(f"{row},{r.getrandbits(200_000):x}\\n")
    with open("few.csv", "w") as f:
        f.write("id,text\\n")
        for row in range(60): f.write(f"{row},{r.getrandbits(8_000_000):x}\\n")
    for name in ["long.parquet", "long.arrow"]:
        subprocess.run([diet, "apply", "long.csv", "-o", name], stdout=subprocess.DEVNULL)
    def peak(*words):
        process = subprocess.Popen([diet, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        return usage.ru_maxrss * 1024, status
    ran = [
        "apply long.csv -o out.parquet --compression none", "apply long.csv -o out.arrow", "analyze long.csv",
        "apply long.parquet -o out.arrow", "apply long.arrow -o out.parquet", "analyze long.parquet",
        "verify long.parquet --against long.csv", "verify long.arrow --against long.csv",
        "apply many.csv -o out.parquet", "apply many.csv -o out.arrow", "analyze many.csv",
        "apply fields.csv -o out.csv", "cat fields.csv", "apply fields.csv -o out.parquet",
        "cat few.csv", "analyze few.csv",
    ]
    most = 0
    for words in ran:
        most = max(most, peak(*words.split())[0])
        tight, status = peak(*words.split(), "--max-memory", limit)
        if status: print(words, "ended with", status)
        if tight > int(limit): print(words, "had", tight, "of", limit)
    if most < int(limit): print("the limit would not have mattered:", most)
    """

  @Test func everyVerbKeepsIt() throws {
    let folder = try TemporaryFolder()
    let found = try TestPython.output([
      "-c", Self.keeping, CommandRun.executable.path, folder.url.path, "\(128 << 20)",
    ])
    #expect(found.isEmpty, "\(String(decoding: found, as: UTF8.self))")
  }

  @Test func aRecordIsAPartOfTheMemory() throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "word ", count: 4_000_000)
    try folder.file("table.csv", "a,b\n1,x\n2,\(long)\n")
    let run = try CommandRun(["analyze", "table.csv", "--max-memory", "128MiB"], in: folder.url)
    #expect(run.exitCode == 2 && run.errors.contains("table.csv, line 3"), "\(run.errors)")
    #expect(run.errors.contains("within 2097152 bytes"), "\(run.errors)")
    #expect(run.errors.contains("takes more --max-memory"), "\(run.errors)")
    let more = try CommandRun(["analyze", "table.csv", "--max-memory", "2GiB"], in: folder.url)
    #expect(more.exitCode == 0, "\(more.errors)")
  }

  @Test func whatIsNotToldApartIsSaid() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 163)
    var text = "a,b,c,d,e,f\n"
    for _ in 0..<400_000 {
      for column in 0..<6 {
        text += String(generator.next() >> 20, radix: 16)
        text += column < 5 ? "," : "\n"
      }
    }
    try folder.file("table.csv", text)
    let run = try CommandRun(["analyze", "table.csv", "--max-memory", "128MiB"], in: folder.url)
    #expect(run.exitCode == 0 && run.output.contains("memory ran short"), "\(run.errors)")
    let free = try CommandRun(["analyze", "table.csv"], in: folder.url)
    #expect(!free.output.contains("memory ran short"))
  }

  @Test func whatIsNoSizeIsRefused() throws {
    let folder = try TemporaryFolder()
    try folder.file("table.csv", "a\n1\n")
    for (size, words) in [
      ("12MBx", "'12MBx' is no size"), ("MB", "'MB' is no size"), ("-5MB", "is no size"),
      ("0", "0 is no memory at all"), ("0.4", "is no memory at all"), ("1e3", "a run takes 128MiB"),
      ("1e", "'1e' is no size"), ("0x1p40", "is no size"), ("1MB", "a run takes 128MiB at least"),
      ("9223372036854775808", "is more than 9223372036854775807 bytes"), ("8192P", "is more than"),
      ("1e999", "is more than"),
    ] {
      let run = try CommandRun(["analyze", "table.csv", "--max-memory=\(size)"], in: folder.url)
      #expect(run.exitCode == 64 && run.errors.contains(words), "\(run.errors)")
    }
    for size in [
      "134217728", "128MiB", "0.5 GiB", "2gb", "1T", "1e9", "1PB", "2.5e-1TiB",
      "9223372036854775807",
    ] {
      let run = try CommandRun(["analyze", "table.csv", "--max-memory", size], in: folder.url)
      #expect(run.exitCode == 0, "\(run.errors)")
    }
  }
}
