import Platform

/// What tells whether a regular file is still the one that was opened.
package struct FileVersion: Hashable, Sendable {
  private let device: UInt
  private let number: UInt
  private let byteCount: Int
  private let seconds: Int
  private let nanoseconds: Int

  /// `nil` for what is no regular file, and for files that the system makes up as they are read.
  init?(_ descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0
    else { return nil }
    device = UInt(status.st_dev)
    number = UInt(status.st_ino)
    byteCount = Int(status.st_size)
    seconds = status.st_mtim.tv_sec
    nanoseconds = status.st_mtim.tv_nsec
  }
}
