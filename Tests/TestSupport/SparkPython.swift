import Foundation

/// The Python with the engines that are too large for every run: Spark and Ray.
package enum SparkPython {
  package static let environment = ".venv-spark"

  /// Whether `make spark` has made it, and there is the Java that Spark needs.
  package static let isThere: Bool = {
    let python = packageRoot.appending(path: "\(environment)/bin/python").path
    guard FileManager.default.isExecutableFile(atPath: python) else { return false }
    let java = try? ChildProcess(URL(filePath: "/usr/bin/env"), ["java", "-version"])
    return java?.exitCode == 0
  }()
}
