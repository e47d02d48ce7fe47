import ArgumentParser
import Platform
import Settings

/// How a run ends that does not end well: with a message in the words of who is to mend it, and an exit code.
struct RunEnd {
  /// The verb, once it is known.
  var verb: (any ParsableCommand.Type)?
  /// The words of the run, once they are read.
  var settings: RunSettings?

  func exit(with error: any Error) -> Never {
    switch error {
    case let error as SettingsError:
      CommandFailure(code: 64, message: error.description).report()
    case let failure as CommandFailure:
      let message = failure.cause.flatMap { settings?.explained(failure.message, $0) }
      CommandFailure(code: failure.code, message: message ?? failure.message).report()
    case is ExitCode:
      RunLog.end()
    default:
      refuse(error)
    }
    Diet.exit(withError: error)
  }

  /// Ends for words that the verb does not take, unless help was asked for.
  private func refuse(_ error: any Error) {
    guard Diet.exitCode(for: error) == .validationFailure else { return }
    let message = Diet.message(for: error)
    if let explained = settings?.explained(message, error) {
      CommandFailure(code: 64, message: explained).report()
    }
    // The parser knows the verb of its own errors; one that a run throws has none.
    guard let verb, error is ValidationError else { return }
    writeToStandardError(
      """
      Error: \(message)
      Usage: \(Diet.usageString(for: verb))
        See 'diet \(verb._commandName) --help' for more information.

      """)
    Platform.exit(64)
  }
}
