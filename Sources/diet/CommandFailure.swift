import ArgumentParser
import Columnar
import Contracts
import FileIO
import Options
import Platform
import TabularDiet

/// A run that ends with a message on standard error and an exit code.
struct CommandFailure: Error {
  /// 1 is a finding, 2 a failure; 64, usage, is the argument parser's.
  var code: Int32
  var message: String
  /// What the library said.
  var cause: ReadingError?
  /// The file at fault, and the line.
  var place: (file: String?, line: Int?)?

  func report() -> Never {
    writeToStandardError("diet: \(message)\n")
    Platform.exit(code)
  }

  /// Runs `body`, turning every error that the library throws into a failure with its text.
  ///
  /// - Parameters:
  ///   - isStrict: Whether records that are not as they should be are findings.
  ///   - isRedacted: Whether nothing of the table may stand in the text.
  static func wrapping<R>(
    isStrict: Bool = false, isRedacted: Bool = false, _ body: () throws -> R
  ) throws -> R {
    do {
      return try body()
    } catch let failure as CommandFailure {
      throw failure
    } catch var error as ReadingError {
      if isRedacted { error = error.redacted }
      let isFinding = isStrict && [.raggedRecord, .irregularQuote].contains(error.code)
      throw CommandFailure(
        code: isFinding ? 1 : 2, message: error.inCommands, cause: error,
        place: (error.file, error.line))
    } catch let error as ExitCode {
      throw error
    } catch let error as ValidationError {
      throw error
    } catch let error as OptionError {
      throw ValidationError(error.inCommands)
    } catch {
      throw CommandFailure(code: 2, message: error.inCommands, place: place(of: error))
    }
  }
}

extension CommandFailure {
  /// The file that an error is about, and the line in it.
  private static func place(of error: any Error) -> (file: String?, line: Int?)? {
    switch error {
    case let error as ContractError: (error.path, error.line)
    case let error as DocumentError: (error.path, nil)
    case let error as OutputError: (error.path, nil)
    default: nil
    }
  }
}

extension Error {
  /// What is wrong, with options as the command spells them.
  var inCommands: String {
    switch self {
    case let error as ReadingError: "\(error.sentence)"
    case let error as OptionError: "\(error.sentence)"
    case let error as LayoutError: "\(error.sentence)"
    default: "\(self)"
    }
  }
}

func writeToStandardError(_ text: String) {
  var text = text
  text.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
}

/// Writes a result; a reader that went away is no error.
func writeToStandardOutput(_ text: String) throws {
  var text = text
  var failure: Int32?
  text.withUTF8 { bytes in
    var done = 0
    while done < bytes.count {
      let count = write(1, bytes.baseAddress! + done, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      if count <= 0 {
        failure = errno
        return
      }
      done += count
    }
  }
  if let failure, failure != EPIPE {
    throw CommandFailure(
      code: 2, message: "\(OutputError(path: "standard output", errno: failure))")
  }
}
