import Foundation
import TabularDiet
import Testing

/// What is written is no file that the table is read from, whatever its name; and what is removed is a file.
@Suite struct OutputIsInputTests {
  /// A folder with `in.csv`, whose second record is short, for as long as `body` runs.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "diet-outputs-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Self.text.write(toFile: "\(folder)/in.csv", atomically: true, encoding: .utf8)
    try body(folder)
  }

  private static let text = "a,b\n1,x\n2\n3,y\n"

  /// The same file under other names: what leads to it, and how that is made.
  private static let names: [(name: String, make: @Sendable (String) throws -> Void)] = [
    ("in.csv", { _ in }), ("./in.csv", { _ in }),
    (
      "soft.csv",
      {
        try FileManager.default.createSymbolicLink(
          atPath: "\($0)/soft.csv", withDestinationPath: "in.csv")
      }
    ),
    (
      "hard.csv",
      { try FileManager.default.linkItem(atPath: "\($0)/in.csv", toPath: "\($0)/hard.csv") }
    ),
    (
      "folder/in.csv",
      {
        try FileManager.default.createSymbolicLink(atPath: "\($0)/folder", withDestinationPath: ".")
      }
    ),
  ]

  @Test(arguments: names.indices, [".csv", ".parquet"])
  func noInputIsReplaced(_ index: Int, _ suffix: String) throws {
    try withFolder { folder in
      let (name, make) = Self.names[index]
      try make(folder)
      var options = ReadingOptions()
      options.badRecords = .collect(path: "\(folder)/rejects.csv")
      var (input, output) = ("\(folder)/in.csv", "\(folder)/\(name)")
      if suffix != ".csv" {
        // The end of the name tells the format; the input's tells nothing.
        input = "\(folder)/in\(suffix)"
        try FileManager.default.moveItem(atPath: "\(folder)/in.csv", toPath: input)
        output = output.replacingOccurrences(of: ".csv", with: suffix)
        try? FileManager.default.removeItem(atPath: "\(folder)/soft.csv")
        try? FileManager.default.createSymbolicLink(
          atPath: "\(folder)/soft\(suffix)", withDestinationPath: "in\(suffix)")
        try? FileManager.default.moveItem(
          atPath: "\(folder)/hard.csv", toPath: "\(folder)/hard\(suffix)")
      }
      let reader = try TableReader(input, options: options)
      let table = try reader.read()
      let calls: [(String, () throws -> Void)] = [
        ("TableReader.write", { _ = try reader.write(to: output) }),
        ("LeanTable.write", { _ = try table.write(to: output) }),
        ("LeanTable.writeRejectedRecords", { try table.writeRejectedRecords(to: output) }),
        (
          "TableProfile.writeRejectedRecords",
          { try reader.profile().writeRejectedRecords(to: output) }
        ),
      ]
      for (call, body) in calls {
        let error = #expect(throws: OutputError.self, "\(call) to \(name)") { try body() }
        #expect(error?.code == .inUse && error?.remedy != nil, "\(call) to \(name)")
        #expect(error?.description.hasPrefix("\(output): that is the input; ") == true)
      }
      #expect(throws: DocumentError.self) { try table.plan.write(toFile: output) }
      #expect(try String(contentsOfFile: input, encoding: .utf8) == Self.text, "\(name)")
      // Another name beside it is free.
      _ = try table.write(to: "\(folder)/out\(suffix)")
      try table.writeRejectedRecords(to: "\(folder)/rejects.csv")
      #expect(try String(contentsOfFile: input, encoding: .utf8) == Self.text, "\(name)")
    }
  }

  /// The certificate of a CSV file stands beside it, and is no input either.
  @Test func noCompanionIsAnInput() throws {
    try withFolder { folder in
      let input = "\(folder)/x.csv.certificate.json"
      try FileManager.default.moveItem(atPath: "\(folder)/in.csv", toPath: input)
      let reader = try TableReader([input, input])
      let error = #expect(throws: OutputError.self) { _ = try reader.write(to: "\(folder)/x.csv") }
      #expect(error?.code == .inUse && error?.path == input)
      #expect(try String(contentsOfFile: input, encoding: .utf8) == Self.text)
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/x.csv"))
    }
  }

  /// One of several files, and a member of an archive: the archive is the input.
  @Test func everyInputCounts() throws {
    try withFolder { folder in
      try Self.text.write(toFile: "\(folder)/other.csv", atomically: true, encoding: .utf8)
      let reader = try TableReader(["\(folder)/in.csv", "\(folder)/other.csv"])
      #expect(throws: OutputError.self) { _ = try reader.write(to: "\(folder)/other.csv") }
      let whole = try TableReader(folder)
      #expect(throws: OutputError.self) { _ = try whole.write(to: "\(folder)/other.csv") }
      #expect(try String(contentsOfFile: "\(folder)/other.csv", encoding: .utf8) == Self.text)
      let archive = try #require(FileIdentity("\(folder)/in.csv"))
      #expect(FileIdentity(reading: "\(folder)/in.csv/inner/member.csv") == archive)
      #expect(FileIdentity("\(folder)/in.csv/member.csv") != archive)
    }
  }

  /// A file that cannot be read back is removed where it is one: a device, a pipe and a link stay.
  @Test func onlyFilesAreRemoved() throws {
    try withFolder { folder in
      _ = try TableReader("\(folder)/in.csv").write(to: "\(folder)/lean.csv")
      let target = try String(contentsOfFile: "\(folder)/lean.csv", encoding: .utf8)
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/link.csv", withDestinationPath: "lean.csv")
      try "z\n9\n".write(toFile: "\(folder)/in.csv", atomically: true, encoding: .utf8)
      let linked = try TableReader("\(folder)/in.csv").write(to: "\(folder)/link.csv")
      #expect(linked.path == "\(folder)/link.csv")
      #expect(try String(contentsOfFile: "\(folder)/lean.csv", encoding: .utf8) != target)
      // Another source than it was made from: the file goes, the link stays.
      try "y\n8\n".write(toFile: "\(folder)/in.csv", atomically: true, encoding: .utf8)
      #expect(throws: (any Error).self) {
        try linked.readBack(against: TableReader("\(folder)/in.csv"))
      }
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/lean.csv"))
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/link.csv")
          == "lean.csv")

      // In the place of the file a pipe, by its own name and by the link.
      #expect(mkfifo("\(folder)/lean.csv", 0o600) == 0)
      for path in ["\(folder)/lean.csv", "\(folder)/link.csv"] {
        FileIdentity.removeFile(at: path)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO, "\(path)")
      }
      for path in ["\u{0}", "", folder, "-"] { FileIdentity.removeFile(at: path) }
      #expect(FileManager.default.fileExists(atPath: folder))
    }
  }
}
