import Foundation
import TestSupport
import Testing

/// `--policy`: bytes by policy in every report, the same files under each.
@Suite struct PolicyCommandTests {
  private static func table() -> String {
    // Longer than tokens are: blocks take less.
    let words = (0..<8).map {
      String("left at the door of number \($0) across the street".dropFirst($0))
    }
    return (0..<3000).reduce(into: "k,w,n,c,note\n") { text, row in
      let note = (0..<row * 37 % 60).map { words[row * 7919 / ($0 + 1) % 8] }
      text += "\(row / 7),\(["a", "b", "c"][row * 31 % 3]),\(row * 7919 % 1500),"
      text += row % 11 == 0 ? "," : "Customer#\(100_000_000 + row * 7),"
      text += "\(note.joined(separator: " "))\n"
    }
  }

  private func policies(_ options: String..., in folder: TemporaryFolder) throws -> [String: Int] {
    let run = try CommandRun(
      ["analyze", "t.csv", "--no-measure", "--format", "json"] + options, in: folder.url)
    try #require(run.exitCode == 0, "\(run.errors)")
    let report = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    let memory = try #require(report?["memory"] as? [String: Any])
    var bytes = try #require(memory["policies"] as? [String: Int])
    bytes["after"] = memory["after"] as? Int
    return bytes
  }

  @Test func reportsSayTheBytesOfEach() throws {
    let folder = try TemporaryFolder()
    try folder.file("t.csv", Self.table())
    let fast = try policies(in: folder)
    let packed = try policies("--policy", "packed", in: folder)
    #expect(fast["after"] == fast["fast"] && packed["after"] == packed["packed"])
    #expect(fast["packed"] == packed["packed"] && fast["fast"] == packed["fast"])
    #expect(fast["packed"]! < fast["fast"]! && fast["smallest"]! < fast["packed"]!)
    let text = try CommandRun(["analyze", "t.csv", "--no-measure"], in: folder.url)
    #expect(text.output.contains(" lean · ") && text.output.contains(" packed"), "\(text.output)")
    let table = try CommandRun(
      ["analyze", "t.csv", "--policy", "packed", "--no-measure"], in: folder.url)
    #expect(table.output.contains("base+uint11") && table.output.contains("dict<uint2>"))
    #expect(table.output.contains("delta<uint1>"), "\(table.output)")
    #expect(table.output.contains("affix<base+uint15>"), "\(table.output)")
    #expect(table.output.contains("tokens") && table.output.contains("→ about "), "\(table.output)")
    let smallest = try CommandRun(
      ["analyze", "t.csv", "--policy", "smallest", "--no-measure"], in: folder.url)
    #expect(smallest.output.contains("zstd"), "\(smallest.output)")
  }

  /// Measured kernels answer for packed columns, too.
  @Test func kernelsAreMeasured() throws {
    let folder = try TemporaryFolder()
    try folder.file("t.csv", Self.table())
    for policy in ["packed", "smallest"] {
      let run = try CommandRun(["analyze", "t.csv", "--policy", policy], in: folder.url)
      #expect(run.exitCode == 0, "\(run.errors)")
    }
  }

  /// Files are what they are without it, and verify.
  @Test(arguments: ["arrow", "parquet", "csv"])
  func filesAreTheSame(suffix: String) throws {
    let folder = try TemporaryFolder()
    try folder.file("t.csv", Self.table())
    for policy in ["fast", "packed", "smallest"] {
      let name = "\(policy).\(suffix)"
      let apply = try CommandRun(
        ["apply", "t.csv", "--policy", policy, "-o", name], in: folder.url)
      #expect(apply.exitCode == 0, "\(apply.errors)")
      let verify = try CommandRun(["verify", name, "--against", "t.csv"], in: folder.url)
      #expect(verify.exitCode == 0, "\(verify.output)\(verify.errors)")
      let shown = try CommandRun(["cat", name], in: folder.url)
      #expect(shown.output == Self.table(), "\(name)")
    }
  }

  @Test func plansHoldIt() throws {
    let folder = try TemporaryFolder()
    try folder.file("t.csv", Self.table())
    let made = try CommandRun(
      ["analyze", "t.csv", "--policy", "packed", "--save-plan", "p.json"], in: folder.url)
    #expect(made.exitCode == 0, "\(made.errors)")
    let applied = try CommandRun(
      ["apply", "t.csv", "--plan", "p.json", "-o", "t.arrow"], in: folder.url)
    #expect(applied.exitCode == 0, "\(applied.errors)")
    let verify = try CommandRun(["verify", "t.arrow", "--against", "t.csv"], in: folder.url)
    #expect(verify.exitCode == 0, "\(verify.output)\(verify.errors)")
    let both = try CommandRun(
      ["apply", "t.csv", "--plan", "p.json", "--policy", "packed", "-o", "u.arrow"],
      in: folder.url)
    #expect(both.exitCode == 0, "\(both.errors)")
  }
}
