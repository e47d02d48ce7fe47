import Foundation
import TestSupport
import Testing

/// Pages in a real browser: they show, and it has nothing to say of them.
@Suite(.enabled(if: Chromium.program != nil, Comment(rawValue: Chromium.absence)), .serialized)
struct PageBrowserTests {
  /// Names that are no harm, and that would be.
  private static let table = """
    id,<script>alert(1)</script>,"a ""quoted\u{301}"" onload=x",注文,שלום,price
    1,x,]]>,a,,1.50
    2,x,&amp;,b,7,2.25
    3,y,<b>,a,9,3.00

    """

  /// The page of `arguments`, in a folder that stays as long as what is returned does.
  private func page(_ arguments: [String]) throws -> (TemporaryFolder, URL) {
    let folder = try TemporaryFolder()
    try folder.file("in.csv", Self.table + String(repeating: "4,z,text,b,8,9.75\n", count: 400))
    let run = try CommandRun(arguments + ["in.csv", "--format", "html"], in: folder.url)
    #expect(run.exitCode == 0, "\(run.errors)")
    return (folder, try folder.file("page.html", run.output))
  }

  @Test(arguments: [
    ["analyze"], ["analyze", "--no-measure"], ["analyze", "--budget", "1MB"],
    ["bench", "--kernel", "sum"],
  ])
  func theConsoleIsEmpty(arguments: [String]) throws {
    let (folder, page) = try page(arguments)
    defer { withExtendedLifetime(folder) {} }
    let run = try Chromium.open(page, ["--dump-dom"])
    #expect(run.exitCode == 0, "\(run.errors)")
    #expect(Chromium.console(run).isEmpty, "\(run.errors)")
    #expect(run.output.contains("<h1>in.csv</h1>"), "\(run.output.prefix(500))")
    #expect(run.output.contains("<h2>This run</h2>"))
    #expect(!run.output.contains("<script"))
    // The browser made of it what was written: nothing was moved or closed on the way.
    let written = try String(contentsOf: page, encoding: .utf8)
    for name in ["<section", "<svg", "<tr>", "<figure", "<details", "<rect", "<title>"] {
      #expect(count(of: name, in: run.output) == count(of: name, in: written), "\(name)")
    }
  }

  private func count(of part: String, in text: String) -> Int {
    text.components(separatedBy: part).count - 1
  }

  @Test(arguments: [1200, 500])
  func aScreenshotIsNotEmpty(width: Int) throws {
    let (folder, page) = try page(["analyze"])
    defer { withExtendedLifetime(folder) {} }
    let image = folder.url.appending(path: "page.png")
    let run = try Chromium.open(
      page, ["--screenshot=\(image.path)", "--window-size=\(width),1600"])
    #expect(run.exitCode == 0 && Chromium.console(run).isEmpty, "\(run.errors)")
    let bytes = try Data(contentsOf: image)
    #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    // An empty page of that size packs to a few thousand.
    #expect(bytes.count > 20_000, "\(bytes.count) bytes")
  }

  /// What a page may not do is told, so that an empty console means something.
  @Test func aScriptAndARequestAreRefused() throws {
    let (folder, page) = try page(["analyze", "--no-measure"])
    defer { withExtendedLifetime(folder) {} }
    let more = "<script>document.title = 'ran'</script><img src=\"pixel.png\"></body>"
    let text = try String(contentsOf: page, encoding: .utf8).replacing("</body>", with: more)
    let run = try Chromium.open(try folder.file("more.html", text), ["--dump-dom"])
    #expect(run.output.contains("<title>in.csv · diet analyze</title>"))
    #expect(Chromium.console(run).count >= 2, "\(run.errors)")
  }
}
