import Foundation
import TabularDiet
import Testing

/// The example of the README: it compiles here, it runs, and the README shows these very lines.
@Suite struct ReadmeTests {
  @Test func exampleDoesWhatItSays() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "diet-readme-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write("id,price,day\n1,12.30,2024-01-02\n2,9.95,2024-01-03\n9,4.00,", "january.csv", folder)
    try write("id,price,day\n4,7.50,2024-02-01\n3,1.20,\n", "february.csv", folder)

    // README: four lines
    let january = try DataFrame(contentsOfCSVFile: "\(folder)/january.csv")
    try DietPlan(for: january).write(toFile: "\(folder)/plan.json")
    let plan = try DietPlan(contentsOfFile: "\(folder)/plan.json")
    let february = try DataFrame(contentsOfCSVFile: "\(folder)/february.csv", plan: plan)
    // README: end

    #expect(january.shape == (3, 3))
    #expect(try january["price"]?.sum() == .decimal(unscaled: 2625, scale: 2))
    #expect(try january["price"]?.sum().description == "26.25")
    #expect(february.shape == (2, 3))
    #expect(february.columns.map(\.layout) == january.columns.map(\.layout))
    #expect(february["price"]?.type == .decimal(scale: 2))
    #expect(february["day"]?.isNull(1) == true)

    try write("id,price,day\n1,cheap,2024-03-01\n", "march.csv", folder)
    #expect(throws: ReadingError.self) {
      try DataFrame(contentsOfCSVFile: "\(folder)/march.csv", plan: plan)
    }
  }

  @Test func everyStepDoesWhatItSays() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "diet-readme-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try write("id,price,day\n1,12.30,2024-01-02\n2,9.95,2024-01-03\n9,4.00,", "january.csv", folder)

    // README: every step
    let reader = try TableReader("\(folder)/january.csv")
    let profile = try reader.profile()
    print(profile.report().text(as: ReportFormats.markdown))
    let file = try reader.write(to: "\(folder)/january.parquet", plan: profile.plan())
    let verification = try file.verify(against: reader)
    print(verification.isVerified)
    // README: end

    #expect(verification.isVerified)
    #expect(profile.report().text(as: ReportFormats.markdown).contains("price"))
    let certificate = try LeanFile(contentsOf: "\(folder)/january.parquet").certificate
    #expect(certificate == file.certificate && certificate.rowCount == 3)
  }

  @Test(arguments: [("four lines", 4), ("every step", 6)])
  func readmeShowsTheExample(name: String, count: Int) throws {
    let source = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.trimmingPrefix(while: { $0 == " " }) }
    let start = try #require(lines.firstIndex { $0 == "// README: \(name)" })
    let end = try #require(lines[start...].firstIndex(of: "// README: end"))
    let snippet = lines[(start + 1)..<end].joined(separator: "\n")
    #expect(snippet.split(separator: "\n").count == count)

    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    #expect(
      readme.contains("```swift\nimport TabularDiet\n\n\(snippet)\n```\n")
        || readme.contains("```swift\n\(snippet)\n```\n"),
      "README.md does not show these lines:\n\(snippet)")
  }

  private func write(_ text: String, _ name: String, _ folder: String) throws {
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
  }
}
