import CDiet
import Columnar
import FileIO
import Kernels
import Options
import Platform
import TabularDiet

/// What went wrong, as a caller in C is told.
///
/// Unchecked: the message is written once, in `init`.
final class Fault: @unchecked Sendable {
  let code: diet_error_code
  /// Valid as long as the fault is.
  let message: UnsafeMutablePointer<CChar>

  init(_ error: any Error) {
    code = Self.code(error)
    message = cText(Self.message(error))
  }

  deinit { free(message) }

  private static func code(_ error: any Error) -> diet_error_code {
    let code =
      switch error {
      case is OptionError: DIET_ERROR_ARGUMENT
      case is CancellationError: DIET_ERROR_CANCELLED
      case let error as ReadingError: error.dietCode
      case let error as OutputError where error.code == .notRepresentable:
        DIET_ERROR_NOT_REPRESENTABLE
      case let error as ExpressionError: error.dietCode
      case let error as GroupingError:
        error.code == .overflow ? DIET_ERROR_NOT_REPRESENTABLE : DIET_ERROR_ARGUMENT
      case let error as ReductionError:
        error.code == .overflow ? DIET_ERROR_NOT_REPRESENTABLE : DIET_ERROR_ARGUMENT
      case let error as FrameError:
        error.code == .unfitValue ? DIET_ERROR_INPUT : DIET_ERROR_ARGUMENT
      case is OutputError, is DocumentError: DIET_ERROR_SYSTEM
      default: DIET_ERROR_INPUT
      }
    return diet_error_code(code)
  }

  private static func message(_ error: any Error) -> String {
    switch error {
    case is CancellationError: return "the call was cancelled"
    case let error as OptionError: return error.sentence.inPrograms
    case let error as ReadingError: return error.description(\.inPrograms)
    case let error as LayoutError: return error.sentence.inPrograms
    default: return "\(error)"
    }
  }
}

extension ReadingError {
  fileprivate var dietCode: Int {
    switch code {
    case .fileNotFound: DIET_ERROR_FILE_NOT_FOUND
    case .isDirectory: DIET_ERROR_IS_DIRECTORY
    case .permissionDenied: DIET_ERROR_PERMISSION_DENIED
    case .readFailed: DIET_ERROR_SYSTEM
    case .unsupportedDialect, .unknownColumn: DIET_ERROR_ARGUMENT
    default: DIET_ERROR_INPUT
    }
  }
}

extension ExpressionError {
  fileprivate var dietCode: Int {
    switch code {
    case .overflow: DIET_ERROR_NOT_REPRESENTABLE
    case .unfitValue: DIET_ERROR_INPUT
    default: DIET_ERROR_ARGUMENT
    }
  }
}

/// Calls `body`; what it throws goes to `target`, where the caller has one, and `nil` comes back.
///
/// - Parameter cancellation: The caller's handle of one, with which it may end `body` early.
func reporting<R>(
  to target: UnsafeMutablePointer<OpaquePointer?>?, unless cancellation: OpaquePointer? = nil,
  _ body: () throws -> R
) -> R? {
  target?.pointee = nil
  do {
    return try Cancellation.$current.withValue(
      cancellation.map { Handle<Cancellation>.value($0) }, operation: body)
  } catch {
    target?.pointee = Handle(Fault(error)).retained
    return nil
  }
}
