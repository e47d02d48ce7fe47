package import Foundation

/// A browser without a window, where one is installed.
package enum Chromium {
  /// Its program; `nil` where there is none.
  package static let program: URL? = ["chromium", "chromium-browser", "google-chrome"].lazy
    .flatMap { name in ["/usr/bin", "/usr/local/bin"].map { URL(filePath: "\($0)/\(name)") } }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }

  /// What a test says that is left out.
  package static let absence =
    "there is no chromium: pages are tested where one is installed, as by `apt-get install chromium`"

  /// Opens the page at `url`, in a profile that goes afterwards.
  package static func open(_ url: URL, _ arguments: [String]) throws -> ChildProcess {
    guard let program else { throw ChildProcessFailure(words: absence) }
    let profile = try TemporaryFolder()
    return try ChildProcess(
      program,
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
        "--disable-background-networking", "--disable-dev-shm-usage",
        "--user-data-dir=\(profile.url.path)", "--enable-logging=stderr", "--v=0",
      ] + arguments + [url.absoluteString])
  }

  /// What the page's console says.
  package static func console(_ run: ChildProcess) -> [Substring] {
    run.errors.split(separator: "\n").filter { $0.contains("CONSOLE") }
  }
}
