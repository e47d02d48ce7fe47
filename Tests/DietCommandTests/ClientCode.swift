import Foundation
import TestSupport

/// Code outside of this package, which sees what is public and no more.
enum ClientCode {
  /// Compiles all Swift files of a folder, as far as their types.
  static func typecheck(_ folder: TemporaryFolder) throws -> CommandRun {
    let build = CommandRun.executable.deletingLastPathComponent()
    let sources = packageRoot.appending(path: "Sources")
    var arguments = ["swiftc", "-typecheck", "-swift-version", "6", "-I"]
    arguments.append(build.appending(path: "Modules").path)
    // The C modules that our own were built with.
    for name in try FileManager.default.contentsOfDirectory(atPath: sources.path) {
      let maps = [
        sources.appending(path: "\(name)/module.modulemap").path,
        build.appending(path: "\(name).build/module.modulemap").path,
      ]
      for path in maps where FileManager.default.fileExists(atPath: path) {
        arguments += ["-Xcc", "-fmodule-map-file=\(path)"]
      }
    }
    for path in try packageMaps(above: build) {
      arguments += ["-Xcc", "-fmodule-map-file=\(path)"]
    }
    for name in folder.names.filter({ $0.hasSuffix(".swift") }) {
      let file = folder.path(name)
      let text = try String(contentsOfFile: file, encoding: .utf8)
      if !text.contains("import TabularDiet") {
        try ("import TabularDiet\n" + text).write(toFile: file, atomically: true, encoding: .utf8)
      }
      arguments.append(file)
    }
    return try CommandRun(arguments, of: URL(fileURLWithPath: "/usr/bin/env"))
  }

  /// The C modules of packages that ours are built with, which lie beside the folder of what is built.
  private static func packageMaps(above build: URL) throws -> [String] {
    let files = FileManager.default
    var scratch = build
    while scratch.path != "/", !files.fileExists(atPath: scratch.appending(path: "checkouts").path)
    {
      scratch.deleteLastPathComponent()
    }
    let checkouts = scratch.appending(path: "checkouts").path
    var maps: [String] = []
    for package in try files.contentsOfDirectory(atPath: checkouts) {
      let sources = "\(checkouts)/\(package)/Sources"
      for target in (try? files.contentsOfDirectory(atPath: sources)) ?? [] {
        let map = "\(sources)/\(target)/include/module.modulemap"
        if files.fileExists(atPath: map) { maps.append(map) }
      }
    }
    return maps
  }
}
