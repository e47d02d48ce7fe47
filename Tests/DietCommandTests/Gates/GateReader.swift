import Foundation
import TestSupport

/// What others read in files that diet writes: see `read_gates.py`.
enum GateReader {
  static func read(_ format: String, _ file: URL) throws -> Any {
    let script = packageRoot.appending(path: "Tests/DietCommandTests/Gates/read_gates.py").path
    let output = try TestPython.output([script, format, file.path])
    return try JSONSerialization.jsonObject(with: output, options: .fragmentsAllowed)
  }

  /// A list of objects.
  static func list(_ format: String, _ file: URL) throws -> [[String: Any]] {
    guard let list = try read(format, file) as? [[String: Any]] else {
      throw ChildProcessFailure(words: "\(file.path) is no list of objects")
    }
    return list
  }

  /// An object.
  static func object(_ format: String, _ file: URL) throws -> [String: Any] {
    guard let object = try read(format, file) as? [String: Any] else {
      throw ChildProcessFailure(words: "\(file.path) is no object")
    }
    return object
  }
}
