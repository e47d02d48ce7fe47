import DietReport
import Platform

/// The step of GitHub Actions in which the command runs: besides what is printed, a job has a page with a summary,
/// and steps have outputs that later ones read.
enum GitHubStep {
  /// Appends to both, for the format that is made for such jobs. A file that cannot be written is told, and is no
  /// reason to fail.
  static func tell(_ gate: GateResult, format: String) {
    guard format == GateFormats.github.name else { return }
    append(GateFormats.markdown.text(of: gate) + "\n", toFileOf: "GITHUB_STEP_SUMMARY")
    append(gate.stepOutputs, toFileOf: "GITHUB_OUTPUT")
  }

  private static func append(_ text: String, toFileOf variable: String) {
    guard let name = getenv(variable), name[0] != 0 else { return }
    var text = text
    let file = open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    // In one piece: other steps may append, too.
    let isWritten = file >= 0 && text.withUTF8 { write(file, $0.baseAddress, $0.count) == $0.count }
    if file >= 0 { close(file) }
    if !isWritten { writeToStandardError("diet: note: $\(variable) could not be written\n") }
  }
}
