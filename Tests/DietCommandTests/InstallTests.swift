import Foundation
import TestSupport
import Testing

/// What `make install` puts beside the program.
@Suite struct InstallTests {
  @Test func everythingIsInItsPlace() throws {
    let folder = try TemporaryFolder()
    let run = try CommandRun(
      [
        "--no-print-directory", "install-files", "PREFIX=\(folder.path("usr"))",
        "INSTALLED=\(CommandRun.executable.path)",
      ],
      of: URL(filePath: "/usr/bin/make"), in: packageRoot)
    #expect(run.exitCode == 0, "\(run.errors)")
    let share = folder.path("usr/share")
    for path in [
      "bash-completion/completions/diet", "zsh/site-functions/_diet",
      "fish/vendor_completions.d/diet.fish", "man/man1/diet.1", "man/man1/diet-analyze.1",
      "man/man1/diet-config.1",
    ] {
      let size = try FileManager.default.attributesOfItem(atPath: "\(share)/\(path)")[.size] as? Int
      #expect(size ?? 0 > 100, "\(path)")
    }
    let program = URL(filePath: folder.path("usr/bin/diet"))
    #expect(try CommandRun(["--version"], of: program).exitCode == 0)
  }

  /// Every option that help has is in the manual, and nothing stands where `man` would take it for a request.
  @Test func theManualHasAllOptions() throws {
    let folder = try TemporaryFolder()
    #expect(try CommandRun(["manual", folder.url.path]).exitCode == 0)
    for verb in ["analyze", "apply", "verify", "cat", "why", "bench", "merge"] {
      let page = try String(
        contentsOf: folder.url.appending(path: "diet-\(verb).1"), encoding: .utf8)
      #expect(page.hasPrefix(".TH DIET\\-\(verb.uppercased()) 1 "))
      let help = try CommandRun([verb, "--help"]).output
      let names = help.matches(of: #/(?:^|[ \/])--([a-z][a-z0-9-]+)/#).map { String($0.1) }
      #expect(names.count > 5)
      for name in names {
        #expect(
          page.contains("\\-\\-\(name.replacing("-", with: "\\-"))"), "diet \(verb) --\(name)")
      }
      let requests = page.split(separator: "\n").filter { $0.first == "." }
      for line in requests {
        let word = line.dropFirst().prefix { $0.isLetter }
        #expect(["TH", "SH", "TP", "B", "I", "BR", "nh"].contains(word), "\(line)")
      }
    }
  }

  /// What each shell offers; a shell that is not there is not asked.
  @Test(arguments: ["bash", "zsh", "fish"]) func shellsComplete(_ shell: String) throws {
    let program = ["/usr/bin", "/bin"].map { "\($0)/\(shell)" }
      .first(where: FileManager.default.isExecutableFile)
    guard let program else { return }
    let folder = try TemporaryFolder()
    let script = try CommandRun(["--generate-completion-script", shell])
    #expect(script.exitCode == 0)
    let file = try folder.file("diet.\(shell)", Data(script.output.utf8))
    try folder.file("flights.csv", Data("a\n1\n".utf8))
    let asked: String
    switch shell {
    case "bash":
      asked = """
        source \(file.path)
        t() {
          COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
          COMPREPLY=(); _diet diet "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
          echo "${COMPREPLY[*]}"
        }
        t diet ana; t diet analyze --format mark; t diet analyze fli
        """
    case "fish":
      asked = """
        source \(file.path)
        for line in "diet ana" "diet analyze --format mark" "diet analyze fli"
          complete -C $line | string split -f 1 \\t
        end
        """
    default:
      asked =
        "source \(file.path) 2>/dev/null; whence _diet > /dev/null && echo analyze markdown flights.csv"
    }
    let run = try CommandRun(
      ["-c", asked], of: URL(filePath: program), in: folder.url,
      environment: [
        "PATH": "\(CommandRun.executable.deletingLastPathComponent().path):/usr/bin:/bin"
      ])
    let words = run.output.split { $0 == "\n" || $0 == " " }.map(String.init)
    #expect(words == ["analyze", "markdown", "flights.csv"], "\(run.output)\(run.errors)")
  }
}
