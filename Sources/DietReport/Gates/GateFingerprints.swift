import Columnar

/// Names of findings by which CI systems know them again in later runs: made from the file, what was looked at, and
/// the code, but not from lines and words, which change as rows come.
struct GateFingerprints {
  /// Each problem with a fingerprint that no other has.
  let all: [(problem: GateResult.Problem, fingerprint: String)]

  init(_ gate: GateResult) {
    var seen: [String: Int] = [:]
    all = gate.cases.flatMap { element in
      element.problems.map { problem in
        let parts = [
          gate.verb, GatePath(gate.path).relative, element.name, problem.column ?? "", problem.code,
        ]
        // Lengths, so that no two lists of names are the same text.
        let key = parts.map { "\($0.utf8.count):\($0)" }.joined()
        let count = seen[key, default: 0]
        seen[key] = count + 1
        return (problem, Self.digest(of: "\(key)\(count)"))
      }
    }
  }

  private static func digest(of text: String) -> String {
    let hash = ByteHash(.xxh3)
    var text = text
    text.withUTF8 { hash.add($0.baseAddress, $0.count) }
    return hexadecimal(hash.digest)
  }
}

/// The folders from which CI systems count paths.
package enum GateFolders {
  /// The first that a file is in holds. Without a slash at the end.
  @TaskLocal package static var ofRun: [String] = []
}

/// The path of a file as CI systems want it.
struct GatePath {
  /// From the folder of the job, or the one that the command ran in, without `./`; as it was named where it is in
  /// neither.
  let relative: String

  init(_ path: String) {
    var path = path[...]
    for folder in GateFolders.ofRun where path.utf8.starts(with: "\(folder)/".utf8) {
      let inside = path[path.utf8.index(path.startIndex, offsetBy: folder.utf8.count)...]
        .drop { $0 == "/" }
      guard !inside.isEmpty else { continue }
      path = inside
      break
    }
    while path.utf8.starts(with: "./".utf8), path.utf8.count > 2 {
      path = path[path.utf8.index(path.startIndex, offsetBy: 2)...].drop { $0 == "/" }
    }
    relative = String(path)
  }

  /// As a URI reference: all but unreserved characters and `/` is percent-encoded.
  var uri: String {
    let digits = Array("0123456789ABCDEF".utf8)
    var text: [UInt8] = Array((relative.hasPrefix("/") ? "file://" : "").utf8)
    for byte in relative.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        text.append(byte)
      default: text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
