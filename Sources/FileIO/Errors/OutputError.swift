public import Columnar
import Platform

/// Why a file could not be written, and what to do about it.
public struct OutputError: Error, Hashable, Sendable {
  /// The kind of fault, whatever the system called it.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    case folderNotFound
    case isDirectory
    case permissionDenied
    case readOnly
    case diskFull
    case closedPipe
    case nameTooLong
    case writeFailed
    /// The table is read from that file, or the same run writes it for something else.
    case inUse
    /// The format has no way to hold a value of the table.
    case notRepresentable
  }

  public var code: Code
  /// The file as it was named; "standard output" for `-`.
  public var path: String
  /// The column's name, where one is to blame.
  public var column: String?
  /// What happened.
  public var message: String
  /// What to do.
  public var remedy: Sentence?

  package init(
    _ code: Code, path: String, column: String? = nil, _ message: String, remedy: Sentence? = nil
  ) {
    self.code = code
    self.path = path
    self.column = column
    self.message = message
    self.remedy = remedy
  }

  /// The fault that the system reported as `number`, an `errno`.
  package init(path: String, errno number: Int32) {
    switch number {
    case ENOENT, ENOTDIR:
      self.init(
        .folderNotFound, path: path, "the folder does not exist",
        remedy: "make it first, or name another")
    case EISDIR:
      self.init(.isDirectory, path: path, "this is a folder", remedy: "name a file in it")
    case EACCES, EPERM:
      self.init(
        .permissionDenied, path: path, "writing here is not permitted",
        remedy: "name a folder that you may write to")
    case EROFS:
      self.init(
        .readOnly, path: path, "the file system is read-only", remedy: "name another folder")
    case ENOSPC, EDQUOT, EFBIG:
      self.init(
        .diskFull, path: path, "there is no room left (\(systemText(number)))",
        remedy: "free some, or name a folder on another disk")
    case EPIPE:
      self.init(.closedPipe, path: path, "the reader closed the pipe")
    case ENAMETOOLONG:
      self.init(.nameTooLong, path: path, "the name is too long", remedy: "shorten it")
    default:
      self.init(.writeFailed, path: path, "writing failed (\(systemText(number)))")
    }
  }
}

extension OutputError: CustomStringConvertible {
  /// `where: what happened; what to do`.
  public var description: String {
    var sentence = path
    if let column { sentence += ", column `\(column)`" }
    sentence += ": \(message)"
    if let remedy { sentence += "; \(remedy)" }
    return sentence
  }
}

private func systemText(_ number: Int32) -> String { String(cString: strerror(number)) }
