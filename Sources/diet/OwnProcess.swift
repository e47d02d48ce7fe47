import Platform

/// The program once more, as a process of its own: code and data lie in other places of memory there.
enum OwnProcess {
  /// What it prints when it is called with these arguments; `nil` where it does not end with 0.
  static func output(of arguments: [String]) -> [UInt8]? {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_addclose(&actions, ends[1])
    // What there is to be said was said already.
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var words = (["diet"] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let status = posix_spawn(&process, "/proc/self/exe", &actions, nil, &words, environ)
    close(ends[1])
    defer { close(ends[0]) }
    guard status == 0 else { return nil }
    let bytes = readToEnd(ends[0])
    var exitStatus: Int32 = 0
    while waitpid(process, &exitStatus, 0) < 0 {
      if errno != EINTR { return nil }
    }
    return exitStatus == 0 ? bytes : nil
  }

  /// Whether what is at `path` can be read twice: pipes cannot, nor can standard input.
  static func canRead(_ path: String) -> Bool {
    var status = stat()
    if path == "-" { return false }
    return stat(path, &status) != 0 || [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }

  /// The arguments that the program was called with, without these options and their values.
  static func arguments(without options: Set<String>) -> [String] {
    var kept: [String] = []
    // Settings are among the words.
    var words = RunSettings.currentArguments[...]
    while let word = words.popFirst() {
      if options.contains(word) {
        words = words.dropFirst()
      } else if word == "--" {
        // More options would be paths behind it.
        return kept + words.map { $0.hasPrefix("-") ? "./" + $0 : $0 }
      } else if !options.contains(String(word.prefix { $0 != "=" })) {
        kept.append(word)
      }
    }
    return kept
  }

  private static func readToEnd(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = block.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes.append(contentsOf: block[..<count])
      } else if count == 0 || errno != EINTR {
        return bytes
      }
    }
  }
}
