extension Sentence {
  /// What to do where a file does not fit its plan, and is right.
  package static let newPlan: Sentence =
    "make a new plan of all files with \(command: "diet", "analyze", "FILES", "--save-plan", "PLAN")"
}
