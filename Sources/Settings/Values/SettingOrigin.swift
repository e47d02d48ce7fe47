/// Where a setting stands.
package enum SettingOrigin: Hashable, Sendable, CustomStringConvertible {
  case file(path: String, line: Int)
  case variable(String)

  package var description: String {
    switch self {
    case .file(let path, let line): "\(path), line \(line)"
    case .variable(let name): name
    }
  }
}
