import Foundation
import TestSupport
import Testing

/// Inputs and outputs that fail: pipes, disks, limits, signals. Scripts, because a shell is where such
/// things happen; `$DIET` is the command.
@Suite struct FaultTests {
  private func shell(_ script: String, in folder: TemporaryFolder) throws -> CommandRun {
    try CommandRun(
      ["-k", "1", "100", "/bin/bash", "-c", script], of: URL(filePath: "/usr/bin/timeout"),
      in: folder.url,
      environment: ["DIET": CommandRun.executable.path])
  }

  private static func rows(_ count: Int) -> String {
    "id,name\n" + (0..<count).map { "\($0),n\($0 % 100)\n" }.joined()
  }

  // MARK: - Pipes

  @Test func aPipeThatStalls() throws {
    let run = try shell(
      "(printf 'a,b\\n1,'; sleep 0.3; printf '2\\n3,4'; sleep 0.3; printf '5\\n') | $DIET cat -",
      in: TemporaryFolder())
    #expect(run.output == "a,b\n1,2\n3,45\n")
    #expect(run.exitCode == 0, "\(run.errors)")
  }

  @Test func aPipeThatEndsWithinARecord() throws {
    let run = try shell("printf 'a,b\\n1,2\\n3,\"4' | $DIET cat -", in: TemporaryFolder())
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("standard input, line 3, byte 10: a quoted field opens here"))
  }

  @Test func aNamedPipe() throws {
    let folder = try TemporaryFolder()
    let run = try shell(
      "mkfifo pipe; (printf 'a,b\\n1,2\\n' > pipe &) ; $DIET cat pipe", in: folder)
    #expect(run.output == "a,b\n1,2\n")
    #expect(run.exitCode == 0, "\(run.errors)")
  }

  @Test(arguments: ["cat --text big.csv", "cat big.csv", "cat --format table big.csv"])
  func aReaderThatGoesAway(_ arguments: String) throws {
    let folder = try TemporaryFolder()
    try folder.file("big.csv", Self.rows(50_000))
    let run = try shell("$DIET \(arguments) | head -1; echo ${PIPESTATUS[0]}", in: folder)
    #expect(run.output.hasSuffix("\n0\n"), "\(run.output)")
    #expect(run.errors == "")
  }

  @Test func closedStreams() throws {
    let folder = try TemporaryFolder()
    try folder.file("a.csv", "a,b\n1,2\n")
    for verb in ["cat a.csv", "analyze a.csv --no-measure", "apply a.csv -o out.csv"] {
      let run = try shell("$DIET \(verb) <&- >&- 2>&-", in: folder)
      #expect(run.exitCode == 0, "\(verb)")
    }
    #expect(
      try String(contentsOf: folder.url.appending(path: "out.csv"), encoding: .utf8) == "a,b\n1,2\n"
    )
  }

  // MARK: - No room

  @Test(arguments: ["cat a.csv", "cat --text a.csv", "analyze a.csv --no-measure"])
  func noRoomOnStandardOutput(_ arguments: String) throws {
    let folder = try TemporaryFolder()
    try folder.file("a.csv", "a,b\n1,2\n")
    let run = try shell("$DIET \(arguments) > /dev/full", in: folder)
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("standard output") && run.errors.contains("room"), "\(run.errors)")
  }

  /// The kernel ends a process that writes past the limit, unless it says that it looks itself.
  @Test(arguments: ["out.arrow", "out.csv"])
  func noRoomForTheLeanFile(_ output: String) throws {
    let folder = try TemporaryFolder()
    try folder.file("big.csv", Self.rows(100_000))
    let run = try shell("ulimit -f 20; $DIET apply big.csv -o \(output)", in: folder)
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("\(output): there is no room left"), "\(run.errors)")
    #expect(folder.names == ["big.csv"])
  }

  @Test func noRoomForTheSpool() throws {
    let folder = try TemporaryFolder()
    // 64 MB are kept in memory; digits, and a word at the end, need a second reading.
    let run = try shell(
      "(yes 1234567,x | head -c 70000000; echo word,x) > big.csv;"
        + " ulimit -f 100; cat big.csv | TMPDIR=. $DIET analyze - --no-measure; rm big.csv",
      in: folder)
    #expect(run.errors.contains("standard input") && run.errors.contains("TMPDIR"), "\(run.errors)")
    #expect(folder.names == [])
  }

  // MARK: - What is no file, or may not be read

  @Test func errorsOfReading() throws {
    let run = try CommandRun(["analyze", "/proc/self/mem"])
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("/proc/self/mem, byte 0: reading failed"), "\(run.errors)")
  }

  @Test func nothingToRead() throws {
    for input in ["/dev/null", "-"] {
      let run = try CommandRun(["analyze", input, "--no-measure", "--format", "json"])
      #expect(run.exitCode == 0, "\(run.errors)")
      #expect(run.output.contains("\"columns\": 0"))
    }
  }

  /// As somebody else where the tests run as root.
  @Test func noPermission() throws {
    let folder = try TemporaryFolder()
    try folder.file("a.csv", "a\n1\n")
    let run = try shell(
      """
      chmod 700 . ; chmod 0 a.csv
      if [ "$(id -u)" = 0 ]; then
        command -v setpriv >/dev/null || { echo "diet: a.csv: no permission"; exit 2; }
        chmod 755 . ; cp $DIET ./diet
        for library in $(ldd $DIET | grep -o '/[^ ]*swift[^ ]*'); do :; done
        setpriv --reuid 65534 --regid 65534 --clear-groups ./diet analyze a.csv; code=$?
        rm diet; exit $code
      else
        $DIET analyze a.csv
      fi
      """, in: folder)
    #expect(run.exitCode == 2)
    #expect((run.errors + run.output).contains("a.csv: no permission"), "\(run.errors)")
  }

  // MARK: - Many files

  @Test func aThousandFilesWithFewDescriptors() throws {
    let folder = try TemporaryFolder()
    for index in 0..<1000 { try folder.file("part\(index).csv", "a,b\n\(index),x\n") }
    let run = try shell(
      "ulimit -n 24; $DIET analyze part*.csv --no-measure --format json", in: folder)
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(run.output.contains("\"rows\": 1000") && run.output.contains("\"max\": 999"))
  }

  // MARK: - Signals

  /// Ended at different moments, a run leaves its input and, at most, the complete output.
  @Test(arguments: ["INT", "TERM", "HUP"])
  func anInterruptedRunLeavesNothing(_ signal: String) throws {
    let folder = try TemporaryFolder()
    try folder.file("big.csv", Self.rows(60_000))
    for delay in ["0.005", "0.02", "0.05", "0.08", "0.11", "0.15", "0.2", "0.3"] {
      _ = try shell(
        "$DIET apply big.csv -o out.arrow & sleep \(delay); kill -\(signal) $!; wait", in: folder)
      let names = folder.names
      #expect(names == ["big.csv"] || names == ["big.csv", "out.arrow"], "\(delay) s")
    }
    let whole = try shell("$DIET apply big.csv -o out.arrow", in: folder)
    #expect(whole.exitCode == 0, "\(whole.errors)")
    let verify = try shell("$DIET verify out.arrow --against big.csv", in: folder)
    #expect(verify.exitCode == 0, "\(verify.errors)")
  }

  /// Ctrl-C while a pipe is waited for: the process ends by that signal, so that scripts stop, too.
  @Test func aSignalWhileWaiting() throws {
    let run = try shell(
      "mkfifo pipe; exec 3<>pipe; $DIET apply pipe -o out.arrow & sleep 0.1; kill -TERM $!;"
        + " wait $!; echo $?; rm pipe; ls", in: TemporaryFolder())
    #expect(run.output == "143\n")
  }
}
