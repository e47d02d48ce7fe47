import Testing

/// The command is arguments, their checks, and printing: what it does is in the library.
@Suite struct CommandShapeTests {
  @Test func noRunIsLong() {
    var count = 0
    for path in Project.sources where Project.target(of: path) == "diet" {
      for declaration in Project.declarations[path] ?? []
      where declaration.keyword == "func" && declaration.name == "run" {
        count += 1
        #expect(
          declaration.lineCount <= 60,
          "\(path): `run` has \(declaration.lineCount) lines: what it does is for the library")
      }
    }
    #expect(count >= 7)
  }
}
