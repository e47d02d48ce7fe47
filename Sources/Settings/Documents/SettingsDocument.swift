import Platform
import TOMLKit
import Wording

/// A settings file as it stands: its keys with their lines, top to bottom as far as that is known.
struct SettingsDocument {
  private let name: String
  /// The folder that the file is in.
  let folder: String
  let members: [SettingValue.Member]
  private let places: TOMLPlaces

  init(_ file: SettingsFile) throws(SettingsError) {
    let bytes = try Self.bytes(of: file)
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw SettingsError(path: file.name, "this is no text in UTF-8, and so no TOML")
    }
    (name, folder) = (file.name, file.folder)
    members = try Self.members(of: text, path: name)
    places = TOMLPlaces(text)
  }

  /// Where a key stands.
  func origin(_ keys: [String]) -> SettingOrigin {
    .file(path: name, line: places.line(of: keys))
  }

  /// Keys as they stand in the file, which the library sorts by name.
  ///
  /// - Parameter table: The table that they are in.
  func inOrder(
    _ members: [SettingValue.Member], of table: [String] = []
  ) -> [SettingValue.Member] {
    members.sorted { places.line(of: table + [$0.key]) < places.line(of: table + [$1.key]) }
  }

  /// A list as a variable has it: `["-", "n/a"]`; `nil` where it is none.
  static func list(_ text: String) -> SettingValue? {
    guard let members = try? members(of: "x = \(text)", path: ""), members.count == 1 else {
      return nil
    }
    return members[0].value
  }

  /// Settings are short: what is longer is another file.
  private static let limit = 1 << 20

  private static func bytes(of file: SettingsFile) throws(SettingsError) -> [UInt8] {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw SettingsError(path: file.name, "cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    var count = 0
    while count <= limit {
      let more = bytes.withUnsafeMutableBytes {
        read(descriptor, $0.baseAddress! + count, $0.count - count)
      }
      if more < 0, errno == EINTR { continue }
      guard more >= 0 else {
        throw SettingsError(path: file.name, "cannot be read: \(String(cString: strerror(errno)))")
      }
      if more == 0 { return Array(bytes[..<count]) }
      count += more
    }
    throw SettingsError(path: file.name, "has more than a megabyte, and is no file of settings")
  }

  private static func members(
    of text: String, path: String
  ) throws(SettingsError) -> [SettingValue.Member] {
    do {
      return try TOMLTable(string: text).settingMembers
    } catch let error as TOMLParseError {
      throw SettingsError(
        .file(path: path, line: error.source.begin.line),
        "this is no TOML: \(error.description.onOneLine)")
    } catch {
      throw SettingsError(path: path, "this is no TOML: \(error)")
    }
  }
}

extension TOMLTable {
  fileprivate var settingMembers: [SettingValue.Member] {
    keys.compactMap { key in
      self[key].map { SettingValue.Member(key: key, value: SettingValue($0)) }
    }
  }
}

extension SettingValue {
  fileprivate init(_ value: any TOMLValueConvertible) {
    switch value.type {
    case .bool: self = .truth(value.bool ?? false)
    case .int: self = .integer(value.int ?? 0)
    case .double: self = .number(value.double ?? 0)
    case .string: self = .text(value.string ?? "")
    case .array: self = .list(value.array.map { $0.map { SettingValue($0) } } ?? [])
    case .table: self = .table(value.table?.settingMembers ?? [])
    case .date, .time, .dateTime: self = .other("a \(value.type)")
    }
  }
}
