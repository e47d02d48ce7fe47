import ArgumentParser

/// What a run says on standard error, and whether settings are read: the same for every verb.
struct TerminalArguments: ParsableArguments {
  @Flag(help: "Print no notes and no progress; errors stay.")
  var quiet = false

  @Flag(help: "Print the stages of the run with their time, and the peak of memory.")
  var verbose = false

  @Flag(help: "Read neither settings files nor DIET_ variables.")
  var noConfig = false

  func validate() throws {
    guard !quiet || !verbose else {
      throw ValidationError("--quiet and --verbose contradict each other")
    }
    RunLog.set(quiet ? .quiet : verbose ? .verbose : .usual)
  }
}
