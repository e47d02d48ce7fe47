import Platform

/// A settings file: where it is, and how it is named to users.
package struct SettingsFile: Hashable, Sendable {
  package let path: String
  package let name: String

  package init(path: String, name: String? = nil) {
    (self.path, self.name) = (path, name ?? path)
  }

  /// The folder that it is in; empty where that is the one where the command runs.
  var folder: String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }
}

/// Where settings files are looked for.
package enum SettingsFiles {
  package static let projectName = "diet.toml"

  /// The files that are there, the project's before the user's.
  ///
  /// - Parameters:
  ///   - folder: Where the command runs.
  ///   - environment: Its variables.
  package static func found(
    from folder: String, environment: [String: String]
  ) -> [SettingsFile] {
    [project(from: folder).map { SettingsFile(path: $0) }, user(environment)].compactMap { $0 }
  }

  /// The nearest `diet.toml` of the folder and those above it, up to the root of the repository that it is in.
  /// Outside of a repository only the folder itself is asked: in a folder that others write to, such as `/tmp`,
  /// nobody else's file may decide.
  private static func project(from folder: String) -> String? {
    if isFile(joined(folder, projectName)) { return projectName }
    var searched: [String] = []
    var folder = folder
    while true {
      searched.append(folder)
      if exists(joined(folder, ".git")) {
        return searched.map { joined($0, projectName) }.first(where: isFile)
      }
      guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }

  /// `$XDG_CONFIG_HOME/diet/config.toml`, or `~/.config/diet/config.toml`.
  private static func user(_ environment: [String: String]) -> SettingsFile? {
    let name = "diet/config.toml"
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      let path = joined(folder, name)
      return isFile(path) ? SettingsFile(path: path) : nil
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    let path = joined(home, ".config/\(name)")
    return isFile(path) ? SettingsFile(path: path, name: "~/.config/\(name)") : nil
  }

  private static func joined(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  private static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }

  /// Whether there is something other than a folder.
  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }
}
